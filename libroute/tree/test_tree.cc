#include "libroute/tree/test_tree.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/schedule/schedule_pool.h"
#include "libroute/schedule/test_rules.h"
#include "libroute/tree/evaluate.h"

namespace libroute {
namespace {

constexpr absl::string_view kWorld = R"yaml(
customer: acme
time_zone: Europe/Brussels
max_unanswered: 300s
numbers: [{ number: "+3222000100", tree: main, holder: ann }, { number: "+3222000200-+3222000299", tree: main }]
destinations:
  front: { number: "+3222000111", site: north }
  back: { number: "+3222000112", setup: 3s, ring: 7s }
  web: { uri: "sip:desk@example.net" }
sites: { north: {}, south: {} }
switches: { meeting: {}, flood: {} }
agents: { ann: { display_name: Ann } }
groups: { team: { agents: [ann] }, crowd: { agents: [ann] } }
schedules:
  office: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }] }
  lunch: { weekly: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "12:00", to: "13:00" }] }
  night: { weekly: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "22:00", to: "06:00" }] }
caller_types:
  vip: { callers: ["+32475*"], priority: 10, attributes: { level: gold, desk: "1" } }
  supplier: { callers: ["+3247*"], priority: -5, attributes: { level: none } }
)yaml";

int64_t BrusselsSeconds(absl::string_view local) {
  absl::TimeZone zone;
  absl::Time time;
  std::string error;
  if (!absl::LoadTimeZone("Europe/Brussels", &zone) ||
      !(absl::ParseTime("%Y-%m-%d %H:%M:%S", local, zone, &time, &error) ||
        absl::ParseTime("%Y-%m-%d %H:%M", local, zone, &time, &error))) {
    ADD_FAILURE() << "\"" << local << "\" is not a time: " << error;
  }
  return absl::ToUnixSeconds(time);
}

std::string LegText(const Leg& leg) {
  if (!leg.destination.empty()) return std::string(leg.destination);
  return leg.number.has_value() ? leg.number.ToString() : std::string(leg.uri);
}

std::string ReasonText(DiversionReason reason) {
  constexpr absl::string_view kNames[] = {"none",        "unconditional", "busy",   "no answer",
                                          "unreachable", "deflected",     "unknown"};
  return std::string(kNames[static_cast<int>(reason)]);
}

std::string CodeText(ResponseCode code) {
  return absl::StrCat(code.sip_status, "/", code.q850_cause);
}

