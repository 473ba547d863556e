#ifndef LIBROUTE_TREE_EMERGENCY_SITES_H_
#define LIBROUTE_TREE_EMERGENCY_SITES_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/call/routing_number.h"
#include "libroute/number/dialling.h"
#include "libroute/number/number_table.h"

namespace libroute {

// What a plan says of a site for calls for help from there.
struct EmergencySite {
  std::string place;
  // By which country's rules its lines dial; null if the plan does not say.
  const Dialling* dialling = nullptr;
  // Rings there.
  E164Number call_back;
  // By what was dialled: where the network takes the call.
  std::vector<std::pair<Digits, RoutingNumber>> routes;

  // Without value if nothing is written for `dialled`.
  RoutingNumber RouteOf(Digits dialled) const {
    for (const auto& [number, route] : routes) {
      if (number == dialled) return route;
    }
    return RoutingNumber();
  }
};

// Where a line is, as its plan says.
struct LinePlace {
  // Null for a line of no site.
  const EmergencySite* site = nullptr;
  // The line's own, if one is written; else the site's.
  absl::string_view place;
  // The line may be elsewhere.
  bool is_uncertain = false;
};

// The sites of a plan and their lines. Immutable; thread-safe.
class EmergencySites {
 public:
  // Who is where: for every pattern of lines the index of an entry of `lines`.
  struct Line {
    uint32_t site = 0;
    std::string place;
    bool is_roaming = false;
  };

  EmergencySites() = default;
  EmergencySites(std::vector<EmergencySite> sites, std::vector<Line> lines, NumberTable table)
      : sites_(std::move(sites)), lines_(std::move(lines)), table_(std::move(table)) {}

  LinePlace Find(E164Number line) const {
    const std::optional<uint32_t> found = table_.Find(line.digits());
    if (!found.has_value()) return {};
    const Line& known = lines_[*found];
    const EmergencySite& site = sites_[known.site];
    return {&site, known.place.empty() ? site.place : known.place, known.is_roaming};
  }
  bool empty() const { return lines_.empty(); }

 private:
  std::vector<EmergencySite> sites_;
  std::vector<Line> lines_;
  // Of indices into `lines_`.
  NumberTable table_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_EMERGENCY_SITES_H_
