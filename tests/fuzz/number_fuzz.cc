// Fuzz target: numbers, patterns and attempt ids are read without harm; what is
// read comes back the same when written, and a pattern matches its own ends.

#include "libroute/call/call.h"
#include "libroute/call/digits.h"
#include "libroute/call/event.h"
#include "libroute/number/pattern.h"
#include "tests/fuzz/fuzz_input.h"

namespace libroute {
namespace {

template <typename Value>
void CheckRoundTrip(absl::string_view text) {
  const absl::StatusOr<Value> value = Value::Parse(text);
  if (!value.ok()) return;
  const std::string written = value->ToString();
  const absl::StatusOr<Value> again = Value::Parse(written);
  if (!again.ok() || again->ToString() != written) FuzzFailure("came back another", written);
}

void CheckPattern(absl::string_view text) {
  const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(text);
  if (!pattern.ok()) return;
  if (!pattern->Matches(pattern->first()) || !pattern->Matches(pattern->last()) ||
      !pattern->Covers(*pattern) || !pattern->Overlaps(*pattern)) {
    FuzzFailure("a pattern does not match itself", pattern->ToString());
  }
  for (const Digits prefix : pattern->Prefixes()) {
    if (!NumberPattern::Prefix(prefix).Overlaps(*pattern)) {
      FuzzFailure("a prefix lies outside of its pattern", pattern->ToString());
    }
  }
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  libroute::CheckRoundTrip<libroute::Digits>(text);
  libroute::CheckRoundTrip<libroute::E164Number>(text);
  libroute::CheckRoundTrip<libroute::AttemptId>(text);
  libroute::CheckRoundTrip<libroute::CorrelationId>(text);
  libroute::CheckRoundTrip<libroute::NumberPattern>(text);
  libroute::CheckPattern(text);
  return 0;
}
