#ifndef LIBROUTE_SERVICES_ROUTED_LOG_H_
#define LIBROUTE_SERVICES_ROUTED_LOG_H_

namespace libroute {

// From now on everything is logged to standard error, a line a fact: time in
// UTC, level, text. What gRPC complains of is among it. Call once, first.
void StartLog();

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_LOG_H_
