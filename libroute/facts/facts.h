#ifndef LIBROUTE_FACTS_FACTS_H_
#define LIBROUTE_FACTS_FACTS_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libroute/epoch/mutex.h"
#include "libroute/facts/fact_history.h"
#include "libroute/facts/line_features.h"

// What evaluation may read besides the plan and the call: the known status of
// destinations, sites and gateways, hand switches, the state of groups; and counters
// (counters.h).
namespace libroute {

// What is known of a destination, a site or a gateway. Values as in libroute.v1.Status.
enum class Status : uint8_t { kUp = 1, kBusy, kDown };

// "up", "busy", "down".
absl::string_view StatusName(Status status);

// What a group can do for a call. Values as in libroute.v1.GroupState.
enum class GroupState : uint8_t { kNoneFree = 1, kNoAgents, kNoneReady, kFull, kClosed };

// What a limit lets through, where that is stated. Values as in
// libroute.v1.LimitStatus; kAsCounted stands for none.
enum class LimitStatus : uint8_t { kAsCounted, kOpen, kFull, kGapped };

// Whether a recovery plan is on. Values as in libroute.v1.RecoveryState.
enum class RecoveryState : uint8_t { kOff = 1, kOn, kDrill };

// "off", "on", "drill".
absl::string_view RecoveryStateName(RecoveryState state);

// What a fact is about.
enum class FactKind : uint8_t {
  kDestination,
  kSite,
  kSwitch,
  kGroup,
  kConference,
  kLimit,
  kGateway
};

// "destination", "site", "switch", "group", "conference", "limit", "gateway".
absl::string_view FactKindName(FactKind kind);

// One fact: a small value with the time at which it stops being known.
// Thread-safe and lock-free; reading is one relaxed load.
class FactCell {
 public:
  static constexpr int64_t kForever = INT64_MAX >> 8;

  // The unix second that stands for the end of what is said until `until`: a lease
  // that ends within a second lasts until that second is over.
  static int64_t ExpiryOf(absl::Time until);

  // 0 if nothing is known at `now_seconds` (unix time).
  uint8_t Get(int64_t now_seconds) const {
    uint64_t word = word_.load(std::memory_order_relaxed);
    return now_seconds < static_cast<int64_t>(word >> 8) ? static_cast<uint8_t>(word) : 0;
  }
  // `value` until `expires_seconds` (excluded); kForever for ever.
  void Set(uint8_t value, int64_t expires_seconds) {
    word_.store(static_cast<uint64_t>(expires_seconds) << 8 | value, std::memory_order_relaxed);
  }
  // When what is known stops being known; 0 if nothing is.
  int64_t expires_seconds() const {
    return static_cast<int64_t>(word_.load(std::memory_order_relaxed) >> 8);
  }

 private:
  std::atomic<uint64_t> word_{0};
};

// One plan's hand switch: where it stands, and the plan's values, in order, as they are
// kept in the cell. Off and on if none.
struct SwitchCell {
  const FactCell* cell = nullptr;
  std::vector<uint8_t> values;

  // Which of the values, the first being 0. One that this plan does not have, or none:
  // the first.
  int At(int64_t now_seconds) const {
    constexpr uint8_t kOn = 2;
    const uint8_t value = cell->Get(now_seconds);
    return values.empty() ? value == kOn : Find(value);
  }

 private:
  int Find(uint8_t value) const;
};

// All facts of one customer, by kind and name. Cells are made when first
// asked for and never move or go away, so that compiled plans may point to
// them and facts outlive revisions. Thread-safe.
class FactBoard {
 public:
  // The cell of that name; made if it does not exist.
  const FactCell* Cell(FactKind kind, absl::string_view name);

  // The same for a line.
  const LineCell* LineCellOf(absl::string_view name);

  // The same for a switch of a plan that has these values; none: off and on.
  SwitchCell SwitchCellOf(absl::string_view name, absl::Span<const std::string> values);

  // Sets a switch to `change.value`, which must be one that some plan has given
  // SwitchCellOf, or "off" or "on"; and remembers it.
  void SetSwitch(absl::string_view name, FactChange change);
  // What it was set to and until when, if that still holds; and its history.
  struct Switch {
    std::optional<std::string> value;
    absl::Time until = absl::InfiniteFuture();
    std::vector<FactChange> history;
  };
  Switch SwitchAt(absl::string_view name, int64_t now_seconds) const;
  // Forgets the history of switches that are none of these, in order.
  void KeepHistoryOf(absl::Span<const std::string> switches);

  // What is switched on a line, and all of that at once.
  LineSettings Line(absl::string_view name) const;
  void SetLine(absl::string_view name, const LineSettings& settings);
  void SetLine(absl::string_view name, LineFeature feature, const FeatureSetting& setting);

