#include "services/routed/log.h"

#include <grpc/support/log.h>

#include <memory>

#include "spdlog/sinks/ansicolor_sink.h"
#include "spdlog/spdlog.h"

namespace libroute {

void StartLog() {
  auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::logger>("routed", std::move(sink));
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%-8l%$ %v", spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::trace);
  spdlog::set_default_logger(std::move(logger));
  gpr_set_log_verbosity(GPR_LOG_SEVERITY_ERROR);
  gpr_set_log_function([](gpr_log_func_args* line) {
    if (line->severity == GPR_LOG_SEVERITY_ERROR) spdlog::warn("gRPC: {}", line->message);
  });
}

}  // namespace libroute
