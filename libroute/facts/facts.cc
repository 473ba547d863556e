#include "libroute/facts/facts.h"

#include <algorithm>
#include <cassert>

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

absl::string_view RecoveryStateName(RecoveryState state) {
  switch (state) {
    case RecoveryState::kOff:
      return "off";
    case RecoveryState::kOn:
      return "on";
    case RecoveryState::kDrill:
      return "drill";
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

int64_t FactCell::ExpiryOf(absl::Time until) {
  if (until == absl::InfiniteFuture()) return kForever;
  return std::clamp<int64_t>(absl::ToUnixSeconds(until + absl::Seconds(1) - absl::Nanoseconds(1)),
                             0, kForever - 1);
}

int SwitchCell::Find(uint8_t value) const {
  const auto found = std::find(values.begin(), values.end(), value);
  return found == values.end() ? 0 : static_cast<int>(found - values.begin());
}

uint8_t FactBoard::SwitchValues::Find(absl::string_view value) const {
  const auto found = std::find(names.begin(), names.end(), value);
  return found == names.end() ? 0 : static_cast<uint8_t>(found - names.begin() + 1);
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

FactBoard::SwitchValues& FactBoard::FindOrMakeSwitch(absl::string_view name) {
  SwitchValues& known = switches_[std::string(name)];
  if (known.cell == nullptr) known.cell = FindOrMake(FactKind::kSwitch, name);
  return known;
}

void FactBoard::StartAfresh(absl::string_view name, absl::Span<const std::string> values,
                            SwitchValues& known) {
  const uint8_t value = known.cell->Get(0);
  const std::string set = value == 0 ? "" : known.names[value - 1];
  const int64_t expires = known.cell->expires_seconds();
  known.cell = index_[{FactKind::kSwitch, std::string(name)}] = &cells_.emplace_back();
  known.names = {"off", "on"};
  for (const std::string& each : values) {
    if (known.Find(each) == 0) known.names.push_back(each);
  }
  if (value == 0) return;
  if (known.Find(set) == 0) known.names.push_back(set);
  known.cell->Set(known.Find(set), expires);
}

SwitchCell FactBoard::SwitchCellOf(absl::string_view name, absl::Span<const std::string> values) {
  constexpr size_t kMostNames = UINT8_MAX;
  MutexLock lock(mutex_);
  SwitchValues& known = FindOrMakeSwitch(name);
  const auto is_new = [&](const std::string& value) { return known.Find(value) == 0; };
  const auto more = static_cast<size_t>(std::count_if(values.begin(), values.end(), is_new));
  // Revisions before this one keep the cell that they have, and so what it stood at: a
  // number that they know must not become another value.
  if (known.names.size() + more > kMostNames) StartAfresh(name, values, known);
  SwitchCell cell = {known.cell, {}};
  for (const std::string& value : values) {
    if (is_new(value)) known.names.push_back(value);
    cell.values.push_back(known.Find(value));
  }
  return cell;
}

void FactBoard::SetSwitch(absl::string_view name, FactChange change) {
  MutexLock lock(mutex_);
  SwitchValues& known = FindOrMakeSwitch(name);
  const uint8_t value = known.Find(change.value);
  assert(value != 0);
  known.cell->Set(value, FactCell::ExpiryOf(change.until));
  known.history.Add(std::move(change));
}

FactBoard::Switch FactBoard::SwitchAt(absl::string_view name, int64_t now_seconds) const {
  MutexLock lock(mutex_);
  Switch found;
  const auto known = switches_.find(name);
  if (known == switches_.end()) return found;
  found.history = known->second.history.List();
  const uint8_t value = known->second.cell->Get(now_seconds);
  if (value == 0) return found;
  found.value = known->second.names[value - 1];
  const int64_t expires = known->second.cell->expires_seconds();
  if (expires != FactCell::kForever) found.until = absl::FromUnixSeconds(expires);
  return found;
}

void FactBoard::KeepHistoryOf(absl::Span<const std::string> switches) {
  MutexLock lock(mutex_);
  for (auto& [name, known] : switches_) {
    if (!std::binary_search(switches.begin(), switches.end(), name)) known.history = FactHistory();
  }
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

const std::vector<std::string>& FactNames::ValuesOfSwitch(int index) const {
  static const auto& kOffAndOn = *new std::vector<std::string>{"off", "on"};
  return HasValues(index) ? switch_values[static_cast<size_t>(index)] : kOffAndOn;
}

FactView::FactView(const FactNames& names, FactBoard& board)
    : destinations_(CellsOf(FactKind::kDestination, names.destinations, board)),
      sites_(CellsOf(FactKind::kSite, names.sites, board)),
      groups_(CellsOf(FactKind::kGroup, names.groups, board)),
      conferences_(CellsOf(FactKind::kConference, names.conferences, board)),
      limits_(CellsOf(FactKind::kLimit, names.limits, board)),
      gateways_(CellsOf(FactKind::kGateway, names.gateways, board)) {
  switches_.reserve(names.switches.size());
  for (size_t i = 0; i < names.switches.size(); ++i) {
    absl::Span<const std::string> values;
    if (names.HasValues(static_cast<int>(i))) values = names.switch_values[i];
    switches_.push_back(board.SwitchCellOf(names.switches[i], values));
  }
  lines_.reserve(names.lines.size());
  for (const std::string& name : names.lines) lines_.push_back(board.LineCellOf(name));
}

}  // namespace libroute
