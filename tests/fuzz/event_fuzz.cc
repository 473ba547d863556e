// Fuzz target: the text of an event is read without harm, and an event that is
// read comes back the same when written, unless network codes are shown with it.

#include "libroute/call/event.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<libroute::Event> event = libroute::ParseEvent(text);
  if (!event.ok()) return 0;
  if (event->kind == libroute::EventKind::kDialResult) {
    if (event->results.size() != 1) libroute::FuzzFailure("not one result", text);
    if (event->results[0].sip_status != 0 || event->results[0].q850_cause != 0) return 0;
  }
  const std::string written = event->ToString();
  const absl::StatusOr<libroute::Event> again = libroute::ParseEvent(written);
  if (!again.ok() || !(*again == *event)) libroute::FuzzFailure("came back another", written);
  return 0;
}
