#ifndef LIBROUTE_SERVICES_ROUTECTL_PLAN_SET_H_
#define LIBROUTE_SERVICES_ROUTECTL_PLAN_SET_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/plan/attachments.h"
#include "libroute/plan/issue.h"
#include "libroute/rehearsal/rehearsal.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// A plan file that was read and checked, with the files that it names.
struct CheckedPlan {
  std::string file;
  // Never null; when there are errors, what could be read.
  std::shared_ptr<const v1::Plan> plan;
  SourceMap source;
  // All that is wrong with it, sorted by line; then with its files.
  std::vector<Issue> issues;
  // What could be read of its files, which stand beside it.
  Attachments attachments;
};

// Plan files, checked one after the other as if they were published to one
// server: what is wrong in each of them, and between them.
class PlanSet {
 public:
  // Reads and checks `paths` (see FindPlanFiles) as of `now`. An error only
  // when a file cannot be read.
  static absl::StatusOr<PlanSet> Load(const std::vector<std::string>& paths, absl::Time now) {
    return Load(paths, now, "");
  }
  // The same with what a carrier's inventory in file `inventory` has against
  // their numbers; none if empty. What is wrong with the inventory itself is an
  // error.
  static absl::StatusOr<PlanSet> Load(const std::vector<std::string>& paths, absl::Time now,
                                      const std::string& inventory);

  const std::vector<CheckedPlan>& plans() const { return plans_; }
  bool HasErrors() const;

  // Where the sound plans are published.
  Rehearsal& rehearsal() { return *rehearsal_; }

  // The zone of a customer's plan; UTC for one that is not here or has none.
  absl::TimeZone ZoneOf(const std::string& customer) const;

 private:
  PlanSet() : rehearsal_(std::make_unique<Rehearsal>()) {}
  void Add(CheckedPlan checked, absl::Time now);
  absl::Status SetInventory(const std::string& file);

  std::unique_ptr<Rehearsal> rehearsal_;
  std::vector<CheckedPlan> plans_;
  // The file of each customer.
  std::map<std::string, std::string> files_;
};

// The one plan that `path` stands for, of which nothing is wrong. Otherwise says
// what is, and sets the exit code that goes with it.
std::optional<CheckedPlan> LoadSoundPlan(const std::string& path, absl::Time now, int& exit_code);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_PLAN_SET_H_
