// Decisions made ahead, compared with those that a switch gets by asking step by step.

#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/engine/engine.h"
#include "libroute/schedule/test_long.h"
#include "libroute/v1/plan.pb.h"
#include "libroute/v1/route.pb.h"
#include "libroute/wire/decision_wire.h"
#include "libroute/wire/look_ahead_wire.h"
#include "tests/property/random_call.h"
#include "tests/property/random_plan.h"

namespace libroute {
namespace {

constexpr int kAhead = 24;

std::unique_ptr<Engine> MakeEngine() {
  EngineOptions options;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
  return *Engine::Create(std::move(options));
}

// What a test has seen.
struct Seen {
  int steps = 0;
  int reasons = 0;
  int releases = 0;
  int asked_on = 0;
  std::set<int> why_ask;

  // Whether `rounds` were worth it.
  bool all(int rounds) const {
    return steps > rounds && asked_on > rounds / 2 && reasons > 0 && releases > 0 &&
           why_ask.size() >= 3;
  }
};

// One call: the switch goes on by itself, and beside it another asks each time.
class Walk {
 public:
  Walk(Engine& engine, const Call& call, absl::Time now, std::mt19937& random, Seen& seen)
      : engine_(engine), call_(call), now_(now), random_(random), seen_(seen) {}

  void Run() {
    Decision decision;
    Ahead ahead;
    ahead.Begin(kAhead);
    ASSERT_TRUE(engine_.Route(call_, now_, decision, {&ahead}).ok());
    ToProto(decision, call_.step, &asked_);
    ToProto(ahead, call_.step, &ahead_);
    known_continuation_ = asked_.continuation();
    auto edges = ahead_.next();
    while (!edges.empty() && !testing::Test::HasFailure()) {
      const v1::AheadEdge edge = edges[static_cast<int>(random_() % edges.size())];
      Event event;
      if (!MakeEvent(edge, event)) return;
      ++call_.step;
      if (edge.step() == 0) {
        EXPECT_NE(edge.ask(), v1::AheadEdge::ASK_UNSPECIFIED);
        seen_.why_ask.insert(edge.ask());
        return ExpectSameWhenAsked(event);
      }
      if (random_() % 4 == 0) ExpectSameWhenAsked(event);
      const v1::AheadStep& step = ahead_.steps(static_cast<int>(edge.step()) - 1);
      GoOn(event, step);
      edges = step.next();
    }
  }

 private:
  // Something that `edge` stands for; false if there is nothing.
  bool MakeEvent(const v1::AheadEdge& edge, Event& event) {
    if (edge.outcomes_size() > 0) return MakeResults(edge, event);
    event.kind = EventKind::kDigits;
    switch (edge.happened()) {
      case v1::AheadEdge::HAPPENED_NO_INPUT:
        event.kind = EventKind::kNoInput;
        return true;
      case v1::AheadEdge::HAPPENED_PLAYED:
        event.kind = EventKind::kPlayed;
        return true;
      case v1::AheadEdge::HAPPENED_CALLED_RELEASED:
        event.kind = EventKind::kCalledReleased;
        return true;
      case v1::AheadEdge::HAPPENED_OTHER_DIGITS:
        return MakeOtherDigits(event);
      default:
        event.digits = *Digits::Parse(edge.digits());
        return true;
    }
  }

  // That no key begins with.
  bool MakeOtherDigits(Event& event) {
    std::string others = "0123456789";
    for (const std::string& key : asked_.menu().keys()) std::erase(others, key[0]);
    if (others.empty()) return false;
    event.digits = *Digits::Parse(std::string(1, others[random_() % others.size()]));
    return true;
  }

  // Of all legs, so that the highest is one of the edge's.
  bool MakeResults(const v1::AheadEdge& edge, Event& event) {
    const std::set<int> wanted(edge.outcomes().begin(), edge.outcomes().end());
    const v1::DialDecision& dial = asked_.dial();
    event.kind = EventKind::kDialResult;
    for (int attempt = 0; attempt < 100; ++attempt) {
      event.results.clear();
      OutcomeSet all;
      for (const v1::Leg& leg : dial.legs()) {
        AttemptResult& result = event.results.emplace_back();
        if (dial.order() == v1::LEG_ORDER_TOGETHER) {
          result.target = AttemptId::Parse(leg.attempt_id())->target;
        }
        result.outcome = kFailedOutcomes[random_() % kFailedOutcomes.size()];
        // The last one may speak for the person: nobody is left out by it.
        const bool is_last = static_cast<int>(event.results.size()) == dial.legs_size();
        if (result.outcome == Outcome::kBusy && is_last) {
          result.sip_status = random_() % 2 == 0 ? 600 : 486;
        }
        all.Add(result.outcome);
      }
      if (wanted.contains(static_cast<int>(*all.Highest()))) return true;
    }
    return false;
  }

