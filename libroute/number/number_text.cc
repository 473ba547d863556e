#include "libroute/number/number_text.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/number/numbering_plans.h"

namespace libroute {
namespace {

constexpr size_t kMaxBytes = 1024;
// More digits than any number has with its prefixes.
constexpr size_t kMaxDigits = 45;

NumberText Unknown(UnknownReason reason) {
  NumberText unknown;
  unknown.reason = reason;
  return unknown;
}

// RFC 3966, visual-separator.
bool IsSeparator(char c) {
  return c == '-' || c == '.' || c == '(' || c == ')';
}

// `text` without separators; nothing if there is no digit or anything but
// digits that `is_digit` knows, a '+' at the beginning apart.
template <typename IsDigit>
std::optional<std::string> Compact(absl::string_view text, IsDigit is_digit) {
  std::string compact;
  for (char c : text) {
    if (IsSeparator(c)) continue;
    if (!is_digit(c) && !(c == '+' && compact.empty())) return std::nullopt;
    compact.push_back(c);
  }
  if (compact.empty() || compact == "+") return std::nullopt;
  return compact;
}

std::optional<std::string> CompactDecimal(absl::string_view text) {
  return Compact(text, [](char c) { return absl::ascii_isdigit(c); });
}

// Takes the part of `rest` before `separator` away, and the separator.
absl::string_view TakeUntil(absl::string_view& rest, char separator) {
  const size_t end = rest.find(separator);
  const absl::string_view part = rest.substr(0, end);
  rest = end == absl::string_view::npos ? absl::string_view() : rest.substr(end + 1);
  return part;
}

struct Parameter {
  absl::string_view name;
  absl::string_view value;
};

Parameter TakeParameter(absl::string_view& rest) {
  absl::string_view value = TakeUntil(rest, ';');
  const absl::string_view name = TakeUntil(value, '=');
  return {name, value};
}

// The value of one of the parameters, nothing if it is not there.
std::optional<absl::string_view> ValueOf(absl::string_view parameters, absl::string_view name) {
  while (!parameters.empty()) {
    const Parameter parameter = TakeParameter(parameters);
    if (absl::EqualsIgnoreCase(parameter.name, name)) return parameter.value;
  }
  return std::nullopt;
}

// Digits after '+' or after an international prefix.
NumberText FromInternational(absl::string_view digits) {
  if (digits.size() < E164Number::kMinLength || digits.size() > Digits::kMaxLength) {
    return Unknown(UnknownReason::kBadLength);
  }
  const absl::StatusOr<E164Number> number = E164Number::Parse(absl::StrCat("+", digits));
  if (!number.ok() || NumberingPlans::World().Find(*number).calling_code == 0) {
    return Unknown(UnknownReason::kNoSuchCountry);
  }
  NumberText text;
  text.number = *number;
  return text;
}

bool IsValid(const NumberText& text) {
  return text.number.has_value() && NumberingPlans::World().Find(text.number).is_valid;
}

// Digits that are only understood as those of a country: it must have them.
NumberText FromNational(absl::string_view digits, const NumberProfile& profile) {
  if (profile.country_code.empty()) return Unknown(UnknownReason::kLocal);
  const NumberText text = FromInternational(absl::StrCat(profile.country_code.ToString(), digits));
  return text.number.has_value() && !IsValid(text) ? Unknown(UnknownReason::kNoSuchNumber) : text;
}

bool ConsumePrefix(absl::string_view& digits, Digits prefix) {
  return !prefix.empty() && absl::ConsumePrefix(&digits, prefix.ToString());
}

// Digits without '+'. (00 is looked for before 0.)
NumberText FromDialled(absl::string_view digits, const NumberProfile& profile) {
  ConsumePrefix(digits, profile.routing_prefix);
  if (ConsumePrefix(digits, profile.international_prefix)) return FromInternational(digits);
  if (ConsumePrefix(digits, profile.national_prefix)) return FromNational(digits, profile);
  switch (profile.unprefixed) {
    case NumberProfile::Unprefixed::kNational:
      return FromNational(digits, profile);
    case NumberProfile::Unprefixed::kInternational:
      return FromInternational(digits);
    case NumberProfile::Unprefixed::kLocal:
      break;
  }
  return Unknown(UnknownReason::kLocal);
}

NumberText FromPlainNumber(absl::string_view text, const NumberProfile& profile) {
  const std::optional<std::string> compact = CompactDecimal(text);
  if (!compact.has_value()) return Unknown(UnknownReason::kNotANumber);
  if (compact->size() > kMaxDigits) return Unknown(UnknownReason::kBadLength);
  absl::string_view digits = *compact;
  return absl::ConsumePrefix(&digits, "+") ? FromInternational(digits)
                                           : FromDialled(digits, profile);
}

// Whether it has its country code, after '+' or the international prefix.
bool HasCountryCode(absl::string_view text, const NumberProfile& profile) {
  if (absl::StartsWith(text, "+")) return true;
  const std::string prefix = profile.international_prefix.ToString();
  return !prefix.empty() && absl::StartsWith(text, prefix);
}

// Digits and separators, with or without '+'. People write "+32 (0)2 ..." for
// both "+32 2 ..." and "02 ...".
NumberText FromNumber(absl::string_view text, const NumberProfile& profile) {
  constexpr absl::string_view kTrunkZero = "(0)";
  const size_t zero = text.find(kTrunkZero);
  const bool has_trunk_zero = zero != absl::string_view::npos && zero > 0;
  if (!has_trunk_zero || !HasCountryCode(text, profile)) return FromPlainNumber(text, profile);
  const NumberText without = FromPlainNumber(
      absl::StrCat(text.substr(0, zero), text.substr(zero + kTrunkZero.size())), profile);
  const NumberText with = FromPlainNumber(text, profile);
  if (!IsValid(without) && !IsValid(with)) {
    return without.number.has_value() ? Unknown(UnknownReason::kNoSuchNumber) : without;
  }
  return IsValid(without) ? without : with;
}

// Whether digits that stand in this context are those of the profile.
bool IsContextOf(absl::string_view context, const NumberProfile& profile) {
  const std::optional<std::string> compact = CompactDecimal(context);
  return compact.has_value() && !profile.country_code.empty() &&
         *compact == absl::StrCat("+", profile.country_code.ToString());
}

void ReadPortability(absl::string_view parameters, NumberText& text) {
  text.portability_known = ValueOf(parameters, "npdi").has_value();
  const std::optional<absl::string_view> written = ValueOf(parameters, "rn");
  if (!written.has_value()) return;
  const std::optional<std::string> compact =
      Compact(*written, [](char c) { return absl::ascii_isxdigit(c); });
  if (compact.has_value()) text.routing_number = RoutingNumber::Parse(*compact);
}

// The subscriber of a tel URI, which is also the user of a SIP URI.
NumberText FromSubscriber(absl::string_view subscriber, const NumberProfile& profile) {
  absl::string_view parameters = subscriber;
  const absl::string_view number = TakeUntil(parameters, ';');
  const std::optional<absl::string_view> context = ValueOf(parameters, "phone-context");
  NumberText text = FromNumber(number, profile);
  const bool elsewhere =
      context.has_value() && !absl::StartsWith(number, "+") && !IsContextOf(*context, profile);
  if (elsewhere && text.reason != UnknownReason::kNotANumber) text = Unknown(UnknownReason::kLocal);
  ReadPortability(parameters, text);
  return text;
}

// `text` with %2B and the like read (RFC 3261 section 19.1.2); nothing if one is
// broken. What separates parameters does so only if it is written plainly: an
// escaped ';' or '=' stays as it is.
std::optional<std::string> Unescaped(absl::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain.push_back(text[i]);
      continue;
    }
    const absl::string_view code = text.substr(i + 1, 2);
    if (code.size() < 2 || !std::all_of(code.begin(), code.end(), absl::ascii_isxdigit)) {
      return std::nullopt;
    }
    const std::string character = absl::HexStringToBytes(code);
    const bool separates = character == ";" || character == "=";
    plain += separates ? std::string(text.substr(i, 3)) : character;
    i += 2;
  }
  return plain;
}

