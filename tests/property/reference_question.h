#ifndef TESTS_PROPERTY_REFERENCE_QUESTION_H_
#define TESTS_PROPERTY_REFERENCE_QUESTION_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"
#include "libroute/v1/decision.pb.h"
#include "tests/property/reference.h"

namespace libroute {

// One question, evaluated. Works on a copy of the call's state.
class ReferenceCall::Question {
 public:
  Question(ReferenceCall& call, ReferenceWorld& world, absl::Time now)
      : call_(call), plan_(call.plan_), world_(world), now_(now), state_(call.state_) {
    call_.consulted_.clear();
    world_.counted = false;
  }

  v1::Decision First();
  std::optional<v1::Decision> Next(const Event& event);

 private:
  v1::Decision Finish();
  // Of places that are limited: those that the call has still.
  void SettlePlaces();
  std::string Holder() const;
  // The tree that calls to the number follow now; "" where they pass through.
  std::string FindTree();
  bool IsDrillCaller(const v1::RecoveryPlan& recovery) const;

  // The walk through the plan (reference_walk.cc).
  void GoToTree(const std::string& name);
  void Visit(const v1::Node& node, const std::string& place);
  template <typename Branch, typename Test>
  void Choose(const Branch& branch, const std::string& path, v1::Dependence dependence,
              const Test& test);
  bool IsOpen(const v1::TimeBranch& branch, const v1::TimeBranch::Case& item);
  bool Withheld() const;
  bool IsOneOf(const v1::CallerBranch::Case& item);
  bool HasValue(const std::string& attribute, const v1::MatchBranch::Case& item) const;
  void Share(const v1::ShareBranch& share, const std::string& path);
  std::string OfEach(const v1::Limit& limit) const;
  void Limit(const v1::LimitBranch& limit, const std::string& path);
  // One of so many places; whether the call has it now.
  bool Take(const std::string& what, uint32_t most);
  // Where nothing is written: the plan's default, which has nothing behind it.
  void Fallback(const std::string& path, std::optional<Outcome> outcome);
  void EndOfPlan();

  // A branch node's or an action's otherwise.
  template <typename Message>
  void Otherwise(const Message& message, const std::string& path) {
    if (message.has_otherwise()) return Visit(message.otherwise(), path + ".otherwise");
    Fallback(path, std::nullopt);
  }

  void SetAttribute(const std::string& name, const std::string& value) {
    state_.attributes[name] = value;
    state_.secrets.erase(name);
  }

  // What nodes do (reference_actions.cc).
  void Do(const v1::Node& node, const std::string& path);
  // The node decides, and is asked again or not.
  void Act(const v1::Node* node, const std::string& path, bool answers);
  void End(const std::string& path, bool answers) { Act(nullptr, path, answers); }
  void Release(ResponseCode code, ReleaseReason reason, const std::string& path);
  void Reject(const v1::Reject& reject, const std::string& path);
  // What the switch knows the message by.
  std::string Message(const std::string& name);
  std::string MessageText(const std::string& name) const;
  void Announce(const v1::Node& node, const std::string& path);
  void AfterAnnounce(const v1::Announce& announce, const std::string& path);
  void Play(const v1::Node& node, const std::string& path);
  void TakeKey(const v1::Node& node, const std::string& path, const std::string& pressed);
  void MenuFailed(const v1::Node& node, const std::string& path, bool silent);
  void Collect(const v1::Node& node, const std::string& path);
  void TakeEntered(const v1::Node& node, const std::string& path, const std::string& pressed);
  void CollectFailed(const v1::Node& node, const std::string& path, bool silent);
  // What was pressed already, for a question that it may count for.
  std::string TakeTyped(bool to_the_end);
  // The called side has ended the call, which goes on there.
  void AfterTalk(const v1::Node& after, const std::string& path);
  // After the last try of a menu or a collect.
  template <typename Prompt>
  void PromptFailed(const Prompt& prompt, bool silent, const std::string& path) {
    if (silent && prompt.has_on_no_input()) {
      return Visit(prompt.on_no_input(), path + ".on_no_input");
    }
    if (!silent && prompt.has_on_bad_input()) {
      return Visit(prompt.on_bad_input(), path + ".on_bad_input");
    }
    Otherwise(prompt, path);
  }
  void Wait(const v1::Node& node, const std::string& path);
  // The caller hangs up, and is called back.
  bool CallbackWanted(const std::string& number);
  bool MayCallBack(E164Number number) const;
  // A call goes on without an agent.
  void NobodyComes(const v1::Agents& agents, v1::GroupState why, const std::string& path);
  // Whether the event fits what the node did; it then goes on.
  bool AnnounceEnded(const Event& event);
  bool MenuEnded(const Event& event);
  bool CollectEnded(const Event& event);
  bool WaitEnded(const Event& event);

  // Dialling (reference_dial.cc).
  void Dial(const v1::Node& node, const std::string& path);
  std::vector<int> OrderOf(const v1::Dial& dial, const std::string& path);
  // `first`: no decision of this round was made before.
  void Offer(const v1::Node& node, const std::string& path, bool first);
  void AfterRound(const v1::Node& node, const std::string& path);
  void SetPresented(const v1::Dial& dial, const std::string& target, v1::Leg& leg);
  v1::Leg MakeLeg(const v1::Dial& dial, int index);
  void FillCommon(int index, v1::Leg& leg);
  void SetGateways(const std::string& target, v1::Leg& leg);
  void SetManner(const v1::Dial& dial, const std::string& target, v1::Leg& leg);
  std::optional<Outcome> KnownOutcome(const v1::Dial& dial, const std::string& target);
  void Failed(int target, Outcome outcome);
  // Where only so many calls may be when a target is dialled, and how many.
  std::map<std::string, uint32_t> LimitsOf(const std::string& target) const;
  bool HasRoom(const std::string& target);
  void TakePlaces(const std::string& target);
  // The branch of the highest outcome.
  void Conclude(const v1::Node& node, const std::string& path);
  bool DialEnded(const Event& event);
  bool CalledReleased(const Event& event);
  // Forgets what was tried at the node that acted.
  void Leave();
  // Whether a leg would be one diversion too many, or go back.
  bool GoesRound(const v1::Leg& leg) const;
  // Whether that is all that there is to say of how the call ended.
  bool IsLoop() const;
  ResponseCode Best() const;
  v1::DiversionReason Reason() const;

  ReferenceCall& call_;
  const v1::Plan& plan_;
  ReferenceWorld& world_;
  const absl::Time now_;
  State state_;
  std::set<v1::Dependence> depends_on_;
  // What was pressed and counted for nothing yet.
  std::string typed_;
  // Attempts of legs for which a message by language was named.
  std::set<std::string> by_language_;
  // Places that this question takes, and those that the call may leave.
  std::set<std::string> taken_;
  std::set<std::string> left_;
  v1::Decision decision_;
};

}  // namespace libroute

#endif  // TESTS_PROPERTY_REFERENCE_QUESTION_H_
