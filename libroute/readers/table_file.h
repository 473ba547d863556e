#ifndef LIBROUTE_READERS_TABLE_FILE_H_
#define LIBROUTE_READERS_TABLE_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/plan/attachments.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"

namespace libroute {

// Which columns of a file are looked at, as FindColumn (csv_file.h) reads them:
// the first and the second where nothing is said.
struct TableColumns {
  absl::string_view key;
  absl::string_view value;
};

// What came of reading the file of a table.
struct TableFileReading {
  // Null if there are errors: a table is taken whole or not at all.
  std::shared_ptr<const TableRows> rows;
  // As in CallerFileReading. A warning counts rows that are there twice; two
  // rows of one key with different values are an error.
  std::vector<Issue> issues;
};

// Reads the rows of a table from a CSV text. Where a column is named, the first
// row has the names; otherwise it is a row as any other. Keys and values have
// at most limits.max_table_bytes bytes, of UTF-8. `file` only names the places. Costs
// some 0.5 us a row. Thread-safe.
TableFileReading ReadTableFile(absl::string_view text, const std::string& file,
                               const TableColumns& columns, const AttachmentLimits& limits);

}  // namespace libroute

#endif  // LIBROUTE_READERS_TABLE_FILE_H_
