#include "libroute/prove/sample_call.h"

#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/call.h"
#include "libroute/number/mail_address.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/prove/sample_figures.h"

namespace libroute {
namespace {

// Looks for numbers digit by digit.
class NumberSearch {
 public:
  enum class Need : bool { kAny, kValid };

  NumberSearch(const NumberSide& side, int variant) : side_(side), variant_(variant) {}

  std::optional<E164Number> Find(Digits begin, Need need) {
    need_ = need;
    left_ = kMostSteps;
    return Below(begin);
  }

  bool IsOne(E164Number number, Need need) const {
    const NumberFacts facts = NumberingPlans::World().Find(number);
    return NumberKindSet::FromBits(side_.kinds).Has(facts.kind) &&
           side_.countries.Has(facts.country.ToString()) &&
           (need == Need::kAny || facts.is_valid) &&
           !And(side_.numbers, NumberRanges::Of({NumberPattern::Exact(number.digits())})).empty();
  }

 private:
  static constexpr int kMostSteps = 1500;

  std::optional<E164Number> Below(Digits begin) {
    if (--left_ < 0 || !MayLead(begin)) return std::nullopt;
    const bool is_number = begin.size() >= E164Number::kMinLength;
    if (is_number && IsOne(E164Number::FromDigits(begin), need_)) {
      return E164Number::FromDigits(begin);
    }
    if (begin.size() == Digits::kMaxLength) return std::nullopt;
    for (int i = 0; i < 10; ++i) {
      const int digit = (i + variant_ + (begin.size() < 3 ? 3 : 0)) % 10;
      if (begin.empty() && digit == 0) continue;
      const std::optional<E164Number> found = Below(begin.Append(digit));
      if (found.has_value()) return found;
    }
    return std::nullopt;
  }

  bool MayLead(Digits begin) const {
    if (begin.empty()) return true;
    const NumberRanges below = NumberRanges::Of({NumberPattern::Prefix(begin)});
    const NumberKindSet kinds = NumberingPlans::World().KindsUnder(begin);
    const bool has_valid = need_ == Need::kAny || kinds.bits() != 1;
    return has_valid && kinds.HasAnyOf(NumberKindSet::FromBits(side_.kinds)) &&
           !And(side_.numbers, below).empty();
  }

