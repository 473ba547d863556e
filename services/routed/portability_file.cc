#include "services/routed/portability_file.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/number/number_table.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"
#include "libroute/plan/written_name.h"
#include "libroute/readers/csv_file.h"
#include "services/routed/plan_files.h"
#include "spdlog/spdlog.h"

namespace libroute {
namespace {

constexpr size_t kMostBytes = size_t{1} << 30;
constexpr size_t kMostRows = 20'000'000;

class PortedNumbers final : public PortabilityTable {
 public:
  PortedNumbers(NumberTable numbers, std::vector<std::string> operators)
      : numbers_(std::move(numbers)), operators_(std::move(operators)) {}

  absl::string_view OperatorOf(E164Number number) const override {
    const std::optional<uint32_t> found = numbers_.Find(number.digits());
    return found.has_value() ? absl::string_view(operators_[*found]) : absl::string_view();
  }

 private:
  NumberTable numbers_;
  std::vector<std::string> operators_;
};

// The rows of a file, as far as they are right.
class PortabilityReader {
 public:
  PortabilityReader(absl::string_view text, const std::string& file)
      : csv_(text, file, Limits()) {}

  void Read() {
    for (const CsvRow* row = csv_.Next(); row != nullptr; row = csv_.Next()) {
      if (entries_.size() >= kMostRows) {
        return csv_.Refuse("too-long", absl::StrCat("has more than ", kMostRows, " rows"));
      }
      ReadRow(*row);
    }
    if (entries_.empty()) csv_.Refuse("empty-file", "has no rows");
  }

  bool is_sound() const { return csv_.is_sound(); }
  std::vector<Issue> TakeIssues() { return csv_.TakeIssues(); }

  absl::StatusOr<std::unique_ptr<PortabilityTable>> Build() {
    absl::StatusOr<NumberTable> table = NumberTable::Build(entries_);
    if (!table.ok()) return table.status();
    return std::make_unique<PortedNumbers>(*std::move(table), std::move(operators_));
  }

 private:
  static const AttachmentLimits& Limits() {
    static const AttachmentLimits limits;
    return limits;
  }

  void ReadRow(const CsvRow& row) {
    if (row.cells.size() != 2) {
      return csv_.Fault(row.cells[0].offset, "a row is a number and the name of its operator");
    }
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(row.cells[0].text);
    if (!pattern.ok()) {
      return csv_.Fault(row.cells[0].offset, std::string(pattern.status().message()));
    }
    const std::string name(row.cells[1].text);
    if (absl::Status status = CheckWrittenName(name); !status.ok()) {
      return csv_.Fault(row.cells[1].offset, std::string(status.message()));
    }
    entries_.emplace_back(*pattern, IndexOf(name));
  }

  uint32_t IndexOf(const std::string& name) {
    const auto [entry, added] =
        indices_.emplace(name, static_cast<uint32_t>(operators_.size()));
    if (added) operators_.push_back(name);
    return entry->second;
  }

  CsvFile csv_;
  std::vector<NumberTable::Entry> entries_;
  std::vector<std::string> operators_;
  std::map<std::string, uint32_t> indices_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<PortabilityTable>> ReadPortability(absl::string_view text,
                                                                  const std::string& file) {
  PortabilityReader reader(text, file);
  reader.Read();
  for (const Issue& issue : reader.TakeIssues()) spdlog::error("{}", FormatIssue(issue));
  absl::StatusOr<std::unique_ptr<PortabilityTable>> table =
      absl::InvalidArgumentError(absl::StrCat("ported numbers: ", file, " is not good"));
  if (!reader.is_sound()) return table;
  table = reader.Build();
  if (table.ok()) return table;
  return absl::InvalidArgumentError(
      absl::StrCat("ported numbers: ", file, ": ", table.status().message()));
}

absl::StatusOr<std::unique_ptr<PortabilityTable>> LoadPortability(const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path, kMostBytes);
  if (!text.ok()) return text.status();
  return ReadPortability(*text, path);
}

}  // namespace libroute
