// libroute::core alone: the plan is built in code.

#include <iostream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "conversation.h"
#include "libroute/v1/plan.pb.h"

namespace {

// +3222000100 rings the front desk; when that is busy, the back office; then
// the call goes to voicemail.
libroute::v1::Plan MakePlan() {
  libroute::v1::Plan plan;
  plan.set_customer("example");
  (*plan.mutable_destinations())["front"].set_number("+3222000111");
  libroute::v1::Number* number = plan.add_numbers();
  number->set_number("+3222000100");
  number->set_tree("desk");

  libroute::v1::Dial* front = (*plan.mutable_trees())["desk"].mutable_dial();
  front->add_to("front");
  libroute::v1::Dial* back = front->mutable_on_busy()->mutable_dial();
  back->add_to("+3222000112");
  back->mutable_otherwise()->mutable_voicemail()->set_mailbox("desk");
  front->mutable_otherwise()->mutable_voicemail()->set_mailbox("desk");
  return plan;
}

}  // namespace

int main() {
  const absl::Time now = absl::Now();
  absl::StatusOr<std::unique_ptr<libroute::Engine>> engine = MakeEngine();
  if (!engine.ok()) {
    std::cerr << engine.status() << "\n";
    return 1;
  }
  if (!PublishPlan(**engine, MakePlan(), now)) return 1;
  const absl::StatusOr<std::string> last = RouteBusyCall(**engine, "+3222000100", now);
  if (!last.ok()) {
    std::cerr << last.status() << "\n";
    return 1;
  }
  std::cout << "The call ends at: " << *last << "\n";
}
