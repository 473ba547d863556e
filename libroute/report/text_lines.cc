#include "libroute/report/text_lines.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace libroute {

std::string TextTable::ToString() const {
  std::vector<size_t> widths;
  for (const std::vector<std::string>& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], TextWidth(row[i]));
  }
  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    std::string line;
    size_t column = 0;
    for (size_t i = 0; i < row.size(); ++i) {
      if (row[i].empty()) {
        column += widths[i] + 2;
        continue;
      }
      line.append(column - TextWidth(line), ' ');
      absl::StrAppend(&line, row[i]);
      column += widths[i] + 2;
    }
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

size_t TextWidth(absl::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string Printable(absl::string_view text) {
  std::string printable;
  for (size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F, which terminals obey, too.
    const bool is_c1 =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (is_c1) byte = static_cast<unsigned char>(text[++i]);
    if (is_c1 || byte < 0x20 || byte == 0x7F) {
      absl::StrAppend(&printable, "\\u", absl::Hex(byte, absl::kZeroPad4));
    } else {
      printable.push_back(text[i]);
    }
  }
  return printable;
}

}  // namespace libroute
