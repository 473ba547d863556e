#include <algorithm>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "libroute/schedule/recurrence.h"
#include "libroute/schedule/rule_dates.h"
#include "libroute/schedule/rule_distance.h"
#include "libroute/schedule/rule_times.h"

// How a written recurrence is read and checked.
namespace libroute {
namespace {

constexpr int64_t kSecondsPerDay = 24 * 3600;
// Of finding the times near one.
constexpr int64_t kWorkOfLook = 200;
constexpr char kFieldUrl[] = "libroute/recurrence-field";

template <typename... Parts>
absl::Status Fault(absl::StatusCode code, absl::string_view field, const Parts&... parts) {
  absl::Status status(code, absl::StrCat(parts...));
  status.SetPayload(kFieldUrl, absl::Cord(field));
  return status;
}
template <typename... Parts>
absl::Status Fault(absl::string_view field, const Parts&... parts) {
  return Fault(absl::StatusCode::kInvalidArgument, field, parts...);
}

absl::string_view NameOf(TimeForm form) {
  switch (form) {
    case TimeForm::kDate:
      return "a date";
    case TimeForm::kLocal:
      return "a local time";
    case TimeForm::kUtc:
      return "a time in UTC";
  }
  return "";
}

}  // namespace

// Reads the fields in turn; each step finds what the ones before have set.
class RecurrenceCompiler {
 public:
  RecurrenceCompiler(const WrittenRecurrence& written, const absl::TimeZone& zone,
                     RecurrenceBudget& budget)
      : written_(written), budget_(budget) {
    made_.schedule_zone_ = zone;
  }

