// What is proved of random plans, against many random calls: no call may fall in
// a branch of which was proved that none does, and each witness does what it says.

#include "libroute/prove/prove.h"

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/plan/when.h"
#include "libroute/rehearsal/rehearsal.h"
#include "libroute/rehearsal/test_call.h"
#include "libroute/schedule/test_long.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/v1/plan.pb.h"
#include "tests/property/random_call.h"
#include "tests/property/random_mail.h"
#include "tests/property/random_plan.h"

namespace libroute {
namespace {

// Before all random arrivals.
absl::Time Start() {
  return *ParseWhen("2026-11-01 00:00", absl::UTCTimeZone());
}

// The nodes and branches that a call came to: "trees.t0.time cases[0]".
using Taken = std::set<std::string>;

void AddVisits(const RehearsalStep& step, Taken& taken) {
  for (const v1::Visit& visit : step.explanation->visits()) {
    taken.insert(absl::StrCat(visit.path(), " ", visit.branch()));
  }
}

// Something that may follow `decision` about a call or an e-mail, as a test writes it; "" if
// nothing does.
std::string EventAfter(const v1::Decision& decision, bool is_email, std::mt19937& random) {
  const auto one_of = [&](std::vector<std::string> events) {
    return events[random() % events.size()];
  };
  switch (decision.action_case()) {
    case v1::Decision::kDial:
      return one_of({"busy", "no_answer", "not_confirmed", "unreachable", "rejected", "redirected",
                     "bad_number", "congestion", "failure"});
    case v1::Decision::kAnnounce:
      return "played";
    case v1::Decision::kMenu: {
      const auto& keys = decision.menu().keys();
      return random() % 4 == 0
                 ? one_of({"no_input", "digits:7777"})
                 : absl::StrCat("digits:", keys[static_cast<int>(random() % keys.size())]);
    }
    case v1::Decision::kCollect: {
      std::string digits = "digits:";
      const v1::CollectDecision& collect = decision.collect();
      const uint32_t size =
          collect.min_digits() + random() % (collect.max_digits() - collect.min_digits() + 1);
      for (uint32_t i = 0; i < size; ++i) absl::StrAppend(&digits, random() % 10);
      return random() % 5 == 0 ? "no_input" : digits;
    }
    case v1::Decision::kWait:
      if (is_email) return one_of({"timeout", "full"});
      return one_of({"timeout", "no_agents", "none_ready", "full", "closed"});
    default:
      return "";
  }
}

v1::Given RandomWorld(const v1::Plan& plan, std::mt19937& random) {
  v1::Given given;
  const auto status = [&] { return static_cast<v1::Status>(1 + random() % 3); };
  for (const char* name : kDestinationNames) (*given.mutable_destinations())[name] = status();
  for (const char* name : kSiteNames) (*given.mutable_sites())[name] = status();
  for (const char* name : kGatewayNames) (*given.mutable_gateways())[name] = status();
  for (const char* name : kSwitchNames) {
    const auto& values = plan.switches().at(name).values();
    const int count = values.empty() ? 2 : values.size();
    const int value = static_cast<int>(random() % static_cast<unsigned>(count));
    (*given.mutable_switches())[name] = values.empty() ? kSwitchValues[value] : values[value];
  }
  // One at most is on.
  bool has_one = false;
  const std::map<std::string, v1::RecoveryPlan> recoveries(plan.recovery_plans().begin(),
                                                           plan.recovery_plans().end());
  for (const auto& [name, recovery] : recoveries) {
    const bool is_on = !has_one && random() % 2 == 0;
    has_one |= is_on;
    const bool is_drill = is_on && !recovery.drill_callers().empty() && random() % 2 == 0;
    (*given.mutable_recovery_plans())[name] = is_drill ? v1::RECOVERY_STATE_DRILL
                                              : is_on  ? v1::RECOVERY_STATE_ON
                                                       : v1::RECOVERY_STATE_OFF;
  }
  for (const char* name : kGroupNames) {
    (*given.mutable_groups())[name] =
        static_cast<v1::GroupState>(1 + random() % v1::GroupState_MAX);
    // Of the others nothing is known, or what was before.
    if (random() % 2 == 0) (*given.mutable_group_figures())[name] = RandomFigures(random);
  }
  return given;
}

// Where a random call goes, while the world changes between its questions.
Taken RandomWay(const v1::Plan& plan, int reference, std::mt19937& random, Rehearsal& rehearsal) {
  Taken taken;
  EXPECT_TRUE(rehearsal.Give(plan.customer(), RandomWorld(plan, random)).ok());
  absl::StatusOr<RehearsalStep> step =
      rehearsal.First(RandomCall(random, reference), RandomArrival(random));
  for (int i = 0; step.ok() && i < 40; ++i) {
    AddVisits(*step, taken);
    const std::string event = EventAfter(step->explanation->decision(), /*is_email=*/false, random);
    if (event.empty()) break;
    if (random() % 4 == 0) {
      EXPECT_TRUE(rehearsal.Give(plan.customer(), RandomWorld(plan, random)).ok());
    }
    step = rehearsal.Next(event);
  }
  return taken;
}

absl::StatusOr<RehearsalStep> AskFirst(const v1::Test& witness, Rehearsal& rehearsal) {
  const bool is_email = witness.has_email();
  const absl::StatusOr<absl::Time> at =
      ParseWhen(is_email ? witness.email().at() : witness.call().at(), absl::UTCTimeZone());
  EXPECT_TRUE(at.ok()) << witness.DebugString();
  if (is_email) {
    const absl::StatusOr<Email> email = MakeEmail(witness.email());
    EXPECT_TRUE(email.ok()) << witness.DebugString();
    return email.ok() ? rehearsal.First(*email, *at) : email.status();
  }
  const absl::StatusOr<Call> call = MakeCall(witness.call());
  EXPECT_TRUE(call.ok()) << witness.DebugString();
  return rehearsal.First(*call, *at);
}

// Plays the witness as the command line does.
std::vector<RehearsalStep> Played(const v1::Plan& plan, const v1::Test& witness) {
  std::vector<RehearsalStep> steps;
  Rehearsal rehearsal;
  rehearsal.Publish(plan, Start());
  EXPECT_TRUE(rehearsal.Give(plan.customer(), witness.given()).ok());
  absl::StatusOr<RehearsalStep> step = AskFirst(witness, rehearsal);
  for (int i = 0; step.ok(); ++i) {
    steps.push_back(*step);
    if (i == witness.events_size()) return steps;
    step = rehearsal.Next(witness.events(i));
  }
  ADD_FAILURE() << step.status() << "\n" << witness.DebugString();
  return steps;
}

// "trees.t0.time" and "cases[0]" of "trees.t0.time.cases[0]".
std::pair<std::string, std::string> NodeAndBranch(const std::string& path) {
  const size_t dot = path.rfind('.');
  return {path.substr(0, dot), path.substr(dot + 1)};
}

void ExpectWitness(const v1::Plan& plan, const Finding& finding) {
  const std::vector<RehearsalStep> steps = Played(plan, *finding.witness);
  ASSERT_FALSE(steps.empty());
  const std::string& path = finding.issue.path;
  if (finding.issue.code == "black-hole") {
    EXPECT_TRUE(steps.back().explanation->decision().has_release());
    EXPECT_EQ(steps.back().explanation->decision().node(), "default");
    return;
  }
  Taken taken;
  for (const RehearsalStep& step : steps) AddVisits(step, taken);
  if (finding.issue.code == "rings-too-long") {
    EXPECT_NE(finding.witness->events_size(), 0);
    return;
  }
  const auto [node, branch] = NodeAndBranch(path);
  EXPECT_FALSE(taken.contains(absl::StrCat(node, " ", branch)));
  const auto at_node = taken.lower_bound(node + " ");
  EXPECT_TRUE(at_node != taken.end() && at_node->rfind(node + " ", 0) == 0)
      << path << " is not shown by " << finding.witness->DebugString();
}

TEST(ProveProperty, NoCallFallsWhereNoneIsSaidTo) {
  // Fewer with the sanitizer, as in property_test.
#ifdef __SANITIZE_ADDRESS__
  constexpr int kPlans = 25;
#else
  constexpr int kPlans = 60;
#endif
  const int plans = IsLongRun() ? 1500 : kPlans;
  constexpr int kCalls = 100;
  std::map<std::string, int> found;
  for (int seed = 1; seed <= plans; ++seed) {
    std::mt19937 random(static_cast<uint32_t>(seed));
    const v1::Plan plan = RandomPlan(random).Make();
    ProveOptions options;
    options.from = Start();
    options.max_ringing = absl::Seconds(40);
    const absl::StatusOr<std::vector<Finding>> findings = Prove(plan, {}, options);
    if (!findings.ok()) continue;
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::set<std::string> never;
    for (const Finding& finding : *findings) {
      ++found[finding.issue.code];
      ExpectWitness(plan, finding);
      if (finding.issue.code != "never-matches" && finding.issue.code != "not-reached") continue;
      const auto [node, branch] = NodeAndBranch(finding.issue.path);
      never.insert(absl::StrCat(node, " ", branch));
    }
    if (never.empty()) continue;
    Rehearsal rehearsal;
    rehearsal.Publish(plan, Start());
    for (int i = 0; i < kCalls; ++i) {
      for (const std::string& taken : RandomWay(plan, i, random, rehearsal)) {
        ASSERT_FALSE(never.contains(taken)) << taken << "\n" << plan.DebugString();
      }
    }
  }
  // All kinds are found at all.
  for (const char* code : {"black-hole", "never-matches", "not-reached", "rings-too-long"}) {
    EXPECT_GT(found[code], 0) << code;
  }
  for (const auto& [code, count] : found) RecordProperty(code, count);
}

// Where a random e-mail goes, while the world changes.
Taken RandomWayOfEmail(const v1::Plan& plan, int message_id, std::mt19937& random,
                       Rehearsal& rehearsal) {
  Taken taken;
  EXPECT_TRUE(rehearsal.Give(plan.customer(), RandomMailWorld(random)).ok());
  absl::StatusOr<RehearsalStep> step =
      rehearsal.First(RandomEmail(random, message_id), RandomArrival(random));
  EXPECT_TRUE(step.ok()) << step.status();
  for (int i = 0; step.ok() && i < 40; ++i) {
    AddVisits(*step, taken);
    const std::string event = EventAfter(step->explanation->decision(), /*is_email=*/true, random);
    if (event.empty()) break;
    if (random() % 4 == 0) {
      EXPECT_TRUE(rehearsal.Give(plan.customer(), RandomMailWorld(random)).ok());
    }
    step = rehearsal.Next(event);
  }
  return taken;
}

TEST(ProveProperty, NoEmailFallsWhereNoneIsSaidTo) {
#ifdef __SANITIZE_ADDRESS__
  constexpr int kPlans = 40;
#else
  constexpr int kPlans = 150;
#endif
  const int plans = IsLongRun() ? 3000 : kPlans;
  constexpr int kEmails = 100;
  std::map<std::string, int> found;
  int by_emails = 0;
  for (int seed = 1; seed <= plans; ++seed) {
    std::mt19937 random(static_cast<uint32_t>(seed));
    const v1::Plan plan = RandomMailPlan(random);
    const absl::StatusOr<std::vector<Finding>> findings = Prove(plan, {}, {Start()});
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    ASSERT_TRUE(findings.ok()) << findings.status();
    std::set<std::string> never;
    for (const Finding& finding : *findings) {
      ++found[finding.issue.code];
      if (finding.witness->has_email()) ++by_emails;
      ExpectWitness(plan, finding);
      if (finding.issue.code == "black-hole") continue;
      const auto [node, branch] = NodeAndBranch(finding.issue.path);
      never.insert(absl::StrCat(node, " ", branch));
    }
    if (never.empty()) continue;
    Rehearsal rehearsal;
    rehearsal.Publish(plan, Start());
    for (int i = 0; i < kEmails; ++i) {
      for (const std::string& taken : RandomWayOfEmail(plan, i, random, rehearsal)) {
        ASSERT_FALSE(never.contains(taken)) << taken << "\n" << plan.DebugString();
      }
    }
  }
  EXPECT_GT(by_emails, 0);
  for (const char* code : {"black-hole", "never-matches", "not-reached"}) {
    EXPECT_GT(found[code], 0) << code;
  }
}

}  // namespace
}  // namespace libroute
