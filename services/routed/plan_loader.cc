#include "services/routed/plan_loader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/v1/plan.pb.h"
#include "services/routed/plan_files.h"
#include "spdlog/spdlog.h"

namespace libroute {
namespace {

constexpr size_t kShortRevision = 12;

void LogIssues(const std::vector<Issue>& issues) {
  for (const Issue& issue : issues) {
    spdlog::level::level_enum level =
        issue.severity == Severity::kError ? spdlog::level::err : spdlog::level::warn;
    spdlog::log(level, "{}", FormatIssue(issue));
  }
}

std::string Count(int64_t count, absl::string_view what) {
  return absl::StrCat(count, " ", what, count == 1 ? "" : "s");
}

int CountOf(Severity severity, const std::vector<Issue>& issues) {
  return static_cast<int>(std::count_if(issues.begin(), issues.end(),
                                        [&](const Issue& i) { return i.severity == severity; }));
}

// Whether a plan was refused for nothing but numbers that `customer` has.
bool IsInTheWay(const std::string& customer, const std::vector<Issue>& issues) {
  const std::string holder = absl::StrCat("served by customer ", Quoted(customer), " ");
  return HasErrors(issues) && std::all_of(issues.begin(), issues.end(), [&](const Issue& issue) {
           return issue.severity != Severity::kError ||
                  (issue.code == "duplicate-number" && absl::StrContains(issue.message, holder));
         });
}

}  // namespace

// Numbers go from one customer to another within one load: who finds one taken
// tries again when others have changed or are withdrawn.
LoadSummary PlanLoader::Load(absl::Time now) {
  LoadSummary summary;
  ReadAll(summary);
  RefuseDuplicates();
  for (PlanFile& file : files_) {
    if (file.is_good) waiting_.push_back(&file);
  }
  do {
    PublishWaiting(now, summary);
  } while (WithdrawOthers(summary));
  for (const PlanFile& file : files_) {
    if (file.is_accepted) continue;
    LogRefused(file);
    ++summary.bad;
  }
  ForgetFilesThatAreGone();
  waiting_.clear();
  files_.clear();
  return summary;
}

std::vector<std::string> PlanLoader::FindFiles(LoadSummary& summary) {
  std::vector<std::string> found;
  for (const std::string& path : paths_) {
    absl::StatusOr<std::vector<std::string>> files = FindPlanFiles(path);
    if (files.ok()) {
      found.insert(found.end(), files->begin(), files->end());
      continue;
    }
    spdlog::error("{}", std::string(files.status().message()));
    ++summary.unread;
    // A plan file that is gone is gone; but what is missing where nothing was
    // read before may be a directory that is not mounted.
    bool was_a_file = customer_of_file_.count(path) > 0;
    if (!absl::IsNotFound(files.status()) || !was_a_file) something_is_unknown_ = true;
  }
  return found;
}

PlanLoader::PlanFile PlanLoader::Read(const std::string& path) {
  PlanFile file;
  file.path = path;
  PlanLimits limits;
  absl::StatusOr<std::string> text = ReadFile(path, limits.max_bytes);
  if (!text.ok()) {
    spdlog::error("{}", std::string(text.status().message()));
    something_is_unknown_ = true;
    return file;
  }
  file.read = ReadPlan(*text, path, limits);
  file.customer = file.read.plan->customer();
  AttachmentReading attached = attachment_reader_.Read(*file.read.plan, DirectoryOf(path), ReadFile);
  file.read.source.Locate(attached.issues);
  file.read.issues.insert(file.read.issues.end(), attached.issues.begin(), attached.issues.end());
  file.attachments = std::move(attached.attachments);
  file.is_good = !HasErrors(file.read.issues);
  if (file.is_good) file.warnings = file.read.issues;
  std::string& customer = customer_of_file_[path];
  if (customer.empty()) customer = file.customer;
  if (customer.empty()) something_is_unknown_ = true;
  return file;
}

void PlanLoader::ReadAll(LoadSummary& summary) {
  something_is_unknown_ = false;
  for (const std::string& path : FindFiles(summary)) files_.push_back(Read(path));
}

void PlanLoader::RefuseDuplicates() {
  std::map<std::string, std::vector<PlanFile*>> files_of;
  for (PlanFile& file : files_) {
    if (!file.customer.empty()) files_of[file.customer].push_back(&file);
  }
  for (const auto& [customer, files] : files_of) {
    if (files.size() < 2) continue;
    std::vector<std::string> paths;
    for (PlanFile* file : files) {
      file->is_good = false;
      paths.push_back(file->path);
    }
    spdlog::error("customer {} has several plans, none of which is taken: {}", Quoted(customer),
                  absl::StrJoin(paths, ", "));
  }
}

void PlanLoader::PublishWaiting(absl::Time now, LoadSummary& summary) {
  size_t before = 0;
  do {
    before = waiting_.size();
    waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(),
                                  [&](PlanFile* file) { return Publish(*file, now, summary); }),
                   waiting_.end());
  } while (!waiting_.empty() && waiting_.size() < before);
}