  absl::StatusOr<Recurrence> Run() {
    using Step = absl::Status (RecurrenceCompiler::*)();
    for (Step step :
         {&RecurrenceCompiler::ReadStart, &RecurrenceCompiler::ReadLength,
          &RecurrenceCompiler::ReadDates, &RecurrenceCompiler::ReadRule,
          &RecurrenceCompiler::ReadUntil, &RecurrenceCompiler::FindFirst,
          &RecurrenceCompiler::FindLast, &RecurrenceCompiler::CheckOccurs,
          &RecurrenceCompiler::CheckExtraDistances, &RecurrenceCompiler::CheckRuleDistances}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    return std::move(made_);
  }

 private:
  absl::Status ReadStart() {
    if (written_.start.empty()) {
      return Fault("", "a recurrence needs a start, e.g. start: \"2026-11-23T09:00:00\"");
    }
    absl::StatusOr<WrittenTime> start = WrittenTime::Parse(written_.start);
    if (!start.ok()) return Fault("start", start.status().message());
    if (start->time.year() < Recurrence::kFirstYear || start->time.year() > 2100) {
      return Fault("start", "the year ", start->time.year(), " is not one of ",
                   Recurrence::kFirstYear, " to 2100");
    }
    form_ = start->form;
    made_.start_ = start->time;
    made_.zone_ = form_ == TimeForm::kUtc ? absl::UTCTimeZone() : made_.schedule_zone_;
    return absl::OkStatus();
  }

  absl::Status ReadLength() {
    const bool has_days = written_.days != 0;
    const int given = (written_.end.empty() ? 0 : 1) + (has_days ? 1 : 0) +
                      (written_.duration.has_value() ? 1 : 0);
    if (given > 1) {
      return Fault(written_.end.empty() ? "days" : "end",
                   "the length is given twice; write one of duration, days and end");
    }
    if (!written_.end.empty()) return ReadEnd();
    if (written_.duration.has_value()) return ReadDuration();
    if (!has_days && form_ != TimeForm::kDate) {
      return Fault("", "a recurrence needs a length: a duration, e.g. 1h, days or an end");
    }
    return SetDays("days", has_days ? written_.days : 1);
  }

  absl::Status SetDays(absl::string_view field, int64_t days) {
    if (days < 1 || days > Recurrence::kMaxDays) {
      return Fault(field, "it lasts ", days, " days; it must be 1 to ", Recurrence::kMaxDays);
    }
    made_.days_ = static_cast<int>(days);
    made_.nominal_seconds_ = days * kSecondsPerDay;
    return absl::OkStatus();
  }

  absl::Status ReadDuration() {
    const absl::Duration duration = *written_.duration;
    if (form_ == TimeForm::kDate) {
      return Fault("duration", "start is a date; write how many days it lasts, e.g. days: 1");
    }
    const int64_t seconds = absl::ToInt64Seconds(duration);
    const bool is_good = absl::Seconds(seconds) == duration && seconds > 0 &&
                         seconds <= Recurrence::kMaxDays * kSecondsPerDay;
    if (!is_good) {
      return Fault("duration", "it lasts ", absl::FormatDuration(duration),
                   "; it must be whole seconds, at least 1 s and at most ", Recurrence::kMaxDays,
                   " days");
    }
    made_.seconds_ = made_.nominal_seconds_ = seconds;
    return absl::OkStatus();
  }

  absl::Status ReadEnd() {
    absl::StatusOr<absl::CivilSecond> end = ReadTime("end", written_.end);
    if (!end.ok()) return end.status();
    const int64_t nominal = *end - made_.start_;
    if (form_ == TimeForm::kDate) return SetDays("end", nominal / kSecondsPerDay);
    const int64_t exact = made_.Place(*end) - made_.Place(made_.start_);
    if (nominal <= 0 || exact <= 0 || nominal > Recurrence::kMaxDays * kSecondsPerDay) {
      return Fault("end", "\"", written_.end, "\" must be after start, by at most ",
                   Recurrence::kMaxDays, " days");
    }
    made_.seconds_ = exact;
    made_.nominal_seconds_ = nominal;
    return absl::OkStatus();
  }

  // A time of the form that start has.
  absl::StatusOr<absl::CivilSecond> ReadTime(absl::string_view field, const std::string& text) {
    absl::StatusOr<WrittenTime> time = WrittenTime::Parse(text);
    if (!time.ok()) return Fault(field, time.status().message());
    if (time->form != form_) {
      return Fault(field, "\"", text, "\" is ", NameOf(time->form), " and start is ", NameOf(form_),
                   "; write both in the same way");
    }
    return time->time;
  }

  absl::Status ReadDates() {
    absl::Status status = ReadList("rdate", written_.rdate, made_.rdates_);
    return status.ok() ? ReadList("exdate", written_.exdate, made_.exdates_) : status;
  }

  absl::Status ReadList(absl::string_view field, const std::vector<std::string>& texts,
                        std::vector<absl::CivilSecond>& times) {
    if (texts.size() > Recurrence::kMaxDates) {
      return Fault(field, "there are ", texts.size(), " of them; at most ", Recurrence::kMaxDates,
                   " are possible");
    }
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::string element = absl::StrCat(field, "[", i, "]");
      absl::StatusOr<absl::CivilSecond> time = ReadTime(element, texts[i]);
      if (!time.ok()) return time.status();
      if (time->year() < Recurrence::kFirstYear || time->year() > kLastRuleDay.year()) {
        return Fault(element, "the year ", time->year(), " is not one of ", Recurrence::kFirstYear,
                     " to ", kLastRuleDay.year());
      }
      times.push_back(*time);
    }
    std::sort(times.begin(), times.end());
    return absl::OkStatus();
  }

  absl::Status ReadRule() {
    if (written_.rrule.empty()) return absl::OkStatus();
    absl::StatusOr<RecurrenceRule> rule = RecurrenceRule::Parse(written_.rrule);
    if (!rule.ok()) return Fault("rrule", rule.status().message());
    const bool has_clock = !rule->hours.empty() || !rule->minutes.empty() ||
                           !rule->seconds.empty() || rule->frequency < Frequency::kDaily;
    if (form_ == TimeForm::kDate && has_clock) {
      return Fault("rrule",
                   "start is a date, so the rule cannot have BYHOUR, BYMINUTE, BYSECOND, "
                   "FREQ=HOURLY or MINUTELY; write a start with a time");
    }
    made_.rule_ = *std::move(rule);
    made_.most_starts_ += 400 * kSecondsPerDay / PlainDistance(*made_.rule_);
    return absl::OkStatus();
  }

