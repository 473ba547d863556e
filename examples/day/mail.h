#ifndef EXAMPLES_DAY_MAIL_H_
#define EXAMPLES_DAY_MAIL_H_

#include <map>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "examples/day/random.h"
#include "examples/day/world.h"
#include "libroute/call/decision.h"
#include "libroute/call/email.h"
#include "libroute/engine/agents.h"

namespace center_day {

// An e-mail that is not done with.
struct Letter {
  Letter(int number, uint64_t seed)
      : number(number), random(seed, 2'000'000'000 + static_cast<uint64_t>(number)) {}

  std::string name() const { return absl::StrCat("email ", number); }

  int number;
  libroute::Email email;
  Random random;
  // Where it waits, and since when; empty: nowhere yet.
  std::string group;
  absl::Time entered;
  // Who has it.
  std::string agent;
};

// The connector to the mailboxes, and what agents do with e-mails at their desks: they accept
// one that they are offered, and answer it when no caller keeps them from it.
class Mail {
 public:
  // As ids of e-mails have it.
  static constexpr char kConnector[] = "mail";

  explicit Mail(World& world) : world_(world) {}

  // One comes now.
  void Arrive(const std::string& to);
  // The engine has news of it.
  void Hear(const libroute::CallId& email);
  // There is something new of the agent.
  void AtDesk(const libroute::AgentNow& agent);

  const std::map<int, Letter>& letters() const { return letters_; }

 private:
  void Ask(Letter& letter);
  // Nobody has taken it where it has waited.
  void GoesOn(const Letter& letter);
  // What does not wait, nor is with an agent.
  void Obey(Letter& letter, const libroute::Action& action);
  void Wait(Letter& letter, const libroute::WaitDecision& wait);
  void Accept(const std::string& agent, libroute::contact::Token token);
  void Finish(const std::string& agent, libroute::contact::Token token);
  bool Act(libroute::AgentAct::Kind kind, const std::string& agent, libroute::contact::Token token);
  // How things stand with the e-mail at the agent's desk: nothing once it is gone.
  struct Work {
    libroute::contact::AgentStanding::Slot slot;
    Letter* letter = nullptr;
    // A caller has the agent.
    bool is_talking = false;
  };
  std::optional<Work> Look(const std::string& agent, libroute::contact::Token token);
  // Null if it is none, or done with.
  Letter* Find(const libroute::CallId& id);
  void End(Letter& letter, const std::string& how);

  World& world_;
  // By number.
  std::map<int, Letter> letters_;
  std::map<std::string, int> numbers_;
  std::set<libroute::contact::Token> seen_;
  int last_ = 0;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_MAIL_H_
