#include "libroute/plan/utf8.h"

#include <cstdint>

namespace libroute {
namespace {

// Bytes of the character that begins with `lead`; 0 for a byte that cannot
// begin one.
int LengthFromLead(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

bool IsInRange(char32_t code, int length) {
  if (length == 3) return code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
  if (length == 4) return code >= 0x10000 && code <= 0x10FFFF;
  return true;
}

}  // namespace

Utf8Character FirstCharacter(absl::string_view text) {
  const unsigned char lead = text[0];
  const int length = LengthFromLead(lead);
  if (length <= 1) return {lead, length};
  if (text.size() < static_cast<size_t>(length)) return {};
  char32_t code = lead & (0x7F >> length);
  for (int i = 1; i < length; ++i) {
    const unsigned char byte = text[i];
    if ((byte & 0xC0) != 0x80) return {};
    code = code << 6 | (byte & 0x3F);
  }
  if (!IsInRange(code, length)) return {};
  return {code, length};
}

void AppendUtf8(char32_t code, std::string& text) {
  if (code < 0x80) {
    text.push_back(static_cast<char>(code));
    return;
  }
  const int length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  const uint8_t lead_bits[] = {0, 0, 0xC0, 0xE0, 0xF0};
  text.push_back(static_cast<char>(lead_bits[length] | code >> (6 * (length - 1))));
  for (int i = length - 2; i >= 0; --i) {
    text.push_back(static_cast<char>(0x80 | (code >> (6 * i) & 0x3F)));
  }
}

size_t FindInvalidUtf8(absl::string_view text) {
  size_t offset = 0;
  while (offset < text.size()) {
    const int length = FirstCharacter(text.substr(offset)).length;
    if (length == 0) return offset;
    offset += length;
  }
  return offset;
}

}  // namespace libroute
