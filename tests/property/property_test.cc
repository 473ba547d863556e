// Random plans, calls and events through the whole engine, compared with a
// reference that knows nothing of how it works.

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <variant>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/engine/engine.h"
#include "libroute/schedule/test_long.h"
#include "libroute/v1/plan.pb.h"
#include "libroute/wire/decision_wire.h"
#include "tests/property/mutate.h"
#include "tests/property/random_call.h"
#include "tests/property/random_center.h"
#include "tests/property/random_plan.h"
#include "tests/property/reference.h"

namespace libroute {
namespace {

// How much more is done in long runs.
int Scale() {
  return IsLongRun() ? 40 : 1;
}

// Rounds of random plans. Fewer where each takes many times as long: what is right
// is shown without sanitizers, there it is looked at how.
#ifdef __SANITIZE_ADDRESS__
constexpr int kRounds = 30;
#else
constexpr int kRounds = 100;
#endif

std::unique_ptr<Engine> MakeEngine(int max_attempts, int max_hops = 10) {
  EngineOptions options;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
  options.max_attempts = max_attempts;
  options.rehearses_callbacks = true;
  options.max_hops = max_hops;
  // Random calls may take days.
  options.max_call_age = absl::Hours(7 * 24);
  options.claim_lease = absl::Hours(7 * 24);
  return *Engine::Create(std::move(options));
}

// Deterministic bytes of all of a decision.
std::string Bytes(const v1::Decision& decision) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.SetSerializationDeterministic(true);
    decision.SerializeToCodedStream(&out);
  }
  return bytes;
}

// Without what the reference does not fill in.
v1::Decision Comparable(v1::Decision decision) {
  decision.clear_continuation();
  decision.clear_revision();
  decision.clear_correlation_id();
  decision.clear_report();
  decision.clear_use_if_unreachable_until();
  if (decision.has_wait()) decision.mutable_wait()->clear_contact();
  return decision;
}

// How `actual` differs from `expected`; empty if it does not.
std::string Difference(const v1::Decision& expected, const v1::Decision& actual) {
  google::protobuf::util::MessageDifferencer differencer;
  std::string report;
  differencer.ReportDifferencesToString(&report);
  return differencer.Compare(expected, actual) ? "" : report;
}

// What a question came to.
struct Reply {
  absl::Status status;
  v1::Decision decision;
};

// An engine and what it is told of the world, with which calls are driven.
class Drive {
 public:
  Drive(std::mt19937& random, int max_attempts, int max_hops = 10)
      : random_(random),
        max_attempts_(max_attempts),
        max_hops_(max_hops),
        engine_(MakeEngine(max_attempts, max_hops)) {}

  Publication Publish(const v1::Plan& plan) {
    return engine_->Publish(plan, {}, absl::FromUnixSeconds(1795392000));
  }

  // From the first question to the end. Publishes `other` after the first if
  // there is one. Returns how many questions there were.
  int Run(const v1::Plan& plan, int reference, const v1::Plan* other);

  // How many calls were not sent on because they went round, and how many of
  // these ended so.
  int looped() const { return looped_; }
  int ended_by_loop() const { return ended_by_loop_; }
  // How many went by a recovery plan, and how many of these as a drill.
  int recovered() const { return recovered_; }
  int drills() const { return drills_; }
  // The kinds of action that were decided.
  const std::set<v1::Decision::ActionCase>& actions() const { return actions_; }

  // States some facts at random.
  void ChangeWorld(const std::string& customer);
  // And how things stand in a group.
  void ChangeFigures(const std::string& customer);
  // Turns recovery plans off, and some of them on.
  void ChangeRecovery(const v1::Plan& plan);

 private:
  // Asks why, a question, and the same again; all three must agree.
  Reply First(const Call& call, absl::Time now);
  Reply Next(const Call& call, const std::string& continuation, const Event& event, absl::Time now);
  // Has the call enter or leave the contact centre if that is what it came to.
  absl::Status Complete(const absl::StatusOr<Answer>& answer, absl::Time now, Decision& decision);
  static void ExpectSame(const Reply& reply, const absl::Status& status, const Decision& decision,
                         uint32_t step);
  void ExpectExplained(const Reply& reply, const absl::StatusOr<Explanation>& explanation,
                       const Decision& decision, uint32_t step);
  void ExpectHolds(const v1::Plan& plan, const ReferenceCall& reference,
                   const v1::Decision& decision);

