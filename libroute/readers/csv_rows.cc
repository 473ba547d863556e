#include "libroute/readers/csv_rows.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace libroute {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

char SeparatorOf(absl::string_view text) {
  bool is_quoted = false;
  for (char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == ',' || c == ';') return c;
    if (c == '\n') break;
  }
  return ',';
}

}  // namespace

CsvRows::CsvRows(absl::string_view text) : text_(text) {
  if (absl::StartsWith(text_, kByteOrderMark)) next_ = kByteOrderMark.size();
  row_begin_ = next_;
  separator_ = SeparatorOf(text_.substr(next_));
}

bool CsvRows::AtLineEnd() const {
  if (next_ == text_.size() || text_[next_] == '\n') return true;
  return text_[next_] == '\r' && (next_ + 1 == text_.size() || text_[next_ + 1] == '\n');
}

void CsvRows::PassLineEnd() {
  if (next_ < text_.size() && text_[next_] == '\r') ++next_;
  if (next_ < text_.size()) ++next_;
}

void CsvRows::SkipLine() {
  next_ = std::min(text_.find('\n', next_), text_.size());
}

void CsvRows::Fault(size_t offset, std::string what) {
  row_.fault = std::move(what);
  row_.fault_offset = offset;
}

const CsvRow* CsvRows::Next() {
  do {
    line_ += static_cast<int>(std::count(text_.begin() + row_begin_, text_.begin() + next_, '\n'));
    row_begin_ = next_;
    if (next_ == text_.size()) return nullptr;
    ReadRow();
  } while (row_.fault.empty() && row_.cells.size() == 1 && row_.cells[0].text.empty());
  return &row_;
}

void CsvRows::ReadRow() {
  row_.cells.clear();
  row_.fault.clear();
  unquoted_.clear();
  while (ReadCell()) ++next_;
  PassLineEnd();
}

bool CsvRows::ReadCell() {
  if (next_ < text_.size() && text_[next_] == '"') {
    if (!ReadQuoted()) return false;
  } else {
    ReadPlain();
    if (!row_.fault.empty()) return false;
  }
  return !AtLineEnd();
}

void CsvRows::ReadPlain() {
  const size_t begin = next_;
  while (!AtLineEnd() && text_[next_] != separator_) {
    if (text_[next_] == '"') {
      Fault(next_,
            "a quote stands within a cell; put the whole cell in quotes and write \"\" in it");
      SkipLine();
      return;
    }
    ++next_;
  }
  const absl::string_view cell = text_.substr(begin, next_ - begin);
  const absl::string_view stripped = absl::StripAsciiWhitespace(cell);
  const size_t blanks = stripped.empty() ? 0 : stripped.data() - cell.data();
  row_.cells.push_back({stripped, begin + blanks});
}

bool CsvRows::ReadQuoted() {
  const size_t begin = next_++;
  size_t part = next_;
  std::string* pieces = nullptr;
  while (true) {
    next_ = text_.find('"', next_);
    if (next_ == absl::string_view::npos) {
      next_ = text_.size();
      Fault(begin, "this quote is never closed");
      return false;
    }
    if (next_ + 1 == text_.size() || text_[next_ + 1] != '"') break;
    if (pieces == nullptr) pieces = &unquoted_.emplace_back();
    // With one of the two quotes.
    pieces->append(text_.data() + part, next_ + 1 - part);
    part = next_ += 2;
  }
  absl::string_view cell = text_.substr(part, next_ - part);
  if (pieces != nullptr) {
    pieces->append(cell.data(), cell.size());
    cell = *pieces;
  }
  row_.cells.push_back({cell, begin});
  ++next_;
  if (AtLineEnd() || text_[next_] == separator_) return true;
  Fault(next_, "after a closing quote the cell or the line must end");
  SkipLine();
  return false;
}

TextPlace CsvRows::PlaceOf(size_t offset) const {
  const absl::string_view before = text_.substr(row_begin_, offset - row_begin_);
  TextPlace place;
  place.line = line_ + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const size_t line_break = before.rfind('\n');
  const absl::string_view on_line =
      line_break == absl::string_view::npos ? before : before.substr(line_break + 1);
  // All bytes but those that go on with a UTF-8 character.
  place.column = 1 + static_cast<int>(std::count_if(on_line.begin(), on_line.end(), [](char c) {
                   return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
                 }));
  return place;
}

}  // namespace libroute
