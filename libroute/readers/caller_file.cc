#include "libroute/readers/caller_file.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/pattern.h"
#include "libroute/readers/csv_file.h"

namespace libroute {
namespace {

// Whether a cell of the first row names the column rather than a caller: words
// ("e164", "Phone 1"), without what patterns and addresses have, and with fewer
// digits than a number, so that a mistyped caller is told as such.
bool IsHeader(absl::string_view cell) {
  constexpr int kMostDigits = 4;
  int digits = 0;
  bool has_letter = false;
  for (char c : cell) {
    if (absl::ascii_iscntrl(c) || absl::StrContains("+@*", absl::string_view(&c, 1))) return false;
    digits += absl::ascii_isdigit(c) ? 1 : 0;
    // Letters of other scripts have bytes above ASCII.
    has_letter = has_letter || absl::ascii_isalpha(c) || static_cast<unsigned char>(c) >= 0x80;
  }
  return has_letter && digits <= kMostDigits;
}

// The reading of one file.
class CallerReader {
 public:
  CallerReader(absl::string_view text, const std::string& file, const AttachmentLimits& limits)
      : limits_(limits), csv_(text, file, limits) {}

  CallerFileReading Read(absl::string_view column) {
    ReadRows(column);
    CallerFileReading reading;
    if (csv_.is_sound()) reading.callers = MakeList();
    reading.issues = csv_.TakeIssues();
    return reading;
  }

 private:
  void ReadRows(absl::string_view column) {
    const CsvRow* row = csv_.Next();
    if (row == nullptr) return;
    const std::optional<CsvFile::Column> found = csv_.FindColumn(*row, column, 0);
    if (!found.has_value()) return;
    if (found->is_named || IsHeader(row->cells[found->index].text)) row = csv_.Next();
    for (; row != nullptr; row = csv_.Next()) {
      if (patterns_.size() + addresses_.size() == limits_.max_callers) {
        return csv_.Refuse("too-long",
                           absl::StrCat("has more than ", limits_.max_callers, " callers"));
      }
      ReadCaller(row->cells[found->index]);
    }
  }

  void ReadCaller(const CsvCell& cell) {
    if (cell.text.empty()) {
      return csv_.Fault(cell.offset,
                        "the cell is empty; a number such as +3222000100 or an e-mail address is "
                        "expected");
    }
    if (absl::StrContains(cell.text, '@')) return ReadAddress(cell);
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(cell.text);
    if (!pattern.ok()) return csv_.Fault(cell.offset, std::string(pattern.status().message()));
    patterns_.push_back(*pattern);
  }

  void ReadAddress(const CsvCell& cell) {
    const absl::StatusOr<std::string> address = ParseMailPattern(cell.text);
    if (!address.ok()) return csv_.Fault(cell.offset, std::string(address.status().message()));
    if (!addresses_.Insert(*address)) ++repeated_;
  }

  std::shared_ptr<const CallerList> MakeList() {
    auto callers = std::make_shared<CallerList>();
    callers->numbers = NumberSet(patterns_);
    addresses_.Compact();
    callers->addresses = std::move(addresses_);
    repeated_ += callers->numbers.repeated();
    if (callers->numbers.empty() && callers->addresses.empty()) {
      csv_.Warn("empty-file", "has no callers");
    }
    if (repeated_ > 0) {
      csv_.Warn("repeated-callers",
                absl::StrCat("repeats ", repeated_, repeated_ == 1 ? " caller" : " callers",
                             " that it has already"));
    }
    return callers;
  }

  const AttachmentLimits& limits_;
  CsvFile csv_;
  size_t repeated_ = 0;
  std::vector<NumberPattern> patterns_;
  MailAddressSet addresses_;
};

}  // namespace

CallerFileReading ReadCallerFile(absl::string_view text, const std::string& file,
                                 absl::string_view column, const AttachmentLimits& limits) {
  return CallerReader(text, file, limits).Read(column);
}

}  // namespace libroute
