#ifndef LIBROUTE_CALL_GATEWAY_H_
#define LIBROUTE_CALL_GATEWAY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

// A way to where a leg goes.
struct Gateway {
  std::string name;
  // A SIP or SIPS URI without a user.
  std::string uri;
};

// Ways to the same places.
struct GatewayGroup {
  std::string name;
  // At most GatewayOrder::kMost.
  std::vector<Gateway> gateways;
  // SIP statuses after which the next one is tried, besides those of the network.
  std::vector<uint16_t> try_next_on;

  static constexpr int kNone = -1;
  // Index of the one of that name; kNone if there is none.
  int Find(absl::string_view gateway) const {
    for (size_t i = 0; i < gateways.size(); ++i) {
      if (gateways[i].name == gateway) return static_cast<int>(i);
    }
    return kNone;
  }
};

// Which gateways of a group a leg may go by, and in which order. A value type of 16
// bytes: the group belongs to the revision that made the decision.
class GatewayOrder {
 public:
  static constexpr int kMost = 8;

  // None: the network's own way.
  GatewayOrder() = default;
  explicit GatewayOrder(const GatewayGroup& group) : group_(&group) {}

  // Null if there is none.
  const GatewayGroup* group() const { return group_; }
  int size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Index into the group of the one at `position`.
  int index(int position) const { return static_cast<int>(order_ >> (4 * position) & 15); }
  const Gateway& at(int position) const {
    return group_->gateways[static_cast<size_t>(index(position))];
  }

  void Add(int index) { order_ |= static_cast<uint32_t>(index) << (4 * size_++); }

 private:
  const GatewayGroup* group_ = nullptr;
  uint32_t order_ = 0;
  uint8_t size_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_GATEWAY_H_
