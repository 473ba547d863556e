#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/stubs/logging.h"
#include "gtest/gtest.h"
#include "libroute/plan/limits.h"
#include "libroute/plan/utf8.h"
#include "libroute/tree/test_tree.h"

// Plans that no reader would let through, given to the compiler as messages.
namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// Whether `text` may be printed as it is: UTF-8 without control characters.
bool IsPrintable(absl::string_view text) {
  while (!text.empty()) {
    Utf8Character character = FirstCharacter(text);
    if (character.length == 0 || character.code < 0x20 || character.code == 0x7f) return false;
    text.remove_prefix(character.length);
  }
  return true;
}

// Compiles `plan`, which must be refused in few and printable words.
std::vector<std::string> Refused(const v1::Plan& plan) {
  CompileResult result = CompileForTest(plan);
  EXPECT_EQ(result.plan, nullptr);
  EXPECT_TRUE(HasErrors(result.issues));
  EXPECT_LE(static_cast<int>(result.issues.size()), PlanLimits().max_issues + 1);
  std::vector<std::string> texts;
  for (const Issue& issue : result.issues) {
    EXPECT_TRUE(IsPrintable(issue.message)) << testing::PrintToString(issue.message);
    EXPECT_TRUE(IsPrintable(issue.path)) << testing::PrintToString(issue.path);
    EXPECT_LT(issue.message.size(), 3000u) << issue.code;
    texts.push_back(absl::StrCat(issue.code, " ", issue.path));
  }
  return texts;
}

v1::Plan Served(v1::Node main) {
  v1::Plan plan;
  plan.set_customer("acme");
  v1::Number* number = plan.add_numbers();
  number->set_number("+3222000100");
  number->set_tree("main");
  (*plan.mutable_trees())["main"] = std::move(main);
  return plan;
}

TEST(HostilePlan, EmptyPlanIsRefused) {
  EXPECT_THAT(Refused(v1::Plan()), Contains("missing customer"));
}

TEST(HostilePlan, EmptyMessagesAreRefusedOrHarmless) {
  v1::Plan plan;
  plan.add_numbers();
  (*plan.mutable_trees())[""];
  (*plan.mutable_schedules())[""].add_weekly();
  (*plan.mutable_calendars())[""].add_special_days()->add_hours();
  (*plan.mutable_caller_types())[""].add_callers();
  (*plan.mutable_destinations())[""];
  (*plan.mutable_sites())[""];
  (*plan.mutable_switches())[""];
  (*plan.mutable_groups())[""].add_agents();
  (*plan.mutable_agents())[""];
  (*(*plan.mutable_agents())[""].mutable_skills())[""];
  (*(*plan.mutable_agents())[""].mutable_preferences())[""];
  (*plan.mutable_groups())[""].add_steps();
  (*(*plan.mutable_groups())[""].mutable_index())[""];
  (*plan.mutable_skills())[""];
  plan.mutable_contact_center()->add_reasons();
  plan.mutable_default_()->mutable_otherwise();
  plan.add_tests();
  Refused(plan);
}

TEST(HostilePlan, EveryKindMayBeEmpty) {
  const google::protobuf::Descriptor* kinds = v1::Node::descriptor();
  for (int i = 0; i < kinds->field_count(); ++i) {
    v1::Node node;
    const google::protobuf::FieldDescriptor* field = kinds->field(i);
    if (field->message_type() != nullptr) {
      node.GetReflection()->MutableMessage(&node, field);
    } else {
      node.GetReflection()->SetString(&node, field, "");
    }
    CompileResult result = CompileForTest(Served(node));
    EXPECT_EQ(result.plan == nullptr, HasErrors(result.issues)) << field->name();
  }
}

TEST(HostilePlan, TwoHundredNestedNodesAreToldAsTooDeep) {
  v1::Node node;
  node.mutable_release();
  for (int i = 0; i < 200; ++i) {
    v1::Node outer;
    outer.mutable_dial()->add_to("called");
    *outer.mutable_dial()->mutable_otherwise() = std::move(node);
    node = std::move(outer);
  }
  EXPECT_THAT(Refused(Served(node)), Contains(HasSubstr("too-deep trees.main")));
}

