#ifndef EXAMPLES_DAY_FIGURES_H_
#define EXAMPLES_DAY_FIGURES_H_

#include <array>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/engine/agents.h"

namespace center_day {

// What an agent does, as others see it.
enum class Doing { kAway, kBreak, kFree, kRings, kTalks, kAnswersEmails, kWritesUp };
inline constexpr int kDoings = 7;

struct AgentFigures {
  // Those talked to, as the one who has them or is consulted.
  int contacts = 0;
  int emails = 0;
  std::array<absl::Duration, kDoings> spent;
};

// The figures of a day. The counts of groups are the engine's own (Engine::Groups).
class Figures {
 public:
  explicit Figures(absl::TimeZone zone) : zone_(zone) {}

  // -- What happens

  void CallComes() { ++came_; }
  // "talked", "left a message", ...
  void CallEnds(const std::string& how) { ++ends_[how]; }
  void EmailComes() { ++emails_; }
  void EmailEnds() { ++emails_done_; }
  // Somebody has left the line of a group after that time, because of an answer or not.
  void WaitEnds(const std::string& group, absl::Duration time, bool is_answered);
  // So many wait, while no phone rings for them, from `now` on.
  void Waiting(absl::Time now, int calls);
  AgentFigures& Of(const std::string& agent) { return agents_[agent]; }

  // -- What has come of it

  int came() const { return came_; }
  int emails() const { return emails_; }
  // Of one group those of its answered calls.
  const std::vector<absl::Duration>& AnsweredWaits(const std::string& group) const;
  void PrintEnds(std::ostream& out) const;
  void PrintGroups(const std::vector<libroute::GroupNow>& groups, std::ostream& out) const;
  void PrintAgents(std::ostream& out) const;
  // A picture of how many waited.
  void PrintWaiting(std::ostream& out) const;

 private:
  struct Waits {
    std::vector<absl::Duration> answered;
    absl::Duration longest;
  };

  absl::TimeZone zone_;
  int came_ = 0;
  int emails_ = 0;
  int emails_done_ = 0;
  std::map<std::string, int> ends_;
  std::map<std::string, Waits> waits_;
  std::map<std::string, AgentFigures> agents_;
  // The most that waited, by quarter of an hour since 1970.
  std::map<int64_t, int> most_waiting_;
  int64_t last_quarter_ = 0;
  int waiting_ = 0;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_FIGURES_H_
