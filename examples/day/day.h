#ifndef EXAMPLES_DAY_DAY_H_
#define EXAMPLES_DAY_DAY_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "examples/day/alarms.h"
#include "examples/day/mail.h"
#include "examples/day/staff.h"
#include "examples/day/switch.h"
#include "examples/day/world.h"
#include "libroute/plan/attachments.h"

namespace center_day {

// A day at a contact centre, in fast time:
//
//   absl::StatusOr<std::unique_ptr<DayAtCenter>> day = DayAtCenter::Begin(plan, {}, script,
//   std::cout); while ((*day)->Step()) {}
//   (*day)->PrintSummary(std::cout);
//
// libroute's engine decides, and all around it is made up: a switch, callers, agents, a clock.
// The same plan and script give the same day, to the letter.
class DayAtCenter {
 public:
  // Publishes the plan. InvalidArgument, with all that is wrong with it, if it cannot be.
  // `script` and `log` must outlive the day.
  static absl::StatusOr<std::unique_ptr<DayAtCenter>> Begin(
      const libroute::v1::Plan& plan, const libroute::Attachments& attachments,
      const Script& script, std::ostream& log);

  // The next thing happens. False when nothing does any more: the day is over, or it is
  // midnight, or status() says what went wrong.
  bool Step();

  const absl::Status& status() const { return world_.status; }
  absl::Time now() const { return world_.now(); }
  libroute::Engine& engine() { return *engine_; }
  const Switch& calls() const { return switch_; }
  const Mail& mail() const { return mail_; }
  const Figures& figures() const { return world_.figures; }
  Log& log() { return world_.log; }

  void PrintSummary(std::ostream& out);

 private:
  DayAtCenter(std::unique_ptr<libroute::Engine> engine, const std::string& customer,
              const Script& script, std::ostream& log);
  // Enters the calls, or e-mails, of the day in the agenda.
  void Come(const std::vector<Flow>& flows, uint64_t stream, const std::function<void()>& one);
  // Whoever is concerned hears what the engine has to say.
  void Hear();

  std::unique_ptr<libroute::Engine> engine_;
  World world_;
  Switch switch_;
  Mail mail_;
  Staff staff_;
  Alarms alarms_;
  absl::Time midnight_;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_DAY_H_
