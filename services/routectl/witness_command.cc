#include "services/routectl/witness_command.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "libroute/call/call.h"
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

void AddOption(absl::string_view option, const std::string& value,
               std::vector<std::string>& words) {
  if (value.empty()) return;
  // What begins with a dash would be taken for an option.
  if (value.front() == '-') {
    words.push_back(absl::StrCat(option, "=", ShellWord(value)));
    return;
  }
  words.emplace_back(option);
  words.push_back(ShellWord(value));
}

std::string DiversionText(const v1::PastDiversion& diversion) {
  const auto reason = static_cast<DiversionReason>(diversion.reason());
  return reason == DiversionReason::kNone
             ? diversion.number()
             : absl::StrCat(diversion.number(), ":", std::string(DiversionReasonName(reason)));
}

std::vector<std::string> CallWords(const v1::TestCall& call) {
  std::vector<std::string> words;
  const auto add = [&words](absl::string_view option, const std::string& value) {
    AddOption(option, value, words);
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
  const auto add = [&words](absl::string_view option, const std::string& value) {
    AddOption(option, value, words);
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
    words.push_back(ShellWord(JsonAsWritten(witness.given())));
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
  return object.AddJson("given", JsonAsWritten(witness.given()))
      .AddJson("events", absl::StrCat("[", absl::StrJoin(events, ", "), "]"))
      .Add("command", WitnessCommand(file, witness))
      .ToString();
}

}  // namespace libroute