  bool Chance(int percent) { return static_cast<int>(random_() % 100) < percent; }
  template <size_t kSize>
  const char* OneOf(const char* const (&names)[kSize]) {
    return names[random_() % kSize];
  }

  std::mt19937& random_;
  const int max_attempts_;
  const int max_hops_;
  std::unique_ptr<Engine> engine_;
  ReferenceWorld world_;
  std::set<v1::Decision::ActionCase> actions_;
  int looped_ = 0;
  int ended_by_loop_ = 0;
  int recovered_ = 0;
  int drills_ = 0;
};

void Drive::ChangeWorld(const std::string& customer) {
  auto state = [&](FactKind kind, const char* name, uint8_t value) {
    return engine_->SetFact(customer, kind, name, value, absl::InfiniteFuture()).ok();
  };
  v1::Status status = static_cast<v1::Status>(1 + random_() % 3);
  const char* name = OneOf(kDestinationNames);
  if (state(FactKind::kDestination, name, status)) world_.destinations[name] = status;
  status = static_cast<v1::Status>(1 + random_() % 3);
  name = OneOf(kSiteNames);
  if (Chance(40) && state(FactKind::kSite, name, status)) world_.sites[name] = status;
  status = static_cast<v1::Status>(1 + random_() % 3);
  name = OneOf(kGatewayNames);
  if (state(FactKind::kGateway, name, status)) world_.gateways[name] = status;
  const std::string which = OneOf(kSwitchNames);
  const std::string value = OneOf(kSwitchValues);
  const bool is_set =
      engine_->SetSwitch(customer, {which, value}, {"test", absl::UnixEpoch()}).ok();
  if (is_set) world_.switches[which] = value;
  const v1::GroupState group =
      Chance(60) ? v1::GROUP_STATE_NONE_FREE
                 : static_cast<v1::GroupState>(v1::GROUP_STATE_NO_AGENTS + random_() % 4);
  name = OneOf(kGroupNames);
  if (state(FactKind::kGroup, name, group)) world_.groups[name] = group;
  ChangeFigures(customer);
}

void Drive::ChangeFigures(const std::string& customer) {
  GroupFigures figures;
  figures.is_open = Chance(80);
  figures.logged_in = random_() % 6;
  figures.ready = random_() % 5;
  figures.free = random_() % 4;
  figures.waiting = random_() % 5;
  figures.longest_wait = absl::Seconds(random_() % 90);
  if (Chance(80)) figures.expected_wait = absl::Seconds(random_() % 90);
  const char* name = OneOf(kGroupNames);
  if (!engine_->SetGroupFigures(customer, name, figures).ok()) return;
  v1::GroupFigures& known = world_.figures[name];
  known.Clear();
  if (!figures.is_open) known.set_open(false);
  known.set_logged_in(figures.logged_in);
  known.set_ready(figures.ready);
  known.set_free(figures.free);
  known.set_waiting(figures.waiting);
  known.mutable_longest_wait()->set_seconds(absl::ToInt64Seconds(figures.longest_wait));
  if (figures.expected_wait == absl::InfiniteDuration()) return;
  known.mutable_expected_wait()->set_seconds(absl::ToInt64Seconds(figures.expected_wait));
}

void Drive::ChangeRecovery(const v1::Plan& plan) {
  const auto set = [&](const RecoverySetting& setting) {
    return engine_->SetRecovery(plan.customer(), setting, {"test", absl::UnixEpoch()}).ok();
  };
  world_.recoveries.clear();
  // By name: the map's own order is another in each process.
  const std::map<std::string, v1::RecoveryPlan> recoveries(plan.recovery_plans().begin(),
                                                           plan.recovery_plans().end());
  for (const auto& [name, recovery] : recoveries) {
    RecoverySetting off;
    off.name = name;
    EXPECT_TRUE(set(off));
  }
  std::set<std::string> taken;
  for (const auto& [name, recovery] : recoveries) {
    if (Chance(30)) continue;
    RecoverySetting setting;
    setting.name = name;
    setting.state = Chance(40) ? RecoveryState::kDrill : RecoveryState::kOn;
    std::set<std::string> numbers = ReferenceRecoveryNumbers(plan, recovery);
    if (!numbers.empty() && Chance(40)) {
      setting.numbers = {*numbers.begin()};
      numbers = {*numbers.begin()};
    }
    const bool overlaps = std::any_of(numbers.begin(), numbers.end(),
                                      [&](const auto& number) { return taken.count(number) > 0; });
    const bool has_drill = !recovery.drill_callers().empty();
    const bool is_set = set(setting);
    EXPECT_EQ(is_set, !overlaps && (has_drill || setting.state != RecoveryState::kDrill));
    if (!is_set) continue;
    taken.insert(numbers.begin(), numbers.end());
    world_.recoveries[name] = {static_cast<v1::RecoveryState>(setting.state), numbers};
  }
}

