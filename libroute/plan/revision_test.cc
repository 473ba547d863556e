#include "libroute/plan/revision.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

v1::Plan SomePlan() {
  v1::Plan plan;
  plan.set_customer("acme");
  (*plan.mutable_trees())["desk"].set_goto_("night");
  return plan;
}

TEST(RevisionHash, IsLowerCaseHexOfSha256) {
  EXPECT_THAT(RevisionHash(SomePlan()), testing::MatchesRegex("[0-9a-f]{64}"));
}

TEST(RevisionHash, HashesLengthAndBytes) {
  // SHA-256 of eight zero bytes: a plan of no bytes.
  EXPECT_EQ(RevisionHash(v1::Plan()),
            "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc");
}

TEST(RevisionHash, DoesNotDependOnTheOrderOfMapEntries) {
  v1::Plan forwards = SomePlan();
  v1::Plan backwards = SomePlan();
  for (int i = 0; i < 100; ++i) {
    (*forwards.mutable_sites())[absl::StrCat(i)];
    (*backwards.mutable_sites())[absl::StrCat(99 - i)];
  }
  EXPECT_EQ(RevisionHash(forwards), RevisionHash(backwards));
}

TEST(RevisionHash, DependsOnEverythingInThePlan) {
  const std::string hash = RevisionHash(SomePlan());
  v1::Plan described = SomePlan();
  described.set_description("x");
  EXPECT_NE(RevisionHash(described), hash);
  v1::Plan tested = SomePlan();
  tested.add_tests();
  EXPECT_NE(RevisionHash(tested), hash);
}

TEST(RevisionHash, DependsOnAttachmentsByNameAndHash) {
  const std::string none = RevisionHash(SomePlan());
  const std::string one = RevisionHash(SomePlan(), {{"a.ics", "00"}});
  EXPECT_NE(one, none);
  EXPECT_NE(RevisionHash(SomePlan(), {{"b.ics", "00"}}), one);
  EXPECT_NE(RevisionHash(SomePlan(), {{"a.ics", "01"}}), one);
  EXPECT_NE(RevisionHash(SomePlan(), {{"a.ics0", "0"}}), one);
  EXPECT_EQ(RevisionHash(SomePlan(), {{"a", "1"}, {"b", "2"}}),
            RevisionHash(SomePlan(), {{"b", "2"}, {"a", "1"}}));
}

}  // namespace
}  // namespace libroute
