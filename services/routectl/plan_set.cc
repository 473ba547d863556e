#include "services/routectl/plan_set.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/limits.h"
#include "libroute/readers/attachment_reader.h"
#include "libroute/readers/inventory_reader.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/schedule/zone.h"
#include "libroute/v1/inventory.pb.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/plan_files.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

// Whether one path is the other, or a field around it.
bool Encloses(absl::string_view outer, absl::string_view inner) {
  if (!absl::StartsWith(inner, outer)) return false;
  return outer.empty() || inner.size() == outer.size() || inner[outer.size()] == '.' ||
         inner[outer.size()] == '[';
}

absl::string_view ParentOf(absl::string_view path) {
  return path.substr(0, std::min(path.size(), path.find_last_of(".[")));
}

// Whether `issue` may be only another sight of `error`, which was found in
// reading: it is about a field that could not be read, about a field around
// it, or misses a field beside one whose name is not known.
bool MayFollowFrom(const Issue& error, const Issue& issue) {
  if (Encloses(error.path, issue.path) || Encloses(issue.path, error.path)) return true;
  return error.code == "unknown-field" && issue.code == "missing" &&
         ParentOf(error.path) == ParentOf(issue.path);
}

// That something is used by nothing says little of a plan of which a part is
// missing.
bool MayFollow(const Issue& issue, const std::vector<Issue>& errors) {
  return issue.code == "unused" || issue.code == "no-numbers" ||
         std::any_of(errors.begin(), errors.end(),
                     [&issue](const Issue& error) { return MayFollowFrom(error, issue); });
}

void AddIndependent(std::vector<Issue> found, std::vector<Issue>& issues) {
  const std::vector<Issue> errors = issues;
  for (Issue& issue : found) {
    if (!MayFollow(issue, errors)) issues.push_back(std::move(issue));
  }
}

// What is in the plan's file comes first, then what is in those that it names.
void SortByPlace(const std::string& plan_file, std::vector<Issue>& issues) {
  const auto place = [&plan_file](const Issue& issue) {
    const SourcePosition& position = issue.position;
    return std::make_tuple(position.file != plan_file, std::cref(position.file), position.line,
                           position.column);
  };
  std::stable_sort(issues.begin(), issues.end(),
                   [&place](const Issue& a, const Issue& b) { return place(a) < place(b); });
}

}  // namespace

absl::Status PlanSet::SetInventory(const std::string& file) {
  const PlanLimits limits = InventoryLimits();
  absl::StatusOr<std::string> text = ReadTextFile(file, limits.max_bytes);
  if (!text.ok()) return text.status();
  InventoryReading read = ReadInventory(*text, file, limits);
  std::vector<Issue> issues = std::move(read.issues);
  if (!libroute::HasErrors(issues)) issues = rehearsal_->SetInventory(*read.inventory);
  read.source.Locate(issues);
  if (!libroute::HasErrors(issues)) return absl::OkStatus();
  std::vector<std::string> lines;
  for (const Issue& issue : issues) lines.push_back(FormatIssue(issue));
  return absl::InvalidArgumentError(absl::StrJoin(lines, "\n"));
}

absl::StatusOr<PlanSet> PlanSet::Load(const std::vector<std::string>& paths, absl::Time now,
                                      const std::string& inventory) {
  absl::StatusOr<std::vector<std::string>> files = FindPlanFiles(paths);
  if (!files.ok()) return files.status();
  PlanSet set;
  AttachmentReader attachment_reader;
  if (!inventory.empty()) {
    absl::Status status = set.SetInventory(inventory);
    if (!status.ok()) return status;
  }
  for (const std::string& file : *files) {
    const PlanLimits limits;
    absl::StatusOr<std::string> text = ReadTextFile(file, limits.max_bytes);
    if (!text.ok()) return text.status();
    ReadResult read = ReadPlan(*text, file, limits);
    AttachmentReading attached = attachment_reader.Read(*read.plan, DirectoryOf(file), ReadTextFile);
    read.issues.insert(read.issues.end(), attached.issues.begin(), attached.issues.end());
    set.Add({file, std::move(read.plan), std::move(read.source), std::move(read.issues),
             std::move(attached.attachments)},
            now);
  }
  return set;
}

void PlanSet::Add(CheckedPlan checked, absl::Time now) {
  const bool readable = !libroute::HasErrors(checked.issues);
  const std::string& customer = checked.plan->customer();
  auto [owner, is_new] = files_.try_emplace(customer, checked.file);
  const bool is_second = !is_new && !customer.empty();
  // What must not replace a plan that is there is checked by itself.
  Rehearsal aside;
  Rehearsal& place = readable && !is_second ? *rehearsal_ : aside;
  std::vector<Issue> found = place.Publish(*checked.plan, checked.attachments, now).issues;
  if (readable) {
    checked.issues.insert(checked.issues.end(), found.begin(), found.end());
  } else {
    AddIndependent(std::move(found), checked.issues);
  }
  if (is_second) {
    checked.issues.push_back({Severity::kError,
                              "duplicate-customer",
                              "customer",
                              absl::StrCat("customer ", Quoted(customer), " has a plan in ",
                                           owner->second, " already; a customer has one plan"),
                              {}});
  }
  checked.source.Locate(checked.issues);
  SortByPlace(checked.file, checked.issues);
  plans_.push_back(std::move(checked));
}

bool PlanSet::HasErrors() const {
  return std::any_of(plans_.begin(), plans_.end(), [](const CheckedPlan& checked) {
    return libroute::HasErrors(checked.issues);
  });
}

absl::TimeZone PlanSet::ZoneOf(const std::string& customer) const {
  for (const CheckedPlan& checked : plans_) {
    if (checked.plan->customer() != customer) continue;
    absl::StatusOr<absl::TimeZone> zone = LoadZone(checked.plan->time_zone());
    if (zone.ok()) return *zone;
  }
  return absl::UTCTimeZone();
}

std::optional<CheckedPlan> LoadSoundPlan(const std::string& path, absl::Time now,
                                         int& exit_code) {
  absl::StatusOr<PlanSet> set = PlanSet::Load({path}, now);
  absl::Status status = set.status();
  if (set.ok() && set->plans().size() != 1) {
    status = absl::InvalidArgumentError(absl::StrCat(path, ": name one plan file"));
  }
  if (!status.ok()) {
    NoteError(status.message());
    exit_code = kUsage;
    return std::nullopt;
  }
  const CheckedPlan& checked = set->plans().front();
  if (!HasErrors(checked.issues)) return checked;
  for (const Issue& issue : checked.issues) Note(FormatIssue(issue));
  exit_code = kNotFine;
  return std::nullopt;
}

}  // namespace libroute
