#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/load/load.h"
#include "services/load/report.h"

// echo_load ADDRESS REQUEST_BYTES OUTSTANDING CHANNELS SECONDS: the load of
// `routectl bench`, put on echo_server by the same client. Prints one JSON
// object.
namespace {

libroute::QuestionTemplate QuestionOf(int bytes) {
  const int overhead = bytes > 129 ? 3 : 2;
  const int payload = bytes - overhead;
  libroute::QuestionTemplate question;
  question.bytes = "\x0A";
  if (overhead == 3) question.bytes += static_cast<char>((payload & 0x7F) | 0x80);
  question.bytes += static_cast<char>(overhead == 3 ? payload >> 7 : payload);
  question.bytes += std::string(payload, 'x');
  question.serials = {static_cast<size_t>(bytes) - libroute::kSerialDigits};
  return question;
}

}  // namespace

int main(int argc, char** argv) {
  libroute::LoadTarget target;
  libroute::LoadShape shape;
  int bytes = 0;
  double seconds = 0;
  if (argc != 6 || !absl::SimpleAtoi(argv[2], &bytes) || bytes < 32 || bytes > 16000 ||
      !absl::SimpleAtoi(argv[3], &shape.outstanding) ||
      !absl::SimpleAtoi(argv[4], &shape.channels) || !absl::SimpleAtod(argv[5], &seconds)) {
    std::fprintf(stderr, "usage: echo_load ADDRESS REQUEST_BYTES OUTSTANDING CHANNELS SECONDS\n");
    return 2;
  }
  shape.duration = absl::Seconds(seconds);
  shape.warmup = absl::Milliseconds(500);
  target.server.address = argv[1];
  target.method = "/libroute.bench.EchoService/Echo";
  target.questions = {QuestionOf(bytes)};
  target.read_answers = [](absl::string_view, std::vector<libroute::AnswerSeen>&) {};
  absl::StatusOr<libroute::LoadResult> result = libroute::RunLoad(target, shape, nullptr);
  if (!result.ok()) {
    std::fprintf(stderr, "echo_load: %s\n", std::string(result.status().message()).c_str());
    return 1;
  }
  std::printf("%s\n", libroute::LoadJson(shape, *result).c_str());
}
