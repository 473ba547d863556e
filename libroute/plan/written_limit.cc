#include "libroute/plan/written_limit.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/plan/written_duration.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr uint32_t kMostCalls = 1'000'000;
constexpr uint32_t kMostAtOnce = 10'000;
constexpr absl::Duration kShortest = absl::Seconds(1);
constexpr absl::Duration kLongest = absl::Hours(1);

}  // namespace

uint32_t ReadCalls(uint32_t written, const std::string& path, OnIssue report) {
  if (written > kMostCalls) {
    report(path, "bad-value", absl::StrCat("at most ", kMostCalls, " calls, not ", written));
  }
  return std::min(written, kMostCalls);
}

CallRate ReadRate(const v1::Rate& written, const std::string& path, OnIssue report) {
  CallRate rate;
  rate.calls = std::max(1u, ReadCalls(written.calls(), path + ".calls", report));
  rate.burst = std::clamp(written.burst(), 1u, kMostAtOnce);
  rate.per = WrittenDuration(written.per());
  if (written.calls() == 0) {
    report(path + ".calls", "missing",
           absl::StrCat("say how many calls may come: 1 to ", kMostCalls));
  }
  if (!written.has_per()) {
    report(path + ".per", "missing", "say in which time so many may come, as in `per: 1s`");
  } else if (rate.per < kShortest || rate.per > kLongest) {
    report(path + ".per", "bad-value",
           absl::StrCat(absl::FormatDuration(rate.per), " is out of range; 1s to 1h"));
  }
  if (written.burst() > kMostAtOnce) {
    report(path + ".burst", "bad-value",
           absl::StrCat("1 to ", kMostAtOnce, " calls may come at once, not ", written.burst()));
  }
  rate.per = std::clamp(rate.per, kShortest, kLongest);
  return rate;
}

}  // namespace libroute
