#include "libroute/tree/nodes/status_case.h"

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/known_status.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

std::string WantedText(uint8_t wanted) {
  std::string text;
  for (Status status : {Status::kUp, Status::kBusy, Status::kDown}) {
    if ((wanted & StatusBit(status)) == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : " or ", StatusName(status));
  }
  return text;
}

// The statuses that a case names, one bit each.
uint8_t ReadWanted(const v1::StatusBranch::Case& item, const std::string& field, NodeScope& scope) {
  uint8_t wanted = 0;
  for (int status : item.is()) {
    if (status < v1::STATUS_UP || status > v1::STATUS_DOWN) {
      scope.Error(field, "bad-value", "a status is up, busy or down");
      continue;
    }
    wanted |= StatusBit(static_cast<Status>(status));
  }
  if (item.is().empty()) {
    scope.Error(field, "missing", "say which status is meant: up, busy or down");
  }
  return wanted;
}

}  // namespace

StatusCase StatusCase::Read(const v1::StatusBranch::Case& written, const std::string& path,
                            NodeScope& scope) {
  StatusCase item;
  switch (written.subject_case()) {
    case v1::StatusBranch::Case::kDestination:
      item.subject_ = scope.FindDestination(written.destination(), path + ".destination");
      break;
    case v1::StatusBranch::Case::kSite:
      item.kind_ = Kind::kSite;
      item.subject_ = scope.FindSite(written.site(), path + ".site");
      break;
    case v1::StatusBranch::Case::kGateway:
      item.kind_ = Kind::kGateway;
      item.subject_ = scope.FindGateway(written.gateway(), path + ".gateway");
      break;
    case v1::StatusBranch::Case::SUBJECT_NOT_SET:
      scope.Error(path, "missing",
                  "a case of a status branch needs a destination, a site or a gateway");
  }
  item.wanted_ = ReadWanted(written, path + ".is", scope);
  return item;
}

Status StatusCase::StatusOf(const Frame& frame) const {
  switch (kind_) {
    case Kind::kSite:
      return KnownSiteStatus(subject_, frame);
    case Kind::kGateway:
      return KnownGatewayStatus(subject_, frame);
    case Kind::kDestination:
      break;
  }
  return KnownDestinationStatus(subject_, frame);
}

absl::string_view StatusCase::SubjectName(const Frame& frame) const {
  const FactNames& names = frame.plan.fact_names();
  const size_t index = static_cast<size_t>(subject_);
  if (kind_ == Kind::kSite) return names.sites[index];
  return kind_ == Kind::kGateway ? names.gateways[index] : names.destinations[index];
}

std::string StatusCase::Finding(const Frame& frame) const {
  return absl::StrCat(SubjectName(frame), " is ", StatusName(StatusOf(frame)));
}

Comparison StatusCase::Words(Frame& frame) const {
  const FactKind kind = kind_ == Kind::kSite      ? FactKind::kSite
                        : kind_ == Kind::kGateway ? FactKind::kGateway
                                                  : FactKind::kDestination;
  return {absl::StrCat(FactKindName(kind), " ", SubjectName(frame)), WantedText(wanted_),
          Matches(frame), absl::StrCat("is ", StatusName(StatusOf(frame)))};
}

}  // namespace libroute
