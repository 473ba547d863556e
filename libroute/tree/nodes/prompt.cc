#include "libroute/tree/nodes/prompt.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

EnteredDigits TakeDigits(Digits pressed, int max_digits, absl::string_view terminator) {
  constexpr int kStar = 10;
  constexpr int kHash = 11;
  const int end = terminator == "*" ? kStar : kHash;
  for (int i = 0; !terminator.empty() && i <= max_digits && i < pressed.size(); ++i) {
    if (pressed.digit(i) == end) return {pressed.Prefix(i), pressed.After(i + 1)};
  }
  if (pressed.size() <= max_digits) return {pressed, Digits()};
  return {pressed.Prefix(max_digits), pressed.After(max_digits)};
}

template <class Written>
Prompt Prompt::Compile(const Written& written, NodeScope& scope) {
  constexpr uint32_t kDefaultRetries = 2;
  constexpr uint32_t kMaxRetries = 9;
  Prompt prompt;
  prompt.message_ = scope.Message(written.message(), "message");
  prompt.timeout_ =
      scope.DurationIn(written.has_timeout() ? &written.timeout() : nullptr, "timeout",
                       {absl::Seconds(1), absl::Seconds(60), absl::Seconds(5)});
  const uint32_t retries = written.has_retries() ? written.retries() : kDefaultRetries;
  prompt.retries_ = static_cast<int>(std::min(retries, kMaxRetries));
  if (retries > kMaxRetries) {
    scope.Error("retries", "bad-value",
                absl::StrCat("the message is played again at most ", kMaxRetries, " times"));
  }
  const NodeIndex otherwise =
      scope.ChildOr(written.has_otherwise() ? &written.otherwise() : nullptr, "otherwise",
                    scope.defaults().otherwise);
  prompt.on_no_input_ = scope.ChildOr(written.has_on_no_input() ? &written.on_no_input() : nullptr,
                                      "on_no_input", otherwise);
  prompt.on_bad_input_ = scope.ChildOr(
      written.has_on_bad_input() ? &written.on_bad_input() : nullptr, "on_bad_input", otherwise);
  return prompt;
}

template Prompt Prompt::Compile(const v1::Menu& written, NodeScope& scope);
template Prompt Prompt::Compile(const v1::Collect& written, NodeScope& scope);
template Prompt Prompt::Compile(const v1::ConferenceAccess& written, NodeScope& scope);

}  // namespace libroute
