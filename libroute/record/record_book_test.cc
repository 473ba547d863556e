#include "libroute/record/record_book.h"

#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/record/test_record.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::Duration kLease = absl::Hours(6);

class RecordBookTest : public testing::Test {
 protected:
  explicit RecordBookTest(size_t max_open = 1000) : book_(sink_, kLease, max_open) {}

  void First(const std::string& reference, Action action, int seconds = 0) {
    book_.NoteFirst(RecordedCall(reference), RecordedDecision(action), After(seconds));
  }
  void Next(const std::string& reference, const Event& event, Action action, int seconds = 0) {
    book_.NoteNext(RecordedCall(reference).id, CallState(), {1, &event, RecordedDecision(action)},
                   After(seconds));
  }
  // "c1 released" and so on; "partial" where it is.
  std::vector<std::string> Written() {
    constexpr absl::string_view kEnds[] = {"",         "decided",    "released", "restarted",
                                           "not live", "lease over", "stopped",  "no room"};
    std::vector<std::string> lines;
    for (const CallRecord& record : sink_.Take()) {
      lines.push_back(absl::StrCat(record.call.reference, " ",
                                   kEnds[static_cast<size_t>(record.end)],
                                   record.partial ? ", partial" : ""));
    }
    return lines;
  }

  KeptRecords sink_;
  RecordBook book_;
};

TEST_F(RecordBookTest, WritesARecordWhenTheEndIsReported) {
  First("c1", Dial({0}));
  EXPECT_THAT(Written(), IsEmpty());
  EXPECT_EQ(book_.GetStatistics().open, 1);
  book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5)), After(20));
  EXPECT_THAT(Written(), ElementsAre("c1 released"));
  EXPECT_EQ(book_.GetStatistics().open, 0);
  EXPECT_EQ(book_.GetStatistics().written, 1);
}

TEST_F(RecordBookTest, WritesARecordWhenADecisionEndsTheCall) {
  First("c1", RejectDecision{{486, 17}});
  First("c2", PassThroughDecision{PassThroughReason::kPlan});
  First("c3", Dial({0}));
  Next("c3", DialEnded({{0, Outcome::kBusy}}), ReleaseDecision{{486, 17}});
  EXPECT_THAT(Written(), ElementsAre("c1 decided", "c2 decided", "c3 decided"));
  EXPECT_EQ(book_.GetStatistics().open, 0);
}

TEST_F(RecordBookTest, WritesNothingTwice) {
  for (int again = 0; again < 2; ++again) {
    First("c1", RejectDecision{{486, 17}}, again * 63);
    First("c2", Dial({0}), again * 40);
    book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5), "c2"), After(again * 40));
  }
  EXPECT_THAT(Written(), ElementsAre("c1 decided", "c2 released"));
  // An alerting that comes late.
  book_.NoteReport(ReportOf(ReportKind::kAlerting, "c2"), After(41));
  EXPECT_EQ(book_.GetStatistics().unknown_reports, 0);
  EXPECT_EQ(book_.GetStatistics().open, 0);
  // Remembering it ends.
  book_.Expire(After(200));
  First("c1", RejectDecision{{486, 17}}, 200);
  EXPECT_THAT(Written(), ElementsAre("c1 decided"));
}

TEST_F(RecordBookTest, BeginsAgainWhenMoreDigitsHaveCome) {
  First("c1", MoreDigitsDecision{10, 11});
  First("c1", MoreDigitsDecision{10, 11});
  EXPECT_THAT(Written(), IsEmpty());
  First("c1", Dial({0}), 2);
  // The network asks for the beginning again, late.
  First("c1", MoreDigitsDecision{10, 11}, 3);
  book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5)), After(20));
  const std::vector<CallRecord> records = sink_.Take();
  ASSERT_EQ(records.size(), 1u);
  EXPECT_FALSE(records[0].partial);
  EXPECT_EQ(records[0].legs.size(), 1u);
}

TEST_F(RecordBookTest, ClosesWhatWasNotHeardOfForTheLease) {
  First("c1", Dial({0}));
  First("c2", Dial({0}));
  book_.NoteReport(ReportOf(ReportKind::kAlerting, "c2"), After(3600));
  EXPECT_LE(book_.NextDeadline(), kRecordNow + kLease);
  book_.Expire(kRecordNow + kLease - absl::Seconds(1));
  EXPECT_THAT(Written(), IsEmpty());
  book_.Expire(kRecordNow + kLease);
  EXPECT_THAT(Written(), ElementsAre("c1 lease over"));
  book_.Expire(After(3600) + kLease);
  EXPECT_THAT(Written(), ElementsAre("c2 lease over"));
  EXPECT_EQ(book_.NextDeadline(), absl::InfiniteFuture());
}

TEST_F(RecordBookTest, OfACallThatIsNotKnownHasItsEndAlone) {
  book_.NoteReport(ReportOf(ReportKind::kAlerting), After(1));
  book_.NoteReport(ReportOf(ReportKind::kAnswered), After(2));
  EXPECT_THAT(Written(), IsEmpty());
  EXPECT_EQ(book_.GetStatistics().unknown_reports, 2);
  book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5)), After(20));
  book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5)), After(21));
  EXPECT_THAT(Written(), ElementsAre("c1 released, partial"));
}

