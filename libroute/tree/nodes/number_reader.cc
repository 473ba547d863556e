#include "libroute/tree/nodes/number_reader.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/pattern_cases.h"
#include "libroute/tree/number_words.h"

namespace libroute {
namespace {

NumberKindSet ReadKinds(const NumberFields& written, const std::string& path, NodeScope& scope) {
  NumberKindSet kinds;
  for (int i = 0; i < written.kind.size(); ++i) {
    const absl::StatusOr<NumberKind> kind = ReadNumberKind(written.kind.Get(i));
    if (kind.ok()) {
      kinds.Add(*kind);
    } else {
      scope.Error(IndexPath(path + ".kind", i), "bad-value", std::string(kind.status().message()));
    }
  }
  return kinds;
}

std::string Text(const NumberFields& written, const WrittenNumbers& read) {
  std::vector<std::string> which;
  if (!written.area.empty()) which.assign(written.numbers.begin(), written.numbers.end());
  if (written.area.empty() && !read.numbers.empty()) which = {PatternsText(read.numbers)};
  if (!written.area.empty()) which.push_back("area " + absl::StrJoin(written.area, " or "));
  std::vector<std::string> conditions;
  if (!which.empty()) conditions.push_back(absl::StrJoin(which, ", "));
  if (!read.kinds.empty()) conditions.push_back("kind " + KindsText(read.kinds));
  if (!read.countries.empty()) {
    conditions.push_back("country " + absl::StrJoin(written.country, " or "));
  }
  return absl::StrJoin(conditions, " and ");
}

}  // namespace

WrittenNumbers ReadNumbers(const NumberFields& written, const std::string& path, NodeScope& scope) {
  WrittenNumbers read;
  const Mobiles mobiles = written.kind.empty() ? Mobiles::kWarn : Mobiles::kMeant;
  read.numbers = scope.Patterns(written.numbers, path + ".numbers", mobiles);
  for (int i = 0; i < written.area.size(); ++i) {
    const auto area = scope.Area(written.area.Get(i), IndexPath(path + ".area", i), mobiles);
    read.numbers.insert(read.numbers.end(), area.begin(), area.end());
  }
  read.kinds = ReadKinds(written, path, scope);
  for (int i = 0; i < written.country.size(); ++i) {
    const absl::StatusOr<Country> country = ReadCountry(written.country.Get(i));
    if (country.ok()) {
      read.countries.push_back(*country);
    } else {
      scope.Error(IndexPath(path + ".country", i), "unknown-name",
                  std::string(country.status().message()));
    }
  }
  read.text = Text(written, read);
  return read;
}

}  // namespace libroute
