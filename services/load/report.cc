#include "services/load/report.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/wrappers.pb.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/load/questions.h"

namespace libroute {
namespace {

double Micros(absl::Duration duration) {
  return absl::ToDoubleMicroseconds(duration);
}

// "84 us", "1.25 ms", "2.1 s".
std::string DurationText(absl::Duration duration) {
  const double micros = Micros(duration);
  if (micros < 1000) return absl::StrFormat("%.0f us", micros);
  if (micros < 1'000'000) return absl::StrFormat("%.2f ms", micros / 1000);
  return absl::StrFormat("%.2f s", micros / 1'000'000);
}

std::string ShapeText(const LoadShape& shape) {
  const std::string loop = shape.rate > 0
                               ? absl::StrFormat("open loop, %.0f calls/s wanted, at most %d",
                                                 shape.rate, shape.outstanding)
                               : absl::StrFormat("closed loop, %d", shape.outstanding);
  return absl::StrFormat("%s messages outstanding on %d channels", loop, shape.channels);
}

std::string KindsText(const LoadResult& result) {
  std::string text;
  for (size_t kind = 0; kind < kAnswerKinds; ++kind) {
    if (result.kinds[kind] == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", AnswerKindName(static_cast<int>(kind)), " ",
                    result.kinds[kind]);
  }
  return text.empty() ? "none" : text;
}

std::string KindsJson(const LoadResult& result) {
  std::string fields;
  for (size_t kind = 0; kind < kAnswerKinds; ++kind) {
    if (result.kinds[kind] == 0) continue;
    absl::StrAppend(&fields, fields.empty() ? "" : ",", "\"",
                    AnswerKindName(static_cast<int>(kind)), "\":", result.kinds[kind]);
  }
  return absl::StrCat("{", fields, "}");
}

std::string JsonString(const std::string& text) {
  google::protobuf::StringValue value;
  value.set_value(text);
  std::string json;
  return google::protobuf::util::MessageToJsonString(value, &json).ok() ? json : "\"\"";
}

}  // namespace

std::string LoadText(const LoadShape& shape, const LoadResult& result) {
  const LatencyHistogram& latencies = result.latencies;
  std::string text = absl::StrCat(ShapeText(shape), "\n");
  absl::StrAppendFormat(&text, "calls/s   %.0f (%d answers in %.1f s)\n", result.answers_per_second,
                        result.answers, absl::ToDoubleSeconds(result.measured));
  absl::StrAppend(&text, "latency   p50 ", DurationText(latencies.Percentile(50)), ", p99 ",
                  DurationText(latencies.Percentile(99)), ", p99.9 ",
                  DurationText(latencies.Percentile(99.9)), ", max ", DurationText(latencies.Max()),
                  "\n");
  absl::StrAppend(&text, "answers   ", KindsText(result), "\n");
  absl::StrAppendFormat(&text, "bytes     %.0f a question, %.0f an answer\n", result.request_bytes,
                        result.response_bytes);
  absl::StrAppend(&text, "errors    ", result.errors,
                  result.first_error.empty() ? "" : "; the first: ", result.first_error, "\n");
  if (result.fell_behind) {
    absl::StrAppend(&text,
                    "The server did not keep up with the rate: questions were sent late, which "
                    "their latencies include.\n");
  }
  return text;
}

std::string LoadJson(const LoadShape& shape, const LoadResult& result) {
  const LatencyHistogram& latencies = result.latencies;
  return absl::StrFormat(
      R"({"wanted_per_second":%.1f,"outstanding":%d,"channels":%d,"seconds":%.3f,)"
      R"("answers":%d,"answers_per_second":%.1f,"errors":%d,"first_error":%s,)"
      R"("fell_behind":%s,"mean_us":%.1f,"p50_us":%.1f,"p99_us":%.1f,"p99_9_us":%.1f,)"
      R"("max_us":%.1f,"request_bytes":%.1f,"response_bytes":%.1f,"kinds":%s})",
      shape.rate, shape.outstanding, shape.channels, absl::ToDoubleSeconds(result.measured),
      result.answers, result.answers_per_second, result.errors, JsonString(result.first_error),
      result.fell_behind ? "true" : "false", Micros(latencies.Mean()),
      Micros(latencies.Percentile(50)), Micros(latencies.Percentile(99)),
      Micros(latencies.Percentile(99.9)), Micros(latencies.Max()), result.request_bytes,
      result.response_bytes, KindsJson(result));
}

std::string ProgressText(const LoadProgress& progress) {
  return absl::StrFormat("%4.0f s  %8.0f calls/s  p50 %s  p99 %s  errors %d%s",
                         absl::ToDoubleSeconds(progress.elapsed), progress.answers_per_second,
                         DurationText(progress.latencies.Percentile(50)),
                         DurationText(progress.latencies.Percentile(99)), progress.errors,
                         progress.warming_up ? "  (warming up)" : "");
}

}  // namespace libroute
