#include "libroute/readers/csv_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/utf8.h"

namespace libroute {
namespace {

bool IsAllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

bool IsUtf16(absl::string_view text) {
  return absl::StartsWith(text, "\xFF\xFE") || absl::StartsWith(text, "\xFE\xFF");
}

bool IsUnreadable(const CsvCell& cell) { return FindInvalidUtf8(cell.text) != cell.text.size(); }

std::string Counted(size_t count, absl::string_view what) {
  return absl::StrCat(count, " ", what, count == 1 ? "" : "s");
}

}  // namespace

CsvFile::CsvFile(absl::string_view text, std::string file, const AttachmentLimits& limits)
    : file_(std::move(file)), rows_(IsUtf16(text) ? "" : text), faults_(limits.max_faults) {
  if (IsUtf16(text)) Refuse("bad-file", "is not UTF-8; save it as CSV in UTF-8");
}

const CsvRow* CsvFile::Next() {
  const bool is_first = width_ == 0;
  const bool is_over = is_first && faulty_ > 0;
  while (const CsvRow* row = is_over ? nullptr : rows_.Next()) {
    if (row->fault.empty() && is_first) width_ = row->cells.size();
    const auto unreadable = std::find_if(row->cells.begin(), row->cells.end(), IsUnreadable);
    const bool is_readable = row->fault.empty() && unreadable == row->cells.end();
    if (is_readable && row->cells.size() == width_) return row;
    if (!row->fault.empty()) {
      Fault(row->fault_offset, row->fault);
    } else if (!is_readable) {
      Fault(unreadable->offset, absl::StrCat(Quoted(unreadable->text),
                                             " is not UTF-8; save the file as CSV in UTF-8"));
    } else {
      Fault(row->cells[0].offset,
            absl::StrCat("the row has ", Counted(row->cells.size(), "cell"), ", the first one has ",
                         width_, "; all need as many"));
    }
    if (is_first) return nullptr;
  }
  return nullptr;
}

std::optional<CsvFile::Column> CsvFile::FindColumn(const CsvRow& first, absl::string_view column,
                                                   size_t absent) {
  Column found = {absent, false};
  if (!column.empty() && IsAllDigits(column)) {
    uint32_t number = 0;
    if (!absl::SimpleAtoi(column, &number)) number = 0;
    found.index = size_t{number} - 1;
  } else if (!column.empty()) {
    const auto cell = std::find_if(
        first.cells.begin(), first.cells.end(),
        [column](const CsvCell& each) { return absl::EqualsIgnoreCase(each.text, column); });
    found = {static_cast<size_t>(cell - first.cells.begin()), true};
  }
  if (found.index < first.cells.size()) return found;
  if (found.is_named) {
    std::vector<std::string> names;
    for (const CsvCell& cell : first.cells) names.emplace_back(cell.text);
    std::string hint = DidYouMean(column, names);
    if (hint.empty()) hint = "; its first line must name the columns";
    Refuse("unknown-name", absl::StrCat("has no column ", Quoted(column), hint));
  } else {
    Refuse("unknown-name",
           absl::StrCat("has no column ",
                        column.empty() ? absl::StrCat(absent + 1) : std::string(column),
                        "; its first line has ", Counted(width_, "cell")));
  }
  return std::nullopt;
}

void CsvFile::Fault(size_t offset, std::string message) {
  ++faulty_;
  // Then it is only counted.
  if (faults_.full()) return faults_.Add({});
  const TextPlace place = rows_.PlaceOf(offset);
  faults_.Add(
      {Severity::kError, "bad-row", "", std::move(message), {file_, place.line, place.column}});
}

void CsvFile::AboutFile(Severity severity, absl::string_view code, absl::string_view what) {
  about_file_.push_back(
      {severity, std::string(code), "", absl::StrCat(Quoted(file_), " ", what), {file_, 1, 1}});
}

void CsvFile::Refuse(absl::string_view code, absl::string_view what) {
  is_refused_ = true;
  AboutFile(Severity::kError, code, what);
}

void CsvFile::Warn(absl::string_view code, absl::string_view what) {
  AboutFile(Severity::kWarning, code, what);
}

std::vector<Issue> CsvFile::TakeIssues() {
  if (faulty_ > 0) {
    Refuse("bad-file", absl::StrCat("is not taken: ", Counted(faulty_, "row"),
                                    faulty_ == 1 ? " is wrong" : " are wrong"));
  }
  std::vector<Issue> issues = std::move(about_file_);
  std::vector<Issue> faults = std::move(faults_).Take();
  issues.insert(issues.end(), faults.begin(), faults.end());
  return issues;
}

}  // namespace libroute
