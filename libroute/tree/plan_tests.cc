#include "libroute/tree/plan_tests.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/call/digits.h"
#include "libroute/call/email.h"
#include "libroute/call/event.h"
#include "libroute/number/mail_address.h"
#include "libroute/number/number_text.h"
#include "libroute/plan/when.h"
#include "libroute/plan/written_duration.h"
#include "libroute/tree/nodes/group_case.h"
#include "libroute/tree/plan_compiler.h"

// The tests that a plan brings along: whether they could be carried out, not
// how they end.
namespace libroute {
namespace {

// Where one kind of fact is given, and what is checked for every entry.
template <typename Map, typename Lookup, typename Refuse>
void CheckFacts(const Map& facts, const std::string& path, Lookup lookup, Refuse refuse) {
  const NameIndex index(facts);
  for (const std::string& name : index.names()) {
    const std::string entry = KeyPath(path, name);
    lookup(name, entry);
    refuse(facts.at(name), entry);
  }
}

bool IsLineCall(const v1::TestCall& call) {
  return call.direction() == v1::DIRECTION_INTERNAL || call.direction() == v1::DIRECTION_OUTBOUND;
}

// Whether what is called need not be a number.
bool IsDialled(const v1::TestCall& call) {
  if (!ReadDialText(call.called(), NumberProfile()).empty()) return true;
  return IsLineCall(call) && !ReadDialled(call.called()).empty();
}

// What would be right in place of an address that is none of `known`.
std::string InsteadOfAddress(const std::string& address, std::vector<std::string> known) {
  constexpr size_t kMostNamed = 5;
  if (known.empty()) return "; write `mailboxes` first, of which it has none";
  std::string hint = DidYouMean(address, known);
  if (!hint.empty()) return hint;
  const bool has_more = known.size() > kMostNamed;
  if (has_more) known.resize(kMostNamed);
  return absl::StrCat("; it has ", absl::StrJoin(known, ", "), has_more ? ", ..." : "");
}

void AddAddressFault(absl::string_view field, const std::string& text,
                     std::vector<FieldFault>& faults) {
  const absl::Status status = ParseMailAddress(text).status();
  if (status.ok()) return;
  faults.push_back({std::string(field), "bad-address", std::string(status.message())});
}

void AddLengthFault(absl::string_view field, const std::string& text,
                    std::vector<FieldFault>& faults) {
  if (text.size() <= kMaxEmailFieldBytes) return;
  faults.push_back({std::string(field), "too-long",
                    absl::StrCat("has ", text.size(),
                                 " bytes; a header field of an e-mail has at "
                                 "most ",
                                 kMaxEmailFieldBytes)});
}

void AddCountFault(absl::string_view field, uint32_t count, std::vector<FieldFault>& faults) {
  if (count <= GroupCase::kMostCount) return;
  faults.push_back({std::string(field), "bad-value",
                    absl::StrCat(count, " is out of range; write 0 to ", GroupCase::kMostCount)});
}

void AddTimeFault(absl::string_view field, const google::protobuf::Duration& time,
                  std::vector<FieldFault>& faults) {
  const absl::Duration read = WrittenDuration(time);
  if (read >= absl::ZeroDuration() && read <= GroupCase::kMostTime) return;
  faults.push_back({std::string(field), "bad-value",
                    absl::StrCat(absl::FormatDuration(read), " is out of range; write 0s to ",
                                 absl::ToInt64Hours(GroupCase::kMostTime), "h")});
}

}  // namespace

std::vector<FieldFault> FaultsOf(const v1::TestEmail& email) {
  std::vector<FieldFault> faults;
  if (!email.from().empty()) AddAddressFault("from", email.from(), faults);
  if (email.to().empty()) {
    faults.push_back(
        {"to", "missing",
         "a test needs the address that the e-mail comes to, one of the plan's mailboxes"});
  } else {
    AddAddressFault("to", email.to(), faults);
  }
  AddLengthFault("subject", email.subject(), faults);
  AddLengthFault("message_id", email.message_id(), faults);
  if (!email.message_id().empty() && BareMessageId(email.message_id()).empty()) {
    faults.push_back({"message_id", "bad-value",
                      absl::StrCat(Quoted(email.message_id()),
                                   " names no e-mail; write e.g. \"<1@example.com>\", or leave it "
                                   "out")});
  }
  return faults;
}

std::vector<FieldFault> FaultsOf(const v1::GroupFigures& figures) {
  std::vector<FieldFault> faults;
  AddCountFault("logged_in", figures.logged_in(), faults);
  AddCountFault("ready", figures.ready(), faults);
  AddCountFault("free", figures.free(), faults);
  AddCountFault("waiting", figures.waiting(), faults);
  if (figures.has_longest_wait()) AddTimeFault("longest_wait", figures.longest_wait(), faults);
  if (figures.has_expected_wait()) AddTimeFault("expected_wait", figures.expected_wait(), faults);
  return faults;
}

void PlanCompiler::CheckTests() {
  for (int i = 0; i < written_.tests_size(); ++i) {
    const v1::Test& test = written_.tests(i);
    const std::string path = IndexPath("tests", i);
    if (test.has_call() && test.has_email()) {
      Error(path + ".email", "bad-value",
            "a test is of a call or of an e-mail, not of both; write two tests");
    } else if (!test.has_call() && !test.has_email()) {
      Error(path + ".call", "missing",
            "a test needs a call, with `called` and `at`, or an email, with `to` and `at`");
    }
    if (test.has_call()) CheckTestCall(test.call(), path + ".call");
    if (test.has_email()) CheckTestEmail(test.email(), path + ".email");
    CheckGiven(test.given(), path + ".given");
    for (int e = 0; e < test.events_size(); ++e) {
      absl::Status status = ParseEvent(test.events(e)).status();
      if (status.ok()) continue;
      Error(IndexPath(path + ".events", e), "bad-event", std::string(status.message()));
    }
  }
}

void PlanCompiler::CheckTestCall(const v1::TestCall& call, const std::string& path) {
  if (call.called().empty()) {
    Error(path + ".called", "missing", "a test needs the number that is called");
  } else if (!IsDialled(call)) {
    CheckTestNumber(call.called(), path + ".called");
  }
  CheckTestOrigin(call, path);
  if (!v1::Direction_IsValid(call.direction())) {
    Error(path + ".direction", "bad-value", "write inbound, internal or outbound");
  }
  if (IsLineCall(call) == call.line().empty()) {
    Error(path + ".line", call.line().empty() ? "missing" : "bad-value",
          call.line().empty()
              ? "an internal or outbound call needs the number of the line that calls"
              : "only a call of direction internal or outbound comes from a line");
  } else if (!call.line().empty()) {
    absl::Status status = E164Number::Parse(call.line()).status();
    if (!status.ok()) Error(path + ".line", "bad-number", std::string(status.message()));
  }
  CheckTestTime(call.at(), path + ".at", "the call");
}

void PlanCompiler::CheckTestTime(const std::string& at, const std::string& path,
                                 absl::string_view what) {
  constexpr absl::string_view kExamples =
      "write e.g. \"2026-11-23 10:00\" or \"2026-11-23T10:00:00+01:00\"";
  if (at.empty()) {
    Error(path, "missing",
          absl::StrCat("a test needs the time at which ", what, " arrives; ", kExamples));
  } else if (!ParseWhen(at, absl::UTCTimeZone()).ok()) {
    Error(path, "bad-time", absl::StrCat(Quoted(at), " is not a time; ", kExamples));
  }
}

void PlanCompiler::CheckTestEmail(const v1::TestEmail& email, const std::string& path) {
  CheckTestTime(email.at(), path + ".at", "the e-mail");
  for (const FieldFault& fault : FaultsOf(email)) {
    Error(absl::StrCat(path, ".", fault.field), fault.code, fault.message);
  }
  const absl::StatusOr<std::string> to = ParseMailAddress(email.to());
  if (!to.ok() || plan_->FindMailbox(*to) != nullptr) return;
  std::vector<std::string> known;
  for (const auto& [entry, written_at] : plan_->mailboxes_) known.push_back(entry);
  Error(path + ".to", "unknown-address",
        absl::StrCat("no mailbox of the plan has the address ", *to,
                     InsteadOfAddress(*to, std::move(known))));
}

void PlanCompiler::CheckTestNumber(const std::string& text, const std::string& path) {
  absl::Status status = E164Number::Parse(text).status();
  if (status.ok() || ReadNumberText(text, NumberProfile()).number.has_value()) return;
  Error(path, "bad-number", std::string(status.message()));
}

void PlanCompiler::CheckTestOrigin(const v1::TestCall& call, const std::string& path) {
  constexpr int kMaxDiversions = 20;
  constexpr uint32_t kMaxHops = 255;
  if (!call.calling().empty()) CheckTestNumber(call.calling(), path + ".calling");
  if (!call.location().empty() && !NetworkLocation::Parse(call.location()).has_value()) {
    Error(path + ".location", "bad-value",
          "write 1 to 31 printable ASCII characters without spaces, e.g. 208011D9E03A");
  }
  if (!v1::Verstat_IsValid(call.verstat())) {
    Error(path + ".verstat", "bad-value", "write passed, failed or no_validation");
  }
  if (!v1::Attestation_IsValid(call.attestation())) {
    Error(path + ".attestation", "bad-value", "write a, b or c");
  }
  if (!call.ingress().empty()) IsName(call.ingress(), path + ".ingress");
  if (call.diversions_size() > kMaxDiversions) {
    Error(path + ".diversions", "too-long",
          absl::StrCat("a call was diverted at most ", kMaxDiversions, " times"));
  }
  for (int i = 0; i < std::min(call.diversions_size(), kMaxDiversions); ++i) {
    const v1::PastDiversion& diversion = call.diversions(i);
    const std::string entry = IndexPath(path + ".diversions", i);
    if (!diversion.number().empty()) CheckTestNumber(diversion.number(), entry + ".number");
    if (!v1::DiversionReason_IsValid(diversion.reason())) {
      Error(entry + ".reason", "bad-value",
            "write unconditional, busy, no_answer, unreachable, deflected or unknown");
    }
    if (diversion.count() > kMaxHops) {
      Error(entry + ".count", "bad-value",
            absl::StrCat("a call was diverted 1 to ", kMaxHops, " times"));
    }
  }
}

void PlanCompiler::CheckGiven(const v1::Given& given, const std::string& path) {
  auto exists = [this](const NameIndex& index, absl::string_view what) {
    return [this, &index, what](const std::string& name, const std::string& entry) {
      Lookup(index, what, name, entry);
    };
  };
  auto stated = [this](auto* is_valid, absl::string_view states) {
    return [this, is_valid, states](int state, const std::string& entry) {
      if (state == 0 || !is_valid(state)) Error(entry, "bad-value", absl::StrCat("write ", states));
    };
  };
  constexpr absl::string_view kStatuses = "up, busy or down";
  CheckFacts(given.destinations(), path + ".destinations",
             exists(destination_names_, "destination"), stated(&v1::Status_IsValid, kStatuses));
  CheckFacts(given.sites(), path + ".sites", exists(site_names_, "site"),
             stated(&v1::Status_IsValid, kStatuses));
  CheckFacts(given.gateways(), path + ".gateways", exists(gateway_names_, "gateway"),
             stated(&v1::Status_IsValid, kStatuses));
  CheckGivenSwitches(given, path + ".switches");
  CheckFacts(given.groups(), path + ".groups", exists(group_names_, "group"),
             stated(&v1::GroupState_IsValid, "none_free, no_agents, none_ready, full or closed"));
  CheckFacts(given.group_figures(), path + ".group_figures", exists(group_names_, "group"),
             [this](const v1::GroupFigures& figures, const std::string& entry) {
               CheckGivenFigures(figures, entry);
             });
  CheckFacts(given.lines(), path + ".lines", exists(line_names_, "line"),
             [this](const v1::LineFeatures&, const std::string& entry) {
               if (written_.has_feature_codes()) return;
               Error(entry, "missing",
                     "nothing is switched on lines without feature_codes; write feature_codes: {} "
                     "for the usual ones");
             });
  CheckFacts(given.conferences(), path + ".conferences", exists(conference_names_, "conference"),
             stated(&v1::ConferenceState_IsValid, "open or full"));
  CheckFacts(given.limits(), path + ".limits", exists(limit_names_, "limit"),
             stated(&v1::LimitStatus_IsValid, "open, full or gapped"));
  CheckGivenRecovery(given, path + ".recovery_plans");
}

void PlanCompiler::CheckGivenFigures(const v1::GroupFigures& figures, const std::string& path) {
  for (const FieldFault& fault : FaultsOf(figures)) {
    Error(absl::StrCat(path, ".", fault.field), fault.code, fault.message);
  }
}

void PlanCompiler::CheckGivenRecovery(const v1::Given& given, const std::string& path) {
  const NameIndex known(written_.recovery_plans());
  const NameIndex given_names(given.recovery_plans());
  for (const std::string& name : given_names.names()) {
    const std::string entry = KeyPath(path, name);
    const int state = given.recovery_plans().at(name);
    if (Lookup(known, "recovery plan", name, entry) < 0) continue;
    if (state == 0 || !v1::RecoveryState_IsValid(state)) {
      Error(entry, "bad-value", "write off, on or drill");
    }
    const bool has_drill = !written_.recovery_plans().at(name).drill_callers().empty();
    if (state == v1::RECOVERY_STATE_DRILL && !has_drill) {
      Error(entry, "bad-value",
            "this recovery plan has no drill; write who takes part in one as its drill_callers");
    }
  }
}

void PlanCompiler::CheckGivenSwitches(const v1::Given& given, const std::string& path) {
  const NameIndex given_names(given.switches());
  for (const std::string& name : given_names.names()) {
    const std::string entry = KeyPath(path, name);
    const int index = Lookup(switch_names_, "switch", name, entry);
    if (index < 0) continue;
    const std::vector<std::string>& values = plan_->fact_names_.ValuesOfSwitch(index);
    const std::string& value = given.switches().at(name);
    if (std::find(values.begin(), values.end(), value) != values.end()) continue;
    Error(entry, "bad-value",
          absl::StrCat("write ", absl::StrJoin(values, " or "), DidYouMean(value, values)));
  }
}

}  // namespace libroute
