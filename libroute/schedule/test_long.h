#ifndef LIBROUTE_SCHEDULE_TEST_LONG_H_
#define LIBROUTE_SCHEDULE_TEST_LONG_H_

#include <cstdlib>

#include "absl/strings/string_view.h"

namespace libroute {

// Whether tests do more than they do every day: LIBROUTE_LONG=1 is in the
// environment. Those that ask have the label `long`.
inline bool IsLongRun() {
  const char* text = std::getenv("LIBROUTE_LONG");
  return text != nullptr && absl::string_view(text) == "1";
}

// Where clocks are changed at odd times and by odd amounts, and where they are
// not.
inline constexpr const char* kOddZones[] = {"Europe/Brussels",     "America/New_York",
                                            "Australia/Lord_Howe", "Africa/Casablanca",
                                            "Pacific/Apia",        "Asia/Kathmandu"};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_TEST_LONG_H_
