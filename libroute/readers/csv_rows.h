#ifndef LIBROUTE_READERS_CSV_ROWS_H_
#define LIBROUTE_READERS_CSV_ROWS_H_

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

// A place in a text; both count from 1, columns in characters.
struct TextPlace {
  int line = 1;
  int column = 1;
};

// One cell of a CSV row.
struct CsvCell {
  // Without its quotes; without spaces around it where it has none.
  absl::string_view text;
  // Where it begins in the file.
  size_t offset = 0;
};

struct CsvRow {
  std::vector<CsvCell> cells;
  // What is wrong with the row and where, empty if nothing: then the cells are
  // those before it.
  std::string fault;
  size_t fault_offset = 0;
};

// The rows of a CSV text as RFC 4180 has them, one after the other:
//
//   CsvRows rows(text);
//   while (const CsvRow* row = rows.Next()) ...
//
// Cells are separated by ',' or ';', whichever the first row has first; lines
// end in LF or CRLF; a byte order mark is passed over, and so are lines without
// anything. Time is linear in the text, memory in one row. `text` must outlive
// this. Thread-compatible.
class CsvRows {
 public:
  explicit CsvRows(absl::string_view text);

  // The next row, valid until the next call; nullptr after the last one. After
  // a quote that is never closed nothing follows.
  const CsvRow* Next();

  // The place of an offset in the row that Next() returned last.
  TextPlace PlaceOf(size_t offset) const;

 private:
  void ReadRow();
  // Reads a cell from next_ on and the separator or line end after it; whether
  // the row goes on.
  bool ReadCell();
  void ReadPlain();
  // Whether it is as it should be.
  bool ReadQuoted();
  void Fault(size_t offset, std::string what);
  void SkipLine();
  bool AtLineEnd() const;
  void PassLineEnd();

  absl::string_view text_;
  char separator_ = ',';
  size_t next_ = 0;
  size_t row_begin_ = 0;
  // Of row_begin_.
  int line_ = 1;
  CsvRow row_;
  // Cells with quotes in them.
  std::deque<std::string> unquoted_;
};

}  // namespace libroute

#endif  // LIBROUTE_READERS_CSV_ROWS_H_