  const NumberSide& side_;
  int variant_;
  Need need_ = Need::kAny;
  int left_ = 0;
};

std::optional<E164Number> FromRanges(const NumberSide& side, const NumberSearch& search,
                                     int variant) {
  constexpr size_t kMostTried = 40;
  const auto& ranges = side.numbers.ranges();
  for (size_t i = 0; i < std::min(ranges.size(), kMostTried); ++i) {
    const NumberRanges::Range& range = ranges[(i + static_cast<size_t>(variant)) % ranges.size()];
    const uint64_t size = range.last - range.first + 1;
    for (uint64_t place : {range.first + static_cast<uint64_t>(variant) % size,
                           range.first + size / 2, range.last}) {
      const E164Number number = NumberRanges::NumberAt(place);
      if (search.IsOne(number, NumberSearch::Need::kAny)) return number;
    }
  }
  return std::nullopt;
}

// Whether there are so many numbers that a usual one is to be found.
bool IsWide(const NumberSide& side) {
  constexpr uint64_t kMany = 100'000;
  const auto& ranges = side.numbers.ranges();
  return std::any_of(ranges.begin(), ranges.end(), [](const NumberRanges::Range& range) {
    return range.last - range.first >= kMany;
  });
}

Digits CallingCodeOf(E164Number number) {
  const int code = NumberingPlans::World().Find(number).calling_code;
  const absl::StatusOr<Digits> digits = Digits::Parse(absl::StrCat(code));
  return code == 0 || !digits.ok() ? Digits() : *digits;
}

// The state that is most usual, of those that may be.
v1::Status StatusOf(CallSet::Bits bits) {
  if ((bits & 1) != 0) return v1::STATUS_UP;
  return (bits & 2) != 0 ? v1::STATUS_BUSY : v1::STATUS_DOWN;
}

void GiveStates(const CallSet& set, const v1::Plan& plan, v1::Given& given) {
  const auto give_status = [](const auto& earlier, const auto& states, auto& to) {
    std::map<std::string, CallSet::Bits> all = states;
    all.insert(earlier.begin(), earlier.end());
    for (const auto& [name, bits] : all) {
      if (StatusOf(bits) != v1::STATUS_UP) to[name] = StatusOf(bits);
    }
  };
  give_status(set.earlier_destinations, set.destinations, *given.mutable_destinations());
  give_status(set.earlier_sites, set.sites, *given.mutable_sites());
  give_status(set.earlier_gateways, set.gateways, *given.mutable_gateways());
  std::map<std::string, CallSet::Bits> switches = set.switches;
  switches.insert(set.earlier_switches.begin(), set.earlier_switches.end());
  for (const auto& [name, bits] : switches) {
    // As it stands by itself, if that may be.
    if ((bits & 1) != 0) continue;
    const std::vector<std::string> values = SwitchValuesOf(plan, name);
    size_t value = 0;
    while (value + 1 < values.size() && (bits >> value & 1) == 0) ++value;
    (*given.mutable_switches())[name] = values[value];
  }
  GiveFigures(set.groups, given);
  if (set.recovery_plan.empty()) return;
  (*given.mutable_recovery_plans())[set.recovery_plan] = v1::RECOVERY_STATE_ON;
}

// The one text that a value must have, or "".
std::string OnlyText(const CallSet& set, const std::string& name) {
  const ValueSet* value = set.FindValue(name);
  return value == nullptr || value->texts() == nullptr || value->texts()->empty()
             ? ""
             : *value->texts()->begin();
}

E164Number NumberOfText(const std::string& text) {
  const absl::StatusOr<E164Number> number = E164Number::Parse(text);
  return number.ok() ? *number : E164Number();
}

// False where no such call is found.
bool SetParties(const CallSet& set, const v1::Plan& plan, int variant, v1::TestCall& call) {
  E164Number called = NumberOfText(OnlyText(set, "call.called"));
  if (!called.has_value()) called = set.called_number;
  if (!called.has_value() && set.dial_string.empty()) {
    const std::optional<E164Number> found = SampleNumber(set.called, Digits(), variant);
    if (!found.has_value()) return false;
    called = *found;
  }
  call.set_called(set.dial_string.empty() ? called.ToString() : set.dial_string);
  E164Number line;
  const ValueSet* direction = set.FindValue("call.direction");
  if (direction != nullptr && !direction->MayBe("inbound")) {
    const bool is_outbound = direction->MayBe("outbound");
    call.set_direction(is_outbound ? v1::DIRECTION_OUTBOUND : v1::DIRECTION_INTERNAL);
    for (const v1::Number& number : plan.numbers()) {
      const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(number.number());
      if (!pattern.ok()) continue;
      NumberSide side;
      side.numbers = NumberRanges::Of({*pattern});
      line = SampleNumber(side, Digits(), 0).value_or(E164Number());
      if (line.has_value()) break;
    }
    call.set_line(line.ToString());
  }
  E164Number calling = NumberOfText(OnlyText(set, "call.calling"));
  NumberSide side = set.caller;
  for (const auto& [type, is_one] : set.types) {
    const auto written = plan.caller_types().find(type);
    if (!is_one || written == plan.caller_types().end()) continue;
    std::vector<NumberPattern> patterns;
    for (const std::string& text : written->second.callers()) {
      const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(text);
      if (pattern.ok()) patterns.push_back(*pattern);
    }
    side.numbers = And(side.numbers, NumberRanges::Of(patterns));
  }
  if (!calling.has_value()) {
    const Digits begin = called.has_value() ? CallingCodeOf(called) : Digits();
    calling = SampleNumber(side, begin, variant).value_or(E164Number());
  }
  if (calling.has_value()) {
    call.set_calling(calling.ToString());
  } else if (set.restricted) {
    call.set_anonymous(true);
  } else if (!set.unavailable) {
    return false;
  }
  return true;
}

void SetWay(const CallSet& set, v1::TestCall& call) {
  const auto lowest = [](CallSet::Bits bits) {
    int level = 0;
    while (level < 4 && (bits >> level & 1) == 0) ++level;
    return level;
  };
  call.set_verstat(static_cast<v1::Verstat>(lowest(set.verstats)));
  call.set_attestation(static_cast<v1::Attestation>(lowest(set.attestations)));
  if (!set.ingresses.all_but && !set.ingresses.names.empty()) {
    call.set_ingress(*set.ingresses.names.begin());
  }
  call.set_location(OnlyText(set, "call.location"));
  const std::string by = OnlyText(set, "call.diverted_by");
  for (int i = 0; i < std::max(set.least_diversions, by.empty() ? 0 : 1); ++i) {
    v1::PastDiversion& diversion = *call.add_diversions();
    diversion.set_number(by);
    diversion.set_reason(v1::DIVERSION_REASON_UNCONDITIONAL);
  }
}

// The addresses by which a caller type has senders, as far as they are written.
std::vector<std::string> SendersOf(const std::string& type, const v1::Plan& plan) {
  std::vector<std::string> senders;
  const auto written = plan.caller_types().find(type);
  if (written == plan.caller_types().end()) return senders;
  for (const std::string& text : written->second.callers()) {
    const absl::StatusOr<std::string> address = ParseMailPattern(text);
    if (!address.ok()) continue;
    senders.push_back(address->front() == '@' ? absl::StrCat("someone", *address) : *address);
  }
  return senders;
}

// One of `texts` that somebody can have: an address in small letters, or, of a sender, nothing.
std::optional<std::string> AddressOf(std::vector<std::string> texts, size_t variant,
                                     absl::FunctionRef<bool(const std::string&)> is_one) {
  std::erase_if(texts, [&](const std::string& text) {
    const absl::StatusOr<std::string> address = ParseMailAddress(text);
    return (!text.empty() && (!address.ok() || *address != text)) || !is_one(text);
  });
  if (texts.empty()) return std::nullopt;
  return texts[variant % texts.size()];
}

// To whom it comes.
std::optional<std::string> SampleMailbox(const CallSet& set, const ValueSet& value,
                                         size_t variant) {
  // Of very many the first ones must do.
  constexpr size_t kMostEntries = 100;
  std::vector<std::string> usual, ends;
  for (const std::string& entry : set.mailboxes) {
    if (usual.size() >= kMostEntries) break;
    if (entry.front() != '@') {
      usual.push_back(entry);
      continue;
    }
    for (const char* name : {"info", "someone"}) usual.push_back(absl::StrCat(name, entry));
    ends.push_back(entry);
    ends.push_back(absl::StrCat("x", entry));
    ends.push_back(entry.substr(1));
  }
  return AddressOf(value.SampleTexts(usual, ends), variant, [&](const std::string& text) {
    const size_t at = text.rfind('@');
    return at != std::string::npos &&
           (set.mailboxes.contains(text) || set.mailboxes.contains(text.substr(at)));
  });
}

// False where no such e-mail is found.
bool SetEmail(const CallSet& set, const v1::Plan& plan, int variant, v1::TestEmail& email) {
  const auto value_of = [&](const char* name) {
    const ValueSet* value = set.FindValue(name);
    return value == nullptr ? ValueSet() : *value;
  };
  const auto index = static_cast<size_t>(variant);
  std::vector<std::string> senders = {"anna@example.com"};
  for (const auto& [type, is_one] : set.types) {
    if (is_one) senders = SendersOf(type, plan);
  }
  const std::vector<std::string> ends = {"@example.com", "x@example.com", "example.com"};
  const std::optional<std::string> to = SampleMailbox(set, value_of("call.mailbox"), index);
  const std::optional<std::string> from =
      AddressOf(value_of("call.sender").SampleTexts(senders, ends), index,
                [](const std::string&) { return true; });
  const std::vector<std::string> usual = {"", "A question"};
  const std::vector<std::string> subjects = value_of("call.subject").SampleTexts(usual, usual);
  if (!to.has_value() || !from.has_value() || subjects.empty()) return false;
  email.set_to(*to);
  email.set_from(*from);
  email.set_subject(subjects[index % subjects.size()]);
  return true;
}

// Full minutes are easier to read.
int64_t FirstMinute(const TimeSpan& span) {
  const int64_t minute = (span.begin + 59) / 60 * 60;
  return minute < span.end ? minute : span.begin;
}

}  // namespace

std::optional<E164Number> SampleNumber(const NumberSide& side, Digits begin, int variant) {
  NumberSearch search(side, variant);
  if (side.empty()) return std::nullopt;
  if (!IsWide(side)) {
    const std::optional<E164Number> found = FromRanges(side, search, variant);
    if (found.has_value()) return found;
  }
  std::vector<Digits> begins = {begin};
  for (const std::string& code : side.countries.names) {
    const std::optional<Country> country = Country::FromCode(code);
    if (side.countries.all_but || !country.has_value()) continue;
    const int calling_code = NumberingPlans::World().CallingCodeOf(*country);
    begins.push_back(*Digits::Parse(absl::StrCat(calling_code)));
  }
  begins.emplace_back();
  for (NumberSearch::Need need : {NumberSearch::Need::kValid, NumberSearch::Need::kAny}) {
    for (Digits each : begins) {
      const std::optional<E164Number> found = search.Find(each, need);
      if (found.has_value()) return found;
    }
  }
  return FromRanges(side, search, variant);
}

std::optional<v1::Test> SampleCall(const CallSet& set, const v1::Plan& plan, const TimeSets& times,
                                   absl::TimeZone zone, int variant) {
  const std::vector<TimeSpan>& spans = times.spans(set.times);
  if (spans.empty()) return std::nullopt;
  v1::Test test;
  const TimeSpan& span = spans[static_cast<size_t>(variant) % spans.size()];
  const std::string at =
      absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", absl::FromUnixSeconds(FirstMinute(span)), zone);
  if (set.is_email()) {
    if (!SetEmail(set, plan, variant, *test.mutable_email())) return std::nullopt;
    test.mutable_email()->set_at(at);
  } else {
    if (!SetParties(set, plan, variant, *test.mutable_call())) return std::nullopt;
    SetWay(set, *test.mutable_call());
    test.mutable_call()->set_at(at);
  }
  GiveStates(set, plan, *test.mutable_given());
  return test;
}

}  // namespace libroute
