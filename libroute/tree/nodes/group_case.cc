#include "libroute/tree/nodes/group_case.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/written_duration.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

bool IsWithin(const GroupCase::Count& wanted, uint32_t value) {
  return value >= wanted.at_least && value <= wanted.at_most;
}

// What cannot be said is not within anything that is written.
bool IsWithin(const GroupCase::Time& wanted, absl::Duration value) {
  if (!wanted.is_written) return true;
  return value != absl::InfiniteDuration() && value >= wanted.at_least && value <= wanted.at_most;
}

// Whether what `other` wants is what `wanted` wants, too.
template <class Range>
bool HoldsAll(const Range& wanted, const Range& other) {
  if (!wanted.is_written) return true;
  return other.is_written && wanted.at_least <= other.at_least && wanted.at_most >= other.at_most;
}

template <class Range>
void CheckOrder(const Range& range, const std::string& field, NodeScope& scope) {
  if (range.at_least <= range.at_most) return;
  scope.Error(field, "bad-value",
              "at_least is more than at_most, so nothing is ever within; exchange the two");
}

GroupCase::Count ReadCount(const v1::GroupBranch::Count* written, const std::string& field,
                           NodeScope& scope) {
  GroupCase::Count count;
  if (written == nullptr) return count;
  count.is_written = true;
  if (!written->has_at_least() && !written->has_at_most()) {
    scope.Error(field, "missing", "write at_least or at_most, or both");
  }
  const auto read = [&](bool has, uint32_t value, absl::string_view name, uint32_t& bound) {
    if (!has) return;
    bound = value;
    if (value <= GroupCase::kMostCount) return;
    scope.Error(absl::StrCat(field, ".", name), "bad-value",
                absl::StrCat(value, " is out of range; write 0 to ", GroupCase::kMostCount));
  };
  read(written->has_at_least(), written->at_least(), "at_least", count.at_least);
  read(written->has_at_most(), written->at_most(), "at_most", count.at_most);
  CheckOrder(count, field, scope);
  return count;
}

GroupCase::Time ReadTime(const v1::GroupBranch::Time* written, const std::string& field,
                         NodeScope& scope) {
  GroupCase::Time time;
  if (written == nullptr) return time;
  time.is_written = true;
  if (!written->has_at_least() && !written->has_at_most()) {
    scope.Error(field, "missing", "write at_least or at_most, or both");
  }
  time.at_least = scope.DurationIn(
      written->has_at_least() ? &written->at_least() : nullptr, field + ".at_least",
      {absl::ZeroDuration(), GroupCase::kMostTime, absl::ZeroDuration()});
  time.at_most =
      scope.DurationIn(written->has_at_most() ? &written->at_most() : nullptr, field + ".at_most",
                       {absl::ZeroDuration(), GroupCase::kMostTime, absl::InfiniteDuration()});
  CheckOrder(time, field, scope);
  return time;
}

// `field` is that of a count, or of a time that always has a figure.
template <class Range>
void WarnWhereAlways(const Range& range, const std::string& field, NodeScope& scope) {
  const Range any;
  if (!range.is_written || range.at_least > any.at_least || range.at_most < any.at_most) return;
  scope.Warn(field, "no-effect",
             "it is always at least 0; write more, or at_most, or leave this out");
}

// Whether an error is told of, of what is written of a number or a time.
bool IsFaulty(const v1::GroupBranch::Count& written) {
  if (!written.has_at_least() && !written.has_at_most()) return true;
  return written.at_least() > GroupCase::kMostCount || written.at_most() > GroupCase::kMostCount ||
         (written.has_at_most() && written.at_least() > written.at_most());
}
bool IsFaulty(const v1::GroupBranch::Time& written) {
  if (!written.has_at_least() && !written.has_at_most()) return true;
  const auto is_out = [](absl::Duration time) {
    return time < absl::ZeroDuration() || time > GroupCase::kMostTime;
  };
  const absl::Duration least = WrittenDuration(written.at_least());
  const absl::Duration most = WrittenDuration(written.at_most());
  return is_out(least) || is_out(most) || (written.has_at_most() && least > most);
}
bool IsFaulty(const v1::GroupBranch::Case& written) {
  return (written.has_logged_in() && IsFaulty(written.logged_in())) ||
         (written.has_ready() && IsFaulty(written.ready())) ||
         (written.has_free() && IsFaulty(written.free())) ||
         (written.has_waiting() && IsFaulty(written.waiting())) ||
         (written.has_longest_wait() && IsFaulty(written.longest_wait())) ||
         (written.has_expected_wait() && IsFaulty(written.expected_wait()));
}

