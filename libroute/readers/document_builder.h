#ifndef LIBROUTE_READERS_DOCUMENT_BUILDER_H_
#define LIBROUTE_READERS_DOCUMENT_BUILDER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"
#include "libroute/readers/document.h"
#include "libroute/readers/text_positions.h"

namespace libroute {

// Builds a document from what a parser sees, in the order of the text, and
// keeps it within limits. In a map, names and values come in turn. Offsets are
// bytes from the beginning of the text.
//
// Once stopped() the parser must end: a limit was passed, and said so.
class DocumentBuilder {
 public:
  // Views `text`; what is wrong goes to `issues`. Both must outlive it.
  DocumentBuilder(absl::string_view text, std::string file, const PlanLimits& limits,
                  IssueList& issues);

  void PlainScalar(size_t offset, std::string text);
  void QuotedScalar(size_t offset, std::string text);
  void Null(size_t offset);
  // A value that the caller has complained about.
  void Refused(size_t offset);
  void BeginList(size_t offset);
  void BeginMap(size_t offset);
  // Of the innermost list or map.
  void End();

  // Says that something is wrong at `offset`.
  void Complain(size_t offset, std::string code, std::string message);

  bool stopped() const { return is_stopped_; }

  // What was built; leaves nothing behind.
  DocumentNode TakeRoot() { return std::move(root_); }

 private:
  // A list or map that is not yet at its end.
  struct Open {
    // Null when it is not kept.
    DocumentNode* node;
    bool is_map = false;
    // Of a map: the next thing is a value.
    bool has_key = false;
    // Of a map: that value is not kept.
    bool drops_value = false;
    // Stands where a name is expected, at this offset.
    std::optional<size_t> key_offset;
  };

  // The node for a value of this kind, the next in the text; null when it is
  // not kept.
  DocumentNode* Place(size_t offset, DocumentNode::Kind kind);
  // Where that node is.
  DocumentNode* Slot();
  void Begin(size_t offset, DocumentNode::Kind kind);
  bool ExpectsKey() const { return !open_.empty() && open_.back().is_map && !open_.back().has_key; }
  void AddKey(size_t offset, std::string text);
  // Takes something else as a name; its value is not kept.
  void SkipKey();
  void ComplainAboutKey(size_t offset);
  void Stop(size_t offset, std::string code, std::string message);

  TextPositions positions_;
  std::string file_;
  const PlanLimits limits_;
  IssueList& issues_;
  DocumentNode root_;
  // Pointers into the tree stay good: only the innermost node grows.
  std::vector<Open> open_;
  int values_ = 0;
  bool is_stopped_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_READERS_DOCUMENT_BUILDER_H_
