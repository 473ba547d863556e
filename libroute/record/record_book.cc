#include "libroute/record/record_book.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "libroute/call/stable_hash.h"

namespace libroute {

void RecordBook::NoteFirst(const Call& call, const Decision& decision, absl::Time now) {
  NoteQuestion(call.id, {call.step, nullptr, decision}, now,
               [&] { return std::make_unique<OpenRecord>(call, now); });
}

void RecordBook::NoteNext(const CallId& call, const CallState& state,
                          const AnsweredQuestion& question, absl::Time now) {
  NoteQuestion(call, question, now, [&] { return std::make_unique<OpenRecord>(call, state); });
}

void RecordBook::NoteQuestion(const CallId& call, const AnsweredQuestion& question, absl::Time now,
                              MakeRecord make) {
  std::optional<CallRecord> closed;
  {
    MutexLock lock(MutexOf(call));
    if (HasEnded(call, now)) return;
    closed = AddQuestion(call, question, now, make);
  }
  if (closed.has_value()) Write(*closed);
}

std::optional<CallRecord> RecordBook::AddQuestion(const CallId& call,
                                                  const AnsweredQuestion& question, absl::Time now,
                                                  MakeRecord make) {
  auto note = [&](std::unique_ptr<OpenRecord>& record) {
    // With more digits the call begins again.
    const bool begins_again =
        record != nullptr && question.after == nullptr && record->AwaitsDigits();
    if (record == nullptr || begins_again) record = make();
    record->Note(question, now);
  };
  std::unique_ptr<OpenRecord> record;
  if (!WantsRelease(question.decision)) {
    open_.Remove(call, [&](std::unique_ptr<OpenRecord>& open) { record = std::move(open); });
    note(record);
    EndsFirst(CallSeed(call), now);
    return std::move(*record).Close(RecordEnd::kDecided, now);
  }
  const absl::Time open_until = OpenUntil(question.decision, now);
  auto found =
      open_.FindOrAdd(call, open_until, [&](std::unique_ptr<OpenRecord>& open, absl::Time& until) {
        until = std::max(until, open_until);
        note(open);
        return true;
      });
  if (found.has_value()) return std::nullopt;
  if (!EndsFirst(StableMix(CallSeed(call) + question.step + 1), now)) return std::nullopt;
  no_room_.fetch_add(1, std::memory_order_relaxed);
  note(record);
  return std::move(*record).Close(RecordEnd::kNoRoom, now);
}

absl::Time RecordBook::OpenUntil(const Decision& decision, absl::Time now) const {
  const auto* wait = std::get_if<WaitDecision>(&decision.action);
  const bool is_promised = wait != nullptr && wait->promise.has_value();
  return is_promised ? std::max(now + lease_, wait->promise->until + kHold) : now + lease_;
}

void RecordBook::NoteReport(const CallReport& report, absl::Time now,
                            absl::FunctionRef<bool(const CallId&)> goes_on) {
  if (report.kind == ReportKind::kSwitchRestarted) {
    CloseWhere(
        [&](const CallId& call) {
          return call.switch_name == report.call.switch_name && call.epoch < report.call.epoch &&
                 !goes_on(call);
        },
        RecordEnd::kSwitchRestarted, now);
    return;
  }
  std::optional<CallRecord> closed;
  {
    MutexLock lock(MutexOf(report.call));
    if (report.kind == ReportKind::kReleased) {
      closed = AddReleased(report, now);
    } else {
      AddReport(report, now);
    }
  }
  if (closed.has_value()) Write(*closed);
}

std::optional<CallRecord> RecordBook::AddReleased(const CallReport& report, absl::Time now) {
  if (!EndsFirst(CallSeed(report.call), now)) return std::nullopt;
  std::unique_ptr<OpenRecord> record;
  open_.Remove(report.call, [&](std::unique_ptr<OpenRecord>& open) { record = std::move(open); });
  if (record == nullptr) record = std::make_unique<OpenRecord>(report.call);
  record->Note(report, now);
  return std::move(*record).Close(RecordEnd::kReleased, now);
}

void RecordBook::AddReport(const CallReport& report, absl::Time now) {
  // One that is over, but was not dropped yet, lives on.
  auto found = open_.Find(report.call, absl::InfinitePast(),
                          [&](std::unique_ptr<OpenRecord>& record, absl::Time& until) {
                            until = std::max(until, now + lease_);
                            record->Note(report, now);
                            return true;
                          });
  if (found.has_value() || HasEnded(report.call, now)) return;
  unknown_reports_.fetch_add(1, std::memory_order_relaxed);
}

bool RecordBook::EndsFirst(uint64_t key, absl::Time now) {
  auto first = ended_.FindOrAdd(key, now + kHold, [&](Ended& ended, absl::Time& until) {
    const bool is_first = !ended.noted || until <= now;
    ended.noted = true;
    until = std::max(until, now + kHold);
    return is_first;
  });
  return first.value_or(true);
}

bool RecordBook::HasEnded(const CallId& call, absl::Time now) {
  if (ended_.empty()) return false;
  return ended_.Find(CallSeed(call), now, [](Ended&, absl::Time&) { return true; }).has_value();
}

void RecordBook::KeepLive(absl::string_view switch_name, uint64_t epoch,
                          absl::Span<const std::string> references, absl::Time now) {
  const absl::flat_hash_set<absl::string_view> alive(references.begin(), references.end());
  auto is_of_switch = [&](const CallId& call) {
    return call.epoch == epoch && call.switch_name == switch_name;
  };
  open_.ForEach([&](const CallId& call, std::unique_ptr<OpenRecord>&, absl::Time& until) {
    if (is_of_switch(call) && alive.contains(call.reference)) until = std::max(until, now + lease_);
  });
  CloseWhere(
      [&](const CallId& call) { return is_of_switch(call) && !alive.contains(call.reference); },
      RecordEnd::kNotLive, now);
}

void RecordBook::CloseWhere(absl::FunctionRef<bool(const CallId&)> is_over, RecordEnd end,
                            absl::Time now) {
  std::vector<CallId> over;
  open_.ForEach([&](const CallId& call, std::unique_ptr<OpenRecord>&, absl::Time&) {
    if (is_over(call)) over.push_back(call);
  });
  std::vector<CallRecord> closed;
  for (const CallId& call : over) {
    std::unique_ptr<OpenRecord> record;
    MutexLock lock(MutexOf(call));
    open_.Remove(call, [&](std::unique_ptr<OpenRecord>& open) { record = std::move(open); });
    if (record != nullptr) closed.push_back(std::move(*record).Close(end, now));
  }
  WriteAll(std::move(closed));
}

void RecordBook::Expire(absl::Time now) {
  std::vector<CallRecord> closed;
  open_.Expire(now, [&](const CallId&, std::unique_ptr<OpenRecord>& record) {
    closed.push_back(std::move(*record).Close(RecordEnd::kLeaseOver, now));
  });
  ended_.Expire(now, [](uint64_t, Ended&) {});
  WriteAll(std::move(closed));
}

absl::Time RecordBook::NextDeadline() const {
  return std::min(open_.NextDeadline(), ended_.NextDeadline());
}

void RecordBook::CloseAll(absl::Time now) {
  CloseWhere([](const CallId&) { return true; }, RecordEnd::kStopped, now);
}

void RecordBook::WriteAll(std::vector<CallRecord> records) {
  // The maps have no order of their own.
  auto name = [](const CallRecord& record) {
    return std::tie(record.call.switch_name, record.call.epoch, record.call.reference);
  };
  std::sort(records.begin(), records.end(),
            [&](const CallRecord& a, const CallRecord& b) { return name(a) < name(b); });
  for (const CallRecord& record : records) Write(record);
}

void RecordBook::Write(const CallRecord& record) {
  sink_.Write(record);
  written_.fetch_add(1, std::memory_order_relaxed);
}

RecordBook::Statistics RecordBook::GetStatistics() const {
  Statistics statistics;
  statistics.open = static_cast<int64_t>(open_.size());
  statistics.written = written_.load(std::memory_order_relaxed);
  statistics.no_room = no_room_.load(std::memory_order_relaxed);
  statistics.unknown_reports = unknown_reports_.load(std::memory_order_relaxed);
  return statistics;
}

}  // namespace libroute
