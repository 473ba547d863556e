#ifndef LIBROUTE_SERVICES_ROUTED_PLAN_LOADER_H_
#define LIBROUTE_SERVICES_ROUTED_PLAN_LOADER_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/readers/plan_reader.h"

namespace libroute {

// What came of loading plans, in customers.
struct LoadSummary {
  int published = 0;
  int unchanged = 0;
  // Files whose plan did not become live.
  int bad = 0;
  int withdrawn = 0;
};

// Keeps an engine's plans as plan files say. Every fact goes to the log.
//
// Customer by customer: a bad file leaves its customer's live plan as it is,
// and every other customer alone. A customer whose file is gone is withdrawn,
// unless something could not be read that may be its plan. The second file for
// a customer is an error. Thread-compatible.
class PlanLoader {
 public:
  // `engine` must outlive the loader. `paths` are files or directories.
  PlanLoader(Engine& engine, std::vector<std::string> paths)
      : engine_(engine), paths_(std::move(paths)) {}

  // Reads all files and makes the engine follow them.
  LoadSummary Load(absl::Time now);

 private:
  // A file on its way into the engine.
  struct PlanFile {
    std::string path;
    std::string customer;
    ReadResult read;
    bool is_good = false;
  };

  std::vector<std::string> FindFiles();
  PlanFile Read(const std::string& path);
  void ReadAll();
  void WithdrawOthers(LoadSummary& summary);
  void PublishAll(absl::Time now, LoadSummary& summary);
  // Whether the engine took it, changed or not; else its issues are left in
  // `file.read`.
  bool Publish(PlanFile& file, absl::Time now, LoadSummary& summary);
  void LogRefused(const PlanFile& file);

  Engine& engine_;
  std::vector<std::string> paths_;
  // Whose plan each file was when it was last known.
  std::map<std::string, std::string> customer_of_file_;
  // Whose plans were published here.
  std::set<std::string> published_;

  // Of the present load.
  std::vector<PlanFile> files_;
  std::set<std::string> named_;
  bool something_is_unknown_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_PLAN_LOADER_H_
