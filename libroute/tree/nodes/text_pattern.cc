#include "libroute/tree/nodes/text_pattern.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "re2/re2.h"

namespace libroute {

absl::StatusOr<TextPattern> TextPattern::Parse(const std::string& pattern) {
  constexpr int64_t kMaxMemory = 128 << 10;
  if (pattern.size() > kMaxBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("a pattern has at most ", kMaxBytes, " bytes, not ", pattern.size()));
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxMemory);
  auto program = std::make_shared<const RE2>(pattern, options);
  if (program->ok()) return TextPattern(std::move(program));
  const std::string& fragment = program->error_arg();
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(pattern), " is no pattern: ", program->error(),
                   fragment.empty() || absl::StrContains(program->error(), fragment)
                       ? ""
                       : absl::StrCat(", at ", Quoted(fragment))));
}

bool TextPattern::Matches(absl::string_view text) const {
  const re2::StringPiece piece(text.data(), text.size());
  return program_->Match(piece, 0, piece.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

std::vector<std::string> TextPattern::Examples(size_t most) const {
  std::string first;
  std::string last;
  if (!program_->PossibleMatchRange(&first, &last, static_cast<int>(most))) return {};
  std::vector<std::string> examples;
  for (const std::string* text : {&first, &last}) {
    if (text->size() <= most && Matches(*text)) examples.push_back(*text);
  }
  return examples;
}

const std::string& TextPattern::text() const {
  return program_->pattern();
}

}  // namespace libroute
