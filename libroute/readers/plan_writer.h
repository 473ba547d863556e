#ifndef LIBROUTE_READERS_PLAN_WRITER_H_
#define LIBROUTE_READERS_PLAN_WRITER_H_

#include <string>

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// The plan as YAML, as people write it: fields as plan.proto has them, maps by their
// keys, short things on one line, 100 columns. ReadPlan reads the same plan from it.
// Thread-safe.
std::string WritePlan(const v1::Plan& plan);

}  // namespace libroute

#endif  // LIBROUTE_READERS_PLAN_WRITER_H_
