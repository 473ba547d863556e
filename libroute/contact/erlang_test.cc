// A single group with Poisson arrivals and exponential times, on a virtual clock,
// against what queueing theory says of it: Erlang C, and Erlang A when callers
// lose patience. Within a 99 % confidence interval by batch means; fixed seeds.

#include <algorithm>
#include <cmath>
#include <queue>
#include <random>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/contact/contact_center.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

struct QueueParameters {
  int agents = 1;
  // In seconds. Patience 0: without end.
  double between_arrivals = 1;
  double service = 1;
  double patience = 0;
};

// Of all that arrive.
struct QueueFigures {
  double share_waiting = 0;
  double mean_wait = 0;
  double share_abandoned = 0;
};

// The stationary distribution of the number in the system, summed up.
QueueFigures Theory(const QueueParameters& queue) {
  const double arrival = 1 / queue.between_arrivals;
  const double leave = queue.patience == 0 ? 0 : 1 / queue.patience;
  double all = 0, waiting = 0, in_queue = 0, weight = 1;
  for (int n = 0; n < 20000; ++n) {
    all += weight;
    if (n >= queue.agents) {
      waiting += weight;
      in_queue += weight * (n - queue.agents);
    }
    const int busy = std::min(n + 1, queue.agents);
    weight *= arrival / (busy / queue.service + (n + 1 - busy) * leave);
  }
  return {waiting / all, in_queue / all / arrival, leave * in_queue / all / arrival};
}

// Plays callers and agents.
class QueueRun {
 public:
  QueueRun(const QueueParameters& queue, uint64_t seed) : queue_(queue), random_(seed) {
    std::vector<TestMember> members;
    for (int i = 0; i < queue.agents; ++i) members.push_back({absl::StrCat("agent-", i), 100});
    Apply(Configure{OneGroup(members)});
    for (const TestMember& member : members) {
      const AgentId agent = *center_.FindAgent(member.name);
      Apply(LogIn{agent, member.name});
      Apply(Ready{agent});
    }
    wish_.group = *center_.FindGroup("sales");
    wish_.max_wait = absl::Hours(24);
    happenings_.push({Exponential(queue_.between_arrivals), Happening::kArrival, {}, {}, 0});
  }

  QueueFigures Batch(int arrivals) {
    figures_ = QueueFigures();
    arrived_ = 0;
    while (arrived_ < arrivals) Next();
    return {figures_.share_waiting / arrivals, figures_.mean_wait / arrivals,
            figures_.share_abandoned / arrivals};
  }

 private:
  struct Happening {
    enum Kind { kArrival, kEndOfCall, kEndOfPatience };
    double at = 0;
    Kind kind = kArrival;
    ContactId contact;
    AgentId agent;
    Token token = 0;
    friend bool operator<(const Happening& a, const Happening& b) { return a.at > b.at; }
  };

  double Exponential(double mean) {
    return -mean * std::log((static_cast<double>(random_() >> 11) + 1) / 9007199254740993.0);
  }

  void Next() {
    const Happening next = happenings_.top();
    happenings_.pop();
    now_ = next.at;
    switch (next.kind) {
      case Happening::kArrival:
        ++arrived_;
        happenings_.push(
            {now_ + Exponential(queue_.between_arrivals), Happening::kArrival, {}, {}, 0});
        Apply(Arrive{absl::StrCat("c", ++calls_), Medium::kCall, 0, wish_});
        break;
      case Happening::kEndOfCall:
        Apply(Finish{next.agent, next.token});
        break;
      case Happening::kEndOfPatience:
        if (!waiting_since_.contains(next.contact)) break;
        figures_.share_abandoned += 1;
        figures_.mean_wait += now_ - waiting_since_[next.contact];
        waiting_since_.erase(next.contact);
        Apply(HangUp{next.contact});
        break;
    }
  }

