#ifndef LIBROUTE_PROVE_VALUE_SET_H_
#define LIBROUTE_PROVE_VALUE_SET_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace libroute {

// One test of a text, as a case of a match says it.
struct ValueTest {
  enum class By { kPrefix, kRange, kPattern };

  // For kPattern, which nothing is known of, true.
  bool MayHold(const std::string& text) const;
  bool MayFail(const std::string& text) const;
  // Whether each text that passes `other` certainly passes this.
  bool Covers(const ValueTest& other) const;
  // Whether no text passes both.
  bool Excludes(const ValueTest& other) const;

  friend bool operator==(const ValueTest&, const ValueTest&) = default;
  friend auto operator<=>(const ValueTest&, const ValueTest&) = default;

  By by = By::kPrefix;
  // The prefix or pattern.
  std::string text;
  int64_t from = 0;
  int64_t to = 0;
};

// Which texts a value may be: some, or all but some of those that pass tests. Of
// what is too hard to tell it has too many, never too few.
class ValueSet {
 public:
  // All texts.
  ValueSet() = default;
  static ValueSet Some(std::set<std::string> texts);

  // Certainly none.
  bool empty() const { return empty_; }
  // Those that are one of `texts`, or are none of them.
  ValueSet Among(const std::set<std::string>& texts) const;
  ValueSet NotAmong(const std::set<std::string>& texts) const;
  // Those that pass a test, or do not.
  ValueSet Passing(const ValueTest& test) const;
  ValueSet Failing(const ValueTest& test) const;

  // Null for all but some.
  const std::set<std::string>* texts() const { return is_some_ ? &texts_ : nullptr; }
  bool MayBe(const std::string& text) const;

  // One of them, of decimal digits, `least` to `most` of them; nothing where
  // none is found.
  std::optional<std::string> SampleDigits(size_t least, size_t most) const;

  // Some of them: those that are named, or those of `usual`, or some made up of what is asked
  // for, by itself and with each of `ends` behind it. None where none is found.
  std::vector<std::string> SampleTexts(const std::vector<std::string>& usual,
                                       const std::vector<std::string>& ends) const;

  // Whether this certainly has all that `other` has.
  bool Has(const ValueSet& other) const;
  friend ValueSet Or(const ValueSet& a, const ValueSet& b);
  friend bool operator==(const ValueSet&, const ValueSet&) = default;

 private:
  void Settle();

  bool empty_ = false;
  bool is_some_ = false;
  // What it is, or is not.
  std::set<std::string> texts_;
  // Of all but some.
  std::set<ValueTest> passed_;
  std::set<ValueTest> failed_;
};

}  // namespace libroute

#endif  // LIBROUTE_PROVE_VALUE_SET_H_