  absl::Status ReadUntil() {
    if (!made_.rule_.has_value() || !made_.rule_->until.has_value()) return absl::OkStatus();
    const WrittenTime until = *made_.rule_->until;
    if (until.form == TimeForm::kUtc && form_ != TimeForm::kDate) {
      made_.until_ = absl::ToUnixSeconds(absl::UTCTimeZone().At(until.time).pre);
    } else if (until.form == form_) {
      made_.last_ = until.time;
    } else {
      return Fault("rrule", "UNTIL is ", NameOf(until.form), " and start is ", NameOf(form_),
                   "; write both in the same way",
                   form_ == TimeForm::kLocal ? ", or UNTIL in UTC" : "");
    }
    return absl::OkStatus();
  }

  absl::Status Spend(int64_t work) {
    budget_.left -= work;
    if (!budget_.is_spent()) return absl::OkStatus();
    return Fault("", "with it, checking the recurrences takes more than ", RecurrenceBudget::kMost,
                 " steps; write fewer, a shorter length, or a simpler rule");
  }

  absl::Status FindFirst() {
    if (!made_.rule_.has_value()) return absl::OkStatus();
    RuleTimes times(*made_.rule_, made_.start_, made_.start_);
    const std::optional<absl::CivilSecond> first = times.Next();
    if (absl::Status status = Spend(times.work()); !status.ok()) return status;
    if (times.gave_up()) {
      return Fault("rrule", "the rule never occurs: there is nothing in its first ",
                   RuleTimes::kMaxSteps, " steps");
    }
    const int64_t last_year = made_.start_.year() + Recurrence::kMaxYearsWithout;
    if (!first.has_value() || first->year() > last_year) {
      return Fault("rrule", "the rule never occurs: there is nothing within ",
                   Recurrence::kMaxYearsWithout, " years of its start");
    }
    if (made_.IsOver(*first)) {
      return Fault("rrule", "the rule never occurs: UNTIL is before its first time, ",
                   absl::FormatCivilTime(*first));
    }
    made_.starts_outside_rule_ = *first != made_.start_;
    return absl::OkStatus();
  }

  // Turns COUNT into the last time.
  absl::Status FindLast() {
    if (!made_.rule_.has_value() || !made_.rule_->count.has_value()) return absl::OkStatus();
    int left = *made_.rule_->count;
    const std::optional<int64_t> step = EvenStep(*made_.rule_);
    if (step.has_value()) {
      made_.last_ = made_.start_ + (left - 1) * *step;
      return absl::OkStatus();
    }
    absl::CivilSecond last = made_.start_;
    RuleTimes times(*made_.rule_, made_.start_, made_.start_);
    for (; left > 0 && times.work() <= budget_.left; --left) {
      const std::optional<absl::CivilSecond> time = times.Next();
      if (times.steps() > RuleTimes::kMaxSteps) {
        if (absl::Status status = Spend(times.work()); !status.ok()) return status;
        return Fault("rrule", "COUNT=", *made_.rule_->count, " is more than ", RuleTimes::kMaxSteps,
                     " steps away; write a smaller one, or UNTIL");
      }
      if (!time.has_value()) break;
      last = *time;
    }
    made_.last_ = last;
    return Spend(times.work());
  }

  absl::Status CheckOccurs() {
    if (made_.exdates_.empty() || HasOccurrence()) return Spend(occurs_work_);
    return Fault(absl::StatusCode::kNotFound, "exdate",
                 "the recurrence never occurs: all its times are among exdate");
  }

  bool HasOccurrence() {
    const auto occurs = [this](absl::CivilSecond time) { return !made_.IsExcluded(time); };
    if (std::any_of(made_.rdates_.begin(), made_.rdates_.end(), occurs)) return true;
    if (!made_.rule_.has_value()) return occurs(made_.start_);
    RuleTimes times(*made_.rule_, made_.start_, made_.start_);
    std::optional<absl::CivilSecond> time;
    do {
      time = times.Next();
    } while (time.has_value() && !occurs(*time) && times.steps() < RuleTimes::kMaxSteps);
    occurs_work_ = times.work();
    return time.has_value() && occurs(*time) && !made_.IsOver(*time);
  }

