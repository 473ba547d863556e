#include "libroute/report/decision_text.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "libroute/plan/written_duration.h"
#include "libroute/report/text_lines.h"
#include "libroute/v1/decision.pb.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/wire/enum_name.h"

namespace libroute {
namespace {

std::string DurationText(const google::protobuf::Duration& duration) {
  return absl::FormatDuration(WrittenDuration(duration));
}

// Where a leg goes, and under which names the plan knows it.
std::string PlaceText(const v1::Leg& leg) {
  std::string text = Printable(leg.has_uri() ? leg.uri() : leg.number());
  if (leg.destination().empty() && leg.site().empty()) return text;
  absl::StrAppend(&text, " (", leg.destination());
  if (!leg.site().empty()) {
    absl::StrAppend(&text, leg.destination().empty() ? "site " : ", site ", leg.site());
  }
  return text + ")";
}

// ", fixed in BE, operator first (assumed)"; nothing for what is no number.
std::string FactsText(const v1::Leg& leg) {
  std::string text;
  if (leg.number_kind() != v1::NUMBER_KIND_UNSPECIFIED) {
    absl::StrAppend(&text, ", ", EnumName(leg.number_kind()));
  }
  if (!leg.country().empty()) absl::StrAppend(&text, " in ", leg.country());
  if (leg.operator_().empty()) return text;
  absl::StrAppend(&text, ", operator ", Printable(leg.operator_()));
  if (leg.operator_source() == v1::OPERATOR_SOURCE_ASSUMED) absl::StrAppend(&text, " (assumed)");
  return text;
}

// ", by paris-1 or paris-2"; nothing for the network's own way.
std::string GatewaysText(const v1::Leg& leg) {
  std::string text;
  for (const v1::LegGateway& gateway : leg.gateways()) {
    absl::StrAppend(&text, text.empty() ? ", by " : " or ", Printable(gateway.name()));
  }
  if (leg.try_next_on().empty()) return text;
  return absl::StrCat(text, " (the next one also after ", absl::StrJoin(leg.try_next_on(), ", "),
                      ")");
}

std::string LegText(const v1::Leg& leg) {
  std::string text =
      absl::StrCat(leg.agent().empty() ? "" : absl::StrCat("agent ", leg.agent(), " at "),
                   PlaceText(leg), GatewaysText(leg), ", setup ", DurationText(leg.setup_timeout()),
                   ", ring ", DurationText(leg.ring_timeout()));
  if (leg.presented().privacy() == v1::PRIVACY_RESTRICTED)
    absl::StrAppend(&text, ", caller hidden");
  if (leg.has_start_after()) {
    absl::StrAppend(&text, ", begins after ", DurationText(leg.start_after()));
  }
  if (leg.confirmation_wanted()) {
    absl::StrAppend(&text, ", must confirm (", Printable(leg.confirmation_message()), ")");
  }
  if (leg.record()) absl::StrAppend(&text, ", recorded");
  if (!leg.ringback().empty()) {
    absl::StrAppend(&text, ", caller hears ", Printable(leg.ringback()));
  }
  if (leg.has_diversion()) {
    absl::StrAppend(&text, ", diverted by ", leg.diversion().number(), " (",
                    EnumName(leg.diversion().reason()),
                    leg.diversion().privacy() == v1::PRIVACY_RESTRICTED ? ", withheld)" : ")");
  }
  return text + FactsText(leg);
}

void AddLegs(const v1::DialDecision& dial, TextTable& table) {
  const char* label = "dial";
  for (const v1::Leg& leg : dial.legs()) {
    table.AddRow({label, LegText(leg)});
    label = dial.order() == v1::LEG_ORDER_TOGETHER ? "and" : "then";
  }
  if (dial.has_total_timeout()) {
    table.AddRow({"within", DurationText(dial.total_timeout())});
  }
  if (dial.rounds_left() > 0) {
    table.AddRow({"again", absl::StrCat(dial.rounds_left(), " more times if nobody answers")});
  }
  if (dial.has_callback()) table.AddRow({"callback", LegText(dial.callback())});
}

std::string AnnounceText(const v1::AnnounceDecision& announce) {
  return absl::StrCat(Printable(announce.message()), ", at most ",
                      DurationText(announce.max_duration()),
                      announce.interruptible() ? ", until a key is pressed" : "");
}

std::string MenuText(const v1::MenuDecision& menu) {
  return absl::StrCat(Printable(menu.message()), ", keys ", absl::StrJoin(menu.keys(), " "),
                      ", timeout ", DurationText(menu.timeout()), ", ", menu.tries_left(),
                      menu.tries_left() == 1 ? " try left" : " tries left",
                      menu.to_the_end() ? ", keys count from its end" : "");
}

std::string CollectText(const v1::CollectDecision& collect) {
  std::string text = absl::StrCat(Printable(collect.message()), ", ");
  if (collect.min_digits() != collect.max_digits()) {
    absl::StrAppend(&text, collect.min_digits(), " to ");
  }
  absl::StrAppend(&text, collect.max_digits(), collect.secret() ? " secret" : "", " digits");
  if (!collect.terminator().empty()) absl::StrAppend(&text, " ended by ", collect.terminator());
  absl::StrAppend(&text, ", timeout ", DurationText(collect.timeout()), ", ", collect.tries_left(),
                  collect.tries_left() == 1 ? " try left" : " tries left",
                  collect.to_the_end() ? ", keys count from its end" : "");
  return text;
}

std::string WaitText(const v1::WaitDecision& wait) {
  std::string text = absl::StrCat("for group ", wait.group());
  if (wait.has_max_wait()) absl::StrAppend(&text, ", at most ", DurationText(wait.max_wait()));
  if (!wait.message().empty()) absl::StrAppend(&text, ", hears ", Printable(wait.message()));
  if (!wait.contact().empty()) absl::StrAppend(&text, ", contact ", wait.contact());
  if (wait.position() != 0) absl::StrAppend(&text, ", at place ", wait.position());
  if (wait.has_expected_wait()) {
    absl::StrAppend(&text, ", expected ", DurationText(wait.expected_wait()));
  }
  if (wait.has_expected_wait_most()) {
    absl::StrAppend(&text, ", hardly more than ", DurationText(wait.expected_wait_most()));
  }
  if (wait.has_waited()) absl::StrAppend(&text, ", has waited ", DurationText(wait.waited()));
  return text;
}

// "after 30s, then each 1m: busy and the position".
std::string AnnouncementText(const v1::WaitDecision::Announcement& announcement) {
  std::vector<std::string> said;
  if (!announcement.message().empty()) said.push_back(Printable(announcement.message()));
  if (announcement.says_position()) said.emplace_back("the position");
  if (announcement.says_expected_wait()) said.emplace_back("the expected wait");
  const bool is_at_once = announcement.after().seconds() == 0 && announcement.after().nanos() == 0;
  std::string text =
      is_at_once ? "at once" : absl::StrCat("after ", DurationText(announcement.after()));
  if (announcement.has_every()) {
    absl::StrAppend(&text, ", then each ", DurationText(announcement.every()));
  }
  return absl::StrCat(text, ": ", absl::StrJoin(said, " and "));
}

std::string InstantText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

std::string PromiseText(const v1::WaitDecision::CallbackPromise& promise) {
  std::string text = absl::StrCat("at ", promise.number(), ", until ", InstantText(promise.until()),
                                  ", ", promise.attempts_left(),
                                  promise.attempts_left() == 1 ? " try left" : " tries left");
  if (promise.has_rests_until()) {
    absl::StrAppend(&text, ", not before ", InstantText(promise.rests_until()));
  }
  return text;
}

void AddWait(const v1::WaitDecision& wait, TextTable& table) {
  table.AddRow({"wait", WaitText(wait)});
  if (wait.has_promise()) table.AddRow({"called back", PromiseText(wait.promise())});
  const char* label = "hears";
  for (const v1::WaitDecision::Announcement& announcement : wait.announcements()) {
    table.AddRow({label, AnnouncementText(announcement)});
    label = "and";
  }
  if (!wait.has_callback()) return;
  table.AddRow({"offers", absl::StrCat("to be called back who presses ", wait.callback().key(),
                                       wait.callback().after().seconds() == 0
                                           ? ""
                                           : absl::StrCat(", after ",
                                                          DurationText(wait.callback().after())))});
}

std::string ConferenceText(const v1::ConferenceDecision& conference) {
  std::string text = conference.conference();
  if (conference.role() != v1::CONFERENCE_ROLE_UNSPECIFIED) {
    absl::StrAppend(&text, " as ", EnumName(conference.role()));
  }
  if (conference.capacity() > 0) absl::StrAppend(&text, ", ", conference.capacity(), " places");
  if (!conference.introduction().empty()) {
    absl::StrAppend(&text, ", hears ", Printable(conference.introduction()), " first");
  }
  if (conference.record()) absl::StrAppend(&text, ", recorded");
  return text;
}

// ", ported" for a number that is not active.
std::string ServiceStateText(const v1::PassThroughDecision& pass_through) {
  if (pass_through.service_state() == v1::SERVICE_STATE_UNSPECIFIED) return "";
  return absl::StrCat(", ", EnumName(pass_through.service_state()));
}

std::string PassThroughText(const v1::PassThroughDecision& pass) {
  std::string text = EnumName(pass.reason());
  if (!pass.place().empty()) absl::StrAppend(&text, ", place ", Printable(pass.place()));
  if (pass.place_uncertain()) absl::StrAppend(&text, " (perhaps)");
  if (!pass.routing_number().empty()) absl::StrAppend(&text, ", by ", pass.routing_number());
  if (!pass.call_back().empty()) absl::StrAppend(&text, ", call back ", pass.call_back());
  return text + ServiceStateText(pass);
}

std::string AssignedText(const v1::AssignedDecision& assigned) {
  return absl::StrCat("to ", Printable(assigned.agent()),
                      assigned.finished() ? ", who is done with it" : "");
}

std::string CodeText(uint32_t sip_status, uint32_t q850_cause) {
  const std::string cause = absl::StrCat("cause ", q850_cause);
  return sip_status == 0 ? cause : absl::StrCat("SIP ", sip_status, ", ", cause);
}

void AddAction(const v1::Decision& decision, TextTable& table) {
  switch (decision.action_case()) {
    case v1::Decision::kDial:
      return AddLegs(decision.dial(), table);
    case v1::Decision::kAnnounce:
      return table.AddRow({"announce", AnnounceText(decision.announce())});
    case v1::Decision::kMenu:
      return table.AddRow({"menu", MenuText(decision.menu())});
    case v1::Decision::kCollect:
      return table.AddRow({"collect", CollectText(decision.collect())});
    case v1::Decision::kWait:
      return AddWait(decision.wait(), table);
    case v1::Decision::kVoicemail:
      return table.AddRow(
          {"voicemail", absl::StrCat(decision.voicemail().mailbox(), " (",
                                     EnumName(decision.voicemail().reason()), ")")});
    case v1::Decision::kConference:
      return table.AddRow({"conference", ConferenceText(decision.conference())});
    case v1::Decision::kReject:
      return table.AddRow(
          {"reject", CodeText(decision.reject().sip_status(), decision.reject().q850_cause())});
    case v1::Decision::kRelease:
      return table.AddRow(
          {"release",
           absl::StrCat(CodeText(decision.release().sip_status(), decision.release().q850_cause()),
                        " (", EnumName(decision.release().reason()), ")")});
    case v1::Decision::kPassThrough:
      return table.AddRow({"pass through", PassThroughText(decision.pass_through())});
    case v1::Decision::kAutoReply:
      return table.AddRow({"auto reply", Printable(decision.auto_reply().message())});
    case v1::Decision::kForwardEmail:
      return table.AddRow(
          {"forward", absl::StrCat("to ", Printable(decision.forward_email().to()))});
    case v1::Decision::kDiscard:
      return table.AddRow({"discard", EnumName(decision.discard().reason())});
    case v1::Decision::kAssigned:
      return table.AddRow({"assigned", AssignedText(decision.assigned())});
    case v1::Decision::kMoreDigits:
      return table.AddRow(
          {"more digits", absl::StrCat("until there are ", decision.more_digits().min_digits(),
                                       " to ", decision.more_digits().max_digits())});
    case v1::Decision::ACTION_NOT_SET:
      return table.AddRow({"nothing", "no action this program knows"});
  }
}

std::string CallText(const v1::Decision& decision) {
  std::vector<std::string> texts;
  if (decision.answer_state() != v1::ANSWER_STATE_UNSPECIFIED) {
    texts.push_back(EnumName(decision.answer_state()));
  }
  if (!decision.caller_type().empty()) {
    texts.push_back(absl::StrCat("caller type ", decision.caller_type()));
  }
  if (decision.priority() != 0) texts.push_back(absl::StrCat("priority ", decision.priority()));
  return absl::StrJoin(texts, ", ");
}

std::string AttributesText(const v1::Decision& decision) {
  const std::map<std::string, std::string> sorted(decision.attributes().begin(),
                                                  decision.attributes().end());
  std::vector<std::string> texts;
  for (const auto& [name, value] : sorted) {
    texts.push_back(absl::StrCat(Printable(name), "=", Printable(value)));
  }
  return absl::StrJoin(texts, ", ");
}

// What decided where no node did.
absl::string_view NodelessText(const v1::Decision& decision) {
  if (decision.has_more_digits()) return "the numbers";
  return decision.has_pass_through() ? "no tree" : "the end of the plan";
}

// Whose plan decided, and where in it.
std::string OriginText(const v1::Decision& decision) {
  if (decision.customer().empty()) return "no plan";
  // It knows what became of an e-mail.
  if (decision.revision().empty())
    return absl::StrCat("the contact centre of ", decision.customer());
  std::string text =
      decision.node().empty() ? std::string(NodelessText(decision)) : Printable(decision.node());
  absl::StrAppend(&text, " of ", decision.customer(), ", revision ",
                  decision.revision().substr(0, 12));
  return text;
}

std::string ValidityText(const v1::Decision& decision, absl::TimeZone zone) {
  if (!decision.has_use_if_unreachable_until()) return "another revision is published";
  return absl::FormatTime("%a %Y-%m-%d %H:%M:%S %Z",
                          absl::FromUnixSeconds(decision.use_if_unreachable_until().seconds()),
                          zone);
}

std::string DependenceText(const v1::Decision& decision) {
  std::vector<std::string> names;
  for (int dependence : decision.depends_on()) {
    names.push_back(EnumName(static_cast<v1::Dependence>(dependence)));
  }
  return absl::StrJoin(names, ", ");
}

std::string ComparisonText(const v1::Comparison& comparison) {
  std::string text = Printable(comparison.subject());
  if (!comparison.against().empty()) absl::StrAppend(&text, ", ", Printable(comparison.against()));
  if (!comparison.finding().empty()) absl::StrAppend(&text, ": ", Printable(comparison.finding()));
  return text;
}

std::string OutcomeText(const v1::Visit& visit) {
  std::string text = visit.branch().empty() ? "=> " : absl::StrCat("-> ", visit.branch(), ": ");
  absl::StrAppend(&text, Printable(visit.why()));
  if (visit.later_size() == 0) return text;
  return absl::StrCat(
      text, "; later in order: ",
      absl::StrJoin(visit.later(), ", ",
                    [](std::string* out, const std::string& name) { *out += Printable(name); }));
}

std::string GapText(const v1::GapDirective& gap) {
  return absl::StrCat("may turn down calls to ", Printable(gap.number()), " beyond ", gap.calls(),
                      " in ", DurationText(gap.per()), ", ", gap.burst(), " at once, for ",
                      DurationText(gap.lasts()));
}

}  // namespace

std::string DecisionText(const v1::Decision& decision, absl::TimeZone zone) {
  TextTable table;
  AddAction(decision, table);
  if (decision.ask_after()) {
    table.AddRow({"after", "asks again when the called side has ended the call"});
  }
  // Nothing is known of an e-mail, often.
  const std::string call = CallText(decision);
  if (!call.empty()) table.AddRow({"call", call});
  if (!decision.attributes().empty()) table.AddRow({"attributes", AttributesText(decision)});
  table.AddRow({"decided by", OriginText(decision)});
  if (!decision.screened_by().empty()) {
    table.AddRow({"screened by", absl::StrCat("the carrier: ", Printable(decision.screened_by()))});
  }
  if (!decision.recovery_plan().empty()) {
    table.AddRow({"recovery plan", absl::StrCat(Printable(decision.recovery_plan()),
                                                decision.recovery_drill() ? ", a drill" : "")});
  }
  if (!decision.limited_by().empty()) {
    table.AddRow({"limited by", Printable(decision.limited_by())});
  }
  if (decision.has_gap()) table.AddRow({"for the switch", GapText(decision.gap())});
  if (decision.depends_on_size() > 0) table.AddRow({"made from", DependenceText(decision)});
  table.AddRow({"holds until", ValidityText(decision, zone)});
  return table.ToString();
}

std::string ActionText(const v1::Decision& decision) {
  TextTable table;
  AddAction(decision, table);
  return table.ToString();
}

std::string ExplanationText(const v1::Explanation& explanation) {
  TextTable table;
  for (const v1::Visit& visit : explanation.visits()) {
    table.AddRow({visit.kind(), Printable(visit.path())});
    for (const v1::Comparison& comparison : visit.comparisons()) {
      table.AddRow(
          {"", absl::StrCat(comparison.matched() ? "  + " : "  - ", ComparisonText(comparison))});
    }
    table.AddRow({"", absl::StrCat("  ", OutcomeText(visit))});
  }
  for (const std::string& note : explanation.notes()) table.AddRow({"note", Printable(note)});
  return table.ToString();
}

}  // namespace libroute
