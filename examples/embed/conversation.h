#ifndef EXAMPLES_EMBED_CONVERSATION_H_
#define EXAMPLES_EMBED_CONVERSATION_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"

// An engine without plans, as a program makes it once.
absl::StatusOr<std::unique_ptr<libroute::Engine>> MakeEngine();

// Publishes `plan` for calls from `now` on; prints what is wrong with it.
// False when it was refused.
bool PublishPlan(libroute::Engine& engine, const libroute::v1::Plan& plan, absl::Time now);

// A call to `called` (E.164) as a telephone switch has it routed: asks, finds
// what it is told to dial busy, asks again, until there is no more to ask.
// Prints every decision and why it was made. Returns what the switch was last
// told to do, e.g. "voicemail".
absl::StatusOr<std::string> RouteBusyCall(libroute::Engine& engine, const std::string& called,
                                          absl::Time now);

#endif  // EXAMPLES_EMBED_CONVERSATION_H_
