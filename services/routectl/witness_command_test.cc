// The commands by which `routectl check --prove` shows what it has found: each is carried out.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/routectl/test_routectl.h"

namespace libroute {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// Every node `agents` is a black hole.
constexpr char kHoles[] = R"yaml(customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: calls }]
mailboxes: [{ addresses: ["support@acme.example", "-dash@acme.example", "@old.acme.example"], tree: mails }]
switches: { meeting: {} }
destinations: { front: { number: "+3222000111" } }
groups: { g: { agents: [ann] }, h: { agents: [ann] } }
agents: { ann: {} }
trees:
  calls:
    group:
      cases:
        - { group: g, ready: { at_most: 1 }, then: { release: {} } }
        - { group: g, waiting: { at_least: 10 }, longest_wait: { at_least: 90s }, then: { agents: { group: h, wait: 1m } } }
      otherwise: { switch: { cases: [{ switch: meeting, then: { dial: { to: front } } }], otherwise: { release: {} } } }
  mails:
    when:
      cases:
        - { if: { match: { attribute: call.subject, equals: "--help me, it's \"urgent\"" } }, then: { agents: { group: h, wait: 1h } } }
        - { if: { match: { attribute: call.mailbox, equals: "-dash@acme.example" } }, then: { agents: { group: h, wait: 2h } } }
        - { if: { match: { attribute: call.sender, prefix: "-boss" } }, then: { agents: { group: h, wait: 3h } } }
        - { if: { match: { attribute: call.sender, pattern: ".*@corp[.]example" } }, then: { agents: { group: h, wait: 4h } } }
        - { if: { all: [{ group: { group: g, open: false } }, { switch: { switch: meeting } }] }, then: { agents: { group: h, wait: 5h } } }
      otherwise: { discard: {} }
)yaml";

// The path of each finding, and the command below it.
std::vector<std::pair<std::string, std::string>> FoundIn(const std::string& out) {
  std::vector<std::pair<std::string, std::string>> found;
  for (absl::string_view line : absl::StrSplit(out, '\n')) {
    const std::vector<std::string> parts = absl::StrSplit(line, absl::MaxSplits(": ", 3));
    if (absl::ConsumePrefix(&line, "  routectl ")) {
      found.back().second = std::string(line);
    } else if (parts.size() == 4) {
      found.emplace_back(parts[2], "");
    }
  }
  return found;
}

TEST_F(RoutectlTest, EachCommandOfAProofEndsWhereItSays) {
  Write("acme.yaml", kHoles);
  const Outcome proved = Run("check --prove --from 2026-11-23 acme.yaml");
  EXPECT_EQ(proved.exit_code, 0) << proved.err;
  std::vector<std::string> paths;
  for (const auto& [path, command] : FoundIn(proved.out)) {
    paths.push_back(path);
    const Outcome shown = Run(command);
    EXPECT_EQ(shown.exit_code, 0) << command << "\n" << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("decided by   default")) << command;
    const Outcome explained = Run(absl::StrReplaceAll(command, {{"route acme", "explain acme"}}));
    EXPECT_THAT(explained.out, HasSubstr(absl::StrCat(" ", path, "\n"))) << command;
  }
  constexpr absl::string_view kMails = "trees.mails.when.cases";
  EXPECT_THAT(
      paths,
      ElementsAre("trees.calls.group.cases[1].then.agents",
                  "trees.calls.group.otherwise.switch.cases[0].then.dial",
                  absl::StrCat(kMails, "[0].then.agents"), absl::StrCat(kMails, "[1].then.agents"),
                  absl::StrCat(kMails, "[2].then.agents"), absl::StrCat(kMails, "[3].then.agents"),
                  absl::StrCat(kMails, "[4].then.agents")));
}

TEST_F(RoutectlTest, AProofPrintsAllThatIsGiven) {
  Write("acme.yaml", kHoles);
  constexpr char kGiven[] =
      "{\"switches\": {\"meeting\": \"on\"}, \"group_figures\": {\"g\": {\"open\": false}}}";
  EXPECT_THAT(
      Run("check --prove --from 2026-11-23 acme.yaml").out,
      AllOf(HasSubstr(absl::StrCat("--given '", kGiven, "'")),
            HasSubstr("--given '{\"group_figures\": {\"g\": {\"ready\": 2, \"waiting\": 10, "
                      "\"longest_wait\": \"90s\"}}}'")));
  EXPECT_THAT(Run("check --prove --from 2026-11-23 --output json acme.yaml").out,
              HasSubstr(absl::StrCat("\"given\": ", kGiven)));
}

}  // namespace
}  // namespace libroute
