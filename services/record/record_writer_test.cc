#include "services/record/record_writer.h"

#include <filesystem>
#include <future>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/record/test_directory.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CallRecord RecordOf(const std::string& reference) {
  CallRecord record;
  record.call = {"sw", 1, reference};
  record.calling_privacy = Privacy::kRestricted;
  return record;
}

class RecordWriterTest : public testing::Test {
 protected:
  RecordWriterTest() {
    options_.files.directory = directory_.path();
    options_.retry_after = absl::Milliseconds(1);
    options_.log = [this](const std::string& text) {
      std::lock_guard<std::mutex> lock(mutex_);
      log_.push_back(text);
    };
  }
  std::unique_ptr<RecordWriter> Start() {
    auto writer = RecordWriter::Start(options_);
    EXPECT_TRUE(writer.ok()) << writer.status();
    return *std::move(writer);
  }
  std::vector<std::string> Log() {
    std::lock_guard<std::mutex> lock(mutex_);
    return log_;
  }
  template <typename Condition>
  static void Await(Condition holds) {
    while (!holds()) std::this_thread::yield();
  }
  // The references of what was written.
  std::vector<std::string> References() const {
    std::vector<std::string> references;
    const std::string text = directory_.ReadAll();
    for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
      const absl::string_view kBefore = "\"reference\":\"";
      const size_t begin = line.find(kBefore) + kBefore.size();
      references.emplace_back(line.substr(begin, line.find('"', begin) - begin));
    }
    return references;
  }

  TestDirectory directory_;
  RecordWriterOptions options_;
  std::mutex mutex_;
  std::vector<std::string> log_;
};

TEST_F(RecordWriterTest, WritesWhatIsQueuedBeforeItStops) {
  auto writer = Start();
  std::vector<std::string> expected;
  for (int i = 0; i < 500; ++i) {
    expected.push_back(absl::StrCat("r", i));
    writer->Write(RecordOf(expected.back()));
  }
  writer->Stop();
  EXPECT_EQ(References(), expected);
  EXPECT_EQ(directory_.Names().size(), 1u);
  EXPECT_THAT(directory_.Names()[0], testing::EndsWith(".jsonl"));
  EXPECT_EQ(writer->GetStatistics().written, 500);
  EXPECT_EQ(writer->GetStatistics().lost, 0);
  EXPECT_THAT(Log(), IsEmpty());
  writer->Write(RecordOf("late"));
  EXPECT_EQ(writer->GetStatistics().lost, 1);
}

TEST_F(RecordWriterTest, WaitsForRoomAndCountsWhatIsLost) {
  options_.max_queued = 2;
  auto writer = Start();
  const std::string away = directory_.path() + ".away";
  std::filesystem::rename(directory_.path(), away);
  writer->Write(RecordOf("a"));
  Await([&] { return !Log().empty(); });
  // "a" is in hand.
  for (const char* reference : {"b", "c", "d", "e"}) writer->Write(RecordOf(reference));
  EXPECT_EQ(writer->GetStatistics().lost, 2);
  EXPECT_EQ(writer->GetStatistics().queued, 2);
  std::filesystem::rename(away, directory_.path());
  Await([&] { return Log().size() == 4; });
  writer->Stop();
  EXPECT_THAT(References(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Log(), ElementsAre(HasSubstr("records of calls wait: cannot make"),
                                 "records of calls are written again",
                                 HasSubstr("are lost: more come than can be written"),
                                 HasSubstr("2 records of calls were lost")));
}

TEST_F(RecordWriterTest, StopsWhenNothingCanBeWritten) {
  auto writer = Start();
  std::filesystem::remove_all(directory_.path());
  for (int i = 0; i < 10; ++i) writer->Write(RecordOf(absl::StrCat("r", i)));
  writer->Stop();
  EXPECT_EQ(writer->GetStatistics().lost, 10);
  EXPECT_EQ(writer->GetStatistics().queued, 0);
  EXPECT_THAT(Log().back(), HasSubstr("are lost"));
}

TEST_F(RecordWriterTest, SaysWhyItCannotStart) {
  options_.files.directory += "/nothing";
  EXPECT_THAT(std::string(RecordWriter::Start(options_).status().message()),
              HasSubstr("is not a directory"));
}

// For the thread sanitizer.
TEST_F(RecordWriterTest, IsWrittenToByManyThreads) {
  options_.files.max_file = 4096;
  auto writer = Start();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 250; ++i) writer->Write(RecordOf(absl::StrCat(t, "-", i)));
      writer->GetStatistics();
    });
  }
  for (std::thread& thread : threads) thread.join();
  writer.reset();
  std::vector<std::string> references = References();
  EXPECT_EQ(references.size(), 1000u);
  std::sort(references.begin(), references.end());
  EXPECT_EQ(std::adjacent_find(references.begin(), references.end()), references.end());
  EXPECT_GT(directory_.Names().size(), 10u);
}

}  // namespace
}  // namespace libroute