Reply Drive::First(const Call& call, absl::Time now) {
  Reply reply;
  Decision explained;
  // Before: once decided, hunting has gone on.
  absl::StatusOr<Explanation> explanation = engine_->Explain(call, now, explained);
  Decision decision;
  reply.status = Complete(engine_->Route(call, now, decision), now, decision);
  ToProto(decision, call.step, &reply.decision);
  const absl::Status again = Complete(engine_->Route(call, now, decision), now, decision);
  ExpectSame(reply, again, decision, call.step);
  ExpectExplained(reply, explanation, explained, call.step);
  return reply;
}

Reply Drive::Next(const Call& call, const std::string& continuation, const Event& event,
                  absl::Time now) {
  Reply reply;
  Decision explained;
  absl::StatusOr<Explanation> explanation =
      engine_->ExplainResume(call, continuation, event, now, explained);
  Decision decision;
  const auto resume = [&] {
    return Complete(engine_->Resume(call, continuation, event, now, decision), now, decision);
  };
  reply.status = resume();
  if (reply.status.ok()) ToProto(decision, call.step, &reply.decision);
  ExpectSame(reply, resume(), decision, call.step);
  ExpectExplained(reply, explanation, explained, call.step);
  return reply;
}

absl::Status Drive::Complete(const absl::StatusOr<Answer>& answer, absl::Time now,
                             Decision& decision) {
  if (!answer.ok()) return answer.status();
  const Enter* enter = std::get_if<Enter>(&*answer);
  return enter == nullptr ? absl::OkStatus() : engine_->Complete(*enter, now, decision);
}

void Drive::ExpectSame(const Reply& reply, const absl::Status& status, const Decision& decision,
                       uint32_t step) {
  EXPECT_EQ(status, reply.status);
  if (!reply.status.ok()) return;
  v1::Decision again;
  ToProto(decision, step, &again);
  EXPECT_EQ(Bytes(again), Bytes(reply.decision)) << "the same question";
}

void Drive::ExpectExplained(const Reply& reply, const absl::StatusOr<Explanation>& explanation,
                            const Decision& decision, uint32_t step) {
  EXPECT_EQ(explanation.status(), reply.status);
  if (!reply.status.ok() || !explanation.ok()) return;
  v1::Decision explained;
  ToProto(decision, step, &explained);
  EXPECT_LE(explained.continuation().size(), 512u);
  // No call goes on from an explanation: its continuation is marked. Nor does
  // one enter the contact centre.
  EXPECT_EQ(explained.continuation().empty(), reply.decision.continuation().empty());
  explained.set_continuation(reply.decision.continuation());
  if (reply.decision.has_wait()) {
    explained.mutable_wait()->set_contact(reply.decision.wait().contact());
  }
  EXPECT_EQ(Bytes(explained), Bytes(reply.decision)) << "the same question, explained";
  if (explanation->visits.empty()) {
    EXPECT_EQ(reply.decision.node(), "");
  } else {
    EXPECT_EQ(explanation->visits.back().path, reply.decision.node());
  }
}