  void Apply(const Event& event) {
    Effects effects;
    const absl::Time now = absl::FromUnixMicros(1'800'000'000'000'000 + std::llround(now_ * 1e6));
    ASSERT_TRUE(center_.Apply(event, now, effects).ok());
    for (const Effect& effect : effects) Follow(effect);
  }

  void Follow(const Effect& effect) {
    if (effect.kind == Effect::Kind::kWaiting) {
      figures_.share_waiting += 1;
      waiting_since_[effect.contact] = now_;
      if (queue_.patience == 0) return;
      happenings_.push(
          {now_ + Exponential(queue_.patience), Happening::kEndOfPatience, effect.contact, {}, 0});
    } else if (effect.kind == Effect::Kind::kOffered) {
      auto waited = waiting_since_.find(effect.contact);
      if (waited != waiting_since_.end()) {
        figures_.mean_wait += now_ - waited->second;
        waiting_since_.erase(waited);
      }
      happenings_.push({now_ + Exponential(queue_.service),
                        Happening::kEndOfCall,
                        {},
                        effect.agent,
                        effect.token});
      Apply(Answer{effect.agent, effect.token});
    }
  }

  QueueParameters queue_;
  std::mt19937_64 random_;
  ContactCenter center_;
  Wish wish_;
  std::priority_queue<Happening> happenings_;
  absl::flat_hash_map<ContactId, double> waiting_since_;
  double now_ = 0;
  int arrived_ = 0;
  uint64_t calls_ = 0;
  QueueFigures figures_;
};

constexpr int kBatches = 20;
// Student's t with 19 degrees of freedom at 99.5 %.
constexpr double kStudent = 2.861;

void ExpectWithin(const std::vector<double>& batches, double theory, const char* what) {
  double mean = 0, square = 0;
  for (double batch : batches) mean += batch / kBatches;
  for (double batch : batches) square += (batch - mean) * (batch - mean) / (kBatches - 1);
  const double half = kStudent * std::sqrt(square / kBatches);
  EXPECT_NEAR(mean, theory, half) << what;
  // An interval that holds anything would prove nothing.
  if (theory > 0.05) {
    EXPECT_LT(half, 0.3 * theory) << what;
  }
}

void ExpectAgreement(const QueueParameters& queue, uint64_t seed) {
  SCOPED_TRACE(absl::StrCat(queue.agents, " agents, a call each ", queue.between_arrivals,
                            " s, patience ", queue.patience, " s, seed ", seed));
  QueueRun run(queue, seed);
  run.Batch(2000);
  std::vector<double> waiting, wait, abandoned;
  for (int i = 0; i < kBatches; ++i) {
    const QueueFigures batch = run.Batch(5000);
    waiting.push_back(batch.share_waiting);
    wait.push_back(batch.mean_wait);
    abandoned.push_back(batch.share_abandoned);
  }
  const QueueFigures theory = Theory(queue);
  ExpectWithin(waiting, theory.share_waiting, "who waits");
  ExpectWithin(wait, theory.mean_wait, "mean wait");
  ExpectWithin(abandoned, theory.share_abandoned, "who hangs up");
}

TEST(Erlang, AgreesWithErlangC) {
  ExpectAgreement({1, 360, 180, 0}, 1);
  ExpectAgreement({2, 120, 180, 0}, 22);
  ExpectAgreement({5, 45, 180, 0}, 3);
  ExpectAgreement({10, 22.5, 180, 0}, 4);
  ExpectAgreement({30, 7, 180, 0}, 5);
}

TEST(Erlang, AgreesWithErlangA) {
  ExpectAgreement({1, 180, 180, 60}, 6);
  ExpectAgreement({3, 50, 180, 120}, 7);
  ExpectAgreement({10, 15, 180, 90}, 8);
  ExpectAgreement({30, 6, 180, 300}, 9);
  ExpectAgreement({50, 4, 180, 30}, 10);
}

}  // namespace
}  // namespace libroute::contact
