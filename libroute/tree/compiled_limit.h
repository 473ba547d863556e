#ifndef LIBROUTE_TREE_COMPILED_LIMIT_H_
#define LIBROUTE_TREE_COMPILED_LIMIT_H_

#include <cstdint>
#include <string>

#include "libroute/call/claim.h"
#include "libroute/facts/health.h"

namespace libroute {

// How many calls there may be of something, and how fast they may come.
struct CompiledLimit {
  // "limit hotline", "site brussels".
  std::string name;
  // For what calls and rate count by themselves.
  LimitEach each = LimitEach::kTogether;
  // Any number if 0.
  uint32_t calls = 0;
  CallRate rate;
  // Indices into the plan's counters: of places, and of how fast they came.
  uint32_t places = 0;
  uint32_t passes = 0;
};

// What attempts show of a destination, site or gateway.
struct CompiledWatch {
  // "destination front".
  std::string name;
  HealthRule rule;
  // Index into the plan's counters.
  uint32_t counter = 0;

  // To try it, to tell that it has failed, or that it was reached.
  Claim ClaimOf(Claim::Kind kind, WatchSubject subject = {}) const {
    Claim claim;
    claim.kind = kind;
    claim.counter = counter;
    claim.limit = rule.failures;
    claim.span = rule.retry;
    subject.longest = rule.longest;
    claim.subject = subject.Pack();
    return claim;
  }
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILED_LIMIT_H_
