#ifndef LIBROUTE_READERS_CSV_FILE_H_
#define LIBROUTE_READERS_CSV_FILE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"
#include "libroute/readers/csv_rows.h"

namespace libroute {

// A CSV file that is taken whole or not at all: its rows, and what is wrong
// with them and with what its reader finds in them.
//
//   CsvFile csv(text, "vip.csv", limits);
//   for (const CsvRow* row = csv.Next(); row != nullptr; row = csv.Next()) {
//     if (...) csv.Fault(row->cells[0].offset, "the cell is empty");
//   }
//   if (csv.is_sound()) ...
//   issues = csv.TakeIssues();
//
// All rows have as many cells as the first one; where that one cannot be read,
// nothing after it is looked at. Thread-compatible; `text` and `limits` must
// outlive this.
class CsvFile {
 public:
  CsvFile(absl::string_view text, std::string file, const AttachmentLimits& limits);

  // The next row that has as many cells as the first, all of UTF-8, valid until
  // the next call; of others the fault is noted. nullptr after the last one.
  const CsvRow* Next();

  // Where a column is: its index, and whether the first row named it.
  struct Column {
    size_t index = 0;
    bool is_named = false;
  };
  // The column that `column` means, a number from 1 or a name in the row
  // `first`, whatever its case; the one of index `absent` if it is empty.
  // Nothing, and an error is noted, when there is none.
  std::optional<Column> FindColumn(const CsvRow& first, absl::string_view column, size_t absent);

  // Notes what is wrong at an offset in the row that Next() returned last.
  void Fault(size_t offset, std::string message);
  // Note what is wrong or odd with the file, which `what` goes on to say after
  // its name: "has no rows".
  void Refuse(absl::string_view code, absl::string_view what);
  void Warn(absl::string_view code, absl::string_view what);

  // Whether nothing was wrong so far.
  bool is_sound() const { return faulty_ == 0 && !is_refused_; }

  // What was noted about the file; if rows are wrong, an error that counts
  // them, then the first limits.max_faults of them.
  std::vector<Issue> TakeIssues();

 private:
  void AboutFile(Severity severity, absl::string_view code, absl::string_view what);

  const std::string file_;
  CsvRows rows_;
  // Of the first row; 0 before it.
  size_t width_ = 0;
  bool is_refused_ = false;
  size_t faulty_ = 0;
  std::vector<Issue> about_file_;
  IssueList faults_;
};

}  // namespace libroute

#endif  // LIBROUTE_READERS_CSV_FILE_H_
