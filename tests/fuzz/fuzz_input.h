#ifndef TESTS_FUZZ_FUZZ_INPUT_H_
#define TESTS_FUZZ_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"

namespace libroute {

// Reads a fuzzer's bytes as choices. When they are used up, all choices are 0.
class FuzzInput {
 public:
  explicit FuzzInput(absl::string_view bytes) : left_(bytes) {}

  bool empty() const { return left_.empty(); }

  uint64_t Number(int bytes = 1) {
    uint64_t value = 0;
    for (int i = 0; i < bytes && !left_.empty(); ++i) {
      value = value << 8 | static_cast<uint8_t>(left_[0]);
      left_.remove_prefix(1);
    }
    return value;
  }

  // 0 to `choices` - 1; `choices` is at most 2^32.
  uint64_t Below(uint64_t choices) {
    return Number(choices <= 256 ? 1 : choices <= 65536 ? 2 : 4) % choices;
  }

  // Up to `most` bytes, as many as the next byte says.
  std::string Text(size_t most) {
    const size_t size = Below(most + 1);
    const absl::string_view text = left_.substr(0, size);
    left_.remove_prefix(text.size());
    return std::string(text.data(), text.size());
  }

  absl::string_view rest() const { return left_; }

 private:
  absl::string_view left_;
};

// Ends a fuzz target that found a fault.
[[noreturn]] inline void FuzzFailure(absl::string_view what, absl::string_view detail) {
  std::fprintf(stderr, "%.*s\n%.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(detail.size()), detail.data());
  std::abort();
}

}  // namespace libroute

#endif  // TESTS_FUZZ_FUZZ_INPUT_H_