bool PlanLoader::IsKeptByAFile(const std::string& customer) const {
  return std::any_of(files_.begin(), files_.end(), [&](const PlanFile& file) {
    if (file.customer == customer) return true;
    if (file.is_accepted) return false;
    auto known = customer_of_file_.find(file.path);
    return known != customer_of_file_.end() && known->second == customer &&
           !(file.is_good && IsInTheWay(customer, file.read.issues));
  });
}

bool PlanLoader::WithdrawOthers(LoadSummary& summary) {
  bool is_any_withdrawn = false;
  for (auto customer = published_.begin(); customer != published_.end();) {
    if (IsKeptByAFile(*customer)) {
      ++customer;
    } else if (something_is_unknown_) {
      spdlog::warn("plan of {} stays: its file is gone, but not everything could be read",
                   *customer);
      ++customer;
    } else {
      absl::Status status = engine_.Withdraw(*customer);
      if (status.ok()) ++summary.withdrawn;
      spdlog::info("plan withdrawn: customer {}, its file is gone", *customer);
      customer = published_.erase(customer);
      is_any_withdrawn = true;
    }
  }
  return is_any_withdrawn;
}

// As long as a file may just be out of sight, it keeps its customer.
void PlanLoader::ForgetFilesThatAreGone() {
  if (something_is_unknown_) return;
  std::map<std::string, std::string> present;
  for (const PlanFile& file : files_) present.insert(*customer_of_file_.find(file.path));
  customer_of_file_ = std::move(present);
}

bool PlanLoader::Publish(PlanFile& file, absl::Time now, LoadSummary& summary) {
  Publication publication = engine_.Publish(*file.read.plan, file.attachments, now);
  file.read.source.Locate(publication.issues);
  file.read.issues = std::move(publication.issues);
  if (HasErrors(file.read.issues)) return false;
  file.is_accepted = true;
  customer_of_file_[file.path] = file.customer;
  published_.insert(file.customer);
  if (!publication.changed) {
    ++summary.unchanged;
    spdlog::info("plan unchanged: customer {} ({})", file.customer, file.path);
    return true;
  }
  LogIssues(file.warnings);
  LogIssues(file.read.issues);
  ++summary.published;
  spdlog::info("plan published: customer {}, revision {}, {}, {} ({})", file.customer,
               publication.revision.substr(0, kShortRevision),
               Count(file.read.plan->numbers_size() + file.read.plan->lines_size(), "number"),
               Count(CountOf(Severity::kWarning, file.warnings) +
                         CountOf(Severity::kWarning, file.read.issues),
                     "warning"),
               file.path);
  return true;
}

void PlanLoader::LogRefused(const PlanFile& file) {
  LogIssues(file.read.issues);
  // Of what is not the plan's own fault the log has said why.
  if (!HasErrors(file.read.issues)) return;
  auto known = customer_of_file_.find(file.path);
  std::string customer = known == customer_of_file_.end() ? file.customer : known->second;
  std::string live = engine_.LiveRevision(customer);
  spdlog::error("plan refused: {}, {}; {}", file.path,
                Count(CountOf(Severity::kError, file.read.issues), "error"),
                live.empty() ? "its customer has no live plan"
                             : absl::StrCat("revision ", live.substr(0, kShortRevision), " of ",
                                            customer, " stays live"));
}

}  // namespace libroute