struct ActionWords {
  std::string operator()(const std::monostate&) const { return "nothing"; }
  std::string operator()(const DialDecision& dial) const {
    std::string text = absl::StrCat(
        "dial ", absl::StrJoin(dial.legs, ", ",
                               [](std::string* out, const Leg& leg) { *out += LegText(leg); }));
    if (dial.order == LegOrder::kTogether) text += " together";
    if (dial.total_timeout != absl::InfiniteDuration()) {
      absl::StrAppend(&text, " within ", absl::FormatDuration(dial.total_timeout));
    }
    return text;
  }
  std::string operator()(const AnnounceDecision& announce) const {
    return absl::StrCat("announce ", announce.message, " ",
                        absl::FormatDuration(announce.max_duration),
                        announce.interruptible ? " interruptible" : "");
  }
  std::string operator()(const MenuDecision& menu) const {
    return absl::StrCat("menu ", menu.message, " ", absl::StrJoin(menu.keys, " "), " (",
                        menu.tries_left, " tries)", menu.to_the_end ? " to the end" : "");
  }
  std::string operator()(const WaitDecision& wait) const {
    return absl::StrCat("wait ", wait.group, " ", absl::FormatDuration(wait.max_wait));
  }
  std::string operator()(const VoicemailDecision& voicemail) const {
    return absl::StrCat("voicemail ", voicemail.mailbox, " after ", ReasonText(voicemail.reason));
  }
  std::string operator()(const ConferenceDecision& conference) const {
    std::string text = absl::StrCat("conference ", conference.conference);
    if (conference.role.has_value()) {
      absl::StrAppend(&text, " as ", ConferenceRoleName(*conference.role), " of ",
                      conference.capacity);
    }
    if (!conference.introduction.empty()) {
      absl::StrAppend(&text, " after ", conference.introduction);
    }
    if (conference.record) absl::StrAppend(&text, " recorded");
    return text;
  }
  std::string operator()(const RejectDecision& reject) const {
    return absl::StrCat("reject ", CodeText(reject.code));
  }
  std::string operator()(const ReleaseDecision& release) const {
    constexpr absl::string_view kReasons[] = {
        "", "plan", "attempts failed", "no match", "too many attempts", "stale", "cancelled"};
    const bool is_loop = release.reason == ReleaseReason::kLoop;
    return absl::StrCat("release ", CodeText(release.code), " ",
                        is_loop ? "loop" : kReasons[static_cast<int>(release.reason)]);
  }
  std::string operator()(const PassThroughDecision&) const { return "pass_through"; }
  std::string operator()(const MoreDigitsDecision& more) const {
    return absl::StrCat("more_digits ", more.min_digits, "-", more.max_digits);
  }
  std::string operator()(const AutoReplyDecision& reply) const {
    return absl::StrCat("auto_reply ", reply.message);
  }
  std::string operator()(const ForwardEmailDecision& forward) const {
    return absl::StrCat("forward_email ", forward.to);
  }
  std::string operator()(const DiscardDecision& discard) const {
    return absl::StrCat("discard ", DiscardReasonName(discard.reason));
  }
  std::string operator()(const AssignedDecision& assigned) const {
    return absl::StrCat("assigned ", assigned.agent, assigned.finished ? " finished" : "");
  }
  std::string operator()(const CollectDecision& collect) const {
    return absl::StrCat("collect ", collect.message, " ", collect.min_digits, "-",
                        collect.max_digits, collect.terminator, collect.secret ? " secret" : "",
                        " (", collect.tries_left, " tries)",
                        collect.to_the_end ? " to the end" : "");
  }
};

std::vector<std::string> IssueTexts(const std::vector<Issue>& issues) {
  std::vector<std::string> texts;
  for (const Issue& issue : issues) {
    EXPECT_FALSE(issue.message.empty()) << issue.path;
    texts.push_back(absl::StrCat(SeverityName(issue.severity), " ", issue.code,
                                 issue.path.empty() ? "" : " ", issue.path));
  }
  return texts;
}

}  // namespace

std::string PlanText(absl::string_view main, absl::string_view more) {
  std::string trees = absl::StrCat("trees:\n  main: { ", main, " }\n");
  std::string sections;
  for (absl::string_view line : absl::StrSplit(more, '\n')) {
    if (absl::ConsumePrefix(&line, "tree ")) {
      absl::StrAppend(&trees, "  ", line, "\n");
    } else {
      absl::StrAppend(&sections, line, "\n");
    }
  }
  return absl::StrCat(kWorld, sections, trees);
}

