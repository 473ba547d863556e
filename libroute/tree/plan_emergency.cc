#include <map>

#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/regions.h"
#include "libroute/tree/plan_compiler.h"

// What sites say of calls for help.
namespace libroute {
namespace {

constexpr size_t kMaxPlaceBytes = 200;

}  // namespace

// The sites of a plan, their lines and where each of these is written.
struct PlanCompiler::Emergency {
  std::vector<EmergencySite> sites;
  std::vector<EmergencySites::Line> lines;
  std::vector<NumberTable::Entry> entries;
  std::vector<std::string> paths;
};

void PlanCompiler::CompileEmergency() {
  Emergency emergency;
  for (const std::string& name : site_names_.names()) {
    CompileEmergencySite(written_.sites().at(name), KeyPath("sites", name), emergency);
  }
  for (const NumberTable::Conflict& conflict : NumberTable::Conflicts(emergency.entries)) {
    Error(emergency.paths[conflict.second], "duplicate-number",
          absl::StrCat("a line is at one place, but these are also at ",
                       emergency.paths[conflict.first]));
  }
  absl::StatusOr<NumberTable> table = NumberTable::Build(emergency.entries);
  if (!table.ok()) return;
  plan_->emergency_sites_ =
      EmergencySites(std::move(emergency.sites), std::move(emergency.lines), *std::move(table));
}

void PlanCompiler::CompileEmergencySite(const v1::Site& written, const std::string& path,
                                        Emergency& emergency) {
  const auto index = static_cast<uint32_t>(emergency.sites.size());
  EmergencySite site;
  site.place = CompilePlace(written.place(), path + ".place");
  // What is wrong with it was said with the internal numbers.
  const std::string& country =
      written.country().empty() ? written_.numbering().country() : written.country();
  if (IsKnownRegion(country)) site.dialling = &Dialling::Of(*Country::FromCode(country));
  site.call_back = CompileCallBack(written, path + ".call_back");
  CompileEmergencyRoutes(written, path + ".emergency_routing", site);
  auto add = [&](const NumberPattern& lines, std::string where, EmergencySites::Line line) {
    if (written.call_back().empty()) WarnOfNoCallBack(lines, where);
    emergency.entries.push_back({lines, static_cast<uint32_t>(emergency.lines.size())});
    emergency.lines.push_back(std::move(line));
    emergency.paths.push_back(std::move(where));
  };
  auto read = [&](const std::string& text, const std::string& where) {
    absl::StatusOr<NumberPattern> lines = NumberPattern::Parse(text);
    if (!lines.ok()) Error(where, "bad-number", std::string(lines.status().message()));
    return lines;
  };
  for (int i = 0; i < written.lines_size(); ++i) {
    const std::string where = IndexPath(path + ".lines", i);
    const v1::Lines& entry = written.lines(i);
    absl::StatusOr<NumberPattern> lines = read(entry.numbers(), where + ".numbers");
    if (!lines.ok()) continue;
    add(*lines, where + ".numbers",
        {index, CompilePlace(entry.place(), where + ".place"), entry.roaming()});
  }
  for (int i = 0; i < written.extensions_size(); ++i) {
    absl::StatusOr<NumberPattern> lines = NumberPattern::Parse(written.extensions(i).numbers());
    // What is wrong with it was said with the internal numbers.
    if (lines.ok())
      add(*lines, IndexPath(path + ".extensions", i) + ".numbers", {index, "", false});
  }
  const bool has_lines = !written.lines().empty() || !written.extensions().empty();
  if (has_lines && written.place().empty()) {
    Warn(path, "no-place",
         "nothing says where this site is: who calls for help from its lines is not found; write "
         "its place");
  }
  emergency.sites.push_back(std::move(site));
}

void PlanCompiler::WarnOfNoCallBack(const NumberPattern& lines, const std::string& path) {
  const NumberKindSet kinds = NumberingPlans::World().KindsOf(lines);
  for (int i = 0; i < kNumberKinds; ++i) {
    const auto kind = static_cast<NumberKind>(i);
    if (!kinds.Has(kind) || SpecialKindOf(kind) != SpecialKind::kService) continue;
    Warn(path, "no-call-back",
         absl::StrCat(lines.ToString(), " has numbers of kind ", NumberKindName(kind),
                      ", at which nobody who calls for help is called back; write the site's "
                      "call_back"));
    return;
  }
}

std::string PlanCompiler::CompilePlace(const std::string& place, const std::string& path) {
  if (place.size() > kMaxPlaceBytes) {
    Error(path, "too-long",
          absl::StrCat("a place has at most ", kMaxPlaceBytes, " bytes, not ", place.size()));
  }
  return place;
}

E164Number PlanCompiler::CompileCallBack(const v1::Site& written, const std::string& path) {
  if (written.call_back().empty()) return E164Number();
  absl::StatusOr<E164Number> number = E164Number::Parse(written.call_back());
  if (!number.ok()) {
    Error(path, "bad-number", std::string(number.status().message()));
    return E164Number();
  }
  const NumberFacts facts = NumberingPlans::World().Find(*number);
  if (SpecialKindOf(facts.kind) == SpecialKind::kService) {
    Error(path, "bad-call-back",
          absl::StrCat(number->ToString(), " is a number of kind ", NumberKindName(facts.kind),
                       "; the emergency services need one that rings at the site"));
  }
  return *number;
}

void PlanCompiler::CompileEmergencyRoutes(const v1::Site& written, const std::string& path,
                                          EmergencySite& site) {
  const std::map<std::string, std::string> sorted(written.emergency_routing().begin(),
                                                  written.emergency_routing().end());
  for (const auto& [dialled, route] : sorted) {
    const std::string where = KeyPath(path, dialled);
    const Digits digits = ReadDialString(dialled);
    if (digits.empty()) {
      Error(where, "bad-number", absl::StrCat(Quoted(dialled), " is no emergency number"));
    } else if (site.dialling != nullptr &&
               site.dialling->Find(digits) != SpecialKind::kEmergency) {
      Error(where, "bad-number",
            absl::StrCat(Quoted(dialled), " is no emergency number where this site is"));
    }
    const RoutingNumber number = RoutingNumber::Parse(route);
    if (!number.has_value()) {
      Error(where, "bad-number",
            absl::StrCat(Quoted(route),
                         " is no routing number: 1 to 15 hexadecimal digits, with "
                         "'+' before them if it is an international one"));
    }
    site.routes.push_back({digits, number});
  }
}

}  // namespace libroute
