#ifndef LIBROUTE_RECORD_RECORD_BOOK_H_
#define LIBROUTE_RECORD_RECORD_BOOK_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libroute/call/call.h"
#include "libroute/call/call_state.h"
#include "libroute/call/report.h"
#include "libroute/epoch/expiring_map.h"
#include "libroute/epoch/mutex.h"
#include "libroute/record/open_record.h"
#include "libroute/record/record.h"

namespace libroute {

// The records of all calls that are not over, and who gets those that are.
//
//   RecordBook book(sink, lease, max_open);
//   book.NoteFirst(call, decision, now);              // dial: one leg
//   book.NoteNext(call.id, state, {1, &event, decision}, now);  // busy: another
//   book.NoteReport(released, now);                   // sink.Write(record)
//
// A record is closed by a decision after which no report of the call's end is
// wanted (WantsRelease), by that report, or when nothing was heard of the call
// for the lease, or for as long as its caller was promised to be called back. What is asked or
// reported again within kHold of that has no effect. Later, a report of the end makes a `partial`
// record: so a call whose engine was stopped is found in two.
//
// An open call takes some 1.5 KB, more with more legs, at most some 60 KB. When
// max_open are open the record of one more is closed at once, and says so.
//
// Thread-safe; the same calls from one thread give the same records. What is
// noted waits at most for what is noted of another call; Write is called outside
// of locks, by the thread that closes the record. Reads no clock.
class RecordBook {
 public:
  static constexpr absl::Duration kHold = absl::Seconds(64);
  // So many calls that are over are remembered; when there are more, what is
  // asked again of one makes another record.
  static constexpr size_t kMaxEnded = 1'000'000;

  // `sink` must outlive this.
  RecordBook(RecordSink& sink, absl::Duration lease, size_t max_open)
      : sink_(sink), lease_(lease), open_(max_open) {}

  void NoteFirst(const Call& call, const Decision& decision, absl::Time now);
  // `state` is what the continuation says.
  void NoteNext(const CallId& call, const CallState& state, const AnsweredQuestion& question,
                absl::Time now);
  // Of a restarted switch: the records of its earlier calls are closed, but of those that go on
  // all the same.
  void NoteReport(
      const CallReport& report, absl::Time now,
      absl::FunctionRef<bool(const CallId&)> goes_on = [](const CallId&) { return false; });

  // Only `references` are alive of this switch and epoch: records of others are
  // closed. Linear in the number of open calls.
  void KeepLive(absl::string_view switch_name, uint64_t epoch,
                absl::Span<const std::string> references, absl::Time now);

  // Closes the records of calls that were not heard of for the lease.
  void Expire(absl::Time now);
  // When Expire has something to do; InfiniteFuture if there is nothing.
  absl::Time NextDeadline() const;

  // Closes all: nothing more will be noted.
  void CloseAll(absl::Time now);

  // Approximate while others note.
  struct Statistics {
    int64_t open = 0;
    int64_t written = 0;
    // Records closed because too many were open.
    int64_t no_room = 0;
    // Reports of a call that has no record, but of its end.
    int64_t unknown_reports = 0;
  };
  Statistics GetStatistics() const;

 private:
  using MakeRecord = absl::FunctionRef<std::unique_ptr<OpenRecord>()>;

  // What is noted of one call is noted under this.
  Mutex& MutexOf(const CallId& call) { return mutexes_[CallSeed(call) % mutexes_.size()]; }

  // The record that is over by this, if one is.
  void NoteQuestion(const CallId& call, const AnsweredQuestion& question, absl::Time now,
                    MakeRecord make);
  std::optional<CallRecord> AddQuestion(const CallId& call, const AnsweredQuestion& question,
                                        absl::Time now, MakeRecord make);
  std::optional<CallRecord> AddReleased(const CallReport& report, absl::Time now);
  void AddReport(const CallReport& report, absl::Time now);

  // A call whose caller is called back is open for as long as that was promised.
  absl::Time OpenUntil(const Decision& decision, absl::Time now) const;

  // Whether this is the first time within kHold that `key` ends; it has then.
  bool EndsFirst(uint64_t key, absl::Time now);
  bool HasEnded(const CallId& call, absl::Time now);

  // Closes the records of all calls of which `is_over`.
  void CloseWhere(absl::FunctionRef<bool(const CallId&)> is_over, RecordEnd end, absl::Time now);
  void WriteAll(std::vector<CallRecord> records);
  void Write(const CallRecord& record);

  RecordSink& sink_;
  const absl::Duration lease_;
  std::array<Mutex, 64> mutexes_;
  ExpiringMap<CallId, std::unique_ptr<OpenRecord>> open_;
  struct Ended {
    bool noted = false;
  };
  // By CallSeed; and calls that found no room, by that and the step.
  ExpiringMap<uint64_t, Ended> ended_{kMaxEnded};
  std::atomic<int64_t> written_{0};
  std::atomic<int64_t> no_room_{0};
  std::atomic<int64_t> unknown_reports_{0};
};

}  // namespace libroute

#endif  // LIBROUTE_RECORD_RECORD_BOOK_H_
