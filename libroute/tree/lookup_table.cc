#include "libroute/tree/lookup_table.h"

#include <algorithm>

namespace libroute {

bool LookupTable::Add(absl::string_view key, uint32_t value) {
  lengths_ |= uint64_t{1} << key.size();
  return rows_.try_emplace(key, value).second;
}

std::optional<uint32_t> LookupTable::Find(absl::string_view text) const {
  if (by_ == By::kExact) {
    const auto row = rows_.find(text);
    return row == rows_.end() ? default_ : row->second;
  }
  const size_t longest = std::min(text.size(), kMaxKeyBytes);
  for (size_t length = longest + 1; length-- > 0;) {
    if ((lengths_ >> length & 1) == 0) continue;
    const auto row = rows_.find(text.substr(0, length));
    if (row != rows_.end()) return row->second;
  }
  return default_;
}

}  // namespace libroute
