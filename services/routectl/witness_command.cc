#include "services/routectl/witness_command.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "libroute/call/call.h"
#include "libroute/facts/facts.h"
#include "services/routectl/json.h"

namespace libroute {
namespace {

// As one word of a shell.
std::string ShellWord(const std::string& text) {
  const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) ||
           absl::string_view("+-_./:,@=").find(c) != absl::string_view::npos;
  });
  return is_plain ? text : absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

absl::string_view StatusWord(v1::Status status) {
  switch (status) {
    case v1::STATUS_BUSY:
      return "busy";
    case v1::STATUS_DOWN:
      return "down";
    default:
      return "up";
  }
}

// A map of `given`, in order, or nothing.
template <class Map, class Word>
void AddStates(absl::string_view field, const Map& states, Word word, JsonObject& given) {
  if (states.empty()) return;
  JsonObject object;
  for (const auto& [name, state] : std::map(states.begin(), states.end())) {
    object.Add(name, word(state));
  }
  given.AddJson(field, object.ToString());
}

std::string GivenJson(const v1::Given& given) {
  JsonObject object;
  AddStates("destinations", given.destinations(), StatusWord, object);
  AddStates("sites", given.sites(), StatusWord, object);
  AddStates("gateways", given.gateways(), StatusWord, object);
  AddStates(
      "switches", given.switches(), [](const std::string& value) { return value; }, object);
  AddStates(
      "recovery_plans", given.recovery_plans(),
      [](int state) { return RecoveryStateName(static_cast<RecoveryState>(state)); }, object);
  return object.ToString();
}

std::string DiversionText(const v1::PastDiversion& diversion) {
  const auto reason = static_cast<DiversionReason>(diversion.reason());
  return reason == DiversionReason::kNone
             ? diversion.number()
             : absl::StrCat(diversion.number(), ":", std::string(DiversionReasonName(reason)));
}

std::vector<std::string> CallWords(const v1::TestCall& call) {
  std::vector<std::string> words;
  const auto add = [&words](const char* option, const std::string& value) {
    if (value.empty()) return;
    words.emplace_back(option);
    words.push_back(ShellWord(value));
  };
  add("--called", call.called());
  if (call.direction() != v1::DIRECTION_UNSPECIFIED) {
    add("--direction", std::string(DirectionName(static_cast<Direction>(call.direction()))));
  }
  add("--line", call.line());
  add("--calling", call.calling());
  if (call.anonymous()) words.emplace_back("--anonymous");
  if (call.unavailable()) words.emplace_back("--unavailable");
  if (call.verstat() != 0) {
    add("--verstat", std::string(VerstatName(static_cast<Verstat>(call.verstat()))));
  }
  if (call.attestation() != 0) {
    add("--attestation",
        std::string(AttestationName(static_cast<Attestation>(call.attestation()))));
  }
  add("--location", call.location());
  add("--ingress", call.ingress());
  for (const v1::PastDiversion& diversion : call.diversions()) {
    add("--diverted-by", DiversionText(diversion));
  }
  add("--at", call.at());
  add("--switch-ref", call.reference());
  return words;
}

std::vector<std::string> EmailWords(const v1::TestEmail& email) {
  std::vector<std::string> words;
  const auto add = [&words](const char* option, const std::string& value) {
    if (value.empty()) return;
    words.emplace_back(option);
    words.push_back(ShellWord(value));
  };
  add("--email-to", email.to());
  add("--email-from", email.from());
  add("--email-subject", email.subject());
  if (email.automatic()) words.emplace_back("--automatic");
  add("--at", email.at());
  add("--message-id", email.message_id());
  return words;
}

}  // namespace

std::string WitnessCommand(const std::string& file, const v1::Test& witness) {
  std::vector<std::string> words = {"routectl", "route", ShellWord(file)};
  for (std::string& word :
       witness.has_email() ? EmailWords(witness.email()) : CallWords(witness.call())) {
    words.push_back(std::move(word));
  }
  if (witness.given().ByteSizeLong() > 0) {
    words.emplace_back("--given");
    words.push_back(ShellWord(GivenJson(witness.given())));
  }
  if (!witness.events().empty()) {
    words.emplace_back("--events");
    words.push_back(ShellWord(absl::StrJoin(witness.events(), ",")));
  }
  return absl::StrJoin(words, " ");
}

std::string WitnessJson(const std::string& file, const v1::Test& witness) {
  std::vector<std::string> events;
  for (const std::string& event : witness.events()) events.push_back(JsonString(event));
  JsonObject object;
  if (witness.has_email()) {
    object.AddJson("email", JsonOf(witness.email()));
  } else {
    object.AddJson("call", JsonOf(witness.call()));
  }
  return object.AddJson("given", GivenJson(witness.given()))
      .AddJson("events", absl::StrCat("[", absl::StrJoin(events, ", "), "]"))
      .Add("command", WitnessCommand(file, witness))
      .ToString();
}

}  // namespace libroute