  // Asks, and expects what was made ahead.
  void GoOn(const Event& event, const v1::AheadStep& step) {
    Decision decision;
    absl::StatusOr<Answer> answer =
        engine_.Resume(call_, asked_.continuation(), event, now_, decision);
    ASSERT_TRUE(answer.ok()) << answer.status() << event.ToString();
    ToProto(decision, call_.step, &asked_);
    if (event.kind == EventKind::kCalledReleased) earlier_.clear();
    earlier_.insert(earlier_.end(), event.results.begin(), event.results.end());
    known_continuation_ = step.decision().continuation();
    v1::Decision expected = asked_;
    expected.clear_customer();
    expected.clear_revision();
    expected.clear_number();
    expected.clear_holder();
    expected.clear_correlation_id();
    expected.clear_continuation();
    v1::Decision made = step.decision();
    EXPECT_EQ(made.continuation().empty(), asked_.continuation().empty());
    made.clear_continuation();
    // Whoever does not ask leaves no place either, and so has to report.
    if (expected.report().empty()) made.clear_report();
    PutReasons(step, made);
    google::protobuf::util::MessageDifferencer differencer;
    std::string difference;
    differencer.ReportDifferencesToString(&difference);
    EXPECT_TRUE(differencer.Compare(expected, made))
        << difference << "\n" << ahead_.DebugString() << asked_.DebugString();
    ++seen_.steps;
  }

  // What a switch puts in place by what it has met.
  void PutReasons(const v1::AheadStep& step, v1::Decision& made) {
    if (step.reason_by_outcome()) {
      ++seen_.reasons;
      ASSERT_FALSE(earlier_.empty());
      const auto reason =
          static_cast<v1::DiversionReason>(DiversionReasonFor(earlier_.back().outcome));
      if (made.has_voicemail()) made.mutable_voicemail()->set_reason(reason);
      if (made.has_dial()) {
        for (v1::Leg& leg : *made.mutable_dial()->mutable_legs()) {
          if (leg.has_diversion()) leg.mutable_diversion()->set_reason(reason);
        }
      }
    }
    if (made.release().reason() != v1::RELEASE_REASON_ATTEMPTS_FAILED &&
        made.release().reason() != v1::RELEASE_REASON_TOO_MANY_ATTEMPTS) {
      return;
    }
    ++seen_.releases;
    OutcomeSet failed;
    int global = 0;
    for (int outcome : step.failed()) failed.Add(static_cast<Outcome>(outcome));
    for (const AttemptResult& result : earlier_) {
      failed.Add(result.outcome);
      if (result.sip_status == 600) global = 600;
    }
    const ResponseCode code = BestResponse(failed, global);
    made.mutable_release()->set_q850_cause(code.q850_cause);
    const bool is_answered = made.answer_state() == v1::ANSWER_STATE_ANSWERED;
    made.mutable_release()->set_sip_status(is_answered ? 0 : code.sip_status);
  }

  // Whoever comes back with what was made ahead gets the same answer.
  void ExpectSameWhenAsked(Event event) {
    Decision plain;
    absl::StatusOr<Explanation> expected =
        engine_.ExplainResume(call_, asked_.continuation(), event, now_, plain);
    event.earlier = earlier_;
    Decision later;
    absl::StatusOr<Explanation> answer =
        engine_.ExplainResume(call_, known_continuation_, event, now_, later);
    ASSERT_EQ(answer.status(), expected.status());
    if (!answer.ok()) return;
    v1::Decision one;
    v1::Decision other;
    ToProto(plain, call_.step, &one);
    ToProto(later, call_.step, &other);
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(one, other))
        << one.DebugString() << other.DebugString();
    ++seen_.asked_on;
  }

  Engine& engine_;
  Call call_;
  const absl::Time now_;
  std::mt19937& random_;
  Seen& seen_;
  // The last decision that was asked for, and the continuation of the same one made
  // ahead.
  v1::Decision asked_;
  std::string known_continuation_;
  v1::LookAhead ahead_;
  std::vector<AttemptResult> earlier_;
};

class LookAheadProperty : public testing::TestWithParam<int> {};

TEST_P(LookAheadProperty, IsWhatAskingStepByStepGives) {
  std::mt19937 random(GetParam());
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
#ifdef __SANITIZE_ADDRESS__
  const int rounds = 40;
#else
  const int rounds = IsLongRun() ? 4000 : 200;
#endif
  const absl::Time published = absl::FromUnixSeconds(1795392000);
  Seen seen;
  // Some more rounds where something rare has not come up yet.
  for (int round = 0; round < rounds || (!seen.all(rounds) && round < 10 * rounds); ++round) {
    const v1::Plan plan = RandomPlan(random).Make();
    std::unique_ptr<Engine> engine = MakeEngine();
    if (!engine->Publish(plan, {}, published).changed) continue;
    for (int call = 0; call < 10; ++call) {
      const char* name = kDestinationNames[random() % std::size(kDestinationNames)];
      engine
          ->SetFact(plan.customer(), FactKind::kDestination, name,
                    static_cast<uint8_t>(1 + random() % 3), absl::InfiniteFuture())
          .IgnoreError();
      Walk(*engine, RandomCall(random, call), RandomArrival(random), random, seen).Run();
      if (HasFailure()) return;
    }
  }
  EXPECT_TRUE(seen.all(rounds)) << seen.steps << " steps, " << seen.asked_on << " asked on, "
                                << seen.reasons << " reasons, " << seen.releases
                                << " releases, " << seen.why_ask.size() << " reasons to ask";
}

INSTANTIATE_TEST_SUITE_P(Seeds, LookAheadProperty, testing::Values(3261, 3880, 4458));

}  // namespace
}  // namespace libroute
