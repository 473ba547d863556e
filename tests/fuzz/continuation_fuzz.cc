// Fuzz target: a continuation that we did not make is refused without harm; one
// that we made says the same when opened, and is refused after any change.

#include <algorithm>
#include <memory>
#include <vector>

#include "libroute/seal/sealer.h"
#include "tests/fuzz/fuzz_input.h"

namespace libroute {
namespace {

const Sealer& TestSealer() {
  static const Sealer* const sealer = [] {
    SealKeys keys;
    keys.keys = {std::string(SealKeys::kKeyBytes, 'a'), std::string(SealKeys::kKeyBytes, 'b')};
    return Sealer::Create(keys)->release();
  }();
  return *sealer;
}

const CallId& TestCall() {
  static const CallId* const call = new CallId{"sw1", 7, "call-1"};
  return *call;
}

E164Number NumberFrom(FuzzInput& input) {
  const int size = static_cast<int>(7 + input.Below(9));
  Digits digits = Digits().Append(static_cast<int>(1 + input.Below(9)));
  while (digits.size() < size) digits = digits.Append(static_cast<int>(input.Below(10)));
  return E164Number::FromDigits(digits);
}

CallState StateFrom(FuzzInput& input) {
  CallState state;
  state.called = NumberFrom(input);
  state.calling = NumberFrom(input);
  state.calling_privacy = static_cast<Privacy>(1 + input.Below(3));
  state.verstat = static_cast<Verstat>(input.Below(4));
  state.ingress = static_cast<int16_t>(input.Below(1000)) - 1;
  state.diversions = static_cast<uint8_t>(input.Number());
  if (state.diversions > 0) state.diverted_by = NumberFrom(input);
  state.arrival_micros = static_cast<int64_t>(input.Number(7));
  state.seed = CallSeed(TestCall());
  state.correlation = {input.Number(8), input.Number(8)};
  state.answered = input.Below(2) == 1;
  for (uint64_t i = input.Below(4); i > 0; --i) {
    state.failed.Add(kFailedOutcomes[input.Below(kFailedOutcomes.size())]);
  }
  state.attempts = static_cast<uint16_t>(input.Number(2));
  state.tried_targets = static_cast<uint32_t>(input.Number(4));
  state.prompt_plays = static_cast<uint8_t>(input.Number());
  state.caller_type = static_cast<int16_t>(input.Below(1000)) - 1;
  state.priority = static_cast<int32_t>(input.Below(201)) - 100;
  for (uint64_t i = input.Below(17); i > 0; --i) {
    state.attributes.emplace_back(input.Number(2), input.Number(2));
  }
  for (uint64_t i = input.Below(5); i > 0; --i) {
    const Digits digits = NumberFrom(input).digits();
    state.collected.push_back(
        {static_cast<uint32_t>(input.Number(2)), digits, input.Below(2) == 1});
  }
  for (uint64_t i = input.Below(64); i > 0; --i) {
    state.diverted_before.push_back(NumberFrom(input));
  }
  state.looped = input.Below(2) == 1;
  return state;
}

Continuation ContinuationFrom(FuzzInput& input) {
  Continuation continuation;
  continuation.customer = std::string(1 + input.Below(64), 'c');
  continuation.revision = std::string(32, 'a');
  continuation.position = static_cast<uint32_t>(input.Number(4));
  continuation.step = static_cast<uint32_t>(1 + input.Below(1000));
  continuation.state = StateFrom(input);
  return continuation;
}

// Of those who diverted the call there may be more than there is room for.
bool BeginsAs(const std::vector<E164Number>& a, const std::vector<E164Number>& b) {
  return a.size() <= b.size() && std::equal(a.begin(), a.end(), b.begin());
}

bool Same(const Continuation& a, const Continuation& b) {
  return BeginsAs(a.state.diverted_before, b.state.diverted_before) &&
         a.state.looped == b.state.looped && a.customer == b.customer && a.revision == b.revision && a.position == b.position &&
         a.step == b.step && a.state.called == b.state.called &&
         a.state.calling == b.state.calling &&
         a.state.arrival_micros == b.state.arrival_micros &&
         a.state.correlation == b.state.correlation && a.state.answered == b.state.answered &&
         a.state.failed.bits() == b.state.failed.bits() &&
         a.state.attempts == b.state.attempts &&
         a.state.tried_targets == b.state.tried_targets &&
         a.state.caller_type == b.state.caller_type && a.state.priority == b.state.priority &&
         a.state.attributes == b.state.attributes && a.state.collected == b.state.collected;
}

void CheckSealed(FuzzInput& input) {
  const Continuation continuation = ContinuationFrom(input);
  std::string sealed;
  const absl::Status status = TestSealer().Seal(TestCall(), continuation, sealed);
  if (!status.ok()) return;
  if (sealed.size() > Sealer::kMaxBytes) FuzzFailure("too long", std::to_string(sealed.size()));
  const absl::StatusOr<Continuation> opened = TestSealer().Open(TestCall(), sealed);
  if (!opened.ok() || !Same(*opened, continuation)) FuzzFailure("came back another", sealed);

  CallId other = TestCall();
  ++other.epoch;
  if (TestSealer().Open(other, sealed).ok()) FuzzFailure("serves another call", sealed);
  std::string changed = sealed;
  changed[input.Below(65536) % changed.size()] ^= static_cast<char>(1 + input.Below(255));
  if (TestSealer().Open(TestCall(), changed).ok()) FuzzFailure("opens after a change", changed);
  changed = sealed.substr(0, input.Below(65536) % sealed.size());
  if (TestSealer().Open(TestCall(), changed).ok()) FuzzFailure("opens when cut", changed);
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (libroute::TestSealer().Open(libroute::TestCall(), bytes).ok()) {
    libroute::FuzzFailure("opens what nobody sealed", bytes);
  }
  libroute::FuzzInput input(bytes);
  libroute::CheckSealed(input);
  return 0;
}
