#ifndef LIBROUTE_PLAN_UTF8_H_
#define LIBROUTE_PLAN_UTF8_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace libroute {

// One character of a UTF-8 text.
struct Utf8Character {
  char32_t code = 0;
  // Bytes that it takes, 1-4; 0 if the bytes are not UTF-8.
  int length = 0;
};

// The character that `text`, which is not empty, begins with. By RFC 3629:
// overlong forms, surrogates and codes above U+10FFFF are not UTF-8.
Utf8Character FirstCharacter(absl::string_view text);

// Appends `code`, at most U+10FFFF and no surrogate, to `text`.
void AppendUtf8(char32_t code, std::string& text);

// The offset of the first byte that is not part of a UTF-8 character;
// text.size() if there is none.
size_t FindInvalidUtf8(absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_PLAN_UTF8_H_
