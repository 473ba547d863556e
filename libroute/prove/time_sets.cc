#include "libroute/prove/time_sets.h"

#include "libroute/tree/compiled_plan.h"

namespace libroute {
namespace {

uint64_t HashOfSpans(const std::vector<TimeSpan>& spans) {
  uint64_t hash = 14695981039346656037u;
  for (const TimeSpan& span : spans) {
    hash = (hash ^ static_cast<uint64_t>(span.begin)) * 1099511628211u;
    hash = (hash ^ static_cast<uint64_t>(span.end)) * 1099511628211u;
  }
  return hash;
}

}  // namespace

TimeSets::TimeSets(const CompiledPlan& plan, TimeSpan window) : plan_(plan), window_(window) {
  Keep({});
  Keep({window});
}

TimeSets::Set TimeSets::Keep(std::vector<TimeSpan> spans) {
  const uint64_t hash = HashOfSpans(spans);
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto same = first; same != last; ++same) {
    if (sets_[static_cast<size_t>(same->second)] == spans) return same->second;
  }
  const Set set = static_cast<Set>(sets_.size());
  sets_.push_back(std::move(spans));
  by_hash_.emplace(hash, set);
  return set;
}

TimeSets::Set TimeSets::OpenOf(const std::string& schedule) {
  const auto known = open_.find(schedule);
  if (known != open_.end()) return known->second;
  const std::shared_ptr<const Schedule> found = plan_.FindSchedule(schedule);
  const Set set = found == nullptr ? kAlways : Keep(found->OpenSpans(window_));
  open_.emplace(schedule, set);
  return set;
}

template <class Make>
TimeSets::Set TimeSets::Known(std::map<Pair, Set>& results, Pair pair, Make make) {
  const auto known = results.find(pair);
  if (known != results.end()) return known->second;
  const Set set = Keep(make(spans(pair.first), spans(pair.second)));
  results.emplace(pair, set);
  return set;
}

TimeSets::Set TimeSets::And(Set a, Set b) {
  if (a == b || b == kAlways) return a;
  if (a == kAlways) return b;
  return Known(ands_, {a, b}, IntersectSpans);
}

TimeSets::Set TimeSets::Without(Set a, Set b) {
  if (a == b || b == kAlways) return kNever;
  return Known(withouts_, {a, b}, SubtractSpans);
}

// What is in neither is in neither of them.
TimeSets::Set TimeSets::Or(Set a, Set b) {
  if (a == b) return a;
  return Without(kAlways, And(Without(kAlways, a), Without(kAlways, b)));
}

}  // namespace libroute
