#ifndef EXAMPLES_DAY_WORLD_H_
#define EXAMPLES_DAY_WORLD_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "examples/day/agenda.h"
#include "examples/day/figures.h"
#include "examples/day/log.h"
#include "examples/day/script.h"
#include "libroute/engine/agents.h"
#include "libroute/engine/engine.h"

namespace center_day {

// What all parts of a day see.
struct World {
  libroute::Engine& engine;
  const std::string customer;
  const Script& script;
  Agenda agenda;
  Log log;
  Figures figures;
  // Of the first thing that the engine did not do though it should have: the day ends there.
  absl::Status status = absl::OkStatus();

  absl::Time now() const { return agenda.now(); }
  // What an agent does. Whether it could be done, which ends the day otherwise.
  bool Act(const libroute::AgentAct& act) {
    const auto done = engine.Act(customer, act, now());
    if (!done.ok()) {
      status.Update(absl::Status(done.status().code(),
                                 absl::StrCat(act.agent, ": ", done.status().message())));
    }
    return done.ok();
  }
  void Say(absl::string_view who, absl::string_view what) { log.Line(now(), who, what); }
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_WORLD_H_
