#include "libroute/contact/group.h"

#include <algorithm>

namespace libroute::contact {

void Group::SetRules(const GroupRules& rules) {
  rules_ = rules;
  // They are known as memberships, and are not needed twice.
  rules_.members.clear();
  rules_.members.shrink_to_fit();
  least_indices_.assign(1, static_cast<uint8_t>(rules.least_index));
  for (const RelaxationStep& step : rules.steps) {
    if (step.least_index != 0) least_indices_.push_back(static_cast<uint8_t>(step.least_index));
  }
  strategy_ = rules.strategy;
  levels_ = static_cast<uint8_t>(least_indices_.size());
  free_.assign(size_t{kMedia} * levels_, FreeSet());
  waiting_.assign(size_t{kMedia} * levels_, WaitSet());
  has_alarms = rules.alarms != AlarmRules();
  logged_in = 0;
  ready = 0;
  waiting_at_home = 0;
  turn = 0;
}

uint8_t Group::BandOf(int index) const {
  for (uint8_t level = 0; level < levels(); ++level) {
    if (index >= least_indices_[level]) return level;
  }
  return kNoBand;
}

uint8_t Group::LevelAfter(Micros waited) const {
  uint8_t level = 0;
  for (const RelaxationStep& step : rules_.steps) {
    if (absl::ToInt64Microseconds(step.after) > waited) break;
    if (step.least_index != 0) ++level;
  }
  return level;
}

Micros Group::NextStepAfter(Micros waited) const {
  for (const RelaxationStep& step : rules_.steps) {
    const Micros after = absl::ToInt64Microseconds(step.after);
    if (after > waited) return after;
  }
  return kNever;
}

size_t Group::Waiting(Medium medium) const {
  size_t all = 0;
  for (uint8_t level = 0; level < levels_; ++level) all += waiting(medium, level).size();
  return all;
}

size_t Group::Free(Medium medium) const {
  size_t all = 0;
  for (uint8_t band = 0; band < levels_; ++band) all += free(medium, band).size();
  return all;
}

size_t Group::Before(Medium medium, const WaitKey& key) const {
  size_t before = 0;
  for (uint8_t level = 0; level < levels_; ++level) before += waiting(medium, level).Rank(key);
  return before;
}

void Group::NoteServed(bool is_in_time) {
  // An average over about 64 contacts. Rounded up, so that it comes to both ends.
  const int64_t missing = (is_in_time ? 1'000'000 : 0) - recent_in_time;
  recent_in_time += (missing + (missing > 0 ? 63 : -63)) / 64;
}

int64_t Group::Shortfall(Micros first_waited) const {
  const int64_t missing = int64_t{10'000} * rules_.service_level.percent - recent_in_time;
  const Micros within = absl::ToInt64Microseconds(rules_.service_level.within);
  return missing + 100'000 * (first_waited / within);
}

}  // namespace libroute::contact
