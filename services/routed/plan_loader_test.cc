#include "services/routed/plan_loader.h"

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LoadingPlans : public testing::Test {
 protected:
  LoadingPlans() : directory_(absl::StrCat(testing::TempDir(), "plans.", getpid())) {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directory(directory_);
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    engine_ = *Engine::Create(options);
    loader_ = std::make_unique<PlanLoader>(*engine_, std::vector<std::string>{directory_});
  }
  ~LoadingPlans() override { std::filesystem::remove_all(directory_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(absl::StrCat(directory_, "/", name)) << text;
  }
  // A plan of `customer` with one number.
  void WritePlan(const std::string& name, const std::string& customer, const std::string& number) {
    Write(name, absl::StrCat("customer: ", customer, "\nnumbers: { number: '", number,
                             "', tree: t }\ntrees: { t: { reject: {} } }\n"));
  }
  void Remove(const std::string& name) {
    std::filesystem::remove_all(absl::StrCat(directory_, "/", name));
  }
  LoadSummary Load() { return loader_->Load(absl::FromUnixSeconds(1790000000)); }

  std::string directory_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<PlanLoader> loader_;
};

TEST_F(LoadingPlans, PublishesEveryFileBelowADirectory) {
  std::filesystem::create_directory(absl::StrCat(directory_, "/more"));
  WritePlan("b.yml", "b", "+3222000101");
  WritePlan("more/a.yaml", "a", "+3222000100");
  Write("more/notes.txt", "not a plan");
  EXPECT_EQ(Load().published, 2);
  EXPECT_THAT(engine_->Customers(), ElementsAre("a", "b"));
  EXPECT_EQ(Load().unchanged, 2);
}

TEST_F(LoadingPlans, KeepsTheLivePlanOfABadFile) {
  WritePlan("a.yaml", "a", "+3222000100");
  WritePlan("b.yaml", "b", "+3222000101");
  Load();
  std::string live = engine_->LiveRevision("a");
  for (const char* text : {"customer: a\nnumbers: [", "customer: a\nnumbrs: []\n", "}", ""}) {
    Write("a.yaml", text);
    WritePlan("b.yaml", "b", absl::StrCat("+322200012", std::strlen(text) % 10));
    LoadSummary summary = Load();
    EXPECT_EQ(summary.bad, 1) << text;
    EXPECT_EQ(summary.published, 1) << text;
    EXPECT_EQ(summary.withdrawn, 0) << text;
    EXPECT_EQ(engine_->LiveRevision("a"), live) << text;
  }
}

TEST_F(LoadingPlans, ReadsTheFilesThatAPlanNames) {
  Write("lists.yaml",
        "customer: a\nnumbers: { number: '+3222000100', tree: t }\n"
        "caller_types: { vip: { file: lists/vip.csv } }\n"
        "trees: { t: { caller: { cases: { caller_types: vip, then: { release: {} } }, otherwise: "
        "{ reject: {} } } } }\n");
  EXPECT_EQ(Load().bad, 1);
  std::filesystem::create_directory(absl::StrCat(directory_, "/lists"));
  Write("lists/vip.csv", "+32475123456\n");
  EXPECT_EQ(Load().published, 1);
  const std::string first = engine_->LiveRevision("a");
  EXPECT_EQ(Load().unchanged, 1);
  // Other bytes are another revision.
  Write("lists/vip.csv", "+32475123456\n+32475123457\n");
  EXPECT_EQ(Load().published, 1);
  EXPECT_NE(engine_->LiveRevision("a"), first);
  Call call;
  call.called = *E164Number::Parse("+3222000100");
  call.calling = *E164Number::Parse("+32475123457");
  Decision decision;
  ASSERT_TRUE(engine_->Decide(call, absl::FromUnixSeconds(1790000000), decision).ok());
  EXPECT_EQ(decision.caller_type, "vip");
}

TEST_F(LoadingPlans, KeepsTheLivePlanOfABadListAndEveryOtherPlan) {
  Write("a.yaml",
        "customer: a\nnumbers: { number: '+3222000100', tree: t }\n"
        "caller_types: { vip: { file: vip.csv } }\n"
        "trees: { t: { caller: { cases: { caller_types: vip, then: { release: {} } }, otherwise: "
        "{ reject: {} } } } }\n");
  Write("vip.csv", "+32475123456\n");
  Load();
  const std::string live = engine_->LiveRevision("a");
  Write("vip.csv", "+32475123456\n0475\n");
  WritePlan("b.yaml", "b", "+3222000101");
  LoadSummary summary = Load();
  EXPECT_EQ(summary.bad, 1);
  EXPECT_EQ(summary.published, 1);
  EXPECT_EQ(summary.withdrawn, 0);
  EXPECT_EQ(engine_->LiveRevision("a"), live);
  Remove("vip.csv");
  EXPECT_EQ(Load().bad, 1);
  EXPECT_EQ(engine_->LiveRevision("a"), live);
  Write("vip.csv", "+32475123456\n");
  EXPECT_EQ(Load().unchanged, 2);
}

TEST_F(LoadingPlans, WithdrawsACustomerWhoseFileIsGone) {
  WritePlan("a.yaml", "a", "+3222000100");
  WritePlan("b.yaml", "b", "+3222000101");
  Load();
  Remove("a.yaml");
  EXPECT_EQ(Load().withdrawn, 1);
  EXPECT_THAT(engine_->Customers(), ElementsAre("b"));
  EXPECT_EQ(Load().withdrawn, 0);
}

TEST_F(LoadingPlans, KeepsACustomerWhosePlanMayBeTheOneThatCannotBeRead) {
  WritePlan("a.yaml", "a", "+3222000100");
  Load();
  Remove("a.yaml");
  Write("renamed.yaml", "{");
  EXPECT_EQ(Load().withdrawn, 0);
  EXPECT_THAT(engine_->Customers(), ElementsAre("a"));
  Remove("renamed.yaml");
  EXPECT_EQ(Load().withdrawn, 1);
}

TEST_F(LoadingPlans, KeepsEverythingWhenTheDirectoryIsMissing) {
  WritePlan("a.yaml", "a", "+3222000100");
  EXPECT_EQ(Load().unread, 0);
  std::filesystem::remove_all(directory_);
  EXPECT_EQ(Load().unread, 1);
  EXPECT_EQ(Load().withdrawn, 0);
  EXPECT_THAT(engine_->Customers(), ElementsAre("a"));
}

TEST_F(LoadingPlans, WithdrawsThePlanOfANamedFileThatIsGone) {
  WritePlan("a.yaml", "a", "+3222000100");
  PlanLoader loader(*engine_, {absl::StrCat(directory_, "/a.yaml")});
  EXPECT_EQ(loader.Load(absl::UnixEpoch()).published, 1);
  Remove("a.yaml");
  EXPECT_EQ(loader.Load(absl::UnixEpoch()).withdrawn, 1);
  EXPECT_THAT(engine_->Customers(), IsEmpty());
}

TEST_F(LoadingPlans, RefusesEveryFileOfACustomerWhoHasSeveral) {
  WritePlan("1.yaml", "a", "+3222000100");
  WritePlan("2.yaml", "a", "+3222000101");
  WritePlan("b.yaml", "b", "+3222000102");
  LoadSummary summary = Load();
  EXPECT_EQ(summary.published, 1);
  EXPECT_EQ(summary.bad, 2);
  EXPECT_THAT(engine_->Customers(), ElementsAre("b"));
  Remove("2.yaml");
  EXPECT_EQ(Load().published, 1);
  EXPECT_THAT(engine_->Customers(), ElementsAre("a", "b"));
}

TEST_F(LoadingPlans, KeepsTheLivePlanWhenAnotherFileNamesItsCustomer) {
  WritePlan("2.yaml", "a", "+3222000100");
  Load();
  std::string live = engine_->LiveRevision("a");
  // Whichever is read first.
  for (const char* name : {"1.yaml", "3.yaml"}) {
    WritePlan(name, "a", "+3222000101");
    LoadSummary summary = Load();
    EXPECT_EQ(summary.bad, 2);
    EXPECT_EQ(summary.withdrawn, 0);
    EXPECT_EQ(engine_->LiveRevision("a"), live);
    Remove(name);
  }
  EXPECT_EQ(Load().unchanged, 1);
}

TEST_F(LoadingPlans, FileOfACustomerBecomesAnotherCustomersPlan) {
  WritePlan("x.yaml", "a", "+3222000100");
  Load();
  WritePlan("x.yaml", "b", "+3222000101");
  LoadSummary summary = Load();
  EXPECT_EQ(summary.published, 1);
  EXPECT_EQ(summary.withdrawn, 1);
  EXPECT_THAT(engine_->Customers(), ElementsAre("b"));
}

TEST_F(LoadingPlans, CustomerIsRenamedWithItsNumbers) {
  WritePlan("x.yaml", "a", "+3222000100");
  Load();
  WritePlan("x.yaml", "b", "+3222000100");
  LoadSummary summary = Load();
  EXPECT_EQ(summary.published, 1);
  EXPECT_EQ(summary.withdrawn, 1);
  EXPECT_EQ(summary.bad, 0);
  EXPECT_THAT(engine_->Customers(), ElementsAre("b"));
}

TEST_F(LoadingPlans, KeepsACustomerWhoseFileIsAnothersBadPlan) {
  WritePlan("x.yaml", "a", "+3222000100");
  WritePlan("z.yaml", "z", "+3222000102");
  Load();
  std::string live = engine_->LiveRevision("a");
  Write("x.yaml", "customer: b\nnumbrs: []\n");
  for (int i = 0; i < 2; ++i) {
    LoadSummary summary = Load();
    EXPECT_EQ(summary.bad, 1);
    EXPECT_EQ(summary.withdrawn, 0);
    EXPECT_EQ(engine_->LiveRevision("a"), live);
  }
  // Refused by the engine, not by the reader.
  WritePlan("x.yaml", "b", "+3222000102");
  EXPECT_EQ(Load().withdrawn, 0);
  EXPECT_THAT(engine_->Customers(), ElementsAre("a", "z"));
  // Also after what is bad was seen: gone is gone.
  Remove("x.yaml");
  EXPECT_EQ(Load().withdrawn, 1);
  EXPECT_THAT(engine_->Customers(), ElementsAre("z"));
}

TEST_F(LoadingPlans, LinkToNothingKeepsEverything) {
  WritePlan("a.yaml", "a", "+3222000100");
  WritePlan("b.yaml", "b", "+3222000101");
  Load();
  Remove("a.yaml");
  Remove("b.yaml");
  std::filesystem::create_symlink("nowhere", absl::StrCat(directory_, "/a.yaml"));
  std::filesystem::create_symlink("loop.yaml", absl::StrCat(directory_, "/loop.yaml"));
  EXPECT_EQ(Load().withdrawn, 0);
  EXPECT_THAT(engine_->Customers(), ElementsAre("a", "b"));
  Remove("a.yaml");
  EXPECT_EQ(Load().withdrawn, 0);
  Remove("loop.yaml");
  EXPECT_EQ(Load().withdrawn, 2);
}

TEST_F(LoadingPlans, NamedLinkToNothingKeepsItsCustomer) {
  WritePlan("a.yaml", "a", "+3222000100");
  std::string link = absl::StrCat(directory_, "/link");
  std::filesystem::create_symlink("a.yaml", link);
  PlanLoader loader(*engine_, {link});
  EXPECT_EQ(loader.Load(absl::UnixEpoch()).published, 1);
  Remove("a.yaml");
  LoadSummary summary = loader.Load(absl::UnixEpoch());
  EXPECT_EQ(summary.bad, 1);
  EXPECT_EQ(summary.withdrawn, 0);
}

TEST_F(LoadingPlans, NumberOfAWithdrawnCustomerGoesToAnother) {
  WritePlan("a.yaml", "a", "+3222000100");
  Load();
  Remove("a.yaml");
  WritePlan("b.yaml", "b", "+3222000100");
  LoadSummary summary = Load();
  EXPECT_EQ(summary.published, 1);
  EXPECT_EQ(summary.withdrawn, 1);
  EXPECT_EQ(summary.bad, 0);
}

TEST_F(LoadingPlans, NumberMovesFromOneCustomerToAnother) {
  WritePlan("a.yaml", "a", "+3222000100");
  WritePlan("b.yaml", "b", "+3222000101");
  Load();
  // The one who gets it is read first.
  WritePlan("a.yaml", "a", "+3222000101");
  WritePlan("b.yaml", "b", "+3222000102");
  EXPECT_EQ(Load().published, 2);
}

TEST_F(LoadingPlans, NumberOfAnotherIsRefused) {
  WritePlan("a.yaml", "a", "+3222000100");
  WritePlan("b.yaml", "b", "+3222000100");
  LoadSummary summary = Load();
  EXPECT_EQ(summary.published, 1);
  EXPECT_EQ(summary.bad, 1);
  EXPECT_THAT(engine_->Customers(), ElementsAre("a"));
}

}  // namespace
}  // namespace libroute
