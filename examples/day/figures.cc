#include "examples/day/figures.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "examples/day/log.h"

namespace center_day {
namespace {

constexpr absl::Duration kQuarter = absl::Minutes(15);
// Rows of the picture.
constexpr int kRows = 8;

std::string PerCent(double part, double whole) {
  return whole > 0 ? absl::StrFormat("%.0f%%", 100 * part / whole) : "-";
}

std::string Median(std::vector<absl::Duration> times) {
  if (times.empty()) return "-";
  std::sort(times.begin(), times.end());
  return InWords(times[(times.size() - 1) / 2]);
}

// Wide enough for the names, and for the heading.
template <typename Names, typename NameOf>
int Width(size_t heading, const Names& names, NameOf name_of) {
  size_t width = heading;
  for (const auto& one : names) width = std::max(width, name_of(one).size());
  return static_cast<int>(width);
}

std::string HoursAndMinutes(absl::Duration time) {
  const int64_t minutes = absl::ToInt64Minutes(time + absl::Seconds(30));
  return absl::StrFormat("%d:%02d", minutes / 60, minutes % 60);
}

}  // namespace

void Figures::WaitEnds(const std::string& group, absl::Duration time, bool is_answered) {
  Waits& waits = waits_[group];
  waits.longest = std::max(waits.longest, time);
  if (is_answered) waits.answered.push_back(time);
}

const std::vector<absl::Duration>& Figures::AnsweredWaits(const std::string& group) const {
  static const std::vector<absl::Duration>* const kNone = new std::vector<absl::Duration>();
  const auto found = waits_.find(group);
  return found == waits_.end() ? *kNone : found->second.answered;
}

void Figures::Waiting(absl::Time now, int calls) {
  const int64_t quarter = (now - absl::UnixEpoch()) / kQuarter;
  // Who waited when the quarter began counts in it.
  if (last_quarter_ == 0) last_quarter_ = quarter;
  for (int64_t one = last_quarter_ + 1; one <= quarter; ++one) most_waiting_[one] = waiting_;
  int& most = most_waiting_[quarter];
  most = std::max(most, calls);
  last_quarter_ = quarter;
  waiting_ = calls;
}

void Figures::PrintEnds(std::ostream& out) const {
  std::vector<std::string> ends;
  for (const auto& [how, calls] : ends_) ends.push_back(absl::StrCat(calls, " ", how));
  out << came_ << " calls came: " << absl::StrJoin(ends, ", ") << "\n";
  if (emails_ > 0) {
    out << emails_ << " e-mails came: " << emails_done_ << " done with, " << emails_ - emails_done_
        << " left for tomorrow\n";
  }
}

void Figures::PrintGroups(const std::vector<libroute::GroupNow>& groups, std::ostream& out) const {
  const int width = Width(5, groups, [](const auto& group) { return group.name; });
  out << absl::StrFormat("%-*s %8s %9s %10s %10s %8s %6s %8s %13s %13s\n", width, "group",
                         "entered", "answered", "in target", "abandoned", "gave up", "moved",
                         "waiting", "median wait", "longest wait");
  for (const libroute::GroupNow& group : groups) {
    const libroute::contact::GroupStanding& counts = group.standing;
    const uint64_t over = counts.answered + counts.abandoned + counts.gave_up + counts.moved;
    const auto waits = waits_.find(group.name);
    out << absl::StrFormat(
        "%-*s %8d %9d %10s %10d %8d %6d %8d %13s %13s\n", width, group.name, counts.entered,
        counts.answered,
        PerCent(static_cast<double>(counts.answered_in_time), static_cast<double>(counts.answered)),
        counts.abandoned, counts.gave_up, counts.moved, counts.entered - over,
        Median(AnsweredWaits(group.name)),
        waits == waits_.end() ? "-" : InWords(waits->second.longest));
  }
}

void Figures::PrintAgents(std::ostream& out) const {
  const int width = Width(5, agents_, [](const auto& agent) { return agent.first; });
  out << absl::StrFormat("%-*s %6s %7s %10s %8s %8s %8s %8s %8s %9s\n", width, "agent", "calls",
                         "e-mails", "logged in", "breaks", "talk", "writing", "wrap-up", "free",
                         "occupied");
  for (const auto& one : agents_) {
    const AgentFigures& agent = one.second;
    const auto spent = [&](Doing what) { return agent.spent[static_cast<int>(what)]; };
    const absl::Duration busy = spent(Doing::kRings) + spent(Doing::kTalks) +
                                spent(Doing::kAnswersEmails) + spent(Doing::kWritesUp);
    const absl::Duration works = busy + spent(Doing::kFree);
    out << absl::StrFormat(
        "%-*s %6d %7d %10s %8s %8s %8s %8s %8s %9s\n", width, one.first, agent.contacts,
        agent.emails, HoursAndMinutes(works + spent(Doing::kBreak)),
        HoursAndMinutes(spent(Doing::kBreak)), HoursAndMinutes(spent(Doing::kTalks)),
        HoursAndMinutes(spent(Doing::kAnswersEmails)), HoursAndMinutes(spent(Doing::kWritesUp)),
        HoursAndMinutes(spent(Doing::kFree)),
        PerCent(absl::ToDoubleSeconds(busy), absl::ToDoubleSeconds(works)));
  }
}

void Figures::PrintWaiting(std::ostream& out) const {
  if (most_waiting_.empty()) return;
  int most = 0;
  for (const auto& [quarter, calls] : most_waiting_) most = std::max(most, calls);
  // Each row is so many calls.
  const int step = std::max(1, (most + kRows - 1) / kRows);
  // From the first full hour to the last.
  const int64_t begin = most_waiting_.begin()->first / 4 * 4;
  const int64_t end = most_waiting_.rbegin()->first + 1;
  for (int row = (most + step - 1) / step; row >= 1; --row) {
    std::string line = absl::StrFormat("%4d |", row * step);
    for (int64_t quarter = begin; quarter < end; ++quarter) {
      const auto found = most_waiting_.find(quarter);
      const int calls = found == most_waiting_.end() ? 0 : found->second;
      line.push_back(calls > (row - 1) * step ? '#' : ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << "\n";
  }
  std::string axis = "   0 +";
  std::string hours = "      ";
  for (int64_t quarter = begin; quarter < end; ++quarter) {
    axis.append(quarter % 4 == 0 ? "+" : "-");
    if (quarter % 4 != 0) continue;
    hours.append(absl::FormatTime("%H  ", absl::UnixEpoch() + quarter * kQuarter, zone_));
  }
  hours.erase(hours.find_last_not_of(' ') + 1);
  out << axis << "\n" << hours << "\n";
}

}  // namespace center_day