TEST(HostilePlan, DurationsOutOfAllBoundsAreRefused) {
  v1::Plan plan = Served({});
  v1::Dial* dial = (*plan.mutable_trees())["main"].mutable_dial();
  dial->add_to("called");
  for (auto [seconds, nanos] : {std::pair<int64_t, int32_t>{INT64_MIN, INT32_MIN},
                                {INT64_MAX, INT32_MAX},
                                {-1, 0},
                                {0, -1},
                                {0, 0},
                                {1, -1},
                                {121, 0},
                                {120, 1}}) {
    dial->mutable_setup()->set_seconds(seconds);
    dial->mutable_setup()->set_nanos(nanos);
    EXPECT_THAT(Refused(plan), Contains("bad-value trees.main.dial.setup")) << seconds;
  }
  dial->mutable_setup()->set_seconds(1);
  dial->mutable_setup()->set_nanos(0);
  plan.mutable_max_unanswered()->set_seconds(-5);
  EXPECT_THAT(Refused(plan), Contains("bad-value max_unanswered"));
}

TEST(HostilePlan, HugeWeightsDoNotOverflow) {
  v1::Plan plan = Served({});
  v1::ShareBranch* share = (*plan.mutable_trees())["main"].mutable_share();
  for (int i = 0; i < 1000; ++i) {
    v1::ShareBranch::Case* item = share->add_cases();
    item->set_weight(UINT32_MAX);
    item->mutable_then()->mutable_release();
  }
  EXPECT_THAT(Refused(plan), Contains("bad-value trees.main.share.cases[0].weight"));
  for (auto& item : *share->mutable_cases()) item.set_weight(1000000);
  TestPlan compiled(plan);
  EXPECT_EQ(TestCall(compiled).Ask(), "release 480/16 plan");
}

TEST(HostilePlan, TwentyThousandCasesAreCompiledOrRefused) {
  v1::Plan plan = Served({});
  v1::OriginBranch* origin = (*plan.mutable_trees())["main"].mutable_origin();
  for (int i = 0; i < 20000; ++i) {
    v1::OriginBranch::Case* item = origin->add_cases();
    item->add_numbers(absl::StrCat("+32220", 10000 + i));
    item->mutable_then()->mutable_release();
  }
  origin->mutable_otherwise()->mutable_release();
  TestPlan compiled(plan);
  EXPECT_EQ(TestCall(compiled).From("+3222029999").Ask(), "release 480/16 plan");
  for (auto& item : *origin->mutable_cases()) item.set_numbers(0, "x");
  Refused(plan);
}

TEST(HostilePlan, TwentyThousandUnknownNamesAmongManyAreRefused) {
  v1::Plan plan = Served({});
  v1::SwitchBranch* branch = (*plan.mutable_trees())["main"].mutable_switch_();
  for (int i = 0; i < 20000; ++i) {
    (*plan.mutable_switches())[absl::StrCat("a-rather-long-name-of-a-switch-", i)];
    branch->add_cases()->set_switch_(absl::StrCat("a-rather-lang-nome-of-a-svitch-x", i));
  }
  Refused(plan);
}

TEST(HostilePlan, ThousandsOfSkillsAndGroupsAreCompiledOrRefused) {
  v1::Plan plan = Served({});
  (*plan.mutable_trees())["main"].mutable_release();
  const auto skill = [](int i) { return absl::StrCat("a-rather-long-name-of-a-skill-", i); };
  for (int i = 0; i < 10000; ++i) {
    (*plan.mutable_skills())[skill(i)];
    v1::Agent& agent = (*plan.mutable_agents())[absl::StrCat("agent-", i)];
    (*agent.mutable_skills())[skill(i)] = 50;
    v1::Group& group = (*plan.mutable_groups())[absl::StrCat("group-", i)];
    group.set_skilled(absl::StrCat(skill(i), " or ", skill(9999 - i), " >= 20"));
  }
  EXPECT_THAT(Refused(plan), testing::ElementsAre(testing::StartsWith("too-long groups.group-")));
  for (int i = 1000; i < 10000; ++i) plan.mutable_groups()->erase(absl::StrCat("group-", i));
  EXPECT_NE(CompileForTest(plan).plan, nullptr);
  for (auto& [name, group] : *plan.mutable_groups()) group.set_skilled("a-rather-lang-nome\n");
  EXPECT_THAT(Refused(plan), Contains("unknown-name groups.group-0.skilled"));
  (*plan.mutable_skills())["one-too-many"];
  EXPECT_THAT(Refused(plan), Contains("too-many skills"));
}

