#include "services/record/record_files.h"

#include <signal.h>
#include <sys/resource.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/record/test_directory.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 2026-11-23 09:00 UTC.
const absl::Time kNow = absl::FromUnixSeconds(1795424400);

class RecordFilesTest : public testing::Test {
 protected:
  std::unique_ptr<RecordFiles> Open(RecordFileOptions options = {}) {
    options.directory = directory_.path();
    auto files =
        RecordFiles::Open(options, [&](const std::string& text) { complaints_.push_back(text); });
    EXPECT_TRUE(files.ok()) << files.status();
    return *std::move(files);
  }

  TestDirectory directory_;
  std::vector<std::string> complaints_;
};

TEST_F(RecordFilesTest, HaveTheirNameWhenTheyAreClosed) {
  auto files = Open();
  EXPECT_THAT(directory_.Names(), IsEmpty());
  ASSERT_TRUE(files->Append("one\n", kNow).ok());
  ASSERT_TRUE(files->Append("two\n", kNow).ok());
  EXPECT_THAT(directory_.Names(), ElementsAre("calls-0000000001-20261123T090000Z.jsonl.open"));
  EXPECT_EQ(directory_.ReadAll(), "one\ntwo\n");
  files->Close();
  EXPECT_THAT(directory_.Names(), ElementsAre("calls-0000000001-20261123T090000Z.jsonl"));
  files->Close();
  ASSERT_TRUE(files->Append("three\n", kNow + absl::Seconds(1)).ok());
  files.reset();
  EXPECT_THAT(directory_.Names(), ElementsAre("calls-0000000001-20261123T090000Z.jsonl",
                                              "calls-0000000002-20261123T090001Z.jsonl"));
  EXPECT_THAT(complaints_, IsEmpty());
}

TEST_F(RecordFilesTest, AreNotLongerThanTheyMayBe) {
  RecordFileOptions options;
  options.max_file = 8;
  auto files = Open(options);
  for (const char* line : {"123\n", "567\n", "1\n", "more than eight\n", "2\n"}) {
    ASSERT_TRUE(files->Append(line, kNow).ok());
  }
  files.reset();
  std::vector<std::string> texts;
  for (const std::string& name : directory_.Names()) texts.push_back(directory_.Read(name));
  EXPECT_THAT(texts, ElementsAre("123\n567\n", "1\n", "more than eight\n", "2\n"));
}

TEST_F(RecordFilesTest, AreClosedWhenTheirDayIsOverIfSoWanted) {
  for (bool daily : {false, true}) {
    TestDirectory directory;
    RecordFileOptions options;
    options.daily = daily;
    options.directory = directory.path();
    auto files = *RecordFiles::Open(options, [](const std::string&) {});
    ASSERT_TRUE(files->Append("one\n", kNow).ok());
    files->CloseIfDue(kNow + absl::Hours(15) - absl::Seconds(1));
    ASSERT_TRUE(files->Append("two\n", kNow + absl::Hours(15) - absl::Seconds(1)).ok());
    ASSERT_TRUE(files->Append("three\n", kNow + absl::Hours(15)).ok());
    files->CloseIfDue(kNow + absl::Hours(40));
    EXPECT_EQ(directory.Names().size(), daily ? 2u : 1u);
    EXPECT_EQ(directory.Read(directory.Names()[0]), daily ? "one\ntwo\n" : "one\ntwo\nthree\n");
    EXPECT_EQ(absl::string_view(directory.Names().back()).find(".open") == absl::string_view::npos,
              daily);
  }
}

TEST_F(RecordFilesTest, AreDeletedOldestFirstWhenThereAreTooMany) {
  directory_.Write("calls.txt", "somebody else's");
  RecordFileOptions options;
  options.max_file = 1;
  options.keep = 2;
  auto files = Open(options);
  for (int i = 1; i <= 5; ++i) ASSERT_TRUE(files->Append(std::to_string(i) + "\n", kNow).ok());
  EXPECT_THAT(directory_.Names(),
              ElementsAre("calls-0000000003-20261123T090000Z.jsonl",
                          "calls-0000000004-20261123T090000Z.jsonl",
                          "calls-0000000005-20261123T090000Z.jsonl.open", "calls.txt"));
}

TEST_F(RecordFilesTest, GoOnWhereTheyBrokeOff) {
  directory_.Write("calls-0000000007-20261122T090000Z.jsonl", "closed\n");
  directory_.Write("calls-0000000008-20261122T100000Z.jsonl.open",
                   "whole\n" + std::string(200'000, 'x') + "\n{\"torn\":");
  directory_.Write("calls-0000000009-20261122T110000Z.jsonl.open", "torn");
  auto files = Open();
  ASSERT_TRUE(files->Append("next\n", kNow).ok());
  EXPECT_THAT(directory_.Names(), ElementsAre("calls-0000000007-20261122T090000Z.jsonl",
                                              "calls-0000000008-20261122T100000Z.jsonl",
                                              "calls-0000000010-20261123T090000Z.jsonl.open"));
  EXPECT_EQ(directory_.Read("calls-0000000008-20261122T100000Z.jsonl"),
            "whole\n" + std::string(200'000, 'x') + "\n");
}

TEST_F(RecordFilesTest, AreWrittenByOneServerAlone) {
  auto files = Open();
  RecordFileOptions options;
  options.directory = directory_.path();
  auto second = RecordFiles::Open(options, [](const std::string&) {});
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status()));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("another server writes to"));
  // Looking is no writing.
  EXPECT_TRUE(CheckRecordDirectory(directory_.path()).ok());
  files.reset();
  EXPECT_TRUE(RecordFiles::Open(options, [](const std::string&) {}).ok());
}

TEST_F(RecordFilesTest, NeedADirectory) {
  directory_.Write("file", "");
  for (const char* name : {"/file", "/nothing"}) {
    RecordFileOptions options;
    options.directory = directory_.path() + name;
    EXPECT_THAT(std::string(CheckRecordDirectory(options.directory).message()),
                HasSubstr("is not a directory"));
    EXPECT_FALSE(RecordFiles::Open(options, [](const std::string&) {}).ok());
  }
}

// The system lets no file of this process become longer.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    before_handler_ = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, before_handler_);
  }

 private:
  rlimit before_;
  sighandler_t before_handler_;
};

TEST_F(RecordFilesTest, HaveNoPartOfALineThatFoundNoRoom) {
  auto files = Open();
  ASSERT_TRUE(files->Append("123456\n", kNow).ok());
  absl::Status full;
  absl::Status fuller;
  {
    FileSizeLimit limit(10);
    full = files->Append("abcdef\n", kNow);
    fuller = files->Append("abcdef\n", kNow);
  }
  EXPECT_FALSE(full.ok());
  EXPECT_FALSE(fuller.ok());
  EXPECT_THAT(std::string(full.message()), HasSubstr("cannot write to"));
  EXPECT_EQ(directory_.ReadAll(), "123456\n");
  ASSERT_TRUE(files->Append("abcdef\n", kNow).ok());
  EXPECT_EQ(directory_.ReadAll(), "123456\nabcdef\n");
  EXPECT_THAT(complaints_, IsEmpty());
}

}  // namespace
}  // namespace libroute
