#ifndef LIBROUTE_TREE_COMPILED_CONFERENCE_H_
#define LIBROUTE_TREE_COMPILED_CONFERENCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libroute/call/decision.h"
#include "libroute/call/digits.h"
#include "libroute/tree/compiled_message.h"

namespace libroute {

// A conference that callers join by number and code, as nodes read it.
struct CompiledConference {
  struct Code {
    Digits digits;
    ConferenceRole role = ConferenceRole::kParticipant;
  };

  std::string name;
  // What callers enter to name it.
  Digits number;
  std::vector<Code> codes;
  // Length of the longest code.
  int max_code_digits = 0;
  // Unix seconds: when the first may come in, and from when on nobody may.
  int64_t opens = INT64_MIN;
  int64_t ends = INT64_MAX;
  uint32_t capacity = 0;
  bool record = false;
  MessageIndex introduction = kNoMessage;
  // Indices into the plan's counters: its places, and wrong codes.
  uint32_t places = 0;
  uint32_t wrong_codes = 0;

  // Whose code this is; nothing for none. Looks at all codes in the same time,
  // so that the time does not tell how right it was.
  std::optional<ConferenceRole> RoleOf(Digits entered) const {
    uint32_t role = 0;
    for (const Code& code : codes) {
      const uint64_t difference = code.digits.packed() ^ entered.packed();
      // All ones where there is no difference.
      const auto same =
          static_cast<uint32_t>(static_cast<int64_t>(~difference & (difference - 1)) >> 63);
      role |= same & static_cast<uint32_t>(code.role);
    }
    return role == 0 ? std::nullopt : std::make_optional(static_cast<ConferenceRole>(role));
  }
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILED_CONFERENCE_H_
