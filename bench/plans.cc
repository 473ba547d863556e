#include "bench/plans.h"

#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"

namespace libroute::bench {
namespace {

v1::Node Reject() {
  v1::Node node;
  node.mutable_reject()->set_cause(v1::Reject::CAUSE_BUSY);
  return node;
}

v1::Node Goto(const std::string& tree) {
  v1::Node node;
  node.set_goto_(tree);
  return node;
}

v1::Node Action(Ending ending) {
  v1::Node node;
  if (ending == Ending::kVoicemail) {
    node.mutable_voicemail()->set_mailbox("desk");
  } else {
    node.mutable_dial()->add_to("desk");
  }
  return node;
}

// A branch that leads to `next`, the rest of the tree.
using Branch = std::function<v1::Node(v1::Node next)>;

Branch Open(const std::string& schedule) {
  return [schedule](v1::Node next) {
    v1::Node node;
    v1::TimeBranch::Case& item = *node.mutable_time()->add_cases();
    item.set_schedule(schedule);
    *item.mutable_then() = std::move(next);
    *node.mutable_time()->mutable_otherwise() = Reject();
    return node;
  };
}

Branch Closed(const std::string& schedule) {
  return [schedule](v1::Node next) {
    v1::Node node;
    v1::TimeBranch::Case& item = *node.mutable_time()->add_cases();
    item.set_schedule(schedule);
    *item.mutable_then() = Reject();
    *node.mutable_time()->mutable_otherwise() = std::move(next);
    return node;
  };
}

Branch NotFrom(const std::vector<std::string>& patterns) {
  return [patterns](v1::Node next) {
    v1::Node node;
    v1::OriginBranch::Case& item = *node.mutable_origin()->add_cases();
    for (const std::string& pattern : patterns) item.add_numbers(pattern);
    *item.mutable_then() = Reject();
    *node.mutable_origin()->mutable_otherwise() = std::move(next);
    return node;
  };
}

Branch NotTo(const std::string& pattern) {
  return [pattern](v1::Node next) {
    v1::Node node;
    v1::DestinationBranch::Case& item = *node.mutable_destination()->add_cases();
    item.add_numbers(pattern);
    *item.mutable_then() = Reject();
    *node.mutable_destination()->mutable_otherwise() = std::move(next);
    return node;
  };
}

Branch NotOfType(const std::string& type) {
  return [type](v1::Node next) {
    v1::Node node;
    v1::CallerBranch::Case& item = *node.mutable_caller()->add_cases();
    item.add_caller_types(type);
    *item.mutable_then() = Reject();
    *node.mutable_caller()->mutable_otherwise() = std::move(next);
    return node;
  };
}

Branch NotDown(const std::string& destination) {
  return [destination](v1::Node next) {
    v1::Node node;
    v1::StatusBranch::Case& item = *node.mutable_status()->add_cases();
    item.set_destination(destination);
    item.add_is(v1::STATUS_DOWN);
    *item.mutable_then() = Reject();
    *node.mutable_status()->mutable_otherwise() = std::move(next);
    return node;
  };
}

Branch Off(const std::string& name) {
  return [name](v1::Node next) {
    v1::Node node;
    v1::SwitchBranch::Case& item = *node.mutable_switch_()->add_cases();
    item.set_switch_(name);
    *item.mutable_then() = Reject();
    *node.mutable_switch_()->mutable_otherwise() = std::move(next);
    return node;
  };
}

// Both halves lead on.
Branch Share() {
  return [](const v1::Node& next) {
    v1::Node node;
    for (int i = 0; i < 2; ++i) {
      v1::ShareBranch::Case& item = *node.mutable_share()->add_cases();
      item.set_weight(50);
      *item.mutable_then() = next;
    }
    return node;
  };
}

v1::Node Chain(const std::vector<Branch>& branches, v1::Node end) {
  for (auto branch = branches.rbegin(); branch != branches.rend(); ++branch) {
    end = (*branch)(std::move(end));
  }
  return end;
}

v1::Node ThreeNodes(Ending ending) {
  return Chain({Open("office"), NotOfType("blocked")}, Action(ending));
}

v1::Node FirstTen() {
  return Chain(
      {Open("office"), NotFrom({"+33*", "+49*"}), NotOfType("blocked"), NotTo("+3229000000"),
       NotDown("desk"), Off("flood"), Closed("lunch"), NotFrom({"+44*"}), Off("meeting"), Share()},
      Goto("rest"));
}

v1::Node LastTen(Ending ending) {
  return Chain({NotOfType("supplier"), NotDown("branch"), Off("strike"), NotTo("+3228000000"),
                Closed("night"), NotFrom({"+31*", "+352*"}), NotOfType("partner"), NotDown("depot"),
                Share()},
               Action(ending));
}

void AddSchedule(const std::string& name, const std::string& from, const std::string& to,
                 v1::Plan& plan) {
  v1::Schedule& schedule = (*plan.mutable_schedules())[name];
  v1::Schedule::Weekly& weekly = *schedule.add_weekly();
  for (int day = v1::WEEKDAY_MON; day <= v1::WEEKDAY_FRI; ++day) {
    weekly.add_days(static_cast<v1::Weekday>(day));
  }
  weekly.set_from(from);
  weekly.set_to(to);
  schedule.add_except("holidays");
}

void AddCallerType(const std::string& name, const std::vector<std::string>& callers,
                   v1::Plan& plan) {
  v1::CallerType& type = (*plan.mutable_caller_types())[name];
  for (const std::string& caller : callers) type.add_callers(caller);
}

void AddThreeNodes(Ending ending, v1::Plan& plan) {
  AddSchedule("office", "09:00", "17:00", plan);
  AddCallerType("blocked", {"+32475000001", "+32475000002", "+881*"}, plan);
  (*plan.mutable_destinations())["desk"].set_number("+3224000000");
  (*plan.mutable_trees())["main"] = ThreeNodes(ending);
}

void AddTwentyNodes(Ending ending, v1::Plan& plan) {
  AddThreeNodes(ending, plan);
  AddSchedule("lunch", "12:00", "13:00", plan);
  AddSchedule("night", "22:00", "06:00", plan);
  AddCallerType("supplier", {"+32475000003", "+32475000004"}, plan);
  AddCallerType("partner", {"+32475000005", "+883*"}, plan);
  (*plan.mutable_destinations())["branch"].set_number("+3224000001");
  (*plan.mutable_destinations())["depot"].set_number("+3224000002");
  for (const char* name : {"flood", "meeting", "strike"}) (*plan.mutable_switches())[name];
  (*plan.mutable_trees())["main"] = FirstTen();
  (*plan.mutable_trees())["rest"] = LastTen(ending);
}

}  // namespace

v1::Plan MakePlan(const std::string& customer, TreeSize size, Ending ending) {
  v1::Plan plan;
  plan.set_customer(customer);
  plan.set_time_zone("Europe/Brussels");
  v1::Calendar& holidays = (*plan.mutable_calendars())["holidays"];
  for (const char* date : {"2026-12-25", "2027-01-01"}) holidays.add_dates(date);
  if (size == TreeSize::kThree) {
    AddThreeNodes(ending, plan);
  } else {
    AddTwentyNodes(ending, plan);
  }
  return plan;
}

void AddNumbers(NumberRange range, v1::Plan& plan) {
  for (int index = range.first; index < range.first + range.count; ++index) {
    v1::Number& number = *plan.add_numbers();
    number.set_number(NumberAt(index).ToString());
    number.set_tree("main");
  }
}

E164Number NumberAt(int index) {
  constexpr int64_t kCount = 10'000'000;
  // A prime, so that every index has its own number.
  constexpr int64_t kStride = 6'700'417;
  const int64_t spread = index * kStride % kCount;
  return *E164Number::Parse(absl::StrFormat("+3223%07d", spread));
}

Call MakeCall(E164Number called) {
  Call call;
  call.id = {"bench", 1, "call-0000001"};
  call.called = called;
  call.calling = *E164Number::Parse("+32475123456");
  return call;
}

absl::Time BenchTime() {
  return absl::FromCivil(absl::CivilSecond(2026, 11, 23, 9, 30, 0), absl::UTCTimeZone());
}

}  // namespace libroute::bench
