#include "libroute/readers/table_file.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/readers/csv_file.h"

namespace libroute {
namespace {

// The reading of one file.
class TableReader {
 public:
  TableReader(absl::string_view text, const std::string& file, const AttachmentLimits& limits)
      : limits_(limits), csv_(text, file, limits) {}

  TableFileReading Read(const TableColumns& columns) {
    ReadRows(columns);
    TableFileReading reading;
    if (csv_.is_sound()) {
      if (rows_.empty()) csv_.Warn("empty-file", "has no rows");
      if (repeated_ > 0) {
        csv_.Warn("repeated-rows",
                  absl::StrCat("repeats ", repeated_, repeated_ == 1 ? " row" : " rows",
                               " that it has already"));
      }
      reading.rows = std::make_shared<const TableRows>(std::move(rows_));
    }
    reading.issues = csv_.TakeIssues();
    return reading;
  }

 private:
  void ReadRows(const TableColumns& columns) {
    const CsvRow* row = csv_.Next();
    if (row == nullptr) return;
    const std::optional<CsvFile::Column> key = csv_.FindColumn(*row, columns.key, 0);
    const std::optional<CsvFile::Column> value = csv_.FindColumn(*row, columns.value, 1);
    if (!key.has_value() || !value.has_value()) return;
    if (key->is_named || value->is_named) row = csv_.Next();
    for (; row != nullptr; row = csv_.Next()) {
      if (rows_.size() == limits_.max_rows) {
        return csv_.Refuse("too-long", absl::StrCat("has more than ", limits_.max_rows, " rows"));
      }
      AddRow(row->cells[key->index], row->cells[value->index]);
    }
  }

  void AddRow(const CsvCell& key, const CsvCell& value) {
    if (!IsShortEnough(key) || !IsShortEnough(value)) return;
    const auto [row, is_new] = rows_.emplace(std::string(key.text), std::string(value.text));
    if (is_new) return;
    if (row->second == value.text) {
      ++repeated_;
    } else {
      csv_.Fault(key.offset,
                 absl::StrCat("a row above gives ", Quoted(row->second), " for ", Quoted(key.text),
                              ", and this one ", Quoted(value.text), "; write one of them"));
    }
  }

  bool IsShortEnough(const CsvCell& cell) {
    if (cell.text.size() <= limits_.max_table_bytes) return true;
    csv_.Fault(cell.offset, absl::StrCat("a cell has at most ", limits_.max_table_bytes,
                                         " bytes, this one has ", cell.text.size()));
    return false;
  }

  const AttachmentLimits& limits_;
  CsvFile csv_;
  size_t repeated_ = 0;
  TableRows rows_;
};

}  // namespace

TableFileReading ReadTableFile(absl::string_view text, const std::string& file,
                               const TableColumns& columns, const AttachmentLimits& limits) {
  return TableReader(text, file, limits).Read(columns);
}

}  // namespace libroute
