#include "libroute/schedule/recurrence_rule.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace libroute {
namespace {

constexpr absl::string_view kFrequencies[] = {"MINUTELY", "HOURLY",  "DAILY",
                                              "WEEKLY",   "MONTHLY", "YEARLY"};
constexpr absl::string_view kWeekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

std::string Quoted(absl::string_view text) {
  constexpr size_t kLongest = 60;
  const bool is_long = text.size() > kLongest;
  return absl::StrCat("\"", absl::CEscape(text.substr(0, kLongest)), is_long ? "...\"" : "\"");
}

template <typename... Parts>
absl::Status Wrong(const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat(parts...));
}

// Reads up to eleven digits with a sign; SimpleAtoi alone takes blanks too.
std::optional<int> ReadInt(absl::string_view text) {
  absl::string_view digits = text;
  if (absl::StartsWith(digits, "+") || absl::StartsWith(digits, "-")) digits.remove_prefix(1);
  int value = 0;
  const bool is_number = !digits.empty() && digits.size() <= 10 &&
                         std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit);
  if (!is_number || !absl::SimpleAtoi(text, &value)) return std::nullopt;
  return value;
}

// The numbers that a part may have: 1 to `last`, or 0 to `last`, and where
// `from_end`, their negatives too.
struct NumberRange {
  bool Contains(int value) const {
    return (first <= value && value <= last) || (from_end && -last <= value && value <= -first);
  }
  std::string ToString() const {
    return absl::StrCat(first, " to ", last,
                        from_end ? absl::StrCat(" or -", last, " to -", first) : "");
  }

  int first;
  int last;
  bool from_end;
};

// A part that is a list of numbers.
struct ListPart {
  absl::string_view name;
  std::vector<int> RecurrenceRule::*values;
  NumberRange range;
};

constexpr ListPart kListParts[] = {
    {"BYSECOND", &RecurrenceRule::seconds, {0, 60, false}},
    {"BYMINUTE", &RecurrenceRule::minutes, {0, 59, false}},
    {"BYHOUR", &RecurrenceRule::hours, {0, 23, false}},
    {"BYMONTHDAY", &RecurrenceRule::month_days, {1, 31, true}},
    {"BYYEARDAY", &RecurrenceRule::year_days, {1, 366, true}},
    {"BYWEEKNO", &RecurrenceRule::weeks, {1, 53, true}},
    {"BYMONTH", &RecurrenceRule::months, {1, 12, false}},
    {"BYSETPOS", &RecurrenceRule::positions, {1, 366, true}},
};

