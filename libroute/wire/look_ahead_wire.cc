#include "libroute/wire/look_ahead_wire.h"

#include <array>
#include <cassert>

#include "absl/types/span.h"
#include "libroute/v1/look_ahead.pb.h"
#include "libroute/wire/decision_wire.h"
#include "libroute/wire/message_writer.h"

namespace libroute {
namespace {

static_assert(static_cast<int>(AskAgain::kDetail) == v1::AheadEdge::ASK_DETAIL);
static_assert(static_cast<int>(AheadEdge::Happened::kCalledReleased) ==
              v1::AheadEdge::HAPPENED_CALLED_RELEASED);

void WriteOutcomes(int field, OutcomeSet outcomes, MessageWriter& out) {
  std::array<uint8_t, kFailedOutcomes.size()> values;
  size_t count = 0;
  for (Outcome outcome : kFailedOutcomes) {
    if (outcomes.Has(outcome)) values[count++] = static_cast<uint8_t>(outcome);
  }
  if (count > 0) out.Packed(field, absl::MakeSpan(values.data(), count));
}

void WriteEdges(int field, absl::Span<const AheadEdge> edges, MessageWriter& out) {
  for (const AheadEdge& edge : edges) {
    out.Message(field, [&] {
      WriteOutcomes(v1::AheadEdge::kOutcomesFieldNumber, edge.outcomes, out);
      out.Text(v1::AheadEdge::kDigitsFieldNumber, edge.digits);
      out.Enum(v1::AheadEdge::kHappenedFieldNumber, edge.happened);
      out.Unsigned(v1::AheadEdge::kStepFieldNumber, edge.step);
      out.Enum(v1::AheadEdge::kAskFieldNumber, edge.ask);
    });
  }
}

}  // namespace

void WriteLookAhead(const Ahead& ahead, uint32_t step, MessageWriter& out) {
  WriteEdges(v1::LookAhead::kNextFieldNumber, ahead.edges(ahead.next()), out);
  for (const AheadStep& made : ahead.steps()) {
    out.Message(v1::LookAhead::kStepsFieldNumber, [&] {
      out.Message(v1::AheadStep::kDecisionFieldNumber,
                  [&] { WriteDecision(made.decision, step + made.depth, out); });
      WriteEdges(v1::AheadStep::kNextFieldNumber, ahead.edges(made.next), out);
      out.Unsigned(v1::AheadStep::kReasonByOutcomeFieldNumber, made.reason_by_outcome ? 1 : 0);
      WriteOutcomes(v1::AheadStep::kFailedFieldNumber, made.state.failed, out);
    });
  }
}

void ToProto(const Ahead& ahead, uint32_t step, v1::LookAhead* message) {
  MessageWriter out;
  WriteLookAhead(ahead, step, out);
  const absl::string_view bytes = out.bytes();
  const bool parsed = message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  assert(parsed);
  static_cast<void>(parsed);
}

}  // namespace libroute
