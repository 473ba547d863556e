// Fuzz target: the lines of an e-mail as a connector hands it in. It is refused, or gets an
// action, the same when it is handed in again; what would become of it can be explained; what no
// person wrote never waits; and what waits can be taken back, once.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_split.h"
#include "libroute/engine/engine.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"
#include "tests/fuzz/fuzz_input.h"

namespace libroute {
namespace {

constexpr char kPlan[] = R"(
customer: acme
mailboxes:
  - { addresses: ["support@acme.example", "@acme.example"], tree: emails }
  - { addresses: ["sales@acme.example"], tree: by-subject }
agents: { anna: {} }
groups: { desk: { agents: [anna] } }
trees:
  emails: { agents: { group: desk } }
  by-subject:
    match:
      cases: [{ attribute: call.subject, pattern: "(?i).*invoice.*", then: { forward_email: { to: "accounts@example.com" } } }]
      otherwise: { auto_reply: { message: thanks } }
)";

absl::Time Now() {
  return absl::FromUnixSeconds(1'790'000'000);
}

std::unique_ptr<Engine> MakeEngine() {
  EngineOptions options;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
  options.has_agents = true;
  std::unique_ptr<Engine> engine = *Engine::Create(options);
  const Publication publication = engine->Publish(*ReadPlan(kPlan, "plan.yaml").plan, {}, Now());
  if (!publication.changed) FuzzFailure("the plan has errors", kPlan);
  return engine;
}

Email EmailFrom(absl::string_view text) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  Email email;
  std::string* const fields[] = {
      &email.connector,  &email.message_id, &email.sender,         &email.subject,
      &email.precedence, &email.list_id,    &email.auto_submitted, &email.auto_response_suppress};
  size_t line = 0;
  for (std::string* field : fields) {
    if (line < lines.size()) *field = lines[line++];
  }
  if (line < lines.size()) email.references = absl::StrSplit(lines[line++], ' ');
  email.recipients.assign(lines.begin() + line, lines.end());
  return email;
}

// What would become of it is said whenever it can be handed in, and goes on from there.
void Explain(const Engine& engine, const Email& email, absl::string_view text) {
  Decision decision;
  const absl::Status status = engine.ExplainEmail(email, Now(), decision).status();
  if (status.ok() != engine.FindMailboxCustomer(email).ok()) {
    FuzzFailure("explained, but nobody's, or the other way round", text);
  }
  if (!status.ok() || !std::holds_alternative<WaitDecision>(decision.action)) return;
  if (WhyAutomatic(email).has_value()) FuzzFailure("no person's, but would wait", text);
  Event timeout;
  timeout.kind = EventKind::kWaitTimeout;
  Decision next;
  if (!engine.ExplainEmailResume(email, decision.continuation, timeout, Now(), next).ok() ||
      std::holds_alternative<WaitDecision>(next.action)) {
    FuzzFailure("waits on when its time is over", text);
  }
}

void HandIn(Engine& engine, const Email& email, absl::string_view text) {
  Explain(engine, email, text);
  Decision decision;
  const absl::Status status = engine.Submit(email, Now(), decision);
  const absl::StatusOr<std::string> customer = engine.FindMailboxCustomer(email);
  if (!status.ok()) {
    if (!absl::IsInvalidArgument(status) && !absl::IsNotFound(status)) {
      FuzzFailure(status.ToString(), text);
    }
    return;
  }
  if (!customer.ok() || *customer != "acme") FuzzFailure("nobody's, but taken", text);
  const bool waits = std::holds_alternative<WaitDecision>(decision.action);
  if (waits && WhyAutomatic(email).has_value()) FuzzFailure("no person's, but waits", text);
  Decision again;
  if (!engine.Submit(email, Now(), again).ok() || again.action.index() != decision.action.index()) {
    FuzzFailure("another action when it is handed in again", text);
  }
  for (const bool is_there : {waits, false}) {
    const absl::StatusOr<bool> taken =
        engine.WithdrawEmail("acme", email.connector, email.message_id, Now());
    if (!taken.ok() || *taken != is_there) FuzzFailure("not taken back once", text);
  }
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // A new one from time to time: each remembers what it was handed.
  static std::unique_ptr<libroute::Engine> engine;
  static int handed_in = 0;
  if (handed_in++ % 1000 == 0) engine = libroute::MakeEngine();
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  libroute::HandIn(*engine, libroute::EmailFrom(text), text);
  return 0;
}
