#include "libroute/prove/sample_figures.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "libroute/plan/written_duration.h"

namespace libroute {
namespace {

using Case = v1::GroupBranch::Case;
using Count = v1::GroupBranch::Count;
using Figures = v1::GroupFigures;
using CasesOfGroup = std::vector<const Case*>;

constexpr uint32_t kMostCount = 1'000'000;
constexpr absl::Duration kMostTime = absl::Hours(24);

// A number of something: what a case wants of it, and its figure.
struct CountField {
  bool (Case::*is_written)() const;
  const Count& (Case::*wanted)() const;
  uint32_t (Figures::*value)() const;
  void (Figures::*set)(uint32_t);
};

constexpr CountField kCounts[] = {
    {&Case::has_logged_in, &Case::logged_in, &Figures::logged_in, &Figures::set_logged_in},
    {&Case::has_ready, &Case::ready, &Figures::ready, &Figures::set_ready},
    {&Case::has_free, &Case::free, &Figures::free, &Figures::set_free},
    {&Case::has_waiting, &Case::waiting, &Figures::waiting, &Figures::set_waiting},
};

void SetTime(absl::Duration time, google::protobuf::Duration& to) {
  to.set_seconds(absl::IDivDuration(time, absl::Seconds(1), &time));
  to.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time)));
}

bool IsTimeAsWanted(const v1::GroupBranch::Time& wanted, absl::Duration time) {
  return WrittenDuration(wanted.at_least()) <= time &&
         (!wanted.has_at_most() || time <= WrittenDuration(wanted.at_most()));
}

bool AreAsWanted(const Case& item, const Figures& figures) {
  const bool is_open = !figures.has_open() || figures.open();
  if (item.has_open() && item.open() != is_open) return false;
  for (const CountField& field : kCounts) {
    const Count& wanted = (item.*field.wanted)();
    const uint32_t count = (figures.*field.value)();
    if (count < wanted.at_least() || (wanted.has_at_most() && count > wanted.at_most())) {
      return false;
    }
  }
  const absl::Duration expected = figures.has_expected_wait()
                                      ? WrittenDuration(figures.expected_wait())
                                      : absl::InfiniteDuration();
  return IsTimeAsWanted(item.longest_wait(), WrittenDuration(figures.longest_wait())) &&
         (!item.has_expected_wait() || IsTimeAsWanted(item.expected_wait(), expected));
}

// The least that the case wants, and that is given already.
void Meet(const Case& item, Figures& figures) {
  if (item.has_open()) figures.set_open(item.open());
  for (const CountField& field : kCounts) {
    (figures.*field.set)(std::max((figures.*field.value)(), (item.*field.wanted)().at_least()));
  }
  const auto give_time = [](const google::protobuf::Duration& wanted,
                            google::protobuf::Duration& to) {
    if (WrittenDuration(wanted) > WrittenDuration(to)) to = wanted;
  };
  if (item.longest_wait().has_at_least()) {
    give_time(item.longest_wait().at_least(), *figures.mutable_longest_wait());
  }
  if (item.has_expected_wait()) {
    give_time(item.expected_wait().at_least(), *figures.mutable_expected_wait());
  }
}

// Figures like these that the case does not want: more of something than it takes, or less.
std::vector<Figures> Unwanted(const Case& item, const Figures& figures) {
  std::vector<Figures> all;
  const auto other = [&]() -> Figures& { return all.emplace_back(figures); };
  for (const CountField& field : kCounts) {
    const Count& wanted = (item.*field.wanted)();
    if (!wanted.has_at_most() || wanted.at_most() >= kMostCount) continue;
    (other().*field.set)(wanted.at_most() + 1);
  }
  const absl::Duration next_longest =
      WrittenDuration(item.longest_wait().at_most()) + absl::Seconds(1);
  if (item.longest_wait().has_at_most() && next_longest <= kMostTime) {
    SetTime(next_longest, *other().mutable_longest_wait());
  }
  if (item.expected_wait().has_at_most()) other().clear_expected_wait();
  const absl::Duration next_expected =
      WrittenDuration(item.expected_wait().at_most()) + absl::Seconds(1);
  if (item.expected_wait().has_at_most() && next_expected <= kMostTime) {
    SetTime(next_expected, *other().mutable_expected_wait());
  }
  if (WrittenDuration(item.expected_wait().at_least()) > absl::ZeroDuration()) {
    SetTime(absl::ZeroDuration(), *other().mutable_expected_wait());
  }
  if (item.has_open()) other().set_open(!item.open());
  return all;
}

// So that this case fails, if it can, and those of `met` go on matching.
void Miss(const Case& item, const CasesOfGroup& met, Figures& figures) {
  for (Figures& other : Unwanted(item, figures)) {
    const bool are_met = std::all_of(met.begin(), met.end(),
                                     [&](const Case* each) { return AreAsWanted(*each, other); });
    if (!are_met) continue;
    figures = std::move(other);
    return;
  }
}

}  // namespace

void GiveFigures(const std::vector<CallSet::OfGroup>& cases, v1::Given& given) {
  std::map<std::string, CasesOfGroup> met;
  for (const auto& [item, matches] : cases) {
    if (!matches) continue;
    Meet(*item, (*given.mutable_group_figures())[item->group()]);
    met[item->group()].push_back(item);
  }
  // To miss one may be to meet another one.
  constexpr int kRounds = 3;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& [item, matches] : cases) {
      const auto of_group = met.find(item->group());
      if (matches || of_group == met.end()) continue;
      Figures& figures = (*given.mutable_group_figures())[item->group()];
      if (AreAsWanted(*item, figures)) Miss(*item, of_group->second, figures);
    }
  }
}

}  // namespace libroute
