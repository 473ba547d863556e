#ifndef TESTS_DAY_DAYS_H_
#define TESTS_DAY_DAYS_H_

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "examples/day/script.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace center_day {

inline std::string PlanFile(const std::string& name) {
  return absl::StrCat(LIBROUTE_SOURCE_DIR, "/examples/plans/", name, ".yaml");
}
inline std::string DayFile(const std::string& name) {
  return absl::StrCat(LIBROUTE_SOURCE_DIR, "/examples/day/", name, ".day.yaml");
}
inline std::string TextOf(const std::string& file) {
  std::ifstream in(file);
  EXPECT_TRUE(in) << file;
  return std::string((std::istreambuf_iterator<char>(in)), {});
}

// A plan and a day at its centre.
struct Example {
  std::shared_ptr<libroute::v1::Plan> plan;
  Script script;
};

inline Example MakeExample(const std::string& plan, const std::string& day) {
  Example example;
  const libroute::ReadResult read = libroute::ReadPlan(plan, "plan.yaml");
  for (const libroute::Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  example.plan = read.plan;
  ScriptReading script = ReadScript(day, "day.yaml", *read.plan);
  for (const libroute::Issue& issue : script.issues) ADD_FAILURE() << FormatIssue(issue);
  example.script = std::move(script.script);
  return example;
}

// One of examples/plans, and its day.
inline Example ReadExample(const std::string& name) {
  return MakeExample(TextOf(PlanFile(name)), TextOf(DayFile(name)));
}

}  // namespace center_day

#endif  // TESTS_DAY_DAYS_H_