  // From one start to the next, on the wall clock.
  absl::Status CheckDistance(absl::CivilSecond first, absl::CivilSecond second) const {
    const int64_t distance = second - first;
    if (distance < 60) {
      return Fault("", "it begins more often than once a minute: at ", absl::FormatCivilTime(first),
                   " and ", absl::FormatCivilTime(second));
    }
    if (distance < made_.nominal_seconds_) {
      return Fault("", "it overlaps itself: what begins at ", absl::FormatCivilTime(first),
                   " is not over at ", absl::FormatCivilTime(second), ", when it begins again");
    }
    return absl::OkStatus();
  }

  // The neighbours of what the rule did not give.
  absl::Status CheckExtraDistances() {
    std::vector<absl::CivilSecond> extra = made_.rdates_;
    if (!made_.rule_.has_value()) extra.push_back(made_.start_);
    const int64_t reach = std::max<int64_t>(made_.nominal_seconds_, 60) - 1;
    for (absl::CivilSecond time : extra) {
      if (made_.IsExcluded(time)) continue;
      const auto [near, work] = made_.Starts(time - reach, time + reach);
      if (absl::Status status = Spend(work + kWorkOfLook); !status.ok()) return status;
      for (size_t i = 1; i < near.size(); ++i) {
        const absl::Status status = CheckDistance(near[i - 1], near[i]);
        if (!status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  // Proves it where it can, and looks where it cannot.
  absl::Status CheckRuleDistances() {
    if (!made_.rule_.has_value()) return absl::OkStatus();
    const RecurrenceRule& rule = *made_.rule_;
    if (PlainDistance(rule) >= made_.nominal_seconds_) return absl::OkStatus();
    if (absl::Status status = Spend(DatesToCompare(rule)); !status.ok()) return status;
    if (DistanceOfParts(rule, made_.start_) >= made_.nominal_seconds_) return absl::OkStatus();
    return LookAtDistances();
  }

  absl::Status LookAtDistances() {
    // What is excluded may hide the first times at which it overlaps.
    const absl::CivilSecond last_exdate =
        made_.exdates_.empty() ? made_.start_ : std::max(made_.start_, made_.exdates_.back());
    const absl::CivilSecond end = RepeatsFrom(*made_.rule_, last_exdate) + made_.nominal_seconds_;
    RuleTimes times(*made_.rule_, made_.start_, made_.start_);
    std::optional<absl::CivilSecond> before;
    while (times.steps() < RuleTimes::kMaxSteps && times.work() <= budget_.left) {
      const std::optional<absl::CivilSecond> time = times.Next();
      if (!time.has_value() || *time > end || made_.IsOver(*time)) break;
      if (made_.IsExcluded(*time)) continue;
      if (before.has_value()) {
        const absl::Status status = CheckDistance(*before, *time);
        if (!status.ok()) return status;
      }
      before = time;
    }
    return Spend(times.work());
  }

  const WrittenRecurrence& written_;
  RecurrenceBudget& budget_;
  int64_t occurs_work_ = 0;
  TimeForm form_ = TimeForm::kLocal;
  Recurrence made_;
};

absl::StatusOr<Recurrence> Recurrence::Compile(const WrittenRecurrence& written,
                                               const absl::TimeZone& zone,
                                               RecurrenceBudget& budget) {
  return RecurrenceCompiler(written, zone, budget).Run();
}

absl::StatusOr<Recurrence> Recurrence::Compile(const WrittenRecurrence& written,
                                               const absl::TimeZone& zone) {
  RecurrenceBudget budget;
  return Compile(written, zone, budget);
}

std::string Recurrence::FieldOf(const absl::Status& status) {
  const auto field = status.GetPayload(kFieldUrl);
  return field.has_value() ? std::string(*field) : "";
}

}  // namespace libroute