TEST_F(RecordBookTest, GoesOnWithACallThatBeganElsewhere) {
  Next("c1", DialEnded({{0, Outcome::kBusy}}), Dial({0}));
  book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5)), After(20));
  EXPECT_THAT(Written(), ElementsAre("c1 released, partial"));
}

TEST_F(RecordBookTest, ClosesTheCallsOfASwitchThatRestarts) {
  First("b", Dial({0}));
  First("a", Dial({0}));
  Call other = RecordedCall("c");
  other.id.switch_name = "sw-2";
  book_.NoteFirst(other, RecordedDecision(Dial({0})), kRecordNow);
  CallReport restarted;
  restarted.kind = ReportKind::kSwitchRestarted;
  restarted.call = {"sw", 1, ""};
  book_.NoteReport(restarted, After(1));
  EXPECT_THAT(Written(), IsEmpty());
  restarted.call.epoch = 2;
  book_.NoteReport(restarted, After(1));
  EXPECT_THAT(Written(), ElementsAre("a restarted", "b restarted"));
  EXPECT_EQ(book_.GetStatistics().open, 1);
}

TEST_F(RecordBookTest, KeepsWhatTheSwitchListsAsLive) {
  First("a", Dial({0}));
  First("b", Dial({0}));
  book_.KeepLive("sw", 2, {}, After(1));
  book_.KeepLive("other", 1, {}, After(1));
  EXPECT_THAT(Written(), IsEmpty());
  book_.KeepLive("sw", 1, {"a", "unknown"}, After(3600));
  EXPECT_THAT(Written(), ElementsAre("b not live"));
  book_.Expire(kRecordNow + kLease);
  EXPECT_THAT(Written(), IsEmpty());
  book_.Expire(After(3600) + kLease);
  EXPECT_THAT(Written(), ElementsAre("a lease over"));
}

TEST_F(RecordBookTest, HandsOverAllWhenItIsToStop) {
  First("b", Dial({0}));
  First("a", VoicemailDecision{"desk"});
  book_.CloseAll(After(5));
  EXPECT_THAT(Written(), ElementsAre("a stopped", "b stopped"));
  EXPECT_EQ(book_.GetStatistics().open, 0);
}

class FullRecordBook : public RecordBookTest {
 protected:
  FullRecordBook() : RecordBookTest(2) {}
};

TEST_F(FullRecordBook, SaysSoOnce) {
  First("a", Dial({0}));
  First("b", Dial({0}));
  First("c", Dial({0}));
  First("c", Dial({0}));
  EXPECT_THAT(Written(), ElementsAre("c no room"));
  EXPECT_EQ(book_.GetStatistics().no_room, 1);
  // What comes next of it is not lost, and what ends at once needs no room.
  Next("c", DialEnded({{0, Outcome::kBusy}}), Dial({0}));
  EXPECT_THAT(Written(), ElementsAre("c no room, partial"));
  book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5), "c"), After(20));
  First("d", RejectDecision{{486, 17}});
  EXPECT_THAT(Written(), ElementsAre("c released, partial", "d decided"));
  book_.NoteReport(Released(ReleasedBy::kCaller, absl::Seconds(5), "a"), After(20));
  First("e", Dial({0}));
  EXPECT_THAT(Written(), ElementsAre("a released"));
}

// For the thread sanitizer: every call has one record, whoever does what.
TEST(RecordBookThreads, WriteEveryCallOnce) {
  constexpr int kCalls = 400;
  KeptRecords sink;
  RecordBook book(sink, kLease, 100000);
  auto follow = [&](int i) {
    const std::string reference = absl::StrCat("c", i);
    const Event busy = DialEnded({{0, Outcome::kBusy}});
    book.NoteFirst(RecordedCall(reference), RecordedDecision(Dial({0})), kRecordNow);
    book.NoteReport(ReportOf(ReportKind::kAlerting, reference), After(1));
    book.NoteNext(
        RecordedCall(reference).id, CallState(),
        {1, &busy,
         RecordedDecision(i % 2 == 0 ? Action(Dial({1})) : Action(RejectDecision{{486, 17}}))},
        After(2));
    if (i % 4 != 2) {
      book.NoteReport(Released(ReleasedBy::kCalled, absl::Seconds(5), reference), After(3));
    }
  };
  std::vector<std::thread> threads;
  // Each call by two threads.
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = t / 2; i < kCalls; i += 2) follow(i);
    });
  }
  threads.emplace_back([&] {
    for (int i = 0; i < 50; ++i) {
      book.Expire(After(4));
      book.KeepLive("other", 1, {}, After(4));
      book.NextDeadline();
      book.GetStatistics();
    }
  });
  for (std::thread& thread : threads) thread.join();
  book.CloseAll(After(5));
  std::vector<std::string> references;
  for (const CallRecord& record : sink.Take()) {
    EXPECT_FALSE(record.partial);
    references.push_back(record.call.reference);
  }
  std::sort(references.begin(), references.end());
  EXPECT_EQ(std::adjacent_find(references.begin(), references.end()), references.end());
  EXPECT_EQ(references.size(), static_cast<size_t>(kCalls));
}

}  // namespace
}  // namespace libroute
