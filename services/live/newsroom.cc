#include "services/live/newsroom.h"

#include <chrono>
#include <set>
#include <string>

namespace libroute {
namespace {

// By a clock that nobody sets.
using Clock = std::chrono::steady_clock;

constexpr Clock::duration kBetweenPictures = std::chrono::milliseconds(100);

}  // namespace

Newsroom::Newsroom(Engine& engine, Bell& bell, SwitchSessions& switches, AgentSessions& agents,
                   WatchFeeds& watches)
    : engine_(engine),
      bell_(bell),
      switches_(switches),
      agents_(agents),
      watches_(watches),
      thread_([this] { Run(); }) {}

Newsroom::~Newsroom() {
  is_stopping_ = true;
  bell_.Ring();
  thread_.join();
}

void Newsroom::Run() {
  // What those who watch have not been told of.
  std::set<std::string> changed;
  Clock::time_point next_picture = Clock::now();
  while (!is_stopping_) {
    if (changed.empty()) {
      bell_.Wait();
    } else {
      bell_.WaitUntil(next_picture);
    }
    Engine::ContactNews news = engine_.TakeContactNews();
    for (const CallId& call : news.calls) switches_.Note(call);
    for (std::string& customer : news.customers) {
      agents_.Note(customer);
      changed.insert(std::move(customer));
    }
    if (changed.empty() || Clock::now() < next_picture) continue;
    for (const std::string& customer : changed) watches_.Note(customer);
    changed.clear();
    next_picture = Clock::now() + kBetweenPictures;
  }
}

}  // namespace libroute
