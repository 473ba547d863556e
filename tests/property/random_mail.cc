#include "tests/property/random_mail.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/plan/issue.h"
#include "libroute/readers/plan_reader.h"

namespace libroute {
namespace {

constexpr const char* kSchedules[] = {"office", "weekend", "past"};
constexpr const char* kSenders[] = {"boss@example.com", "a@friends.example", "anna@example.com"};
constexpr const char* kMailTypes[] = {"friends", "boss", "phones"};
constexpr const char* kSubjects[] = {"", "Invoice 1", "Re: hello", "Complaint"};
constexpr const char* kAddresses[] = {"support@acme.example", "help@acme.example",
                                      "x@old.acme.example", "y@old.acme.example"};
constexpr const char* kStates[] = {"up", "busy", "down"};
constexpr int kTrees = 5;

constexpr char kFrame[] = R"yaml(
customer: acme
time_zone: Europe/Brussels
schedules:
  office: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }] }
  weekend: { weekly: [{ days: [sat, sun], from: "00:00", to: "24:00" }] }
  past: { weekly: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }], only: [in-2020] }
calendars: { in-2020: { dates: ["2020-12-25"] } }
switches: { flood: {}, meeting: {} }
destinations: { d0: { number: "+3222000111" } }
caller_types:
  friends: { callers: ["@friends.example"] }
  boss: { callers: ["boss@example.com", "+32470000009"], attributes: { level: gold } }
  phones: { callers: ["+324*"] }
agents: { ann: {} }
groups: { g0: { agents: [ann], max_waiting: 5 }, g1: { agents: [ann] } }
mailboxes:
  - { addresses: ["support@acme.example", "@old.acme.example"], tree: t0 }
  - { addresses: ["help@acme.example"], tree: t1 }
trees:
)yaml";

// Writes trees as YAML in braces, each on one line.
class MailTrees {
 public:
  MailTrees(std::mt19937& random, bool has_calls) : random_(random), has_calls_(has_calls) {}

  std::string Node(int tree, int depth) {
    if (depth > 4 || Chance(20)) return Leaf(tree, depth);
    switch (Below(10)) {
      case 0:
        return Branch("time", absl::StrCat("schedule: ", OneOf(kSchedules)), tree, depth);
      case 1:
        return Branch("switch", absl::StrCat("switch: ", OneOf(kSwitches)), tree, depth);
      case 2:
        return Branch("caller", absl::StrCat("caller_types: ", OneOf(kMailTypes)), tree, depth);
      case 3:
        return Branch("match", Match(), tree, depth);
      case 4:
        return Branch("status", absl::StrCat("destination: d0, is: ", OneOf(kStates)), tree, depth);
      case 5:
        return Branch("origin", Chance(50) ? "anonymous: true" : "numbers: \"+32470000009\"", tree,
                      depth);
      case 6:
        return absl::StrCat("{ share: { cases: [{ weight: 1, then: ", Node(tree, depth + 1),
                            " }, { weight: 2, then: ", Node(tree, depth + 1), " }] } }");
      case 7:
        return absl::StrCat("{ set: { attributes: { level: ", Chance(50) ? "gold" : "tin",
                            " }, then: ", Node(tree, depth + 1), " } }");
      case 8:
        return Branch("group", Group(), tree, depth);
      default:
        return Branch("when",
                      absl::StrCat("if: { all: [{ match: { ", Match(),
                                   " } }, { switch: { switch: ", OneOf(kSwitches), " } }] }"),
                      tree, depth);
    }
  }

 private:
  static constexpr const char* kSwitches[] = {"flood", "meeting"};

  int Below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  bool Chance(int percent) { return Below(100) < percent; }
  template <size_t kSize>
  std::string OneOf(const char* const (&names)[kSize]) {
    return names[random_() % kSize];
  }

  std::string Match() {
    switch (Below(5)) {
      case 0:
        return absl::StrCat("attribute: call.mailbox, equals: ", OneOf(kAddresses));
      case 1:
        return absl::StrCat("attribute: call.sender, equals: ", OneOf(kSenders));
      case 2:
        return "attribute: call.subject, prefix: \"Re: \"";
      case 3:
        return "attribute: call.subject, pattern: \".*nvoice.*\"";
      default:
        return "attribute: level, equals: gold";
    }
  }

