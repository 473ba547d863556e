#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/number/caller_list.h"
#include "libroute/schedule/rules.h"
#include "libroute/tree/test_tree.h"

// What plans get from files.
namespace libroute {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kByType =
    "caller: { cases: [{ caller_types: [listed, vip], then: { voicemail: { mailbox: listed } } }],"
    " otherwise: { voicemail: { mailbox: other } } }";

// The plan with a caller type `listed`, of which some callers are written.
v1::Plan ListedPlan() {
  v1::Plan plan = ReadTestPlan(kByType);
  v1::CallerType& type = (*plan.mutable_caller_types())["listed"];
  type.add_callers("+3222000555");
  type.add_callers("Boss@Example.com");
  type.set_file("listed.csv");
  type.set_priority(7);
  return plan;
}

Attachments ListedFile() {
  auto callers = std::make_shared<CallerList>();
  callers->numbers = NumberSet({*NumberPattern::Parse("+3233*")});
  callers->addresses.Insert("@firm.example");
  Attachments attachments;
  attachments.files = {{"listed.csv", std::string(64, 'a')}};
  attachments.callers["listed"] = std::move(callers);
  return attachments;
}

std::vector<std::string> IssuesWith(const v1::Plan& plan, const Attachments& attachments) {
  std::vector<std::string> texts;
  for (const Issue& issue : CompileForTest(plan, attachments).issues) {
    if (issue.severity == Severity::kError) texts.push_back(issue.code + " " + issue.path);
  }
  return texts;
}

TEST(PlanAttachments, ACallerTypeHasWrittenAndListedCallers) {
  const TestPlan plan(ListedPlan(), ListedFile());
  EXPECT_EQ(TestCall(plan).From("+3233123456").Ask(), "voicemail listed after unconditional");
  EXPECT_EQ(TestCall(plan).From("+3222000555").Ask(), "voicemail listed after unconditional");
  EXPECT_EQ(TestCall(plan).From("+3222000556").Ask(), "voicemail other after unconditional");
  TestCall call(plan);
  call.From("+3233123456").Ask();
  EXPECT_EQ(call.decision().priority, 7);
}

TEST(PlanAttachments, FindsWritersByAddress) {
  const TestPlan plan(ListedPlan(), ListedFile());
  const CompiledCallerType* listed = plan.plan().FindCallerType("listed");
  ASSERT_NE(listed, nullptr);
  EXPECT_TRUE(listed->Has("boss@example.COM"));
  EXPECT_TRUE(listed->Has("Anyone@Firm.example"));
  EXPECT_FALSE(listed->Has("other@example.com"));
  EXPECT_FALSE(plan.plan().FindCallerType("vip")->Has("boss@example.com"));
  EXPECT_EQ(plan.plan().FindCallerType("nobody"), nullptr);
}

TEST(PlanAttachments, AFileThatWasNotGivenIsAnError) {
  EXPECT_THAT(IssuesWith(ListedPlan(), {}),
              testing::ElementsAre("missing-file caller_types.listed.file"));
  v1::Plan plan = ReadTestPlan(kDesk);
  (*plan.mutable_calendars())["holidays"].set_ics("be.ics");
  EXPECT_THAT(IssuesWith(plan, {}), testing::ElementsAre("missing-file calendars.holidays.ics"));
}

TEST(PlanAttachments, ACallerTypeNeedsCallersOrAFile) {
  v1::Plan plan = ReadTestPlan(kDesk);
  v1::CallerType& type = (*plan.mutable_caller_types())["listed"];
  EXPECT_THAT(IssuesWith(plan, {}), testing::ElementsAre("missing caller_types.listed"));
  type.add_callers("@-bad.example");
  type.add_callers("+32");
  type.set_column("number");
  EXPECT_THAT(IssuesWith(plan, {}),
              testing::ElementsAre("bad-address caller_types.listed.callers[0]",
                                   "bad-number caller_types.listed.callers[1]",
                                   "missing caller_types.listed.column"));
}

TEST(PlanAttachments, ACalendarHasWrittenAndPublishedDates) {
  v1::Plan plan = ReadTestPlan(
      "time: { cases: [{ schedule: open, then: { voicemail: { mailbox: open } } }], otherwise: "
      "{ voicemail: { mailbox: closed } } }",
      "");
  v1::Calendar& calendar = (*plan.mutable_calendars())["holidays"];
  calendar.add_dates("2026-11-25");
  calendar.set_ics("be.ics");
  v1::Calendar::SpecialDay* special = calendar.add_special_days();
  special->set_date("2026-11-27");
  special->add_hours()->set_from("09:00");
  special->mutable_hours(0)->set_to("12:00");
  v1::Schedule& open = (*plan.mutable_schedules())["open"];
  v1::Schedule::Weekly* weekly = open.add_weekly();
  for (int day = v1::WEEKDAY_MON; day <= v1::WEEKDAY_SUN; ++day) {
    weekly->add_days(static_cast<v1::Weekday>(day));
  }
  weekly->set_from("09:00");
  weekly->set_to("17:00");
  open.add_except("holidays");
  auto published = std::make_shared<Calendar>();
  published->closed = {*DateRange::Parse("2026-11-26..2026-11-27")};
  Attachments attachments;
  attachments.calendars["holidays"] = std::move(published);
  const TestPlan test_plan(plan, attachments);
  const std::pair<const char*, const char*> kDays[] = {
      {"2026-11-24 10:00", "open"},
      {"2026-11-25 10:00", "closed"},
      {"2026-11-26 10:00", "closed"},
      // A special day of the plan wins over a published date.
      {"2026-11-27 10:00", "open"},
      {"2026-11-27 13:00", "closed"},
      {"2026-11-28 10:00", "open"},
  };
  for (const auto& [at, mailbox] : kDays) {
    EXPECT_THAT(TestCall(test_plan).At(at).Ask(),
                HasSubstr(std::string("voicemail ") + mailbox + " "))
        << at;
  }
}

TEST(PlanAttachments, ATableHasWrittenAndListedRows) {
  v1::Plan plan = ReadTestPlan(
      "lookup: { attribute: call.calling, table: offices, into: office, then: { release: {} },"
      " otherwise: { reject: {} } }");
  v1::Table& table = (*plan.mutable_tables())["offices"];
  table.set_by(v1::Table::BY_PREFIX);
  table.set_file("offices.csv");
  (*table.mutable_rows())["+322"] = "written";
  Attachments attachments;
  attachments.tables["offices"] =
      std::make_shared<const TableRows>(TableRows{{"+322", "listed"}, {"+324", "liege"}});
  const TestPlan test_plan(plan, attachments);
  const std::pair<const char*, const char*> kOffices[] = {{"+3222000555", "written"},
                                                          {"+3242000555", "liege"}};
  for (const auto& [number, office] : kOffices) {
    TestCall call(test_plan);
    call.From(number).Ask();
    EXPECT_THAT(call.decision().attributes, testing::ElementsAre(testing::Pair("office", office)));
  }
  EXPECT_THAT(TestCall(test_plan).From("+3312345678").Ask(), HasSubstr("reject"));

  EXPECT_THAT(IssuesWith(plan, {}), testing::ElementsAre("missing-file tables.offices.file"));
  attachments.tables["offices"] = std::make_shared<const TableRows>(
      TableRows{{"", "all"}, {std::string(33, '1'), "long"}, {"1", std::string(33, 'x')}});
  EXPECT_THAT(IssuesWith(plan, attachments),
              testing::ElementsAre("bad-value tables.offices.file", "too-long tables.offices.file",
                                   "too-long tables.offices.file"));
  table.clear_file();
  table.set_key("zip");
  EXPECT_THAT(IssuesWith(plan, {}), testing::ElementsAre("missing tables.offices.key"));
}

TEST(PlanAttachments, TheFirstTypeOfACaseDecidesWhatTheCallIsGiven) {
  v1::Plan plan = ListedPlan();
  (*plan.mutable_caller_types())["vip"].add_callers("+3222000555");
  const TestPlan both(plan, ListedFile());
  TestCall call(both);
  call.From("+3222000555").Ask();
  EXPECT_EQ(call.decision().caller_type, "listed");
  EXPECT_EQ(call.decision().priority, 7);
  EXPECT_THAT(call.decision().attributes, IsEmpty());
}

}  // namespace
}  // namespace libroute