TEST(HostilePlan, ThousandsOfPrefixesAreAllChecked) {
  v1::Plan plan = Served({});
  v1::CallerType* type = &(*plan.mutable_caller_types())["many"];
  for (int i = 10000; i < 20000; ++i) type->add_callers(absl::StrCat("+331", i % 1000, "*"));
  type->add_callers("+324*");
  (*plan.mutable_trees())["main"].mutable_release();
  CompileResult result = CompileForTest(plan);
  EXPECT_NE(result.plan, nullptr);
  std::vector<std::string> covering;
  for (const Issue& issue : result.issues) {
    if (issue.code == "prefix-covers-mobiles") covering.push_back(issue.path);
  }
  EXPECT_THAT(covering, testing::ElementsAre("caller_types.many.callers[10000]"));
}

TEST(HostilePlan, SchedulesThatShareALongCalendarAreRefusedWhenTooMany) {
  v1::Plan plan = Served({});
  plan.set_time_zone("UTC");
  (*plan.mutable_trees())["main"].mutable_release();
  v1::Calendar& calendar = (*plan.mutable_calendars())["long"];
  for (int year = 1800; year < 2070; ++year) {
    calendar.add_dates(absl::StrCat(year, "-01-01..", year, "-12-31"));
  }
  for (int i = 0; i < 5000; ++i) {
    v1::Schedule& schedule = (*plan.mutable_schedules())[absl::StrCat("s", 10000 + i)];
    schedule.add_except("long");
    v1::Schedule::Weekly* weekly = schedule.add_weekly();
    weekly->set_from("09:00");
    weekly->set_to("17:00");
    weekly->add_days(v1::WEEKDAY_MON);
  }
  std::vector<std::string> refused = Refused(plan);
  // 270 years have 98615 dates: ten schedules may name them.
  EXPECT_EQ(std::count_if(refused.begin(), refused.end(),
                          [](const std::string& text) { return text.starts_with("too-long"); }),
            1);
  EXPECT_THAT(refused, Contains("too-long schedules.s10010.except[0]"));
}

TEST(HostilePlan, LimitsTheRecurrencesOfAllSchedules) {
  v1::Plan plan = Served({});
  plan.set_time_zone("UTC");
  (*plan.mutable_trees())["main"].mutable_release();
  for (int i = 0; i < 200; ++i) {
    v1::Schedule& schedule = (*plan.mutable_schedules())[absl::StrCat("s", 1000 + i)];
    for (int j = 0; j < 90; ++j) schedule.add_recurrences()->set_start("2026-11-23");
  }
  EXPECT_THAT(Refused(plan), Contains("too-long schedules.s1011.recurrences[10]"));
}

TEST(HostilePlan, LimitsRecurrencesThatBeginOften) {
  v1::Plan plan = Served({});
  plan.set_time_zone("UTC");
  (*plan.mutable_trees())["main"].mutable_release();
  for (int i = 0; i < 5; ++i) {
    v1::Recurrence* often = (*plan.mutable_schedules())[absl::StrCat("s", i)].add_recurrences();
    often->set_start("2026-11-23T00:00");
    often->mutable_duration()->set_seconds(10);
    often->set_rrule("FREQ=MINUTELY");
  }
  EXPECT_THAT(Refused(plan), Contains("too-long schedules.s3.recurrences[0]"));
}

// So many recurrences in ten schedules.
v1::Plan OftenRecurring(int count, int hours, const std::string& rrule) {
  v1::Plan plan = Served({});
  plan.set_time_zone("UTC");
  (*plan.mutable_trees())["main"].mutable_release();
  for (int i = 0; i < count; ++i) {
    v1::Recurrence* each = (*plan.mutable_schedules())[absl::StrCat("s", i % 10)].add_recurrences();
    each->set_start(absl::StrCat("2026-01-05T09:", 10 + i % 40));
    each->mutable_duration()->set_seconds(hours * 3600);
    each->set_rrule(rrule);
  }
  return plan;
}

