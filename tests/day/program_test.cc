// center_day as it is called: what it prints, and how it ends.

#include <stdio.h>
#include <sys/wait.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/day/days.h"

namespace center_day {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Outcome {
  int exit_code = -1;
  // Both streams.
  std::string out;
};

Outcome CenterDayOn(const std::string& arguments) {
  Outcome outcome;
  FILE* program = popen(absl::StrCat(CENTER_DAY, " ", arguments, " 2>&1").c_str(), "r");
  if (program == nullptr) return outcome;
  char buffer[4096];
  while (const size_t got = fread(buffer, 1, sizeof(buffer), program)) {
    outcome.out.append(buffer, got);
  }
  const int status = pclose(program);
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  return outcome;
}

std::string Files(const std::string& name) {
  return absl::StrCat(PlanFile(name), " ", DayFile(name));
}

// A day of the two-level desk in which something is written otherwise, as a file.
std::string Changed(const std::string& from, const std::string& to) {
  const std::string text = TextOf(DayFile("two-level-desk"));
  EXPECT_THAT(text, HasSubstr(from));
  const std::string file = absl::StrCat(testing::TempDir(), "/changed.day.yaml");
  std::ofstream(file) << absl::StrReplaceAll(text, {{from, to}});
  return file;
}

TEST(Program, PrintsFiguresThatAddUp) {
  for (const char* name : {"two-level-desk", "bilingual-centre"}) {
    const Outcome outcome = CenterDayOn(absl::StrCat("--quiet --seed 5 ", Files(name)));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.out;
    EXPECT_THAT(outcome.out, AllOf(StartsWith("Monday 23 November 2026, seed 5\n"),
                                   HasSubstr("\nagent "), HasSubstr("in each quarter")));
    int groups = 0;
    bool is_table = false;
    for (absl::string_view line : absl::StrSplit(outcome.out, '\n')) {
      const std::vector<std::string> cells = absl::StrSplit(line, ' ', absl::SkipEmpty());
      if (is_table && cells.empty()) break;
      if (is_table) {
        std::vector<int> numbers;
        for (size_t i : {1, 2, 4, 5, 6, 7}) {
          EXPECT_TRUE(absl::SimpleAtoi(cells.at(i), &numbers.emplace_back())) << line;
        }
        EXPECT_EQ(numbers[0], numbers[1] + numbers[2] + numbers[3] + numbers[4] + numbers[5])
            << line;
        ++groups;
      }
      if (!cells.empty() && cells[0] == "group") is_table = true;
    }
    EXPECT_EQ(groups, 3) << outcome.out;
  }
}

TEST(Program, PrintsAPartOfTheDay) {
  const Outcome outcome =
      CenterDayOn(absl::StrCat("--from 09:00 --to 09:10 ", Files("two-level-desk")));
  EXPECT_EQ(outcome.exit_code, 0);
  const std::string log = outcome.out.substr(0, outcome.out.find("\n\n"));
  const std::vector<std::string> lines = absl::StrSplit(log, '\n');
  EXPECT_GT(lines.size(), 10u);
  EXPECT_THAT(lines, Each(StartsWith("09:0")));
  EXPECT_EQ(
      outcome.out,
      CenterDayOn(absl::StrCat("--from 09:00 --to 09:10 --seed 7 ", Files("two-level-desk"))).out);
}

TEST(Program, SaysWhatIsWrongWithTheCommand) {
  for (const char* arguments : {"", "plan.yaml", "--loud a b", "--from 9 a b", "--to 24:00 a b",
                                "--seed x a b", "a b c", "a b --seed"}) {
    const Outcome outcome = CenterDayOn(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << arguments;
    EXPECT_THAT(outcome.out, AllOf(StartsWith("center_day: "), HasSubstr("usage: "))) << arguments;
  }
  EXPECT_THAT(CenterDayOn("--from 9 a b").out,
              HasSubstr("--from: expected a time like 09:15, not \"9\""));
  const Outcome help = CenterDayOn("--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.out, StartsWith("usage: "));
}

TEST(Program, SaysWhatIsWrongWithTheFiles) {
  const std::string plan = PlanFile("two-level-desk");
  const auto complains = [&](const std::string& from, const std::string& to) {
    const Outcome outcome = CenterDayOn(absl::StrCat(plan, " ", Changed(from, to)));
    EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
    EXPECT_THAT(outcome.out, Not(HasSubstr("call 1")));
    return outcome.out;
  };
  EXPECT_THAT(complains("  anna:", "  anne:"),
              AllOf(HasSubstr("changed.day.yaml:26:3: "),
                    HasSubstr("error: agents.anne: the plan has no agent \"anne\"; did you mean "
                              "\"anna\"?")));
  EXPECT_THAT(complains("talk: 7m", "talk: 7"), HasSubstr("groups.network-experts.talk: "));
  EXPECT_THAT(complains("to: software-experts", "to: experts"),
              HasSubstr("groups.first-level.hands_on[1].to: the plan has no group \"experts\""));
  EXPECT_THAT(complains("per_hour: 24", "per_hour: -1"), HasSubstr("expected 0 to 10000"));
  EXPECT_THAT(complains("from: \"07:15\"", "from: \"8.15\""),
              HasSubstr("calls[0].flows[0].from: expected a time from 00:00 to 23:59"));
  EXPECT_THAT(complains("reason: training", "reason: sleep"), HasSubstr("no reason \"sleep\""));
  EXPECT_THAT(complains("share: 8", "share: 108"), HasSubstr("expected per cent"));
  EXPECT_THAT(complains("date: \"2026-11-23\"", "date: today"), HasSubstr("expected a date"));
  EXPECT_THAT(complains("patience", "patiance"), HasSubstr("patience"));

  EXPECT_EQ(CenterDayOn(absl::StrCat(plan, " missing.yaml")).exit_code, 1);
  EXPECT_THAT(CenterDayOn(absl::StrCat(plan, " missing.yaml")).out,
              HasSubstr("missing.yaml: cannot be read"));
  const Outcome outcome =
      CenterDayOn(absl::StrCat(DayFile("two-level-desk"), " ", DayFile("two-level-desk")));
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("two-level-desk.day.yaml:3:"));
}

}  // namespace
}  // namespace center_day
