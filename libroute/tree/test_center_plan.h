#ifndef LIBROUTE_TREE_TEST_CENTER_PLAN_H_
#define LIBROUTE_TREE_TEST_CENTER_PLAN_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/tree/test_tree.h"

// Plans with agents and groups, for tests.
namespace libroute {

// What is found in a plan with this much about who takes contacts.
inline v1::Plan WithCenter(absl::string_view center) {
  return ReadWholePlan(
      absl::StrCat("customer: acme\n"
                   "numbers: [{ number: \"+3222000100\", tree: t }]\n"
                   "trees: { t: { release: {} } }\n",
                   center, "\n"));
}

inline std::vector<std::string> IssuesWithCenter(absl::string_view center) {
  return IssuesOf(WithCenter(center));
}

// Of group `g`, with agents ann and bob, who know French, and a group `h` beside it.
inline constexpr absl::string_view kAround =
    "skills: { fr: {} }\n"
    "agents: { ann: { skills: { fr: 80 } }, bob: { skills: { fr: 40 } } }\n";

inline v1::Plan WithGroupOf(absl::string_view fields) {
  return WithCenter(
      absl::StrCat(kAround, "groups: { h: { agents: [ann, bob] }, g: { ", fields, " } }"));
}

inline std::vector<std::string> IssuesWithGroup(absl::string_view fields) {
  return IssuesOf(WithGroupOf(absl::StrCat("agents: [ann, bob], ", fields)));
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_TEST_CENTER_PLAN_H_
