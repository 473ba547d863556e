#ifndef LIBROUTE_TREE_WAY_TEXT_H_
#define LIBROUTE_TREE_WAY_TEXT_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace libroute {

// A way through plans, for a person to read: its first steps and the last.
class WayText {
 public:
  explicit WayText(absl::string_view separator) : separator_(separator) {}

  void Add(absl::string_view step) {
    if (++steps_ <= kFirst) {
      absl::StrAppend(&text_, text_.empty() ? "" : separator_, step);
    } else {
      last_ = std::string(step);
    }
  }
  std::string ToString() const {
    if (steps_ <= kFirst) return text_;
    return absl::StrCat(text_, separator_, steps_ > kFirst + 1 ? "..." : "",
                        steps_ > kFirst + 1 ? separator_ : "", last_);
  }

 private:
  static constexpr int kFirst = 5;

  absl::string_view separator_;
  std::string text_;
  std::string last_;
  int steps_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_WAY_TEXT_H_
