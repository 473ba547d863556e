#include "libroute/tree/nodes/origin_case.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace libroute {

OriginCase::OriginCase(OriginCalls calls, std::string text)
    : known_(calls.known),
      restricted_(calls.restricted),
      unavailable_(calls.unavailable),
      has_numbers_(!calls.numbers.empty()),
      looks_closer_(!calls.kinds.empty() || !calls.countries.empty()),
      kinds_(calls.kinds),
      numbers_(calls.numbers),
      countries_(std::move(calls.countries)),
      text_(std::move(text)) {}

OriginCase::Difference OriginCase::CompareFacts(Frame& frame) const {
  const NumberFacts& facts = frame.caller_facts();
  if (!kinds_.empty() && !kinds_.Has(facts.kind)) return Difference::kKind;
  const bool of_country = countries_.empty() || std::find(countries_.begin(), countries_.end(),
                                                          facts.country) != countries_.end();
  return of_country ? Difference::kNone : Difference::kCountry;
}

std::string OriginCase::Subject(Frame& frame) const {
  if (frame.caller_withheld()) return "calling number withheld or not known";
  std::string subject = absl::StrCat("calling ", frame.state.calling.ToString());
  if (!kinds_.empty()) {
    absl::StrAppend(&subject, ", kind ", NumberKindName(frame.caller_facts().kind));
  }
  if (!countries_.empty()) {
    const Country country = frame.caller_facts().country;
    absl::StrAppend(&subject, ", ",
                    country.has_value() ? "country " + country.ToString() : "of no country");
  }
  return subject;
}

absl::string_view DifferenceText(OriginCase::Difference difference) {
  switch (difference) {
    case OriginCase::Difference::kNone:
      return "matches";
    case OriginCase::Difference::kKind:
      return "is of another kind";
    case OriginCase::Difference::kCountry:
      return "is of another country";
    case OriginCase::Difference::kNumber:
    case OriginCase::Difference::kWithheld:
      break;
  }
  return "does not match";
}

}  // namespace libroute