  // States a fact until `expires_seconds` (FactCell::kForever: for ever).
  void Set(FactKind kind, absl::string_view name, uint8_t value, int64_t expires_seconds);

  // The earliest time at which a fact stops being known, after `now_seconds`;
  // FactCell::kForever if none does.
  int64_t NextExpiry(int64_t now_seconds) const;

  // Forgets what has expired by `now_seconds` and returns what it was about.
  std::vector<std::pair<FactKind, std::string>> Expire(int64_t now_seconds);

 private:
  // A switch's values are kept by name: each name that any plan gave it has a number of
  // its own, its place here and 1 ("off" and "on" come first), which no other name gets
  // as long as the cell is used. So a plan that renames, adds or reorders values, or
  // comes back, never makes another value of what was set; a value that it does not have
  // counts as its first, and as itself again for a plan that has it.
  struct SwitchValues {
    FactCell* cell = nullptr;
    std::vector<std::string> names = {"off", "on"};
    FactHistory history;

    // 0 for a name that none of the plans had.
    uint8_t Find(absl::string_view value) const;
  };

  FactCell* FindOrMake(FactKind kind, absl::string_view name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  SwitchValues& FindOrMakeSwitch(absl::string_view name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Gives the switch another cell, in which only these values and the one that it is
  // set to have numbers.
  void StartAfresh(absl::string_view name, absl::Span<const std::string> values,
                   SwitchValues& known) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  std::map<std::pair<FactKind, std::string>, FactCell*> index_ ABSL_GUARDED_BY(mutex_);
  std::deque<FactCell> cells_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, SwitchValues, std::less<>> switches_ ABSL_GUARDED_BY(mutex_);
  // Nodes of a map never move.
  std::map<std::string, LineCell, std::less<>> lines_ ABSL_GUARDED_BY(mutex_);
};

// The names of the facts that one plan reads, in the order of its indices.
struct FactNames {
  std::vector<std::string> destinations;
  std::vector<std::string> sites;
  std::vector<std::string> switches;
  std::vector<std::string> groups;
  std::vector<std::string> conferences;
  std::vector<std::string> limits;
  std::vector<std::string> lines;
  std::vector<std::string> gateways;
  // Of each switch; none: off and on.
  std::vector<std::vector<std::string>> switch_values;

  bool HasValues(int index) const {
    const auto i = static_cast<size_t>(index);
    return i < switch_values.size() && !switch_values[i].empty();
  }
  // "off" and "on" for a switch without values.
  const std::vector<std::string>& ValuesOfSwitch(int index) const;
};

// One plan's facts by index: what evaluation is given. Immutable; the cells
// belong to a FactBoard, which must outlive it. A default-constructed view
// knows nothing: all is up, off and none free.
class FactView {
 public:
  FactView() = default;
  FactView(const FactNames& names, FactBoard& board);

  Status destination(int index, int64_t now) const { return StatusOf(destinations_, index, now); }
  Status site(int index, int64_t now) const { return StatusOf(sites_, index, now); }
  Status gateway(int index, int64_t now) const { return StatusOf(gateways_, index, now); }
  // Which of its values, the first being 0; of a switch without values off is 0, on 1.
  int switch_value(int index, int64_t now) const {
    return switches_.empty() ? 0 : switches_[static_cast<size_t>(index)].At(now);
  }
  GroupState group(int index, int64_t now) const {
    const uint8_t value = Value(groups_, index, now);
    return value == 0 ? GroupState::kNoneFree : static_cast<GroupState>(value);
  }

  // Whether it is stated that a conference has no free place.
  bool conference_full(int index, int64_t now) const {
    return Value(conferences_, index, now) == kConferenceFull;
  }

  // What is stated of a limit, whatever is counted: for tests of plans.
  LimitStatus limit(int index, int64_t now) const {
    return static_cast<LimitStatus>(Value(limits_, index, now));
  }
  // What is switched on a line.
  FeatureSetting line(int index, LineFeature feature) const {
    return lines_.empty() ? FeatureSetting() : lines_[index]->Get(feature);
  }

  // What a conference's cell holds; as libroute.v1.ConferenceState.
  static constexpr uint8_t kConferenceFull = 2;

 private:
  using Cells = std::vector<const FactCell*>;
  static uint8_t Value(const Cells& cells, int index, int64_t now) {
    return cells.empty() ? 0 : cells[index]->Get(now);
  }
  static Status StatusOf(const Cells& cells, int index, int64_t now) {
    uint8_t value = Value(cells, index, now);
    return value == 0 ? Status::kUp : static_cast<Status>(value);
  }

  Cells destinations_;
  Cells sites_;
  std::vector<SwitchCell> switches_;
  Cells groups_;
  Cells conferences_;
  Cells limits_;
  Cells gateways_;
  std::vector<const LineCell*> lines_;
};

}  // namespace libroute

#endif  // LIBROUTE_FACTS_FACTS_H_