  std::string Group() {
    constexpr const char* kFigures[] = {"logged_in", "ready", "free", "waiting"};
    const std::string figure = OneOf(kFigures);
    const int least = Below(5);
    return absl::StrCat("group: g", Below(2), ", ", figure, ": { at_least: ", least,
                        Chance(50) ? absl::StrCat(", at_most: ", least + Below(3)) : "", " }");
  }

  std::string Branch(const char* kind, const std::string& first, int tree, int depth) {
    return absl::StrCat("{ ", kind, ": { cases: [{ ", first, ", then: ", Node(tree, depth + 1),
                        " }], otherwise: ", Node(tree, depth + 1), " } }");
  }

  std::string Agents(int tree, int depth) {
    std::string node =
        absl::StrCat("{ agents: { group: g", Below(2), Chance(50) ? ", wait: 1h" : "");
    if (depth < 4) {
      for (const char* branch : {"on_timeout", "on_full", "on_closed", "otherwise"}) {
        if (Chance(30)) absl::StrAppend(&node, ", ", branch, ": ", Node(tree, depth + 2));
      }
    }
    return absl::StrCat(node, " } }");
  }

  std::string Leaf(int tree, int depth) {
    if (tree + 1 < kTrees && Chance(40)) {
      return absl::StrCat("{ goto: t", tree + 1 + Below(kTrees - tree - 1), " }");
    }
    if (has_calls_ || Chance(40)) return Agents(tree, depth);
    if (Chance(30)) return "{ auto_reply: { message: thanks } }";
    return Chance(50) ? "{ discard: {} }" : "{ forward_email: { to: boss@example.com } }";
  }

  std::mt19937& random_;
  const bool has_calls_;
};

}  // namespace

v1::Plan RandomMailPlan(std::mt19937& random) {
  const bool has_calls = random() % 2 == 0;
  MailTrees trees(random, has_calls);
  std::string text = kFrame;
  for (int tree = 0; tree < kTrees; ++tree) {
    absl::StrAppend(&text, "  t", tree, ": ", trees.Node(tree, 0), "\n");
  }
  if (has_calls) absl::StrAppend(&text, "numbers: [{ number: \"+3222000100\", tree: t0 }]\n");
  const ReadResult read = ReadPlan(text, "mail.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.plan;
}

v1::GroupFigures RandomFigures(std::mt19937& random) {
  v1::GroupFigures figures;
  if (random() % 2 == 0) figures.set_open(random() % 4 != 0);
  figures.set_logged_in(static_cast<uint32_t>(random() % 7));
  figures.set_ready(static_cast<uint32_t>(random() % 7));
  figures.set_free(static_cast<uint32_t>(random() % 7));
  figures.set_waiting(static_cast<uint32_t>(random() % 7));
  figures.mutable_longest_wait()->set_seconds(static_cast<int64_t>(random() % 130));
  if (random() % 4 != 0) {
    figures.mutable_expected_wait()->set_seconds(static_cast<int64_t>(random() % 130));
  }
  return figures;
}

v1::Given RandomMailWorld(std::mt19937& random) {
  v1::Given given;
  (*given.mutable_destinations())["d0"] = static_cast<v1::Status>(1 + random() % 3);
  for (const char* name : {"flood", "meeting"}) {
    (*given.mutable_switches())[name] = random() % 2 == 0 ? "off" : "on";
  }
  for (const char* name : {"g0", "g1"}) {
    (*given.mutable_groups())[name] =
        static_cast<v1::GroupState>(1 + random() % v1::GroupState_MAX);
    // Of the others nothing is known, or what was before.
    if (random() % 2 == 0) (*given.mutable_group_figures())[name] = RandomFigures(random);
  }
  return given;
}

Email RandomEmail(std::mt19937& random, int message_id) {
  Email email;
  email.connector = "test";
  email.message_id = absl::StrCat(message_id);
  email.recipients = {kAddresses[random() % std::size(kAddresses)]};
  // One in ten reports what became of another one.
  if (random() % 10 > 0) email.sender = kSenders[random() % std::size(kSenders)];
  email.subject = kSubjects[random() % std::size(kSubjects)];
  if (random() % 10 == 0) email.auto_submitted = "auto-replied";
  return email;
}

}  // namespace libroute
