#ifndef LIBROUTE_READERS_DOCUMENT_H_
#define LIBROUTE_READERS_DOCUMENT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"

namespace libroute {

// One value of a YAML or JSON text, with its place.
struct DocumentNode {
  enum class Kind {
    // Nothing, `null` or `~`.
    kNull,
    kScalar,
    kList,
    kMap,
    // Something that is not accepted and was complained about already.
    kRefused,
  };

  // Name of an entry of a map, as written.
  struct Key {
    std::string text;
    int line = 0;
    int column = 0;
  };

  Kind kind = Kind::kNull;
  // Of a scalar: it is text whatever it looks like.
  bool is_quoted = false;
  // From 1; columns are characters, not bytes.
  int line = 0;
  int column = 0;
  // How many elements or entries the text has; not more than max_list are
  // kept.
  int size = 0;
  // Of a scalar.
  std::string text;
  // The elements of a list, or the values of a map.
  std::vector<DocumentNode> values;
  // The names of a map's values, in order of writing, repeats included.
  std::vector<Key> keys;
};

// Reads `text` into a tree of values and adds what is wrong with it to
// `issues`, with positions in `file` and without paths. A text that is not
// understood gives what came before the mistake. See ReadMessage
// (message_reader.h) for how JSON and YAML are told apart.
//
// Neither deep nor repetitive text makes this recurse or take more than time
// and memory proportional to the text's size.
DocumentNode ParseDocument(absl::string_view text, const std::string& file,
                           const PlanLimits& limits, IssueList& issues);

}  // namespace libroute

#endif  // LIBROUTE_READERS_DOCUMENT_H_