v1::Plan ReadWholePlan(absl::string_view text) {
  ReadResult read = ReadPlan(text, "test.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.plan;
}

v1::Plan ReadTestPlan(absl::string_view main, absl::string_view more) {
  return ReadWholePlan(PlanText(main, more));
}

CompileResult CompileForTest(const v1::Plan& plan, const Attachments& attachments) {
  static SchedulePool* pool = new SchedulePool();
  return Compile(plan, {attachments, *pool, Instant("2026-11-23T00:00:00Z")});
}

std::vector<std::string> IssuesOf(const v1::Plan& plan) {
  return IssueTexts(CompileForTest(plan).issues);
}

std::vector<std::string> IssuesOf(absl::string_view main, absl::string_view more) {
  std::vector<std::string> texts = IssuesOf(ReadTestPlan(main, more));
  for (absl::string_view name : {"office", "lunch", "night"}) {
    std::erase(texts, absl::StrCat("warning unused schedules.", name));
  }
  return texts;
}

std::string MessageOf(const v1::Plan& plan, absl::string_view code) {
  for (const Issue& issue : CompileForTest(plan).issues) {
    if (issue.code == code) return issue.message;
  }
  return "";
}

std::string On(absl::string_view branch) {
  return absl::StrCat(branch, ": { announce: { message: ", branch, " } }");
}

TestPlan::TestPlan(absl::string_view main, absl::string_view more)
    : TestPlan(ReadTestPlan(main, more)) {}

TestPlan::TestPlan(const v1::Plan& plan, const Attachments& attachments) {
  CompileResult result = CompileForTest(plan, attachments);
  for (const Issue& issue : result.issues) {
    if (issue.severity == Severity::kError) ADD_FAILURE() << FormatIssue(issue);
  }
  // Without a plan no test can go on.
  if (result.plan == nullptr) std::abort();
  plan_ = std::move(result.plan);
  facts_ = FactView(plan_->fact_names(), board_);
  counters_ = CounterView(plan_->counter_names(), counter_board_);
}

void TestPlan::TakeTurns(const Decision& decision) const {
  for (const Claim& claim : decision.claims) {
    if (claim.kind == Claim::Kind::kTurn && claim.limit > 0) {
      counters_.at(claim.counter)->TakeTurn();
    } else if (claim.kind == Claim::Kind::kMark) {
      counters_.at(claim.counter)->Raise(static_cast<uint32_t>(claim.subject));
    }
  }
}

void TestPlan::SetDestination(absl::string_view name, Status status) {
  board_.Set(FactKind::kDestination, name, static_cast<uint8_t>(status), FactCell::kForever);
}
void TestPlan::SetSite(absl::string_view name, Status status) {
  board_.Set(FactKind::kSite, name, static_cast<uint8_t>(status), FactCell::kForever);
}
void TestPlan::SetGateway(absl::string_view name, Status status) {
  board_.Set(FactKind::kGateway, name, static_cast<uint8_t>(status), FactCell::kForever);
}
void TestPlan::SetSwitch(absl::string_view name, bool on) {
  SetSwitchTo(name, on ? "on" : "off");
}
void TestPlan::SetSwitchTo(absl::string_view name, absl::string_view value) {
  board_.SetSwitch(name, {absl::UnixEpoch(), std::string(value), absl::InfiniteFuture(), "test"});
}
void TestPlan::SetConferenceFull(absl::string_view name) {
  board_.Set(FactKind::kConference, name, FactView::kConferenceFull, FactCell::kForever);
}
void TestPlan::SetLimit(absl::string_view name, LimitStatus status) {
  board_.Set(FactKind::kLimit, name, static_cast<uint8_t>(status), FactCell::kForever);
}

void TestPlan::SetLine(absl::string_view name, LineFeature feature, const FeatureSetting& setting) {
  board_.SetLine(name, feature, setting);
}
void TestPlan::SetFigures(absl::string_view group, const GroupFigures& figures) {
  figures_.Set(group, figures);
}
void TestPlan::SetGroup(absl::string_view name, GroupState state) {
  board_.Set(FactKind::kGroup, name, static_cast<uint8_t>(state), FactCell::kForever);
}

TestCall::TestCall(const TestPlan& plan) : plan_(plan) {
  To("+3222000100").From("+32470000000").At("2026-11-23 10:00").Id("1");
}

TestCall& TestCall::From(absl::string_view number) {
  state_.calling = number.empty() ? E164Number() : *E164Number::Parse(number);
  return *this;
}
TestCall& TestCall::FromLine(absl::string_view number) {
  state_.direction = Direction::kInternal;
  state_.line = *E164Number::Parse(number);
  return *this;
}
TestCall& TestCall::Withheld() {
  state_.calling_privacy = Privacy::kRestricted;
  return *this;
}
TestCall& TestCall::To(absl::string_view number) {
  state_.called = *E164Number::Parse(number);
  return *this;
}
TestCall& TestCall::UnreadableAs(absl::string_view dialled, bool is_short_at_ingress) {
  state_.calling_dialled = *Digits::Parse(dialled);
  state_.calling_is_short = is_short_at_ingress;
  return Unreadable();
}

TestCall& TestCall::Unreadable() {
  state_.calling_unreadable = true;
  return *this;
}

TestCall& TestCall::Verified(Verstat verstat) {
  state_.verstat = verstat;
  return *this;
}

TestCall& TestCall::Attested(Attestation attestation) {
  state_.attestation = attestation;
  return *this;
}

TestCall& TestCall::Ported(absl::string_view routing_number) {
  state_.routing_number = RoutingNumber::Parse(routing_number);
  return *this;
}
TestCall& TestCall::By(absl::string_view ingress) {
  state_.ingress = static_cast<int16_t>(plan_.plan().FindIngress(ingress));
  return *this;
}
TestCall& TestCall::LocatedAt(absl::string_view location) {
  state_.location = *NetworkLocation::Parse(location);
  return *this;
}
TestCall& TestCall::Diverted(int times, absl::string_view by, DiversionReason reason) {
  state_.diversions = static_cast<uint8_t>(times);
  state_.diverted_by = by.empty() ? E164Number() : *E164Number::Parse(by);
  state_.diverted_because = reason;
  return *this;
}
TestCall& TestCall::DivertedBefore(absl::string_view by) {
  state_.diverted_before.push_back(*E164Number::Parse(by));
  return *this;
}
TestCall& TestCall::At(absl::string_view local) {
  now_ = BrusselsSeconds(local);
  state_.arrival_micros = now_ * 1000000;
  return *this;
}
TestCall& TestCall::Now(absl::string_view local) {
  now_ = BrusselsSeconds(local);
  return *this;
}
TestCall& TestCall::Id(absl::string_view reference) {
  state_.seed = CallSeed({"switch", 1, std::string(reference)});
  state_.correlation = NewCorrelation(state_.seed);
  return *this;
}
TestCall& TestCall::MaxAttempts(int most) {
  max_attempts_ = most;
  return *this;
}

TestCall& TestCall::MaxHops(int most) {
  max_hops_ = most;
  return *this;
}

TestCall& TestCall::Recovered(absl::string_view recovery_plan, bool is_drill) {
  const std::vector<CompiledRecoveryPlan>& plans = plan_.plan().recovery_plans();
  for (size_t i = 0; i < plans.size(); ++i) {
    if (plans[i].name == recovery_plan) recovery_ = {static_cast<int16_t>(i), is_drill};
  }
  return *this;
}

uint32_t TestCall::CounterIndex(absl::string_view counter) const {
  const std::vector<std::string>& names = plan_.plan().counter_names();
  const auto found = std::find(names.begin(), names.end(), counter);
  if (found == names.end()) ADD_FAILURE() << "nothing is claimed on " << counter;
  return static_cast<uint32_t>(found - names.begin());
}

TestCall& TestCall::Refuse(absl::string_view counter) {
  settled_.Refuse(CounterIndex(counter));
  return *this;
}

TestCall& TestCall::Stands(const ContactNow& contact) {
  contact_ = &contact;
  return *this;
}

TestCall& TestCall::GiveTurn(absl::string_view counter, uint32_t turn) {
  settled_.GiveTurn(CounterIndex(counter), turn);
  return *this;
}

EvaluationContext TestCall::Context(const NumberRoute& route) const {
  EvaluationContext context = {plan_.plan(), plan_.facts(), route, now_, max_attempts_, &settled_};
  context.counters = &plan_.counters();
  context.max_hops = max_hops_;
  context.recovery = recovery_;
  context.groups = &plan_.figures();
  context.contact = contact_;
  return context;
}

std::string TestCall::Ask() {
  const NumberRoute* route = plan_.plan().FindNumber(state_.called.digits());
  if (route == nullptr) return "not served";
  const EvaluationContext context = Context(*route);
  CallState state = state_;
  Decision decision;
  Explanation explanation;
  Recorder recorder(explanation);
  NodeIndex position = Evaluate(context, state, decision, recorder);
  decision_.Clear();
  EXPECT_EQ(Evaluate(context, state_, decision_), position);
  return Answer(position, state, decision, explanation);
}

std::string TestCall::Tell(absl::string_view event) {
  absl::StatusOr<Event> parsed = ParseEvent(event);
  if (!parsed.ok()) return std::string(parsed.status().message());
  return Tell(*parsed);
}

std::string TestCall::Tell(const Event& event) {
  if (!decision_.resumable) return "nothing follows";
  const NumberRoute& route = *plan_.plan().FindNumber(state_.called.digits());
  const EvaluationContext context = Context(route);
  CallState explained_state = state_;
  Decision explained;
  Explanation explanation;
  Recorder recorder(explanation);
  absl::StatusOr<NodeIndex> explained_position =
      EvaluateNext(context, position_, event, explained_state, explained, recorder);
  CallState state = state_;
  Decision decision;
  absl::StatusOr<NodeIndex> position = EvaluateNext(context, position_, event, state, decision);
  EXPECT_EQ(position.status(), explained_position.status());
  if (!position.ok()) return position.status().ToString();
  EXPECT_EQ(*position, *explained_position);
  state_ = state;
  decision_ = decision;
  return Answer(position, explained_state, explained, explanation);
}

std::string TestCall::Answer(absl::StatusOr<NodeIndex> position, const CallState& state,
                             const Decision& decision, const Explanation& explanation) {
  position_ = *position;
  explanation_ = explanation;
  EXPECT_EQ(Words(decision), Words(decision_));
  EXPECT_EQ(decision.node, decision_.node);
  EXPECT_EQ(decision.answered, decision_.answered);
  EXPECT_EQ(decision.claims, decision_.claims);
  EXPECT_EQ(decision.use_if_unreachable_until, decision_.use_if_unreachable_until);
  EXPECT_EQ(state.attributes, state_.attributes);
  EXPECT_TRUE(state.collected == state_.collected);
  EXPECT_EQ(state.attempts, state_.attempts);
  EXPECT_EQ(state.talked, state_.talked);
  EXPECT_EQ(explanation.visits.back().path, decision.node);
  plan_.TakeTurns(decision);
  return Words(decision_);
}

const Leg& TestCall::leg(int index) const {
  return std::get<DialDecision>(decision_.action).legs.at(index);
}

std::vector<std::string> TestCall::Way() const {
  std::vector<std::string> way;
  for (const Visit& visit : explanation_.visits) {
    way.push_back(
        absl::StrCat(visit.path, " ", visit.kind, ": ", visit.branch, " (", visit.why, ")"));
  }
  return way;
}

const Visit& TestCall::VisitAt(int index) const {
  const int count = static_cast<int>(explanation_.visits.size());
  return explanation_.visits.at(static_cast<size_t>(index < 0 ? count + index : index));
}

std::vector<std::string> TestCall::Comparisons(int index) const {
  std::vector<std::string> texts;
  for (const Comparison& each : VisitAt(index).comparisons) {
    texts.push_back(absl::StrCat(each.subject, " | ", each.against, " | ", each.finding, " | ",
                                 each.matched ? "yes" : "no"));
  }
  return texts;
}

std::vector<NotTaken> TestCall::WhyNot(int index) const {
  std::vector<NotTaken> reasons;
  for (const Comparison& each : VisitAt(index).comparisons) {
    if (!each.matched) reasons.push_back(each.not_taken);
  }
  return reasons;
}

std::string Words(const Decision& decision) {
  return absl::StrCat(std::visit(ActionWords(), decision.action),
                      decision.ask_after ? ", asks after" : "");
}

Event DialEvent(std::initializer_list<AttemptResult> results) {
  Event event;
  event.kind = EventKind::kDialResult;
  event.results.assign(results.begin(), results.end());
  return event;
}

}  // namespace libroute
