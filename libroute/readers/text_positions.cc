#include "libroute/readers/text_positions.h"

#include <algorithm>

namespace libroute {
namespace {

constexpr size_t kBlock = 64;

// Every byte but a continuation byte begins a character.
size_t CountCharacters(absl::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

}  // namespace

TextPositions::TextPositions(absl::string_view text) : text_(text) {
  lines_.push_back(0);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') lines_.push_back(i + 1);
  }
  size_t characters = 0;
  for (size_t block = 0; block <= text.size(); block += kBlock) {
    characters_.push_back(characters);
    characters += CountCharacters(text.substr(block, kBlock));
  }
}

LineColumn TextPositions::At(size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next_line = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const size_t start = *(next_line - 1);
  return {static_cast<int>(next_line - lines_.begin()),
          static_cast<int>(CharactersBefore(offset) - CharactersBefore(start)) + 1};
}

size_t TextPositions::CharactersBefore(size_t offset) const {
  const size_t block = offset / kBlock;
  return characters_[block] +
         CountCharacters(text_.substr(block * kBlock, offset - block * kBlock));
}

}  // namespace libroute
