#ifndef LIBROUTE_TREE_COMPILED_MESSAGE_H_
#define LIBROUTE_TREE_COMPILED_MESSAGE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace libroute {

// Index into the plan's messages.
using MessageIndex = uint32_t;

// No message: its name is empty.
inline constexpr MessageIndex kNoMessage = 0;

// The names under which the switch knows one message.
struct CompiledMessage {
  // Where there is none for the language.
  std::string otherwise;
  // By language tag (RFC 5646); most messages have none.
  std::vector<std::pair<std::string, std::string>> languages;

  // The one in `language`, else in the language that is left without its last subtags
  // (RFC 4647, section 3.4), else `otherwise`.
  absl::string_view In(absl::string_view language) const {
    while (!language.empty()) {
      for (const auto& [tag, name] : languages) {
        if (absl::EqualsIgnoreCase(tag, language)) return name;
      }
      const size_t end = language.rfind('-');
      language = language.substr(0, end == absl::string_view::npos ? 0 : end);
    }
    return otherwise;
  }
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILED_MESSAGE_H_
