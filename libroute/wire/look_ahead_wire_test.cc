#include "libroute/wire/look_ahead_wire.h"

#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/v1/look_ahead.pb.h"

namespace libroute {
namespace {

TEST(LookAheadWire, WritesEveryField) {
  Ahead ahead;
  ahead.Begin(2);
  AheadEdge failed;
  failed.outcomes.Add(Outcome::kBusy);
  failed.outcomes.Add(Outcome::kFailure);
  failed.step = 1;
  ahead.AddEdge(failed);
  AheadEdge after;
  after.happened = AheadEdge::Happened::kCalledReleased;
  after.ask = AskAgain::kQueue;
  ahead.AddEdge(after);
  ahead.set_next(ahead.EdgesSince(0));
  AheadStep& step = ahead.Draft();
  step.decision.action = VoicemailDecision{"desk", DiversionReason::kBusy};
  step.depth = 1;
  step.reason_by_outcome = true;
  step.state.failed.Add(Outcome::kUnreachable);
  const uint32_t first = ahead.edge_count();
  AheadEdge key;
  key.digits = "1";
  key.ask = AskAgain::kTooFar;
  ahead.AddEdge(key);
  step.next = ahead.EdgesSince(first);
  EXPECT_EQ(ahead.Keep(), 1u);

  v1::LookAhead message;
  ToProto(ahead, 3, &message);
  v1::LookAhead expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(R"pb(
    next { outcomes: [ OUTCOME_BUSY, OUTCOME_FAILURE ] step: 1 }
    next { happened: HAPPENED_CALLED_RELEASED ask: ASK_QUEUE }
    steps {
      decision {
        voicemail { mailbox: "desk" reason: DIVERSION_REASON_BUSY }
        answer_state: ANSWER_STATE_UNANSWERED
      }
      next { digits: "1" ask: ASK_TOO_FAR }
      reason_by_outcome: true
      failed: OUTCOME_UNREACHABLE
    })pb", &expected));
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(message, expected))
      << message.DebugString();
}

// Attempts are named by the step that orders them.
TEST(LookAheadWire, NamesAttemptsByTheirStep) {
  Ahead ahead;
  ahead.Begin(1);
  AheadStep& step = ahead.Draft();
  Leg leg;
  leg.target = 2;
  leg.uri = "sip:desk@pbx.example";
  step.decision.action = DialDecision{{leg}};
  step.depth = 4;
  ahead.Keep();
  v1::LookAhead message;
  ToProto(ahead, 3, &message);
  EXPECT_EQ(message.steps(0).decision().dial().legs(0).attempt_id(), "7.2");
}

}  // namespace
}  // namespace libroute
