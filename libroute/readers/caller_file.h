#ifndef LIBROUTE_READERS_CALLER_FILE_H_
#define LIBROUTE_READERS_CALLER_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/number/caller_list.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"

namespace libroute {

// What came of reading a file of callers.
struct CallerFileReading {
  // Null if there are errors: a list is taken whole or not at all.
  std::shared_ptr<const CallerList> callers;
  // Each with its place in the file as far as it has one, and without a path.
  // When rows are wrong, an error that counts them, then the first
  // limits.max_faults of them. A warning counts callers that are there twice.
  std::vector<Issue> issues;
};

// Reads the callers of a CSV text (csv_rows.h says what that is): a caller a
// row, a number pattern (number/pattern.h) or an address or domain
// (number/mail_address.h), in one column. `column` is the name of a column in
// the first row, whatever its case, or the number of one, from 1; the first one
// if it is empty. If it is no name, the first row is a caller unless its cell
// is words: printable, with a letter, at most four digits and no '+', '@' or
// '*'. All rows have as many cells as the first; where
// that one cannot be read, nothing after it is looked at.
//
// `file` only names the places. Costs some 0.3 us a row; memory: 24 bytes a
// number while it reads. Thread-safe.
CallerFileReading ReadCallerFile(absl::string_view text, const std::string& file,
                                 absl::string_view column, const AttachmentLimits& limits);

}  // namespace libroute

#endif  // LIBROUTE_READERS_CALLER_FILE_H_
