#ifndef EXAMPLES_DAY_SWITCH_H_
#define EXAMPLES_DAY_SWITCH_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "examples/day/phone_call.h"
#include "examples/day/world.h"

namespace center_day {

// The telephone switch, and all who are at its ends: calls come, and it asks the engine what to
// do with them, does that, and tells the engine what has come of it. People answer, talk, hand
// on, lose patience and hang up as the script says.
class Switch {
 public:
  explicit Switch(World& world) : world_(world) {}

  // A call comes now.
  void Arrive(const libroute::E164Number& called);
  // The engine has news of these calls.
  void Hear(const std::vector<libroute::CallId>& calls);

  // Those that are not over, by number.
  const std::map<int, PhoneCall>& calls() const { return calls_; }
  // How many wait while no phone rings for them.
  int waiting() const;

 private:
  // -- switch.cc: questions and answers
  void Ask(PhoneCall& call, const libroute::Event* event, const std::string& continuation);
  void Tell(PhoneCall& call, libroute::Event event);
  void Tell(PhoneCall& call, libroute::EventKind kind);
  // Does what was decided. The call may be over then.
  void Obey(PhoneCall& call);
  // The decision leaves nothing to be asked.
  void EndAsDecided(PhoneCall& call);
  void RingOutside(PhoneCall& call);
  void TypeKeys(PhoneCall& call, int from, int to);
  void Choose(PhoneCall& call, const libroute::MenuDecision& menu);
  void Report(const PhoneCall& call, libroute::ReportKind kind,
              std::optional<libroute::AttemptId> attempt = std::nullopt);
  // `how` for the figures, `words` for the log.
  void End(PhoneCall& call, const std::string& how, const std::string& words);

  // -- line.cc: those who stand in line
  struct Announcement {
    std::string message;
    absl::Duration every;
    bool says_position = false;
    bool says_expected_wait = false;
  };
  void StandInLine(PhoneCall& call, bool rings);
  void LeaveLine(PhoneCall& call, bool is_answered);
  void LosePatience(PhoneCall& call);
  // What the caller hears meanwhile.
  void Announce(PhoneCall& call, const libroute::WaitDecision& wait);
  void AnnounceAt(const PhoneCall& call, absl::Time at, Announcement what);
  void AnnounceNext(const PhoneCall& call, absl::Time at, Announcement what);
  std::string WordsFor(const PhoneCall& call, const Announcement& what) const;

  // -- phones.cc: agents' phones, and what is said at them
  void RingAgents(PhoneCall& call);
  void Ring(PhoneCall& call, int target, Phone phone, absl::Duration rings);
  void NotAnswered(PhoneCall& call, int target, libroute::Outcome outcome);
  void Answered(PhoneCall& call, int target);
  void AnsweredConsultation(PhoneCall& call, const Phone& phone, const libroute::CallNow& now);
  void Talk(PhoneCall& call);
  void FinishTalk(PhoneCall& call);
  void HandOn(PhoneCall& call, const center_day::HandOn& rule);
  void Transfer(PhoneCall& call, const std::string& group);
  void Consult(PhoneCall& call, const std::string& group);
  void HearOfConsultation(PhoneCall& call, const libroute::CallNow& now);
  void CompleteTransfer(PhoneCall& call);
  void StopConsulting(PhoneCall& call, absl::string_view why);
  // What the agent who has the call does with it. Whether it could be done.
  bool Act(PhoneCall& call, libroute::AgentAct::Kind kind, const std::string& to_group = "");

  // Null if it is over, or has taken another turn.
  PhoneCall* Find(int number, uint64_t turn);
  // Unless it takes another turn before.
  void Later(PhoneCall& call, absl::Duration after, std::function<void(PhoneCall&)> what);
  void Say(const PhoneCall& call, absl::string_view what) { world_.Say(call.name(), what); }
  // The first failure ends the day. Whether there is none.
  bool Check(const absl::Status& status, const PhoneCall& call);

  World& world_;
  std::map<int, PhoneCall> calls_;
  int last_ = 0;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_SWITCH_H_
