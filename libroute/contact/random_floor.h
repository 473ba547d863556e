#ifndef LIBROUTE_CONTACT_RANDOM_FLOOR_H_
#define LIBROUTE_CONTACT_RANDOM_FLOOR_H_

#include <random>

#include "libroute/contact/event.h"
#include "libroute/contact/floor.h"
#include "libroute/contact/rules.h"

namespace libroute::contact {

// Makes up rules and events, most of them fitting what is going on. For tests.
class RandomFloor {
 public:
  // Every other seed, all happens at whole seconds: much at the same time.
  explicit RandomFloor(uint64_t seed) : random_(seed), whole_seconds_(seed % 2 == 1) {}

  CenterRules Rules();
  // How much later the next event comes.
  Micros Pause();
  // Never Configure.
  Event Next(const Floor& floor);
  int Below(int bound) { return static_cast<int>(random_() % bound); }

 private:
  GroupRules MakeGroup(int number);
  AgentId SomeAgent(const Floor& floor);
  GroupId SomeGroup(const Floor& floor);
  ContactId SomeContact(const Floor& floor);
  // One for which a number outside is called, if there is one.
  ContactId SomeOutside(const Floor& floor);
  Wish SomeWish(const Floor& floor);
  Event AgentEvent(const Floor& floor);
  Event ContactEvent(const Floor& floor);
  Event SupervisorEvent(const Floor& floor);
  // About one of the agent's works.
  Event WorkEvent(const Floor& floor);
  // The contact goes to a number outside, or that is consulted.
  Event OutsideEvent(AgentId agent, Token token);

  std::mt19937_64 random_;
  const bool whole_seconds_;
  uint64_t names_ = 0;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_RANDOM_FLOOR_H_
