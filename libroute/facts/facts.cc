#include "libroute/facts/facts.h"

#include <algorithm>

namespace libroute {
namespace {

std::vector<const FactCell*> CellsOf(FactKind kind, const std::vector<std::string>& names,
                                     FactBoard& board) {
  std::vector<const FactCell*> cells;
  cells.reserve(names.size());
  for (const std::string& name : names) cells.push_back(board.Cell(kind, name));
  return cells;
}

}  // namespace

absl::string_view StatusName(Status status) {
  switch (status) {
    case Status::kUp:
      return "up";
    case Status::kBusy:
      return "busy";
    case Status::kDown:
      return "down";
  }
  return "unknown";
}

absl::string_view FactKindName(FactKind kind) {
  switch (kind) {
    case FactKind::kDestination:
      return "destination";
    case FactKind::kSite:
      return "site";
    case FactKind::kSwitch:
      return "switch";
    case FactKind::kGroup:
      return "group";
    case FactKind::kConference:
      return "conference";
    case FactKind::kLimit:
      return "limit";
    case FactKind::kGateway:
      return "gateway";
  }
  return "unknown";
}

FactCell* FactBoard::FindOrMake(FactKind kind, absl::string_view name) {
  FactCell*& cell = index_[{kind, std::string(name)}];
  if (cell == nullptr) cell = &cells_.emplace_back();
  return cell;
}

const FactCell* FactBoard::Cell(FactKind kind, absl::string_view name) {
  MutexLock lock(mutex_);
  return FindOrMake(kind, name);
}

void FactBoard::Set(FactKind kind, absl::string_view name, uint8_t value, int64_t expires_seconds) {
  MutexLock lock(mutex_);
  FindOrMake(kind, name)->Set(value, expires_seconds);
}

const LineCell* FactBoard::LineCellOf(absl::string_view name) {
  MutexLock lock(mutex_);
  return &lines_[std::string(name)];
}

LineSettings FactBoard::Line(absl::string_view name) const {
  MutexLock lock(mutex_);
  LineSettings settings;
  const auto found = lines_.find(std::string(name));
  if (found == lines_.end()) return settings;
  for (LineFeature feature : kLineFeatures) settings[feature] = found->second.Get(feature);
  return settings;
}

void FactBoard::SetLine(absl::string_view name, const LineSettings& settings) {
  MutexLock lock(mutex_);
  LineCell& cell = lines_[std::string(name)];
  for (LineFeature feature : kLineFeatures) cell.Set(feature, settings[feature]);
}

void FactBoard::SetLine(absl::string_view name, LineFeature feature,
                        const FeatureSetting& setting) {
  MutexLock lock(mutex_);
  lines_[std::string(name)].Set(feature, setting);
}

int64_t FactBoard::NextExpiry(int64_t now_seconds) const {
  MutexLock lock(mutex_);
  int64_t next = FactCell::kForever;
  for (const auto& [key, cell] : index_) {
    int64_t expires = cell->expires_seconds();
    if (expires > now_seconds) next = std::min(next, expires);
  }
  return next;
}

std::vector<std::pair<FactKind, std::string>> FactBoard::Expire(int64_t now_seconds) {
  MutexLock lock(mutex_);
  std::vector<std::pair<FactKind, std::string>> expired;
  for (auto& [key, cell] : index_) {
    int64_t expires = cell->expires_seconds();
    if (expires == 0 || expires > now_seconds) continue;
    cell->Set(0, 0);
    expired.push_back(key);
  }
  return expired;
}

FactView::FactView(const FactNames& names, FactBoard& board)
    : destinations_(CellsOf(FactKind::kDestination, names.destinations, board)),
      sites_(CellsOf(FactKind::kSite, names.sites, board)),
      switches_(CellsOf(FactKind::kSwitch, names.switches, board)),
      groups_(CellsOf(FactKind::kGroup, names.groups, board)),
      conferences_(CellsOf(FactKind::kConference, names.conferences, board)),
      limits_(CellsOf(FactKind::kLimit, names.limits, board)),
      gateways_(CellsOf(FactKind::kGateway, names.gateways, board)) {
  lines_.reserve(names.lines.size());
  for (const std::string& name : names.lines) lines_.push_back(board.LineCellOf(name));
}

}  // namespace libroute
