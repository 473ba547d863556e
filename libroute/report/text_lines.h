#ifndef LIBROUTE_REPORT_TEXT_LINES_H_
#define LIBROUTE_REPORT_TEXT_LINES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

// Rows of cells, written with each column as wide as its widest cell.
class TextTable {
 public:
  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  // Columns two spaces apart, the last one as it is; no spaces at the ends of
  // lines.
  std::string ToString() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// How many columns UTF-8 text takes on a screen: its code points.
size_t TextWidth(absl::string_view text);

// `text`, UTF-8, with control characters escaped as in JSON: fit for one line of
// a terminal.
std::string Printable(absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_TEXT_LINES_H_
