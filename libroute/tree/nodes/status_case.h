#ifndef LIBROUTE_TREE_NODES_STATUS_CASE_H_
#define LIBROUTE_TREE_NODES_STATUS_CASE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "libroute/facts/facts.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class StatusBranch_Case;
}
class NodeScope;

// Statuses, one bit each.
constexpr uint8_t StatusBit(Status status) {
  return static_cast<uint8_t>(1u << static_cast<int>(status));
}
inline constexpr uint8_t kEveryStatus =
    StatusBit(Status::kUp) | StatusBit(Status::kBusy) | StatusBit(Status::kDown);

// Whether a destination, a site or a gateway has one of some statuses. Nothing known
// counts as up; a destination on a site that is down is down. Immutable;
// thread-safe.
class StatusCase {
 public:
  // Reads and checks the case at `path`.
  static StatusCase Read(const v1::StatusBranch_Case& written, const std::string& path,
                         NodeScope& scope);

  bool Matches(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kStatus);
    return (wanted_ & StatusBit(StatusOf(frame))) != 0;
  }
  // The same in words.
  Comparison Words(Frame& frame) const;
  // "front is down".
  std::string Finding(const Frame& frame) const;

  enum class Kind : uint8_t { kDestination, kSite, kGateway };
  Kind kind() const { return kind_; }
  // Index of the destination, site or gateway, -1 if there is none of the name.
  int subject() const { return subject_; }
  // StatusBit of each wanted status.
  uint8_t wanted() const { return wanted_; }

 private:
  Status StatusOf(const Frame& frame) const;
  absl::string_view SubjectName(const Frame& frame) const;

  Kind kind_ = Kind::kDestination;
  int subject_ = -1;
  uint8_t wanted_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_STATUS_CASE_H_