// Until when a decision may be used is the first change of a schedule that was
// looked at.
void Drive::ExpectHolds(const v1::Plan& plan, const ReferenceCall& reference,
                        const v1::Decision& decision) {
  bool changes = false;
  for (const auto& [schedule, time] : reference.consulted()) {
    bool open = ReferenceOpen(plan, *schedule, time);
    absl::Time until = absl::FromUnixSeconds(decision.use_if_unreachable_until().seconds());
    if (!decision.has_use_if_unreachable_until()) until = time + absl::Hours(24 * 30);
    for (absl::Duration part : {absl::Seconds(1), (until - time) / 2, (until - time) / 3}) {
      absl::Time at = std::max(time, until - part);
      EXPECT_EQ(ReferenceOpen(plan, *schedule, at), open)
          << "at " << at << ", from " << time << " to " << until << "\n"
          << plan.DebugString();
    }
    changes |= ReferenceOpen(plan, *schedule, until) != open;
  }
  EXPECT_TRUE(changes || !decision.has_use_if_unreachable_until());
}

int Drive::Run(const v1::Plan& plan, int reference_number, const v1::Plan* other) {
  constexpr int kMostSteps = 300;
  ChangeRecovery(plan);
  Call call = RandomCall(random_, reference_number);
  absl::Time now = RandomArrival(random_);
  ReferenceCall reference(plan, call, now, max_attempts_, max_hops_);
  Reply reply = First(call, now);
  EXPECT_TRUE(reply.status.ok()) << reply.status;
  std::optional<v1::Decision> expected = reference.Ask(world_);
  if (!expected.has_value()) {
    EXPECT_EQ(reply.decision.pass_through().reason(), v1::PASS_THROUGH_REASON_NOT_SUBSCRIBED);
    return 1;
  }
  EXPECT_TRUE(other == nullptr || Publish(*other).changed);
  const std::string revision = reply.decision.revision();
  while (!testing::Test::HasFailure()) {
    EXPECT_EQ(Difference(*expected, Comparable(reply.decision)), "")
        << expected->DebugString() << plan.DebugString();
    ExpectHolds(plan, reference, reply.decision);
    const std::string continuation = reply.decision.continuation();
    EXPECT_LE(continuation.size(), 512u);
    EXPECT_NE(reply.decision.action_case(), v1::Decision::ACTION_NOT_SET);
    actions_.insert(reply.decision.action_case());
    EXPECT_EQ(reply.decision.revision(), revision) << "a call stays on its revision";
    EXPECT_LE(reference.attempts(), max_attempts_);
    if (continuation.empty() || static_cast<int>(call.step) > kMostSteps) break;
    if (Chance(30)) ChangeWorld(plan.customer());
    // A call goes on as it began.
    if (Chance(10) && other == nullptr) ChangeRecovery(plan);
    if (Chance(30)) now += absl::Seconds(random_() % 7200);
    Event event = RandomEvent(reply.decision, random_);
    ++call.step;
    Reply next = Next(call, continuation, event, now);
    expected = reference.Tell(event, world_, now);
    EXPECT_EQ(expected.has_value(), next.status.ok()) << event.ToString() << next.status;
    if (expected.has_value()) {
      reply = std::move(next);
      continue;
    }
    // The call stands where it stood.
    EXPECT_EQ(next.status.code(), absl::StatusCode::kInvalidArgument);
    --call.step;
    expected = Comparable(reply.decision);
  }
  EXPECT_LE(static_cast<int>(call.step), kMostSteps) << "calls end";
  // The others are there while those that follow come.
  if (Chance(60)) {
    EXPECT_TRUE(engine_->Report({ReportKind::kReleased, call.id}, now).ok());
    for (auto& [what, calls] : world_.places) calls.erase(call.id.ToString());
  }
  recovered_ += reply.decision.recovery_plan().empty() ? 0 : 1;
  drills_ += reply.decision.recovery_drill() ? 1 : 0;
  looped_ += reference.looped() ? 1 : 0;
  ended_by_loop_ += reply.decision.release().reason() == v1::RELEASE_REASON_LOOP ? 1 : 0;
  return static_cast<int>(call.step) + 1;
}

// A plan that the engine takes; only time unanswered may be against it.
v1::Plan GoodPlan(std::mt19937& random) {
  for (;;) {
    v1::Plan plan = RandomPlan(random).Make();
    bool good = true;
    std::unique_ptr<Engine> engine = MakeEngine(32);
    for (const Issue& issue : engine->Check(plan, {}, absl::FromUnixSeconds(1795392000)).issues) {
      if (issue.severity != Severity::kError) continue;
      good = false;
      if (issue.code == "unanswered-too-long") continue;
      ADD_FAILURE() << FormatIssue(issue) << "\n" << plan.DebugString();
    }
    if (good || testing::Test::HasFailure()) return plan;
  }
}