// How far apart they are is proven, not looked up in 400 years: it would take
// more than the budget that all of them share.
TEST(HostilePlan, ManyLongRecurrencesAreCheckedInFewSteps) {
  for (const auto& [hours, rrule] :
       {std::pair(71, "FREQ=WEEKLY;BYDAY=MO,FR"), std::pair(47, "FREQ=MONTHLY;BYDAY=MO,WE,FR")}) {
    EXPECT_NE(CompileForTest(OftenRecurring(100, hours, rrule)).plan, nullptr) << rrule;
  }
}

TEST(HostilePlan, RecurrencesThatTakeLongToCheckAreRefused) {
  for (const std::string rrule :
       {"FREQ=MINUTELY;COUNT=1000000;BYHOUR=3", "FREQ=MONTHLY;INTERVAL=5;BYDAY=MO,WE;BYSETPOS=1,3",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30"}) {
    const int hours = rrule.starts_with("FREQ=MONTHLY") ? 100 : 0;
    v1::Plan plan = OftenRecurring(900, hours, rrule);
    for (auto& [name, schedule] : *plan.mutable_schedules()) {
      for (v1::Recurrence& each : *schedule.mutable_recurrences()) {
        if (hours == 0) each.mutable_duration()->set_seconds(30);
      }
    }
    const std::vector<std::string> refused = Refused(plan);
    EXPECT_EQ(std::count_if(refused.begin(), refused.end(),
                            [](const std::string& text) { return text.starts_with("too-long"); }),
              1)
        << rrule;
  }
}

// Trees 0 to `trees` - 1, each of which rings and goes on at the next one.
v1::Plan Chain(int trees) {
  v1::Plan plan = Served({});
  (*plan.mutable_trees())["main"].set_goto_("t10000");
  for (int i = 0; i < trees; ++i) {
    v1::Dial* dial = (*plan.mutable_trees())[absl::StrCat("t", 10000 + i)].mutable_dial();
    dial->add_to("called");
    dial->mutable_otherwise()->set_goto_(absl::StrCat("t", 10001 + i));
  }
  (*plan.mutable_trees())[absl::StrCat("t", 10000 + trees)].mutable_release();
  return plan;
}

TEST(HostilePlan, ALongWayIsToldInAFewSteps) {
  CompileResult result = CompileForTest(Chain(3000));
  auto found = std::find_if(result.issues.begin(), result.issues.end(),
                            [](const Issue& issue) { return issue.code == "unanswered-too-long"; });
  ASSERT_NE(found, result.issues.end());
  EXPECT_THAT(found->message, HasSubstr("trees.t10004.dial"));
  EXPECT_THAT(found->message, HasSubstr(", then ..., then trees.t12999.dial"));
  EXPECT_THAT(found->message, testing::Not(HasSubstr("trees.t10005.dial")));
}

TEST(HostilePlan, ManyNumbersWithLongWaysAreOnlyCounted) {
  v1::Plan plan = Chain(5000);
  for (int i = 0; i < 5000; ++i) {
    v1::Number* number = plan.add_numbers();
    number->set_number(absl::StrCat("+32230", 10000 + i));
    number->set_tree(absl::StrCat("t", 10000 + i));
  }
  EXPECT_THAT(Refused(plan), Contains("more "));
}

TEST(HostilePlan, ManyNumbersThatLeadBackAreAllLookedAt) {
  v1::Plan plan = Served({});
  v1::Menu* menu = (*plan.mutable_trees())["main"].mutable_menu();
  menu->set_message("m");
  menu->mutable_otherwise()->mutable_release();
  for (int i = 0; i < 9000; ++i) {
    v1::Dial* dial = (*menu->mutable_keys())[absl::StrCat(1000 + i)].mutable_dial();
    for (int k = 0; k < 4; ++k) dial->add_to(absl::StrCat("+3222", 100000 + 4 * i + k));
    dial->mutable_otherwise()->mutable_release();
  }
  plan.mutable_numbers(0)->set_number("+3222*");
  plan.mutable_max_unanswered()->set_seconds(300);
  CompileResult result = CompileForTest(plan);
  EXPECT_NE(result.plan, nullptr);
  EXPECT_EQ(result.issues.back().message, "and 35800 more problems");
}

TEST(HostilePlan, EnumNumbersOutOfRangeAreRefused) {
  v1::Plan plan = Served({});
  plan.set_time_zone("UTC");
  v1::Schedule::Weekly* weekly = (*plan.mutable_schedules())["s"].add_weekly();
  weekly->set_from("09:00");
  weekly->set_to("17:00");
  weekly->add_days(static_cast<v1::Weekday>(-1));
  auto& trees = *plan.mutable_trees();
  trees["main"].mutable_dial()->add_to("called");
  trees["main"].mutable_dial()->set_order(static_cast<v1::Dial::Order>(-1));
  trees["announce"].mutable_announce()->set_message("m");
  trees["announce"].mutable_announce()->set_answering(static_cast<v1::Answering>(77));
  trees["reject"].mutable_reject()->set_cause(static_cast<v1::Reject::Cause>(INT32_MAX));
  trees["time"].mutable_time()->set_use(static_cast<v1::TimeBranch::Use>(INT32_MIN));
  trees["time"].mutable_time()->mutable_otherwise()->mutable_release();
  EXPECT_THAT(Refused(plan),
              testing::IsSupersetOf(
                  {"bad-value trees.main.dial.order", "bad-value trees.announce.announce.answering",
                   "bad-value trees.reject.reject.cause", "bad-value trees.time.time.use",
                   "bad-value schedules.s.weekly[0].days"}));
}

// Puts `text` into every text and key of `message`, and one element into every
// list and map, so deep as `depth` says.
void FillTexts(google::protobuf::Message& message, const std::string& text, int depth) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->real_containing_oneof() != nullptr && depth % 3 != i % 3) continue;
    if (field->type() == google::protobuf::FieldDescriptor::TYPE_STRING) {
      if (field->is_repeated()) {
        reflection.AddString(&message, field, text);
      } else {
        reflection.SetString(&message, field, text);
      }
    } else if (field->message_type() != nullptr && depth > 0) {
      FillTexts(field->is_repeated() ? *reflection.AddMessage(&message, field)
                                     : *reflection.MutableMessage(&message, field),
                text, depth - 1);
    }
  }
}

