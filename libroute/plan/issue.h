#ifndef LIBROUTE_PLAN_ISSUE_H_
#define LIBROUTE_PLAN_ISSUE_H_

#include <map>
#include <string>
#include <utility>
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

// Collects issues, but keeps only the first `max` of them and counts the
// rest, so that a hostile file cannot fill memory with complaints.
class IssueList {
 public:
  // `max` is at least 1.
  explicit IssueList(int max) : max_(max) {}

  void Add(Issue issue);

  // Whether further issues are only counted: no need to word them well.
  bool full() const { return static_cast<int>(issues_.size()) >= max_; }
  bool empty() const { return issues_.empty(); }

  // The issues, in the order of adding; if some were only counted, a last one
  // with code "more" says how many, as grave as the gravest of them.
  std::vector<Issue> Take() &&;

 private:
  int max_;
  int more_ = 0;
  Severity more_severity_ = Severity::kWarning;
  std::vector<Issue> issues_;
};

// Where each field of a plan stands in its file: from field path to position.
// A copyable value; const use is thread-safe. Memory grows with the number of
// fields, not with the length of their paths.
class SourceMap {
 public:
  // One field, list element or map entry in the map.
  using Place = int;
  // The document as a whole.
  static constexpr Place kWhole = 0;

  // Knows no file: every position is unknown until something is added.
  SourceMap() = default;
  explicit SourceMap(std::string file) : file_(std::move(file)) {}

  // Adds `path`; the positions of the fields around it stay as they are.
  void Add(absl::string_view path, int line, int column);

  // Adds what is called `segment` within `parent`, an earlier result or
  // kWhole. A segment is a field name, IndexSegment or KeySegment. One that
  // is there already gets the new position.
  Place AddWithin(Place parent, std::string segment, int line, int column);

  // The field path of a result of AddWithin.
  std::string Path(Place place) const;

  // The position of `path`, else that of the nearest enclosing field, else
  // the file's first line.
  SourcePosition Find(absl::string_view path) const;

  // Fills the position of each issue that has none.
  void Locate(std::vector<Issue>& issues) const;

  const std::string& file() const { return file_; }

 private:
  struct Entry {
    Place parent = kWhole;
    std::string segment;
    // 0 when only something within it was added.
    int line = 0;
    int column = 0;
  };

  // Entry i is place i + 1.
  std::string file_;
  std::vector<Entry> entries_;
  std::map<std::pair<Place, std::string>, Place> places_;
};

// `path` + "." + `name`, or the name alone.
std::string FieldPath(absl::string_view path, absl::string_view name);
// `path` + "[index]".
std::string IndexPath(absl::string_view path, int index);
// `path` of a map and one of its keys. Control characters and quotes in a key
// are escaped.
std::string KeyPath(absl::string_view path, absl::string_view key);

// The last segment of IndexPath and of KeyPath.
std::string IndexSegment(int index);
std::string KeySegment(absl::string_view key);

// `text` in double quotes, for messages: quotes, control characters, invisible
// characters and bytes that are not UTF-8 are escaped; of a long text only the
// first 80 bytes or so are shown, then "...".
std::string Quoted(absl::string_view text);

// The one of `candidates` that `word` is most likely a misspelling of: edit
// distance at most a third of its length, at least 1; the first of several
// that are equally near; empty if none is near. Neighbouring letters changed
// over count as one edit, upper and lower case as equal. Cost: candidates x
// length; nothing is near to a word of more than 64 bytes.
std::string NearestName(absl::string_view word, const std::vector<std::string>& candidates);

// "; did you mean \"x\"?" or "", to end a message with.
std::string DidYouMean(absl::string_view word, const std::vector<std::string>& candidates);

}  // namespace libroute

#endif  // LIBROUTE_PLAN_ISSUE_H_
