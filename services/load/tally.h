#ifndef LIBROUTE_SERVICES_LOAD_TALLY_H_
#define LIBROUTE_SERVICES_LOAD_TALLY_H_

#include <cstdint>
#include <string>

#include "services/load/load.h"

namespace libroute {

// Nanoseconds of a clock that never goes back.
int64_t SteadyNow();

// Counts what comes back. Only questions that were due within the time of
// measurement count for the result; progress counts all. Thread-compatible.
class Tally {
 public:
  // From `begin` up to but not including `end`, of SteadyNow.
  Tally(int64_t begin, int64_t end) : begin_(begin), end_(end) {}

  void Answered(int64_t due, AnswerKind kind);
  // `questions` were not answered.
  void Failed(int64_t due, int64_t questions, const std::string& why);
  // Bytes of a message with so many questions, or answers.
  void Sent(size_t bytes, int64_t questions);
  void Received(size_t bytes, int64_t answers);
  void FellBehind() { result_.fell_behind = true; }

  const std::string& first_error() const { return result_.first_error; }
  LoadResult Result() const;
  // What came since it was asked before.
  LoadProgress TakeProgress(int64_t now);

 private:
  bool Counts(int64_t due) const { return begin_ <= due && due < end_; }

  const int64_t begin_;
  const int64_t end_;
  LoadResult result_;
  int64_t last_answer_ = 0;
  int64_t questions_ = 0;
  int64_t received_ = 0;
  double request_bytes_ = 0;
  double response_bytes_ = 0;
  LoadProgress progress_;
  int64_t progress_since_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LOAD_TALLY_H_
