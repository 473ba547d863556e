#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/written_limit.h"
#include "libroute/tree/plan_compiler.h"

// Limits: how many calls there may be of something, and how fast they may come.
namespace libroute {

CompiledLimit PlanCompiler::LimitOf(const std::string& name, uint32_t calls,
                                    const std::string& path) {
  auto report = [&](std::string where, absl::string_view code, std::string what) {
    Error(std::move(where), code, std::move(what));
  };
  CompiledLimit limit;
  limit.name = name;
  limit.calls = ReadCalls(calls, path, report);
  if (calls > 0) limit.places = CounterIndex("places of " + name);
  return limit;
}

CompiledWatch PlanCompiler::CompileWatch(const std::string& name, const v1::Watch& written,
                                         const std::string& path) {
  constexpr uint32_t kUsualFailures = 3;
  constexpr uint32_t kMostFailures = 100;
  const DurationRange retry = {absl::Seconds(1), absl::Hours(1), absl::Seconds(30)};
  const DurationRange longest = {absl::Seconds(1), absl::Hours(24), absl::Minutes(10)};
  CompiledWatch watch;
  watch.name = name;
  watch.rule.failures = written.failures() == 0 ? kUsualFailures : written.failures();
  if (written.failures() > kMostFailures) {
    Error(path + ".failures", "bad-value",
          absl::StrCat("1 to ", kMostFailures, " failures in a row, not ", written.failures()));
  }
  watch.rule.retry =
      DurationIn(written.has_retry() ? &written.retry() : nullptr, path + ".retry", retry);
  watch.rule.longest =
      DurationIn(written.has_longest() ? &written.longest() : nullptr, path + ".longest", longest);
  if (watch.rule.longest < watch.rule.retry) {
    Error(path + ".longest", "bad-value",
          absl::StrCat("at least as long as the first time, ",
                       absl::FormatDuration(watch.rule.retry)));
  }
  watch.counter = CounterIndex(HealthCounterName(name));
  return watch;
}

void PlanCompiler::CompileLimits() {
  auto report = [&](std::string where, absl::string_view code, std::string what) {
    Error(std::move(where), code, std::move(what));
  };
  for (const std::string& name : limit_names_.names()) {
    const v1::Limit& written = written_.limits().at(name);
    const std::string path = KeyPath("limits", name);
    const WrittenLimit read = ReadLimit(written, path, report);
    CompiledLimit limit = LimitOf("limit " + name, read.calls, path + ".calls");
    limit.rate = read.rate;
    if (v1::LimitEach_IsValid(written.each())) {
      limit.each = static_cast<LimitEach>(written.each());
    } else {
      Error(path + ".each", "bad-value", "write called or caller, or leave it out");
    }
    if (limit.rate.calls > 0) {
      // Another rate begins anew.
      limit.passes = CounterIndex(absl::StrCat("rate of ", limit.name, ": ", limit.rate.calls,
                                               " in ", absl::FormatDuration(limit.rate.per)));
    }
    plan_->limits_.push_back(std::move(limit));
  }
  for (size_t i = 0; i < site_names_.names().size(); ++i) {
    const std::string& name = site_names_.names()[i];
    const v1::Site& site = written_.sites().at(name);
    const std::string path = KeyPath("sites", name);
    const int index = static_cast<int>(i);
    if (site.max_calls() > 0) {
      plan_->site_limits_.emplace(index,
                                  LimitOf("site " + name, site.max_calls(), path + ".max_calls"));
    }
    if (site.has_watch()) {
      plan_->site_watches_.emplace(index,
                                   CompileWatch("site " + name, site.watch(), path + ".watch"));
    }
  }
}

}  // namespace libroute