// Why a URI says that there is no number, kNone if it does not.
UnknownReason WithheldBy(absl::string_view user, absl::string_view host) {
  if (absl::EqualsIgnoreCase(user, "anonymous") ||
      absl::EqualsIgnoreCase(host, "anonymous.invalid")) {
    return UnknownReason::kAnonymous;
  }
  const bool unavailable = absl::EqualsIgnoreCase(user, "unavailable") ||
                           absl::EqualsIgnoreCase(host, "unknown.invalid");
  return unavailable ? UnknownReason::kUnavailable : UnknownReason::kNone;
}

// What follows "sip:": user;parameters:password@host:port;parameters?headers.
NumberText FromSip(absl::string_view rest, const NumberProfile& profile) {
  const size_t at = rest.find('@');
  if (at == absl::string_view::npos) return Unknown(UnknownReason::kNotANumber);
  absl::string_view user_info = rest.substr(0, at);
  absl::string_view parameters = rest.substr(at + 1);
  parameters = TakeUntil(parameters, '?');
  absl::string_view host_port = TakeUntil(parameters, ';');
  const std::optional<std::string> user = Unescaped(TakeUntil(user_info, ':'));
  const absl::string_view host = TakeUntil(host_port, ':');
  if (!user.has_value() || host.empty()) return Unknown(UnknownReason::kNotANumber);
  const UnknownReason withheld = WithheldBy(*user, host);
  if (withheld != UnknownReason::kNone) return Unknown(withheld);
  const absl::string_view kind = ValueOf(parameters, "user").value_or("phone");
  if (!absl::EqualsIgnoreCase(kind, "phone")) return Unknown(UnknownReason::kNotANumber);
  return FromSubscriber(*user, profile);
}

