#ifndef LIBROUTE_TREE_LOOKUP_TABLE_H_
#define LIBROUTE_TREE_LOOKUP_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace libroute {

// Values by keys: the rows of a table of a plan. A value is what its user
// makes of it (an index into the plan's texts). Thread-compatible: filled by one
// thread, then read by all.
class LookupTable {
 public:
  // How what is looked up finds its row.
  enum class By : uint8_t {
    // It is the whole key.
    kExact,
    // It begins with the key; the longest one counts.
    kPrefix
  };

  // Longer keys are never found.
  static constexpr size_t kMaxKeyBytes = 32;

  explicit LookupTable(By by = By::kExact) : by_(by) {}

  // Room for so many rows, where that is known before.
  void Reserve(size_t rows) { rows_.reserve(rows); }
  // False, and nothing is changed, if the key has a row already. `key` has at
  // most kMaxKeyBytes bytes.
  bool Add(absl::string_view key, uint32_t value);
  // What is given where there is no row.
  void SetDefault(uint32_t value) { default_ = value; }

  // One hash for By::kExact; for By::kPrefix one for each length that a key has
  // and `text` reaches. Does not allocate.
  std::optional<uint32_t> Find(absl::string_view text) const;

  By by() const { return by_; }
  size_t size() const { return rows_.size(); }
  bool has_default() const { return default_.has_value(); }

 private:
  By by_;
  // Bit n: a key has n bytes.
  uint64_t lengths_ = 0;
  absl::flat_hash_map<std::string, uint32_t> rows_;
  std::optional<uint32_t> default_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_LOOKUP_TABLE_H_
