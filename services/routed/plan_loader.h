#ifndef LIBROUTE_SERVICES_ROUTED_PLAN_LOADER_H_
#define LIBROUTE_SERVICES_ROUTED_PLAN_LOADER_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/plan/attachments.h"
#include "libroute/readers/attachment_reader.h"
#include "libroute/readers/plan_reader.h"

namespace libroute {

// What came of loading plans, in customers.
struct LoadSummary {
  int published = 0;
  int unchanged = 0;
  // Files whose plan did not become live.
  int bad = 0;
  // Paths that could not be looked into.
  int unread = 0;
  int withdrawn = 0;
};

// Keeps an engine's plans as plan files say. Every fact goes to the log.
//
// Customer by customer: a bad file leaves the live plan that came from it as it
// is, and every other customer alone. So does a bad file that a plan names: it
// stands beside the plan, and is read with it. When several files name one customer, all
// of them are bad: none is better than another.
//
// A customer is withdrawn last of all, when its file is gone or has become
// another customer's plan that is accepted; and not while something could not
// be read that may be its plan. Thread-compatible.
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
    // Whom it names; empty if that cannot be read.
    std::string customer;
    ReadResult read;
    // The files that the plan names, and what is odd in them.
    Attachments attachments;
    std::vector<Issue> warnings;
    bool is_good = false;
    bool is_accepted = false;
  };

  std::vector<std::string> FindFiles(LoadSummary& summary);
  PlanFile Read(const std::string& path);
  void ReadAll(LoadSummary& summary);
  void RefuseDuplicates();
  // Publishes what it can of `waiting_`; the rest stays there.
  void PublishWaiting(absl::Time now, LoadSummary& summary);
  // Whether the engine took it, changed or not; else its issues are left in
  // `file.read`.
  bool Publish(PlanFile& file, absl::Time now, LoadSummary& summary);
  // Whether any customer was withdrawn.
  bool WithdrawOthers(LoadSummary& summary);
  bool IsKeptByAFile(const std::string& customer) const;
  void ForgetFilesThatAreGone();
  void LogRefused(const PlanFile& file);

  Engine& engine_;
  std::vector<std::string> paths_;
  AttachmentReader attachment_reader_;
  // Whose plan each file was when it was last accepted; until then, whose it
  // was first said to be, if anyone's.
  std::map<std::string, std::string> customer_of_file_;
  // Whose plans were published here.
  std::set<std::string> published_;

  // Of the present load.
  std::vector<PlanFile> files_;
  std::vector<PlanFile*> waiting_;
  bool something_is_unknown_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_PLAN_LOADER_H_