// Why a case without faults never holds; empty if it may.
absl::string_view WhyNever(const v1::GroupBranch::Case& written) {
  const auto most = [](bool has, const v1::GroupBranch::Count& count) {
    return has && count.has_at_most() ? count.at_most() : UINT32_MAX;
  };
  const v1::GroupBranch::Time& longest = written.longest_wait();
  const bool must_have_waited = longest.at_least().seconds() > 0 || longest.at_least().nanos() > 0;
  if (must_have_waited && most(written.has_waiting(), written.waiting()) == 0) {
    return "where none waits longest_wait is 0; let `waiting` be more, or leave it out";
  }
  const uint32_t most_logged_in = most(written.has_logged_in(), written.logged_in());
  if (written.free().at_least() > most(written.has_ready(), written.ready())) {
    return "no more are free than are ready; write less, or let more be ready";
  }
  if (written.ready().at_least() > most_logged_in) {
    return "no more are ready than are logged in; write less, or let more be logged in";
  }
  return written.free().at_least() > most_logged_in
             ? "no more are free than are logged in; write less, or let more be logged in"
             : "";
}

bool SaysNothing(const v1::GroupBranch::Case& written) {
  return !written.has_open() && !written.has_logged_in() && !written.has_ready() &&
         !written.has_free() && !written.has_waiting() && !written.has_longest_wait() &&
         !written.has_expected_wait();
}

std::string BoundText(uint32_t bound) {
  return absl::StrCat(bound);
}
std::string BoundText(absl::Duration bound) {
  return absl::FormatDuration(bound);
}

std::string FigureText(uint32_t figure) {
  return absl::StrCat(figure);
}
// In whole seconds, for people.
std::string FigureText(absl::Duration figure) {
  if (figure == absl::InfiniteDuration()) return "not known";
  return absl::FormatDuration(absl::Trunc(figure, absl::Seconds(1)));
}

// "at least 10", "2 to 5", "none".
template <class Range, class Value>
std::string RangeText(const Range& range, Value most) {
  const bool has_most = range.at_most != most;
  if (!has_most) return absl::StrCat("at least ", BoundText(range.at_least));
  if (range.at_least == range.at_most) return BoundText(range.at_most);
  if (range.at_least == Value()) return absl::StrCat("at most ", BoundText(range.at_most));
  return absl::StrCat(BoundText(range.at_least), " to ", BoundText(range.at_most));
}

std::string RangeText(const GroupCase::Count& range) {
  return RangeText(range, UINT32_MAX);
}
std::string RangeText(const GroupCase::Time& range) {
  return RangeText(range, absl::InfiniteDuration());
}

}  // namespace

GroupCase GroupCase::Read(const v1::GroupBranch::Case& written, const std::string& path,
                          NodeScope& scope) {
  GroupCase item;
  item.group_ = scope.FindGroup(written.group(), path + ".group");
  if (SaysNothing(written)) {
    scope.Error(path, "missing",
                "say what is wanted of the group: open, logged_in, ready, free, waiting, "
                "longest_wait or expected_wait");
  }
  // Lest it counts as one that takes everything.
  if (SaysNothing(written) || IsFaulty(written)) item.group_ = -1;
  if (written.has_open()) item.open_ = written.open();
  const auto count = [&](bool has, const v1::GroupBranch::Count& field, absl::string_view name) {
    return ReadCount(has ? &field : nullptr, absl::StrCat(path, ".", name), scope);
  };
  item.logged_in_ = count(written.has_logged_in(), written.logged_in(), "logged_in");
  item.ready_ = count(written.has_ready(), written.ready(), "ready");
  item.free_ = count(written.has_free(), written.free(), "free");
  item.waiting_ = count(written.has_waiting(), written.waiting(), "waiting");
  const auto time = [&](bool has, const v1::GroupBranch::Time& field, absl::string_view name) {
    return ReadTime(has ? &field : nullptr, absl::StrCat(path, ".", name), scope);
  };
  item.longest_wait_ = time(written.has_longest_wait(), written.longest_wait(), "longest_wait");
  item.expected_wait_ = time(written.has_expected_wait(), written.expected_wait(), "expected_wait");
  if (item.group_ < 0) return item;
  WarnWhereAlways(item.logged_in_, path + ".logged_in", scope);
  WarnWhereAlways(item.ready_, path + ".ready", scope);
  WarnWhereAlways(item.free_, path + ".free", scope);
  WarnWhereAlways(item.waiting_, path + ".waiting", scope);
  WarnWhereAlways(item.longest_wait_, path + ".longest_wait", scope);
  const absl::string_view why = WhyNever(written);
  if (!why.empty()) scope.Warn(path, "never-matches", absl::StrCat("this never holds: ", why));
  return item;
}