template <typename Value>
void SortUnique(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// Fills a rule part by part.
class RuleParser {
 public:
  absl::Status Take(absl::string_view text) {
    const std::pair<absl::string_view, absl::string_view> part =
        absl::StrSplit(text, absl::MaxSplits('=', 1));
    name_ = absl::AsciiStrToUpper(part.first);
    value_ = absl::AsciiStrToUpper(part.second);
    if (text.empty() || value_.empty()) {
      return Wrong(Quoted(text), " is not a part of a rule; write e.g. FREQ=WEEKLY;BYDAY=MO,WE");
    }
    if (!seen_.insert(name_).second) return Wrong(name_, " is there twice; write it once");
    return TakePart();
  }

  absl::StatusOr<RecurrenceRule> Finish() {
    if (!seen_.contains("FREQ")) return Wrong("there is no FREQ; write e.g. FREQ=WEEKLY");
    if (rule_.count.has_value() && rule_.until.has_value()) {
      return Wrong("there are both UNTIL and COUNT; write one of them");
    }
    if (absl::Status status = CheckTogether(); !status.ok()) return status;
    // A minute has no second 60 on our clocks (RFC 5545, 3.3.10).
    for (int& second : rule_.seconds) second = std::min(second, 59);
    return rule_;
  }

 private:
  absl::Status TakePart() {
    if (name_ == "FREQ") return TakeFrequency();
    if (name_ == "INTERVAL") {
      return TakeNumber(RecurrenceRule::kMaxInterval, [this](int n) { rule_.interval = n; });
    }
    if (name_ == "COUNT") {
      return TakeNumber(RecurrenceRule::kMaxCount, [this](int n) { rule_.count = n; });
    }
    if (name_ == "UNTIL") return TakeUntil();
    if (name_ == "WKST") return TakeWeekStart();
    if (name_ == "BYDAY") return TakeDays();
    for (const ListPart& part : kListParts) {
      if (part.name == name_) return TakeList(part);
    }
    return Wrong(Quoted(name_),
                 " is not a part of a rule; there are FREQ, INTERVAL, COUNT, UNTIL, WKST, BYMONTH, "
                 "BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYHOUR, BYMINUTE, BYSECOND and BYSETPOS");
  }

  absl::Status TakeFrequency() {
    const auto* found = std::find(std::begin(kFrequencies), std::end(kFrequencies), value_);
    if (value_ == "SECONDLY") {
      return Wrong("FREQ=SECONDLY is too often; a schedule may open once a minute at most");
    }
    if (found == std::end(kFrequencies)) {
      return Wrong("FREQ is ", Quoted(value_),
                   "; it must be MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
    }
    rule_.frequency = static_cast<Frequency>(found - std::begin(kFrequencies));
    return absl::OkStatus();
  }

  template <typename Set>
  absl::Status TakeNumber(int most, const Set& set) {
    const std::optional<int> number = ReadInt(value_);
    if (!number.has_value() || *number < 1 || *number > most) {
      return Wrong(name_, " is ", Quoted(value_), "; it must be 1 to ", most);
    }
    set(*number);
    return absl::OkStatus();
  }

  absl::Status TakeUntil() {
    absl::StatusOr<WrittenTime> until = WrittenTime::Parse(value_);
    if (!until.ok()) return Wrong("UNTIL: ", until.status().message());
    rule_.until = *until;
    return absl::OkStatus();
  }

  absl::Status TakeWeekStart() {
    const std::optional<absl::Weekday> day = ReadWeekday(value_);
    if (!day.has_value()) return Wrong("WKST is ", Quoted(value_), "; it must be MO to SU");
    rule_.week_start = *day;
    return absl::OkStatus();
  }

  static std::optional<absl::Weekday> ReadWeekday(absl::string_view text) {
    const auto* found = std::find(std::begin(kWeekdays), std::end(kWeekdays), text);
    if (found == std::end(kWeekdays)) return std::nullopt;
    return static_cast<absl::Weekday>(found - std::begin(kWeekdays));
  }

  absl::Status TakeDays() {
    for (absl::string_view text : absl::StrSplit(value_, ',')) {
      const size_t digits = text.size() < 2 ? 0 : text.size() - 2;
      const std::optional<absl::Weekday> day = ReadWeekday(text.substr(digits));
      const std::optional<int> nth = digits == 0 ? 0 : ReadInt(text.substr(0, digits));
      const bool is_good = day.has_value() && nth.has_value() && (digits == 0 || *nth != 0);
      if (!is_good || *nth < -53 || *nth > 53) {
        return Wrong("BYDAY has ", Quoted(text), "; a day is MO to SU, or the nth one: 1MO, -1FR");
      }
      rule_.days.push_back({*nth, *day});
    }
    SortUnique(rule_.days);
    return absl::OkStatus();
  }

  absl::Status TakeList(const ListPart& part) {
    std::vector<int>& values = rule_.*part.values;
    for (absl::string_view text : absl::StrSplit(value_, ',')) {
      const std::optional<int> number = ReadInt(text);
      if (!number.has_value() || !part.range.Contains(*number)) {
        return Wrong(name_, " has ", Quoted(text), "; it must be ", part.range.ToString());
      }
      values.push_back(*number);
    }
    SortUnique(values);
    return absl::OkStatus();
  }

  absl::string_view FrequencyName() const {
    return kFrequencies[static_cast<int>(rule_.frequency)];
  }

  // Which parts may go together: the table of RFC 5545, 3.3.10.
  absl::Status CheckTogether() const {
    const Frequency frequency = rule_.frequency;
    const bool has_nth = std::any_of(rule_.days.begin(), rule_.days.end(),
                                     [](const RuleDay& day) { return day.nth != 0; });
    if (!rule_.month_days.empty() && frequency == Frequency::kWeekly) {
      return Wrong("BYMONTHDAY does not go with FREQ=WEEKLY; use FREQ=MONTHLY or DAILY");
    }
    const bool is_year_day_frequency =
        frequency == Frequency::kYearly || frequency < Frequency::kDaily;
    if (!rule_.year_days.empty() && !is_year_day_frequency) {
      return Wrong("BYYEARDAY does not go with FREQ=", FrequencyName(), "; use FREQ=YEARLY");
    }
    if (!rule_.weeks.empty() && frequency != Frequency::kYearly) {
      return Wrong("BYWEEKNO does not go with FREQ=", FrequencyName(), "; use FREQ=YEARLY");
    }
    if (has_nth && frequency != Frequency::kMonthly && frequency != Frequency::kYearly) {
      return Wrong("BYDAY with a number does not go with FREQ=", FrequencyName(),
                   "; use FREQ=MONTHLY or YEARLY");
    }
    if (has_nth && !rule_.weeks.empty()) {
      return Wrong("BYDAY with a number does not go with BYWEEKNO; write the weekday alone");
    }
    if (rule_.seconds.size() > 1) {
      return Wrong("BYSECOND has several values; a schedule may open once a minute at most");
    }
    return CheckPositions();
  }

  absl::Status CheckPositions() const {
    const bool has_other =
        !rule_.days.empty() ||
        std::any_of(std::begin(kListParts), std::end(kListParts), [this](const ListPart& part) {
          return part.name != "BYSETPOS" && !(rule_.*part.values).empty();
        });
    if (rule_.positions.empty() || has_other) return absl::OkStatus();
    return Wrong("BYSETPOS needs another BY part to choose from, e.g. BYDAY=MO,TU;BYSETPOS=-1");
  }

  RecurrenceRule rule_;
  std::set<std::string> seen_;
  std::string name_;
  std::string value_;
};

}  // namespace

absl::StatusOr<RecurrenceRule> RecurrenceRule::Parse(absl::string_view text) {
  constexpr size_t kLongest = 4000;
  if (text.size() > kLongest) {
    return Wrong("the rule has ", text.size(), " bytes; at most ", kLongest, " are possible");
  }
  RuleParser parser;
  for (absl::string_view part : absl::StrSplit(text, ';')) {
    if (absl::Status status = parser.Take(part); !status.ok()) return status;
  }
  return parser.Finish();
}

}  // namespace libroute
