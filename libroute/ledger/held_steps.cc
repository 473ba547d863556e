#include "libroute/ledger/held_steps.h"

namespace libroute {

std::optional<HeldSteps::Held> HeldSteps::Find(const CallId& call, uint32_t step, absl::Time now) {
  std::optional<std::optional<Held>> found =
      steps_.Find({call, step}, now, [&](std::optional<Held>& held, absl::Time& until) {
        until = std::max(until, now + kHold);
        return held;
      });
  return found.has_value() ? *std::move(found) : std::nullopt;
}

std::optional<HeldSteps::Held> HeldSteps::Hold(const CallId& call, uint32_t step, Held held,
                                               absl::Time now, absl::Duration hold) {
  auto keep_first = [&](std::optional<Held>& first, absl::Time& until) -> std::optional<Held> {
    if (first.has_value() && until > now) return first;
    first = std::move(held);
    until = std::max(until, now + hold);
    return std::nullopt;
  };
  return steps_.FindOrAdd({call, step}, now + hold, keep_first).value_or(std::nullopt);
}

void HeldSteps::Replace(const CallId& call, uint32_t step, Held held, absl::Time now,
                        absl::Duration hold) {
  auto replace = [&](std::optional<Held>& before, absl::Time& until) {
    before = std::move(held);
    until = std::max(until, now + hold);
    return true;
  };
  steps_.FindOrAdd({call, step}, now + hold, replace);
}

void HeldSteps::End(const CallId& call, uint32_t step, absl::Time now) {
  std::optional<Held> last;
  // It may have been held for hours, and is made anew so as to be over earlier.
  steps_.Remove({call, step}, [&](std::optional<Held>& held) { last = std::move(held); });
  if (!last.has_value()) return;
  last->is_over = true;
  Replace(call, step, *std::move(last), now);
}

void HeldSteps::Expire(absl::Time now) {
  steps_.Expire(now, [](const auto&, const auto&) {});
}

}  // namespace libroute