TEST(HostilePlan, OddTextIsShownPrintably) {
  google::protobuf::LogSilencer silence;
  for (const std::string& text :
       {std::string("\xff\xfe"), std::string("\0x", 2), std::string("a\nb"),
        std::string("\x1b[31m"), std::string("\xe2\x80\xae"), std::string(500, 'x'),
        std::string("\"]\\"), std::string("+32\xc3"), std::string("+32\xff*"),
        std::string("+3222000100-\xff"), std::string("sip:\xff@x"), std::string("x:\xf0\x9f"),
        std::string("2026-\xff"), std::string("09:\xff"), std::string("Europe/\xff")}) {
    for (int depth = 2; depth < 6; ++depth) {
      v1::Plan plan;
      FillTexts(plan, text, depth);
      Refused(plan);
    }
  }
}

TEST(HostilePlan, OddTextInEveryPlaceOfANodeIsShownPrintably) {
  google::protobuf::LogSilencer silence;
  const google::protobuf::Descriptor* kinds = v1::Node::descriptor();
  for (int i = 0; i < kinds->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = kinds->field(i);
    if (field->message_type() == nullptr) continue;
    for (const std::string& text :
         {std::string("\xff\n"), std::string("x:\xff"), std::string("+\xff*")}) {
      v1::Node node;
      google::protobuf::Message* message = node.GetReflection()->MutableMessage(&node, field);
      FillTexts(*message, text, 2);
      // Twice, for what is said of repetitions.
      FillTexts(*message, text, 2);
      for (const Issue& issue : CompileForTest(Served(node)).issues) {
        EXPECT_TRUE(IsPrintable(issue.message)) << testing::PrintToString(issue.message);
        EXPECT_TRUE(IsPrintable(issue.path)) << testing::PrintToString(issue.path);
      }
    }
  }
}

}  // namespace
}  // namespace libroute
