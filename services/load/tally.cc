#include "services/load/tally.h"

#include <algorithm>
#include <chrono>

namespace libroute {

int64_t SteadyNow() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void Tally::Answered(int64_t due, AnswerKind kind) {
  const int64_t now = SteadyNow();
  const absl::Duration latency = absl::Nanoseconds(now - due);
  progress_.latencies.Add(latency);
  if (!Counts(due)) return;
  last_answer_ = now;
  result_.latencies.Add(latency);
  ++result_.kinds[static_cast<size_t>(kind)];
  ++result_.answers;
}

void Tally::Failed(int64_t due, int64_t questions, const std::string& why) {
  if (result_.first_error.empty()) result_.first_error = why;
  progress_.errors += questions;
  if (Counts(due)) result_.errors += questions;
}

void Tally::Sent(size_t bytes, int64_t questions) {
  request_bytes_ += static_cast<double>(bytes);
  questions_ += questions;
}

void Tally::Received(size_t bytes, int64_t answers) {
  response_bytes_ += static_cast<double>(bytes);
  received_ += answers;
}

LoadResult Tally::Result() const {
  LoadResult result = result_;
  // An open loop may get its last answers late.
  result.measured = absl::Nanoseconds(std::max(end_, last_answer_) - begin_);
  result.answers_per_second =
      static_cast<double>(result.answers) / absl::ToDoubleSeconds(result.measured);
  if (questions_ > 0) result.request_bytes = request_bytes_ / static_cast<double>(questions_);
  if (received_ > 0) result.response_bytes = response_bytes_ / static_cast<double>(received_);
  return result;
}

LoadProgress Tally::TakeProgress(int64_t now) {
  const double seconds = static_cast<double>(now - progress_since_) / 1e9;
  LoadProgress taken = progress_;
  taken.answers_per_second = static_cast<double>(taken.latencies.count()) / seconds;
  taken.warming_up = now < begin_;
  progress_.latencies.Clear();
  progress_since_ = now;
  return taken;
}

}  // namespace libroute
