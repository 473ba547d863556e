#ifndef LIBROUTE_RECORD_TEST_RECORD_H_
#define LIBROUTE_RECORD_TEST_RECORD_H_

#include <string>
#include <utility>
#include <vector>

#include "libroute/epoch/mutex.h"
#include "libroute/record/record.h"

// What tests of records share: a time, questions and answers, a sink.
namespace libroute {

// Mon 2026-11-23 10:00 in Brussels.
inline const absl::Time kRecordNow = absl::FromUnixSeconds(1795424400);

inline absl::Time After(int seconds) {
  return kRecordNow + absl::Seconds(seconds);
}

// Keeps what it gets. Thread-safe.
class KeptRecords : public RecordSink {
 public:
  void Write(const CallRecord& record) override {
    MutexLock lock(mutex_);
    records_.push_back(record);
  }
  std::vector<CallRecord> Take() {
    MutexLock lock(mutex_);
    return std::exchange(records_, {});
  }

 private:
  Mutex mutex_;
  std::vector<CallRecord> records_ ABSL_GUARDED_BY(mutex_);
};

inline Call RecordedCall(const std::string& reference = "c1") {
  Call call;
  call.id = {"sw", 1, reference};
  call.called = *E164Number::Parse("+3222000100");
  call.calling = *E164Number::Parse("+32475123456");
  call.ingress = "be-1";
  return call;
}

inline Decision RecordedDecision(Action action, absl::string_view node = "trees.desk") {
  Decision decision;
  decision.action = std::move(action);
  decision.recorded = true;
  decision.customer = "acme";
  decision.revision = "r1";
  decision.holder = "acme-north";
  decision.number = *E164Number::Parse("+3222000100");
  decision.correlation = {1, 2};
  decision.node = node;
  return decision;
}

// Legs to +3222000200, +3222000201, ...: as many as there are `targets`.
inline DialDecision Dial(std::vector<int> targets, LegOrder order = LegOrder::kInOrder) {
  DialDecision dial;
  dial.order = order;
  for (int target : targets) {
    Leg leg;
    leg.target = target;
    leg.number = *E164Number::Parse("+322200020" + std::to_string(target));
    leg.presented = *E164Number::Parse("+32475123456");
    leg.presented_privacy = Privacy::kAllowed;
    dial.legs.push_back(leg);
  }
  return dial;
}

inline Event DialEnded(std::vector<AttemptResult> results) {
  Event event;
  event.kind = EventKind::kDialResult;
  event.results.assign(results.begin(), results.end());
  return event;
}

inline CallReport ReportOf(ReportKind kind, const std::string& reference = "c1") {
  CallReport report;
  report.kind = kind;
  report.call = {"sw", 1, reference};
  return report;
}

inline CallReport Released(ReleasedBy by, absl::Duration talking,
                           const std::string& reference = "c1") {
  CallReport report = ReportOf(ReportKind::kReleased, reference);
  report.by = by;
  report.q850_cause = 16;
  report.talking = talking;
  return report;
}

}  // namespace libroute

#endif  // LIBROUTE_RECORD_TEST_RECORD_H_
