#ifndef LIBROUTE_PLAN_ISSUE_H_
#define LIBROUTE_PLAN_ISSUE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

enum class Severity { kWarning, kError };

// "error" or "warning".
absl::string_view SeverityName(Severity severity);

// A place in a plan file. Lines and columns count from 1; line 0 means that
// the place is not known (a plan that was not read from text).
struct SourcePosition {
  std::string file;
  int line = 0;
  int column = 0;
};

// One thing that is wrong with a plan, or looks wrong.
struct Issue {
  Severity severity = Severity::kError;
  // Short and stable, for programs: "unknown-name", "syntax", ...
  std::string code;
  // Field path in the plan, e.g. "trees.desk.time.cases[0].schedule"; empty
  // for the plan as a whole. Fields are named as in plan.proto (snake case);
  // oneof names do not appear. A map key that is not a plain name (letters,
  // digits, '-', '_') is quoted: menu.keys["*"].
  std::string path;
  // What is wrong, and what would be right.
  std::string message;
  // Filled by SourceMap::Locate.
  SourcePosition position;
};

// "file:line:column: error: path: message", without what is not known.
std::string FormatIssue(const Issue& issue);

bool HasErrors(const std::vector<Issue>& issues);

// Where each field of a plan stands in its file: from field path to position.
class SourceMap {
 public:
  SourceMap() = default;
  explicit SourceMap(std::string file) : file_(std::move(file)) {}

  void Add(std::string path, int line, int column);

  // The position of `path`, else that of the nearest enclosing field, else
  // the file's first line.
  SourcePosition Find(absl::string_view path) const;

  // Fills the position of each issue that has none.
  void Locate(std::vector<Issue>& issues) const;

  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::map<std::string, std::pair<int, int>> positions_;
};

// `path` + "." + `name`, or the name alone.
std::string FieldPath(absl::string_view path, absl::string_view name);
// `path` + "[index]".
std::string IndexPath(absl::string_view path, int index);
// `path` of a map and one of its keys.
std::string KeyPath(absl::string_view path, absl::string_view key);

// The one of `candidates` that `word` is most likely a misspelling of (edit
// distance at most a third of its length, at least 1); empty if none is near.
std::string NearestName(absl::string_view word, const std::vector<std::string>& candidates);

// " did you mean \"x\"?" or "", to end a message with.
std::string DidYouMean(absl::string_view word, const std::vector<std::string>& candidates);

}  // namespace libroute

#endif  // LIBROUTE_PLAN_ISSUE_H_
