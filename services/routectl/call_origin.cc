#include "services/routectl/call_origin.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/call/call.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

// The names of an enum's values, without that of 0.
template <typename Enum>
std::vector<std::string> NamesOf(int last, absl::string_view (*name)(Enum)) {
  std::vector<std::string> names;
  for (int i = 1; i <= last; ++i) names.emplace_back(name(static_cast<Enum>(i)));
  return names;
}

const std::vector<std::string>& Verstats() {
  static const auto names = NamesOf<Verstat>(v1::Verstat_MAX, VerstatName);
  return names;
}
const std::vector<std::string>& Attestations() {
  static const auto names = NamesOf<Attestation>(v1::Attestation_MAX, AttestationName);
  return names;
}
const std::vector<std::string>& Reasons() {
  static const auto names = NamesOf<DiversionReason>(v1::DiversionReason_MAX, DiversionReasonName);
  return names;
}

// The value that `name` has, 0 if none.
int ValueOf(const std::string& name, const std::vector<std::string>& names) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<int>(i) + 1;
  }
  return 0;
}

// A reason stands after the last colon; URIs have others.
absl::Status WriteDiversion(const std::string& text, v1::PastDiversion& diversion) {
  const size_t colon = text.rfind(':');
  const std::string after = colon == std::string::npos ? "" : text.substr(colon + 1);
  const int reason = ValueOf(after, Reasons());
  diversion.set_reason(static_cast<v1::DiversionReason>(reason));
  diversion.set_number(reason == 0 ? text : text.substr(0, colon));
  const bool is_uri = !text.empty() && absl::ascii_isalpha(text[0]);
  if (reason != 0 || colon == std::string::npos || is_uri) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--diverted-by: no reason ", Quoted(after), DidYouMean(after, Reasons()),
                   "; write one of ", absl::StrJoin(Reasons(), ", "), " after the number"));
}

}  // namespace

void AddOriginOptions(CLI::App& command, OriginOptions& options) {
  command.add_option("--calling", options.calling, "The calling number; unknown if left out")
      ->type_name("NUMBER");
  command.add_flag("--anonymous", options.anonymous, "The caller withholds the number");
  command.add_flag("--unavailable", options.unavailable, "The network does not know the number");
  command.add_option("--verstat", options.verstat, "What STIR/SHAKEN says of the calling number")
      ->type_name("WORD")
      ->check(CLI::IsMember(Verstats()));
  command
      .add_option("--attestation", options.attestation,
                  "How far the caller's provider vouches for the number")
      ->type_name("LEVEL")
      ->transform(CLI::IsMember(Attestations(), CLI::ignore_case));
  command.add_option("--location", options.location, "Where the network says that the caller is")
      ->type_name("TEXT");
  command.add_option("--ingress", options.ingress, "Where the call comes in")->type_name("NAME");
  command
      .add_option("--diverted-by", options.diversions,
                  "Who diverted the call before, and why (" + absl::StrJoin(Reasons(), ", ") +
                      "); once for each time, the first one first")
      ->type_name("NUMBER[:REASON]")
      ->allow_extra_args(false);
}

absl::Status WriteOrigin(const OriginOptions& options, v1::TestCall& call) {
  call.set_calling(options.calling);
  call.set_anonymous(options.anonymous);
  call.set_unavailable(options.unavailable);
  call.set_verstat(static_cast<v1::Verstat>(ValueOf(options.verstat, Verstats())));
  call.set_attestation(static_cast<v1::Attestation>(ValueOf(options.attestation, Attestations())));
  call.set_ingress(options.ingress);
  call.set_location(options.location);
  for (const std::string& diversion : options.diversions) {
    absl::Status status = WriteDiversion(diversion, *call.add_diversions());
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace libroute