std::optional<GroupFigures> GroupCase::FiguresOf(const Frame& frame) const {
  const GroupBoard* groups = frame.context.groups;
  return groups == nullptr ? std::nullopt : groups->Find(NameIn(frame));
}

const std::string& GroupCase::NameIn(const Frame& frame) const {
  return frame.plan.fact_names().groups[static_cast<size_t>(group_)];
}

bool GroupCase::AreAsWanted(const GroupFigures& figures) const {
  return (!open_.has_value() || *open_ == figures.is_open) &&
         IsWithin(logged_in_, figures.logged_in) && IsWithin(ready_, figures.ready) &&
         IsWithin(free_, figures.free) && IsWithin(waiting_, figures.waiting) &&
         IsWithin(longest_wait_, figures.longest_wait) &&
         IsWithin(expected_wait_, figures.expected_wait);
}

bool GroupCase::Covers(const GroupCase& other) const {
  return group_ == other.group_ && (!open_.has_value() || open_ == other.open_) &&
         HoldsAll(logged_in_, other.logged_in_) && HoldsAll(ready_, other.ready_) &&
         HoldsAll(free_, other.free_) && HoldsAll(waiting_, other.waiting_) &&
         HoldsAll(longest_wait_, other.longest_wait_) &&
         HoldsAll(expected_wait_, other.expected_wait_);
}

template <class Visitor>
void GroupCase::VisitWanted(const GroupFigures& figures, Visitor visit) const {
  if (logged_in_.is_written) visit(logged_in_, figures.logged_in, "", " logged in");
  if (ready_.is_written) visit(ready_, figures.ready, "", " ready");
  if (free_.is_written) visit(free_, figures.free, "", " free");
  if (waiting_.is_written) visit(waiting_, figures.waiting, "", " wait");
  if (longest_wait_.is_written) visit(longest_wait_, figures.longest_wait, "longest wait ", "");
  if (expected_wait_.is_written) visit(expected_wait_, figures.expected_wait, "expected wait ", "");
}

std::string GroupCase::WantedText() const {
  std::vector<std::string> texts;
  if (open_.has_value()) texts.emplace_back(*open_ ? "open" : "closed");
  VisitWanted({}, [&](const auto& wanted, auto, absl::string_view before, absl::string_view after) {
    texts.push_back(absl::StrCat(before, RangeText(wanted), after));
  });
  return absl::StrJoin(texts, ", ");
}

std::string GroupCase::FiguresText(const GroupFigures& figures) const {
  std::vector<std::string> texts;
  if (open_.has_value()) texts.emplace_back(figures.is_open ? "open" : "closed");
  VisitWanted(figures,
              [&](const auto&, auto value, absl::string_view before, absl::string_view after) {
                texts.push_back(absl::StrCat(before, FigureText(value), after));
              });
  return absl::StrJoin(texts, ", ");
}

std::string GroupCase::Finding(const Frame& frame) const {
  const GroupFigures figures = FiguresOf(frame).value_or(GroupFigures());
  std::vector<std::string> texts;
  if (open_.has_value()) texts.emplace_back(figures.is_open ? "open" : "closed");
  VisitWanted(figures, [&](const auto& wanted, auto value, absl::string_view before,
                           absl::string_view after) {
    texts.push_back(
        absl::StrCat(before, FigureText(value), after, ", ", RangeText(wanted), " wanted"));
  });
  return absl::StrCat("group ", NameIn(frame), ": ", absl::StrJoin(texts, "; "));
}

Comparison GroupCase::Words(Frame& frame) const {
  const std::optional<GroupFigures> figures = FiguresOf(frame);
  return {absl::StrCat("group ", NameIn(frame)), WantedText(),
          figures.has_value() && AreAsWanted(*figures),
          figures.has_value() ? FiguresText(*figures) : "nothing is known of it"};
}

}  // namespace libroute
