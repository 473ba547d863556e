#ifndef LIBROUTE_TREE_GROUP_HOURS_H_
#define LIBROUTE_TREE_GROUP_HOURS_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "libroute/contact/event.h"
#include "libroute/schedule/schedule.h"

namespace libroute {

// When a group takes calls.
struct GroupHours {
  std::string group;
  std::shared_ptr<const Schedule> schedule;
  // Of those who wait when it closes, as in contact::CloseGroup.
  contact::Closing closing = contact::Closing::kDrain;
  absl::Duration drain = absl::Minutes(15);
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_GROUP_HOURS_H_
