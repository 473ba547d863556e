#include "absl/strings/str_cat.h"
#include "libroute/number/number_text.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/regions.h"
#include "libroute/tree/number_words.h"
#include "libroute/tree/plan_compiler.h"

// What holds for all calls of a plan, whichever tree they follow.
namespace libroute {
namespace {

using Treatment = CallerScreen::Treatment;

static_assert(static_cast<int>(Treatment::kAccept) == v1::CallerIdentity::TREATMENT_ACCEPT);
static_assert(static_cast<int>(Treatment::kReject) == v1::CallerIdentity::TREATMENT_REJECT);

// What stands for what is not written, or not known.
Treatment TreatmentOf(int written) {
  const bool is_given = v1::CallerIdentity::Treatment_IsValid(written) &&
                        written != v1::CallerIdentity::TREATMENT_UNSPECIFIED;
  return is_given ? static_cast<Treatment>(written) : Treatment::kAccept;
}

}  // namespace

// What is wrong with numbering is said where that is compiled.
void PlanCompiler::CompileProfile() {
  const v1::Numbering& numbering = written_.numbering();
  // Where no country is given, what most have.
  plan_->profile_.international_prefix = *Digits::Parse("00");
  if (IsKnownRegion(numbering.country())) plan_->profile_ = NationalProfile(numbering.country());
  const absl::StatusOr<Digits> prefix = Digits::Parse(numbering.prefix());
  if (prefix.ok()) plan_->internal_prefix_ = *prefix;
}

E164Number PlanCompiler::NumberInUri(const std::string& uri) const {
  return uri.empty() ? E164Number() : ReadNumberText(uri, plan_->profile_).number;
}

void PlanCompiler::CompileAllowedDestinations() {
  if (!written_.has_allowed_destinations()) return;
  const v1::AllowedDestinations& written = written_.allowed_destinations();
  const std::string section = "allowed_destinations";
  NumberKindSet kinds;
  for (int i = 0; i < written.kinds_size(); ++i) {
    const absl::StatusOr<NumberKind> kind = ReadNumberKind(written.kinds(i));
    if (kind.ok()) {
      kinds.Add(*kind);
    } else {
      Error(IndexPath(section + ".kinds", i), "bad-value", std::string(kind.status().message()));
    }
  }
  if (written.kinds().empty()) kinds = AllowedDestinations::UsualKinds();
  if (written.premium()) {
    kinds.Add(NumberKind::kPremium);
    kinds.Add(NumberKind::kSharedCost);
  }
  std::vector<Country> countries;
  for (int i = 0; i < written.countries_size(); ++i) {
    const absl::StatusOr<Country> country = ReadCountry(written.countries(i));
    if (country.ok()) {
      countries.push_back(*country);
    } else {
      Error(IndexPath(section + ".countries", i), "unknown-name",
            std::string(country.status().message()));
    }
  }
  NumberSet numbers(Patterns(written.numbers(), section + ".numbers", Mobiles::kMeant));
  plan_->allowed_destinations_ =
      AllowedDestinations(kinds, std::move(countries), std::move(numbers));
}

bool PlanCompiler::CheckAllowed(E164Number number, const std::string& uri,
                                const std::string& path) {
  if (!number.has_value()) number = NumberInUri(uri);
  if (!number.has_value()) return true;
  const AllowedDestinations::Refusal refusal = plan_->allowed_destinations_.Check(number);
  if (refusal == AllowedDestinations::Refusal::kNone) return true;
  const bool is_costly = !written_.has_allowed_destinations();
  Error(path, "destination-not-allowed",
        absl::StrCat(number.ToString(), " may not be called: it is ", RefusalText(number, refusal),
                     is_costly ? "; if it is meant, write allowed_destinations: { premium: true }, "
                                 "or { numbers: [\"" +
                                     number.ToString() + "\"] }"
                               : "; see allowed_destinations"));
  return false;
}

Presented PlanCompiler::ReadPresented(const std::string& text, const std::string& path) {
  if (text.empty()) return {};
  if (text == "caller") return {Presented::Kind::kCaller};
  if (text == "called") return {Presented::Kind::kCalled};
  if (text == "withheld") return {Presented::Kind::kWithheld};
  const absl::StatusOr<E164Number> number = ParseNumber(text);
  if (!number.ok()) {
    Error(path, "bad-presented",
          absl::StrCat(Quoted(text), " is no identity; write caller, called, withheld, or a number "
                                     "with its country code"));
    return {};
  }
  const NumberFacts facts = NumberingPlans::World().Find(*number);
  const bool is_premium =
      facts.kind == NumberKind::kPremium || facts.kind == NumberKind::kSharedCost;
  if (!facts.is_valid || is_premium) {
    Error(path, "bad-presented",
          absl::StrCat("calls cannot come from ", number->ToString(), ": it is ",
                       is_premium ? "a premium or shared cost number" : "not valid in its country",
                       "; write one that the called side can call back"));
  }
  return {Presented::Kind::kNumber, *number};
}

void PlanCompiler::CompileCallerIdentity() {
  if (!written_.has_caller_identity()) return;
  const v1::CallerIdentity& written = written_.caller_identity();
  const std::string section = "caller_identity";
  constexpr absl::string_view kTreatments = "write accept, unavailable or reject";
  if (!v1::CallerIdentity::Treatment_IsValid(written.invalid())) {
    Error(section + ".invalid", "bad-value", std::string(kTreatments));
  }
  if (!v1::CallerIdentity::Treatment_IsValid(written.premium())) {
    Error(section + ".premium", "bad-value", std::string(kTreatments));
  }
  const Treatment invalid = TreatmentOf(written.invalid());
  const Treatment premium = TreatmentOf(written.premium());
  if (invalid == Treatment::kAccept && premium == Treatment::kAccept) {
    Warn(section, "no-effect",
         "every calling number is accepted, as without this; write invalid: reject or the like");
    return;
  }
  const NodeIndex reject = AddNode(RejectNode::WithCode(ResponseFor(Outcome::kRejected)), section);
  plan_->caller_screen_ = std::make_unique<const CallerScreen>(invalid, premium, reject);
}

}  // namespace libroute
