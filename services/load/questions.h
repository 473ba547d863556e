#ifndef LIBROUTE_SERVICES_LOAD_QUESTIONS_H_
#define LIBROUTE_SERVICES_LOAD_QUESTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/load/load.h"

namespace libroute {

// Which calls are asked about.
struct CallPatterns {
  // Numbers ("+3222000100") or ranges ("+3222000100-+3222000199"). Called: at
  // least one. Calling: with none, calls have no calling number.
  std::vector<std::string> called;
  std::vector<std::string> calling;
  std::string ingress;
  std::string switch_name = "routectl";
  // Of the call ids, so that another run is about other calls.
  uint64_t epoch = 1;
};

// First questions about calls between these numbers, drawn at random, the same
// ones each time: at most 65536 different ones, in which every number occurs
// if there are no more than that. `in_stream`: they carry request ids.
// InvalidArgument, naming the pattern, for what is no number or range.
enum class QuestionUse { kUnary, kStream };
absl::StatusOr<std::vector<QuestionTemplate>> MakeQuestions(const CallPatterns& patterns,
                                                            QuestionUse use);

// Reads a libroute.v1.RouteResponse, without looking at more of it than what
// kind of answer it is.
void ReadUnaryAnswer(absl::string_view bytes, std::vector<AnswerSeen>& seen);

// The same for a libroute.v1.RouteStreamResponse.
void ReadStreamAnswers(absl::string_view bytes, std::vector<AnswerSeen>& seen);

// "dial", "announce", ...; "refused" and "other" for those kinds.
absl::string_view AnswerKindName(AnswerKind kind);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LOAD_QUESTIONS_H_
