#ifndef LIBROUTE_PROVE_TEST_PROVE_H_
#define LIBROUTE_PROVE_TEST_PROVE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/plan/when.h"
#include "libroute/prove/prove.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

// What tests of proofs share.
namespace libroute {

inline constexpr absl::string_view kHead = R"yaml(
customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: main }]
schedules:
  office: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }] }
  lunch: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "12:00", to: "13:00" }] }
  weekend: { weekly: [{ days: [sat, sun], from: "00:00", to: "24:00" }] }
  christmas-2030: { weekly: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }], only: [in-2030] }
calendars: { in-2030: { dates: ["2030-12-25"] } }
switches: { meeting: {}, flood: {} }
sites: { north: {} }
destinations:
  front: { number: "+3222000111", site: north }
  back: { number: "+3222000112", site: north }
caller_types:
  vip: { callers: ["+32475123456", "+3223*"], attributes: { level: gold } }
  chief: { callers: ["+3223000001"] }
groups: { team: { agents: [ann] } }
agents: { ann: {} }
)yaml";

inline absl::Time From() {
  return *ParseWhen("2026-11-23 00:00", absl::UTCTimeZone());
}

inline std::shared_ptr<v1::Plan> PlanWith(absl::string_view tree) {
  ReadResult read = ReadPlan(absl::StrCat(kHead, "trees:\n", tree), "acme.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return read.plan;
}

// "code path" of each finding; plays each witness once more.
inline std::vector<std::string> Found(const v1::Plan& plan,
                                      absl::Duration max_ringing = absl::Minutes(3)) {
  ProveOptions options;
  options.from = From();
  options.max_ringing = max_ringing;
  const absl::StatusOr<std::vector<Finding>> findings = Prove(plan, {}, options);
  EXPECT_TRUE(findings.ok()) << findings.status();
  std::vector<std::string> found;
  if (!findings.ok()) return found;
  for (const Finding& finding : *findings) {
    found.push_back(absl::StrCat(finding.issue.severity == Severity::kError ? "error " : "",
                                 finding.issue.code, " ", finding.issue.path));
    EXPECT_NE(finding.witness, nullptr);
  }
  return found;
}

inline std::vector<std::string> Found(absl::string_view tree) {
  return Found(*PlanWith(tree));
}

// The one finding.
Finding Only(absl::string_view tree) {
  ProveOptions options;
  options.from = From();
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*PlanWith(tree), {}, options);
  EXPECT_TRUE(findings.ok() && findings->size() == 1);
  return findings.ok() && findings->size() == 1 ? findings->front() : Finding();
}

}  // namespace libroute

#endif  // LIBROUTE_PROVE_TEST_PROVE_H_
