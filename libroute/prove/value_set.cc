#include "libroute/prove/value_set.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libroute/tree/nodes/text_pattern.h"

namespace libroute {
namespace {

// As a range of a match takes texts: digits with or without a minus.
std::optional<int64_t> WholeNumber(const std::string& text) {
  constexpr size_t kMostDigits = 18;
  absl::string_view digits = text;
  absl::ConsumePrefix(&digits, "-");
  int64_t number = 0;
  const bool is_one = digits.size() <= kMostDigits &&
                      std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit) &&
                      absl::SimpleAtoi(text, &number);
  return is_one ? std::optional<int64_t>(number) : std::nullopt;
}

bool IsDigits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// A text that many a pattern matches: without what repeats, and one character of those that
// may be.
std::string PlainText(absl::string_view pattern) {
  return absl::StrReplaceAll(
      pattern,
      {{"(?i)", ""}, {".*", "x"}, {".+", "x"}, {"[.]", "."}, {"\\.", "."}, {"^", ""}, {"$", ""}});
}

// Texts that the pattern matches as a whole: by its own beginning, or one of the words in it,
// each also in small letters and with each of `ends` behind it.
std::vector<std::string> PatternExamples(const std::string& text,
                                         const std::vector<std::string>& ends) {
  constexpr size_t kMostBytes = 60;
  const absl::StatusOr<TextPattern> pattern = TextPattern::Parse(text);
  if (!pattern.ok()) return {};
  std::vector<std::string> begins = pattern->Examples(kMostBytes);
  for (absl::string_view word : absl::StrSplit(text, absl::ByAnyChar("()[]{}.*+?|^$\\"))) {
    begins.emplace_back(word);
  }
  begins.push_back(PlainText(text));
  const size_t written = begins.size();
  for (size_t i = 0; i < written; ++i) begins.push_back(absl::AsciiStrToLower(begins[i]));
  std::vector<std::string> examples;
  const auto add = [&](const std::string& example) {
    const bool is_new = std::find(examples.begin(), examples.end(), example) == examples.end();
    if (is_new && pattern->Matches(example)) examples.push_back(example);
  };
  for (const std::string& begin : begins) add(begin);
  for (const std::string& begin : begins) {
    for (const std::string& end : ends) add(begin + end);
  }
  return examples;
}

}  // namespace

bool ValueTest::MayHold(const std::string& value) const {
  if (by == By::kPattern) return true;
  if (by == By::kPrefix) return absl::StartsWith(value, text);
  const std::optional<int64_t> number = WholeNumber(value);
  return number.has_value() && from <= *number && *number <= to;
}

bool ValueTest::MayFail(const std::string& value) const {
  return by == By::kPattern || !MayHold(value);
}

bool ValueTest::Covers(const ValueTest& other) const {
  if (by != other.by) return false;
  if (by == By::kPrefix) return absl::StartsWith(other.text, text);
  if (by == By::kRange) return from <= other.from && other.to <= to;
  return text == other.text;
}

bool ValueTest::Excludes(const ValueTest& other) const {
  if (by != other.by) return false;
  if (by == By::kPrefix) {
    return !absl::StartsWith(text, other.text) && !absl::StartsWith(other.text, text);
  }
  return by == By::kRange && (to < other.from || other.to < from);
}

ValueSet ValueSet::Some(std::set<std::string> texts) {
  ValueSet set;
  set.is_some_ = true;
  set.texts_ = std::move(texts);
  set.empty_ = set.texts_.empty();
  return set;
}

bool ValueSet::MayBe(const std::string& text) const {
  if (is_some_) return texts_.contains(text);
  return !texts_.contains(text) &&
         std::all_of(passed_.begin(), passed_.end(),
                     [&](const ValueTest& test) { return test.MayHold(text); }) &&
         std::all_of(failed_.begin(), failed_.end(),
                     [&](const ValueTest& test) { return test.MayFail(text); });
}

ValueSet ValueSet::Among(const std::set<std::string>& texts) const {
  std::set<std::string> left;
  for (const std::string& text : texts) {
    if (MayBe(text)) left.insert(text);
  }
  return Some(std::move(left));
}

