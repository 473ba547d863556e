#include "absl/strings/str_cat.h"
#include "libroute/call/digits.h"
#include "libroute/call/event.h"
#include "libroute/plan/when.h"
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

}  // namespace

void PlanCompiler::CheckTests() {
  for (int i = 0; i < written_.tests_size(); ++i) {
    const v1::Test& test = written_.tests(i);
    const std::string path = IndexPath("tests", i);
    if (test.has_call()) {
      CheckTestCall(test.call(), path + ".call");
    } else {
      Error(path + ".call", "missing", "a test needs a call, with `called` and `at`");
    }
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
  } else if (ReadDialString(call.called()).empty()) {
    absl::Status status = E164Number::Parse(call.called()).status();
    if (!status.ok()) Error(path + ".called", "bad-number", std::string(status.message()));
  }
  if (!call.calling().empty()) {
    absl::Status status = E164Number::Parse(call.calling()).status();
    if (!status.ok()) Error(path + ".calling", "bad-number", std::string(status.message()));
  }
  constexpr absl::string_view kExamples =
      "write e.g. \"2026-11-23 10:00\" or \"2026-11-23T10:00:00+01:00\"";
  if (call.at().empty()) {
    Error(path + ".at", "missing",
          absl::StrCat("a test needs the time at which the call arrives; ", kExamples));
  } else if (!ParseWhen(call.at(), absl::UTCTimeZone()).ok()) {
    Error(path + ".at", "bad-time", absl::StrCat(Quoted(call.at()), " is not a time; ", kExamples));
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
  CheckFacts(given.switches(), path + ".switches", exists(switch_names_, "switch"),
             stated(&v1::SwitchState_IsValid, "on or off"));
  CheckFacts(given.groups(), path + ".groups", exists(group_names_, "group"),
             stated(&v1::GroupState_IsValid, "none_free or no_agents"));
  CheckFacts(given.conferences(), path + ".conferences", exists(conference_names_, "conference"),
             stated(&v1::ConferenceState_IsValid, "open or full"));
}

}  // namespace libroute