class Property : public testing::TestWithParam<int> {};

TEST_P(Property, EngineAndReferenceAgree) {
  std::mt19937 random(GetParam());
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  constexpr int kCalls = 15;
  constexpr size_t kActions = 11;
  int questions = 0;
  int looped = 0;
  int ended_by_loop = 0;
  int recovered = 0;
  int drills = 0;
  std::set<v1::Decision::ActionCase> actions;
  const auto has_seen_all = [&] {
    return actions.size() == kActions && looped > kRounds / 10 && ended_by_loop > 0 &&
           recovered > kRounds / 2 && drills > 0;
  };
  // Some more rounds where something rare has not come up yet.
  const auto goes_on = [&](int round) {
    return round < kRounds * Scale() || (!has_seen_all() && round < 1000 * Scale());
  };
  for (int round = 0; goes_on(round); ++round) {
    v1::Plan plan = GoodPlan(random);
    v1::Plan other = GoodPlan(random);
    other.set_description("another revision");
    Drive drive(random, round % 2 == 0 ? 32 : 4, round % 3 == 0 ? 2 : 10);
    for (int i = 0; i < kCalls; ++i) {
      drive.Publish(plan);
      questions += drive.Run(plan, i, i % 4 == 0 ? &other : nullptr);
      if (HasFailure()) return;
    }
    actions.insert(drive.actions().begin(), drive.actions().end());
    recovered += drive.recovered();
    drills += drive.drills();
    looped += drive.looped();
    ended_by_loop += drive.ended_by_loop();
  }
  RecordProperty("questions", questions);
  EXPECT_GT(questions, kRounds * kCalls);
  EXPECT_GT(looped, kRounds / 10);
  EXPECT_GT(ended_by_loop, 0);
  EXPECT_GT(recovered, kRounds / 2);
  EXPECT_GT(drills, 0);
  EXPECT_EQ(actions.size(), kActions) << "every action was seen";
}

TEST_P(Property, FaultsOfAgentsAndGroupsAreFoundWhereTheyAre) {
  std::mt19937 random(GetParam());
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  const std::unique_ptr<Engine> engine = MakeEngine(32);
  int good = 0;
  const int rounds = 5 * kRounds * Scale();
  for (int round = 0; round < rounds; ++round) {
    v1::Plan plan;
    plan.set_customer("acme");
    AddRandomCenter(plan, random);
    EXPECT_FALSE(HasErrors(engine->Publish(plan, {}, absl::FromUnixSeconds(1795392000)).issues));
    Mutate(plan, random, 1 + static_cast<int>(random() % 6));
    const Publication publication = engine->Publish(plan, {}, absl::FromUnixSeconds(1795392000));
    if (!HasErrors(publication.issues)) ++good;
    for (const Issue& issue : publication.issues) {
      // There stands what the rules themselves find, when nothing else was found.
      EXPECT_FALSE(issue.path == "contact_center" && issue.severity == Severity::kError)
          << issue.message;
    }
  }
  EXPECT_GT(good, rounds / 4);
  EXPECT_LT(good, rounds);
}

TEST_P(Property, MutatedPlansAreRefusedOrRouteAsWritten) {
  std::mt19937 random(GetParam());
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  int good = 0;
  int rounds = 4 * kRounds * Scale();
  for (int round = 0; round < rounds; ++round) {
    v1::Plan plan = RandomPlan(random).Make();
    Mutate(plan, random, 1 + static_cast<int>(random() % 4));
    Drive drive(random, 32);
    Publication publication = drive.Publish(plan);
    EXPECT_EQ(publication.changed, !HasErrors(publication.issues));
    if (!publication.changed) continue;
    ++good;
    for (int i = 0; i < 6; ++i) {
      drive.ChangeWorld(plan.customer());
      drive.Run(plan, i, nullptr);
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(good, rounds / 20);
  EXPECT_LT(good, rounds);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Property, testing::Values(3261, 3880, 4458, 5806, 850));

}  // namespace
}  // namespace libroute
