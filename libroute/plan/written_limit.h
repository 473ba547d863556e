#ifndef LIBROUTE_PLAN_WRITTEN_LIMIT_H_
#define LIBROUTE_PLAN_WRITTEN_LIMIT_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "libroute/call/claim.h"

namespace libroute {

namespace v1 {
class Rate;
}

// Told of what is wrong: where, the code of the issue, and what would be right.
using OnIssue = absl::FunctionRef<void(std::string path, absl::string_view code, std::string what)>;

// How many calls at the same time, and how fast, are written at `path`; what is
// out of range is reported.
uint32_t ReadCalls(uint32_t written, const std::string& path, OnIssue report);
CallRate ReadRate(const v1::Rate& written, const std::string& path, OnIssue report);

// A limit: any number of calls if `calls` is 0, as fast as they come if those of
// `rate` are.
struct WrittenLimit {
  uint32_t calls = 0;
  CallRate rate;
};

// Of a v1::Limit or a v1::CarrierLimit, whose fields of these names mean the same.
template <typename Limit>
WrittenLimit ReadLimit(const Limit& written, const std::string& path, OnIssue report) {
  if (written.calls() == 0 && !written.has_rate()) {
    report(path, "missing",
           "a limit needs `calls` (at the same time) or `rate` (how fast they come)");
  }
  WrittenLimit limit;
  limit.calls = ReadCalls(written.calls(), path + ".calls", report);
  if (written.has_rate()) limit.rate = ReadRate(written.rate(), path + ".rate", report);
  return limit;
}

}  // namespace libroute

#endif  // LIBROUTE_PLAN_WRITTEN_LIMIT_H_
