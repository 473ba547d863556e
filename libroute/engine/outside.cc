#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/engine/state.h"
#include "libroute/plan/issue.h"

// What agents dial besides the call itself: where they may transfer calls to, and how the
// phones are dialled that they consult.
namespace libroute {
namespace {

// "+3222000100, +322*", and how many more.
std::string InWords(const std::vector<std::string>& patterns) {
  constexpr size_t kMost = 5;
  const size_t shown = std::min(patterns.size(), kMost);
  std::string words = absl::StrJoin(patterns.begin(), patterns.begin() + shown, ", ");
  if (patterns.size() > shown) absl::StrAppend(&words, " and ", patterns.size() - shown, " more");
  return words;
}

}  // namespace

absl::Status Engine::State::CheckOutside(absl::string_view customer,
                                         const std::string& number) const {
  const absl::StatusOr<E164Number> parsed = E164Number::Parse(number);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("number: ", parsed.status().message()));
  }
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr || live->plan->written_transfer_numbers().empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("number: ", number,
                     " cannot be called: this plan allows none; `contact_center.transfer_numbers` "
                     "says where to"));
  }
  const auto refuse = [&](absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat("number: ", number, " ", why));
  };
  if (!live->plan->transfer_numbers().Contains(parsed->digits())) {
    return refuse(absl::StrCat("is none of the plan's `contact_center.transfer_numbers`: ",
                               InWords(live->plan->written_transfer_numbers())));
  }
  return CheckDialled(live.get(), *parsed, "number");
}

void Engine::State::Equip(const CallId& call, const Decision& decision, CallNow& now) {
  if (now.phones.empty()) return;
  ReadGuard guard(domain);
  const std::optional<uint32_t> customer = contacts.FindCustomer(call);
  if (!customer.has_value()) return;
  const PublishedPlans* published =
      customers.at(*customer).published.load(std::memory_order_seq_cst);
  if (published == nullptr) return;
  // The call's own revision knows its language.
  CallState state;
  const Revision* revision = nullptr;
  const absl::StatusOr<Continuation> stands = sealer->Open(call, decision.continuation);
  if (stands.ok()) revision = published->Find(stands->revision);
  if (revision != nullptr) {
    state = stands->state;
  } else {
    revision = published->live.get();
  }
  if (revision == nullptr) return;
  const CompiledPlan& plan = *revision->plan;
  std::vector<int> confirming;
  for (ContactNow::Phone& phone : now.phones) {
    if (!phone.number.has_value()) continue;
    phone.is_line = plan.FindLine(phone.number) >= 0;
    const MessageIndex confirm = plan.ConfirmationOf(phone.group);
    if (confirm == kNoMessage ||
        !plan.IsElsewhere(phone.number, plan.operators().FactsOf(phone.number))) {
      continue;
    }
    phone.confirmation = std::string(plan.MessageFor(confirm, state));
    confirming.push_back(phone.target);
  }
  if (!confirming.empty()) contacts.NoteConfirming(call, confirming);
}

}  // namespace libroute
