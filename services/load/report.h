#ifndef LIBROUTE_SERVICES_LOAD_REPORT_H_
#define LIBROUTE_SERVICES_LOAD_REPORT_H_

#include <string>

#include "services/load/load.h"

namespace libroute {

// What was measured, in a few lines for people.
std::string LoadText(const LoadShape& shape, const LoadResult& result);

// The same as one JSON object on one line; times in microseconds, sizes in
// bytes.
std::string LoadJson(const LoadShape& shape, const LoadResult& result);

// One line without an end: "  3 s   81,234 calls/s   p50 0.71 ms ...".
std::string ProgressText(const LoadProgress& progress);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LOAD_REPORT_H_