// The number within a URI without its scheme, still with its separators.
std::string NumberInUri(absl::string_view rest, bool is_sip) {
  if (!is_sip) return std::string(TakeUntil(rest, ';'));
  if (!absl::StrContains(rest, '@')) return "";
  absl::string_view user_info = TakeUntil(rest, '@');
  const std::optional<std::string> user = Unescaped(TakeUntil(user_info, ':'));
  absl::string_view subscriber = user.has_value() ? *user : absl::string_view();
  return std::string(TakeUntil(subscriber, ';'));
}

// What follows a quoted string at the beginning of `text` (RFC 3261 section
// 25.1); nothing if it has no end, `text` if there is none.
absl::string_view AfterQuoted(absl::string_view text) {
  if (!absl::StartsWith(text, "\"")) return text;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return text.substr(i + 1);
    if (text[i] == '\\') ++i;
  }
  return absl::string_view();
}

// The URI of `"Bob" <sip:...>` or `<sip:...>;tag=x` (a name-addr), or `text` if
// it is none; nothing if its brackets are broken.
absl::string_view UriOf(absl::string_view text) {
  const bool is_quoted = absl::StartsWith(text, "\"");
  const absl::string_view rest = AfterQuoted(text);
  const size_t open = rest.find('<');
  if (open == absl::string_view::npos) return is_quoted ? absl::string_view() : text;
  const size_t close = rest.find('>', open);
  if (close == absl::string_view::npos) return absl::string_view();
  return absl::StripAsciiWhitespace(rest.substr(open + 1, close - open - 1));
}

// Removes a scheme, in letters of any case.
bool ConsumeScheme(absl::string_view& text, absl::string_view scheme) {
  if (!absl::StartsWithIgnoreCase(text, scheme)) return false;
  text.remove_prefix(scheme.size());
  return true;
}

}  // namespace

absl::string_view UnknownReasonText(UnknownReason reason) {
  switch (reason) {
    case UnknownReason::kNone:
      return "known";
    case UnknownReason::kMissing:
      return "missing";
    case UnknownReason::kAnonymous:
      return "anonymous";
    case UnknownReason::kUnavailable:
      return "unavailable";
    case UnknownReason::kNotANumber:
      return "not a number";
    case UnknownReason::kLocal:
      return "local number";
    case UnknownReason::kBadLength:
      return "fewer than 7 or more than 15 digits";
    case UnknownReason::kNoSuchCountry:
      return "no country code begins it";
    case UnknownReason::kNoSuchNumber:
      return "no number of its country";
  }
  return "";
}

NumberText ReadNumberText(absl::string_view text, const NumberProfile& profile) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return Unknown(UnknownReason::kMissing);
  if (text.size() > kMaxBytes) return Unknown(UnknownReason::kNotANumber);
  text = UriOf(text);
  if (ConsumeScheme(text, "tel:")) return FromSubscriber(text, profile);
  if (ConsumeScheme(text, "sip:") || ConsumeScheme(text, "sips:")) return FromSip(text, profile);
  absl::string_view host = text;
  const absl::string_view user = TakeUntil(host, '@');
  const UnknownReason withheld = WithheldBy(user, host);
  if (withheld != UnknownReason::kNone) return Unknown(withheld);
  // People write spaces, too.
  std::string plain(text);
  plain.erase(std::remove(plain.begin(), plain.end(), ' '), plain.end());
  return FromNumber(plain, profile);
}

Digits ReadDialText(absl::string_view text, const NumberProfile& profile) {
  if (text.size() > kMaxBytes) return Digits();
  text = UriOf(text);
  std::string number(text);
  absl::string_view rest = text;
  if (ConsumeScheme(rest, "tel:")) {
    number = NumberInUri(rest, /*is_sip=*/false);
  } else if (ConsumeScheme(rest, "sip:") || ConsumeScheme(rest, "sips:")) {
    number = NumberInUri(rest, /*is_sip=*/true);
  }
  // A '+' that was put before 112 on its way: too short for a number after it.
  absl::string_view plain = number;
  const bool has_plus = absl::ConsumePrefix(&plain, "+");
  const std::optional<std::string> compact = CompactDecimal(plain);
  if (!compact.has_value() || (has_plus && compact->size() >= E164Number::kMinLength)) {
    return Digits();
  }
  absl::string_view digits = *compact;
  ConsumePrefix(digits, profile.routing_prefix);
  return ReadDialString(digits);
}

}  // namespace libroute