ValueSet ValueSet::NotAmong(const std::set<std::string>& texts) const {
  ValueSet set = *this;
  for (const std::string& text : texts) {
    is_some_ ? static_cast<void>(set.texts_.erase(text))
             : static_cast<void>(set.texts_.insert(text));
  }
  set.empty_ |= is_some_ && set.texts_.empty();
  return set;
}

ValueSet ValueSet::Passing(const ValueTest& test) const {
  ValueSet set = *this;
  if (is_some_) {
    std::erase_if(set.texts_, [&](const std::string& text) { return !test.MayHold(text); });
  } else {
    set.passed_.insert(test);
  }
  set.Settle();
  return set;
}

ValueSet ValueSet::Failing(const ValueTest& test) const {
  ValueSet set = *this;
  if (is_some_) {
    std::erase_if(set.texts_, [&](const std::string& text) { return !test.MayFail(text); });
  } else {
    set.failed_.insert(test);
  }
  set.Settle();
  return set;
}

void ValueSet::Settle() {
  if (is_some_) {
    empty_ |= texts_.empty();
    return;
  }
  for (const ValueTest& test : passed_) {
    empty_ |= std::any_of(failed_.begin(), failed_.end(),
                          [&](const ValueTest& other) { return other.Covers(test); });
    empty_ |= std::any_of(passed_.begin(), passed_.end(),
                          [&](const ValueTest& other) { return other.Excludes(test); });
  }
}

std::optional<std::string> ValueSet::SampleDigits(size_t least, size_t most) const {
  const auto fits = [&](const std::string& text) {
    return IsDigits(text) && text.size() >= least && text.size() <= most && MayBe(text);
  };
  if (is_some_) {
    const auto found = std::find_if(texts_.begin(), texts_.end(), fits);
    return found == texts_.end() ? std::nullopt : std::optional<std::string>(*found);
  }
  std::vector<std::string> begins;
  for (const ValueTest& test : passed_) {
    if (test.by == ValueTest::By::kPrefix) begins.push_back(test.text);
    if (test.by != ValueTest::By::kRange) continue;
    for (int64_t value : {test.from, test.to}) {
      std::string text = absl::StrCat(value);
      if (text.size() < least && IsDigits(text)) text.insert(0, least - text.size(), '0');
      begins.push_back(std::move(text));
    }
  }
  begins.emplace_back();
  for (const std::string& begin : begins) {
    for (size_t size = std::max(least, begin.size()); size <= most; ++size) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        const std::string text = begin + std::string(size - begin.size(), digit);
        if (fits(text)) return text;
      }
    }
  }
  return std::nullopt;
}

std::vector<std::string> ValueSet::SampleTexts(const std::vector<std::string>& usual,
                                               const std::vector<std::string>& ends) const {
  std::vector<std::string> candidates = usual;
  if (is_some_) candidates.assign(texts_.begin(), texts_.end());
  for (const ValueTest& test : passed_) {
    if (test.by == ValueTest::By::kRange) candidates.push_back(absl::StrCat(test.from));
    if (test.by == ValueTest::By::kPattern) candidates = PatternExamples(test.text, ends);
    if (test.by != ValueTest::By::kPrefix) continue;
    candidates.push_back(test.text);
    for (const std::string& end : ends) candidates.push_back(test.text + end);
  }
  std::erase_if(candidates, [this](const std::string& text) { return !MayBe(text); });
  return candidates;
}

bool ValueSet::Has(const ValueSet& other) const {
  if (other.empty_) return true;
  if (other.is_some_) {
    return std::all_of(other.texts_.begin(), other.texts_.end(),
                       [this](const std::string& text) { return MayBe(text); });
  }
  const auto within = [](const auto& some, const auto& all) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
  };
  return !is_some_ && !empty_ && within(texts_, other.texts_) && within(passed_, other.passed_) &&
         within(failed_, other.failed_);
}

ValueSet Or(const ValueSet& a, const ValueSet& b) {
  if (a.Has(b)) return a;
  if (b.Has(a)) return b;
  if (a.is_some_ && b.is_some_) {
    std::set<std::string> texts = a.texts_;
    texts.insert(b.texts_.begin(), b.texts_.end());
    return ValueSet::Some(std::move(texts));
  }
  return ValueSet();
}

}  // namespace libroute
