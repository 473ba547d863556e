#ifndef LIBROUTE_READERS_TEXT_POSITIONS_H_
#define LIBROUTE_READERS_TEXT_POSITIONS_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

// A place in a text, both from 1; columns are characters.
struct LineColumn {
  int line = 1;
  int column = 1;
};

// Finds lines and columns for byte offsets in a UTF-8 text, each in constant
// time but for a search among the lines. Views the text, which must outlive it.
class TextPositions {
 public:
  explicit TextPositions(absl::string_view text);

  // The place of the character at `offset`; of the text's end for anything
  // beyond.
  LineColumn At(size_t offset) const;

 private:
  // Characters before `offset`.
  size_t CharactersBefore(size_t offset) const;

  absl::string_view text_;
  // Where each line begins.
  std::vector<size_t> lines_;
  // Characters before each block of the text.
  std::vector<size_t> characters_;
};

}  // namespace libroute

#endif  // LIBROUTE_READERS_TEXT_POSITIONS_H_
