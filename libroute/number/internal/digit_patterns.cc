#include "libroute/number/internal/digit_patterns.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace libroute::internal {
namespace {

constexpr uint16_t kAllDigits = 0x3FF;

void Append(std::vector<uint32_t>& to, const std::vector<uint32_t>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// A part of a pattern.
struct Part {
  // The positions that it may begin and end with.
  std::vector<uint32_t> first;
  std::vector<uint32_t> last;
  // Whether it may be left out.
  bool optional = true;
};

Part Either(Part a, const Part& b) {
  Append(a.first, b.first);
  Append(a.last, b.last);
  a.optional = a.optional || b.optional;
  return a;
}

}  // namespace

// Reads one pattern and adds its positions.
class DigitPatterns::Parser {
 public:
  Parser(absl::string_view text, std::vector<Position>& positions)
      : text_(text), positions_(positions) {}

  // The whole pattern. It is good if fault() is empty afterwards.
  Part Parse() {
    Part part = ParseChoice();
    if (at_ < text_.size()) Fault("nothing opens this");
    return part;
  }

  const std::string& fault() const { return fault_; }

 private:
  struct Repeats {
    int least = 1;
    int most = 1;
  };

  void Fault(absl::string_view what) {
    if (fault_.empty()) {
      fault_ = absl::StrCat("pattern of digits \"", text_, "\", character ", at_ + 1, ": ", what);
    }
    at_ = text_.size();
  }

  bool Consume(absl::string_view token) {
    if (!absl::StartsWith(text_.substr(at_), token)) return false;
    at_ += token.size();
    return true;
  }

  bool AtEndOfSequence() const {
    return at_ >= text_.size() || text_[at_] == '|' || text_[at_] == ')';
  }

  Part ParseChoice() {
    Part part = ParseSequence();
    while (Consume("|")) part = Either(std::move(part), ParseSequence());
    return part;
  }

  Part ParseSequence() {
    Part part;
    while (!AtEndOfSequence()) part = Then(std::move(part), ParseRepeated());
    return part;
  }

  // What is repeated is read again for each time.
  Part ParseRepeated() {
    const size_t begin = at_;
    Part once = ParseAtom();
    const Repeats repeats = ParseRepeats();
    const size_t end = at_;
    Part all;
    for (int i = 0; i < repeats.most; ++i) {
      at_ = begin;
      Part part = i == 0 ? std::move(once) : ParseAtom();
      part.optional = part.optional || i >= repeats.least;
      all = Then(std::move(all), part);
    }
    at_ = end;
    return all;
  }

  Part ParseAtom() {
    if (Consume("(?:") || Consume("(")) {
      Part part = ParseChoice();
      if (!Consume(")")) Fault("a ')' is missing");
      return part;
    }
    const auto position = static_cast<uint32_t>(positions_.size());
    positions_.push_back({ParseDigits(), kGoesOn, {}});
    return {{position}, {position}, false};
  }

  uint16_t ParseDigits() {
    if (Consume("\\d")) return kAllDigits;
    if (!Consume("[")) return static_cast<uint16_t>(1u << ParseDigit());
    uint16_t digits = 0;
    while (fault_.empty() && !Consume("]")) {
      const int first = ParseDigit();
      const int last = Consume("-") ? ParseDigit() : first;
      for (int digit = first; digit <= last; ++digit) digits |= 1u << digit;
    }
    return digits;
  }

  int ParseDigit() {
    if (at_ < text_.size() && absl::ascii_isdigit(text_[at_])) return text_[at_++] - '0';
    Fault("a digit is expected here");
    return 0;
  }

  Repeats ParseRepeats() {
    if (Consume("?")) return {0, 1};
    if (Consume("*")) return {0, kMaxRepeats};
    if (Consume("+")) return {1, kMaxRepeats};
    if (!Consume("{")) return {};
    Repeats repeats;
    repeats.least = ParseCount();
    repeats.most = Consume(",") ? ParseCount() : repeats.least;
    if (!Consume("}")) Fault("a '}' is missing");
    return repeats;
  }

  int ParseCount() {
    int count = ParseDigit();
    while (at_ < text_.size() && absl::ascii_isdigit(text_[at_])) count = 10 * count + ParseDigit();
    if (count > kMaxRepeats) Fault("this is repeated too often");
    return std::min(count, kMaxRepeats);
  }

  Part Then(Part a, const Part& b) {
    for (uint32_t position : a.last) Append(positions_[position].next, b.first);
    if (a.optional) Append(a.first, b.first);
    if (!b.optional) a.last.clear();
    Append(a.last, b.last);
    a.optional = a.optional && b.optional;
    return a;
  }

  absl::string_view text_;
  size_t at_ = 0;
  std::vector<Position>& positions_;
  std::string fault_;
};

absl::Status DigitPatterns::Add(absl::string_view pattern, int id) {
  const size_t before = positions_.size();
  Parser parser(pattern, positions_);
  const Part part = parser.Parse();
  if (!parser.fault().empty()) {
    positions_.resize(before, {0, kGoesOn, {}});
    return absl::InvalidArgumentError(parser.fault());
  }
  Append(positions_[0].next, part.first);
  for (uint32_t position : part.last) positions_[position].ends = id;
  return absl::OkStatus();
}

DigitPatterns::State DigitPatterns::Next(const State& state, int digit) const {
  State next;
  for (uint32_t from : state) {
    for (uint32_t to : positions_[from].next) {
      if ((positions_[to].digits >> digit & 1) != 0) next.push_back(to);
    }
  }
  std::sort(next.begin(), next.end());
  next.erase(std::unique(next.begin(), next.end()), next.end());
  return next;
}

std::vector<int> DigitPatterns::Matched(const State& state) const {
  std::vector<int> ids;
  for (uint32_t position : state) {
    if (positions_[position].ends != kGoesOn) ids.push_back(positions_[position].ends);
  }
  return ids;
}

}  // namespace libroute::internal
