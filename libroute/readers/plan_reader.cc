#include "libroute/readers/plan_reader.h"

#include <utility>

#include "libroute/readers/message_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

ReadResult ReadPlan(absl::string_view text, std::string file_name, const PlanLimits& limits) {
  ReadResult result;
  result.plan = std::make_shared<v1::Plan>();
  MessageReading reading = ReadMessage(text, std::move(file_name), limits, *result.plan);
  result.source = std::move(reading.source);
  result.issues = std::move(reading.issues);
  return result;
}

}  // namespace libroute
