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
  item.is_site_ = written.subject_case() == v1::StatusBranch::Case::kSite;
  if (item.is_site_) {
    item.subject_ = scope.FindSite(written.site(), path + ".site");
  } else if (written.subject_case() == v1::StatusBranch::Case::kDestination) {
    item.subject_ = scope.FindDestination(written.destination(), path + ".destination");
  } else {
    scope.Error(path, "missing", "a case of a status branch needs a destination or a site");
  }
  item.wanted_ = ReadWanted(written, path + ".is", scope);
  return item;
}

Status StatusCase::StatusOf(const Frame& frame) const {
  return is_site_ ? KnownSiteStatus(subject_, frame) : KnownDestinationStatus(subject_, frame);
}

absl::string_view StatusCase::SubjectName(const Frame& frame) const {
  if (is_site_) return frame.plan.fact_names().sites[static_cast<size_t>(subject_)];
  return frame.plan.destination(subject_).name;
}

std::string StatusCase::Finding(const Frame& frame) const {
  return absl::StrCat(SubjectName(frame), " is ", StatusName(StatusOf(frame)));
}

Comparison StatusCase::Words(Frame& frame) const {
  return {absl::StrCat(is_site_ ? "site " : "destination ", SubjectName(frame)),
          WantedText(wanted_), Matches(frame), absl::StrCat("is ", StatusName(StatusOf(frame)))};
}

}  // namespace libroute
