#include "libroute/contact/expected_wait.h"

#include <algorithm>
#include <cmath>

namespace libroute::contact {
namespace {

constexpr Micros kHalfHour = 1'800'000'000;
constexpr uint32_t kLeastAnswers = 4;

absl::Duration GammaQuantile(double shape, double micros_each, double z) {
  const double root = 1 - 1 / (9 * shape) + z / (3 * std::sqrt(shape));
  return absl::Microseconds(std::llround(shape * micros_each * root * root * root));
}

}  // namespace

void AnswerRate::AddAnswer(Micros now) {
  answers_[count_++ % kKept] = now;
}

std::optional<ExpectedWait> AnswerRate::At(size_t position, Micros now) const {
  uint32_t recent = 0;
  Micros first = now;
  while (recent < std::min<uint32_t>(count_, kKept)) {
    const Micros answer = answers_[(count_ - 1 - recent) % kKept];
    if (answer < now - kHalfHour) break;
    first = answer;
    ++recent;
  }
  if (recent < kLeastAnswers || first == now) return std::nullopt;
  // From the first answer to now there were all the others.
  const double micros_each = static_cast<double>(now - first) / (recent - 1);
  const double shape = static_cast<double>(std::max<size_t>(position, 1));
  return ExpectedWait{GammaQuantile(shape, micros_each, 0),
                      GammaQuantile(shape, micros_each, 1.2815515655446004)};
}

}  // namespace libroute::contact
