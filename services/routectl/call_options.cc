#include "services/routectl/call_options.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/ahead.h"
#include "libroute/number/regions.h"
#include "libroute/plan/issue.h"
#include "services/routectl/options.h"

namespace libroute {
namespace {

void AddServerOptions(CLI::App& command, CallOptions& options) {
  const char* group = "Of a server, instead of plan files";
  command
      .add_option("--server", options.server.address, "Ask the server at HOST:PORT or unix:PATH")
      ->type_name("ADDRESS")
      ->group(group);
  command
      .add_option("--switch", options.server.switch_name,
                  "The switch that asks, as the server knows it")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--tls-ca", options.server.tls_ca,
                  "Use TLS; trust servers certified by this file")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--tls-cert", options.server.tls_certificate, "Our certificate, with --tls-key")
      ->type_name("FILE")
      ->group(group);
  command.add_option("--tls-key", options.server.tls_key, "The private key of our certificate")
      ->type_name("FILE")
      ->group(group);
}

// The first option there is that only calls have; empty if there is none.
absl::string_view OptionOfCall(const CallOptions& options) {
  const OriginOptions& origin = options.origin;
  const std::pair<absl::string_view, bool> all[] = {{"--called", !options.called.empty()},
                                                    {"--calling", !origin.calling.empty()},
                                                    {"--anonymous", origin.anonymous},
                                                    {"--unavailable", origin.unavailable},
                                                    {"--verstat", !origin.verstat.empty()},
                                                    {"--attestation", !origin.attestation.empty()},
                                                    {"--location", !origin.location.empty()},
                                                    {"--ingress", !origin.ingress.empty()},
                                                    {"--diverted-by", !origin.diversions.empty()},
                                                    {"--country", !options.country.empty()},
                                                    {"--direction", !options.direction.empty()},
                                                    {"--line", !options.line.empty()},
                                                    {"--switch-ref", !options.reference.empty()},
                                                    {"--ahead", options.look_ahead > 0}};
  for (const auto& [option, is_written] : all) {
    if (is_written) return option;
  }
  return "";
}

absl::Status CheckEmailAlone(const CallOptions& options, AskMode mode) {
  const absl::string_view of_call = OptionOfCall(options);
  if (!of_call.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(of_call,
                     " is of calls: ask about a call or, with --email-to, --email-from, "
                     "--email-subject, --message-id and --automatic, about an e-mail"));
  }
  if (!options.server.address.empty() && mode == AskMode::kRoute) {
    return absl::InvalidArgumentError(
        "submit-email hands an e-mail to a server; explain says what would become of it there");
  }
  return WriteEmail(options.email).status();
}

}  // namespace

void AddCallOptions(CLI::App& command, CallOptions& options) {
  AddPlanPaths(command, options.paths);
  command
      .add_option("--called", options.called,
                  "The number called: E.164, tel:, sip:, or e.g. 112; of a line also what it dials")
      ->type_name("NUMBER");
  AddOriginOptions(command, options.origin);
  command
      .add_option("--country", options.country,
                  "Read numbers as this country dials them; of plan files only, a server has "
                  "ingresses")
      ->type_name("CODE");
  command
      .add_option("--direction", options.direction,
                  "inbound (if left out), or, of a call that a line makes, internal or outbound")
      ->type_name("DIRECTION")
      ->check(CLI::IsMember({"inbound", "internal", "outbound"}));
  command
      .add_option("--line", options.line,
                  "The line that makes an internal or outbound call: E.164, or, of a server, its "
                  "internal number")
      ->type_name("NUMBER");
  command
      .add_option("--at", options.at,
                  "When the call, or e-mail, arrives: RFC 3339 with an offset, or, of plan files, "
                  "\"2026-11-23 10:00\" "
                  "in the plan's time zone; now if left out")
      ->type_name("TIME");
  command
      .add_option("--given", options.given_file,
                  "File with the state of destinations, sites, switches, groups, limits, lines and "
                  "recovery "
                  "plans, written as "
                  "`given:` of a plan's test; or that itself, in braces")
      ->type_name("FILE|{...}");
  command
      .add_option(
          "--events", options.events,
          "What happens, in turn and with commas between: busy, no_answer, sip:486, "
          "q850:17, digits:1, no_input, "
          "played, timeout, no_agents, none_ready, full, closed, hangup, called_hangup, "
          "callback, ...")
      ->type_name("EVENT")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      .add_option("--switch-ref", options.reference,
                  "The switch's reference of the call, by which shares are drawn")
      ->type_name("REF");
  command
      .add_option("--ahead", options.look_ahead,
                  "Also show what follows, as a switch is told that goes on by itself: so many "
                  "decisions")
      ->type_name("N")
      ->check(CLI::Range(0, Ahead::kMostSteps));
  AddOutput(command, options.output);
  AddEmailOptions(command, options.email);
  AddServerOptions(command, options);
}

v1::Direction DirectionOf(const CallOptions& options) {
  if (options.direction == "internal") return v1::DIRECTION_INTERNAL;
  return options.direction == "outbound" ? v1::DIRECTION_OUTBOUND : v1::DIRECTION_INBOUND;
}

absl::Status CheckCallOptions(const CallOptions& options, AskMode mode) {
  if (!options.email.is_asked() && options.called.empty()) {
    return absl::InvalidArgumentError(
        "name the number that is --called, or the address that an e-mail comes to, --email-to");
  }
  const bool has_server = !options.server.address.empty();
  if (has_server == !options.paths.empty()) {
    return absl::InvalidArgumentError(has_server ? "ask either plan files or a --server, not both"
                                                 : "name the plan files to ask, or a --server");
  }
  if (has_server && !options.given_file.empty()) {
    return absl::InvalidArgumentError(
        "--given goes with plan files only: a server knows its own state");
  }
  if (options.email.is_asked()) return CheckEmailAlone(options, mode);
  if (has_server && mode == AskMode::kRoute && !options.at.empty()) {
    return absl::InvalidArgumentError(
        "--at does not go with route --server: a server routes by its own clock; "
        "use explain --server --at");
  }
  if (has_server && !options.country.empty()) {
    return absl::InvalidArgumentError(
        "--country goes with plan files only: a server reads numbers by its ingresses");
  }
  if (!options.country.empty() && !IsKnownRegion(options.country)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--country: ", Quoted(options.country),
                     " is not a country; write its ISO 3166 code, e.g. BE"));
  }
  const bool of_line = DirectionOf(options) != v1::DIRECTION_INBOUND;
  if (!of_line && !options.line.empty()) {
    return absl::InvalidArgumentError("--line goes with --direction internal or outbound only");
  }
  if (of_line && !has_server && options.line.empty()) {
    return absl::InvalidArgumentError(
        "--direction internal and outbound need the --line that calls");
  }
  return absl::OkStatus();
}

}  // namespace libroute
