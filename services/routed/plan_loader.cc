#include "services/routed/plan_loader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
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

}  // namespace

LoadSummary PlanLoader::Load(absl::Time now) {
  LoadSummary summary;
  ReadAll();
  WithdrawOthers(summary);
  PublishAll(now, summary);
  files_.clear();
  return summary;
}

std::vector<std::string> PlanLoader::FindFiles() {
  std::vector<std::string> found;
  for (const std::string& path : paths_) {
    absl::StatusOr<std::vector<std::string>> files = FindPlanFiles(path);
    if (files.ok()) {
      found.insert(found.end(), files->begin(), files->end());
      continue;
    }
    spdlog::error("{}", std::string(files.status().message()));
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
  if (text.ok()) {
    file.read = ReadPlan(*text, path, limits);
    file.customer = file.read.plan->customer();
    file.is_good = !HasErrors(file.read.issues);
  } else {
    spdlog::error("{}", std::string(text.status().message()));
  }
  auto known = customer_of_file_.find(path);
  if (file.customer.empty() && known != customer_of_file_.end()) file.customer = known->second;
  return file;
}

void PlanLoader::ReadAll() {
  something_is_unknown_ = false;
  files_.clear();
  named_.clear();
  std::map<std::string, std::string> customers;
  std::map<std::string, std::string> first_files;
  for (const std::string& path : FindFiles()) {
    PlanFile file = Read(path);
    if (file.customer.empty()) {
      something_is_unknown_ = true;
    } else {
      customers[path] = file.customer;
      named_.insert(file.customer);
      auto [first, is_first] = first_files.emplace(file.customer, path);
      if (!is_first) {
        file.is_good = false;
        spdlog::error("{}: customer {} has a plan in {} already; this one is left out", path,
                      Quoted(file.customer), first->second);
      }
    }
    files_.push_back(std::move(file));
  }
  // As long as a file may just be out of sight, it keeps its customer.
  if (something_is_unknown_) customers.insert(customer_of_file_.begin(), customer_of_file_.end());
  customer_of_file_ = std::move(customers);
}

void PlanLoader::WithdrawOthers(LoadSummary& summary) {
  for (auto customer = published_.begin(); customer != published_.end();) {
    if (named_.count(*customer) > 0) {
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
    }
  }
}

// A number may go from one customer to another within one load: who still
// finds it taken tries again when others have changed.
void PlanLoader::PublishAll(absl::Time now, LoadSummary& summary) {
  std::vector<PlanFile*> waiting;
  for (PlanFile& file : files_) {
    if (file.is_good) {
      waiting.push_back(&file);
    } else {
      LogRefused(file);
      ++summary.bad;
    }
  }
  size_t before = 0;
  do {
    before = waiting.size();
    waiting.erase(std::remove_if(waiting.begin(), waiting.end(),
                                 [&](PlanFile* file) { return Publish(*file, now, summary); }),
                  waiting.end());
  } while (!waiting.empty() && waiting.size() < before);
  for (PlanFile* file : waiting) {
    LogRefused(*file);
    ++summary.bad;
  }
}

bool PlanLoader::Publish(PlanFile& file, absl::Time now, LoadSummary& summary) {
  Publication publication = engine_.Publish(*file.read.plan, {}, now);
  file.read.source.Locate(publication.issues);
  file.read.issues = std::move(publication.issues);
  if (HasErrors(file.read.issues)) return false;
  published_.insert(file.customer);
  if (!publication.changed) {
    ++summary.unchanged;
    spdlog::info("plan unchanged: customer {} ({})", file.customer, file.path);
    return true;
  }
  LogIssues(file.read.issues);
  ++summary.published;
  spdlog::info("plan published: customer {}, revision {}, {}, {} ({})", file.customer,
               publication.revision.substr(0, kShortRevision),
               Count(file.read.plan->numbers_size(), "number"),
               Count(CountOf(Severity::kWarning, file.read.issues), "warning"), file.path);
  return true;
}

void PlanLoader::LogRefused(const PlanFile& file) {
  LogIssues(file.read.issues);
  // Of what is not the plan's own fault the log has said why.
  if (!HasErrors(file.read.issues)) return;
  std::string live = engine_.LiveRevision(file.customer);
  spdlog::error("plan refused: {}, {}; {}", file.path,
                Count(CountOf(Severity::kError, file.read.issues), "error"),
                live.empty() ? "its customer has no live plan"
                             : absl::StrCat("revision ", live.substr(0, kShortRevision), " of ",
                                            file.customer, " stays live"));
}

}  // namespace libroute
