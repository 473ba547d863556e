#include "tests/property/random_plan.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "google/protobuf/descriptor.pb.h"
#include "tests/property/random_center.h"
#include "tests/property/random_origin.h"

namespace libroute {
namespace {

constexpr int kDeepest = 6;
constexpr const char* kSchedules[] = {"s0", "s1", "s2"};
constexpr const char* kLimits[] = {"l0", "l1"};
constexpr const char* kGatewayGroups[] = {"ways-a", "ways-b"};
constexpr const char* kCalendars[] = {"c0", "c1"};
constexpr const char* kCallerTypes[] = {"vip", "supplier", "blocked"};
constexpr const char* kAttributes[] = {"language", "level", "desk"};
constexpr const char* kSecret = "pin";
constexpr const char* kValues[] = {"", "nl", "fr-BE", "gold", "32 bytes: as long as may be said"};
constexpr const char* kCallbackKeys[] = {"1", "9", "*", "#"};
constexpr const char* kMessages[] = {"hello", "choose", "enter", "music", "press-one", "vivaldi"};
constexpr const char* kKeys[] = {"1", "2", "12", "*", "#9", "0"};

}  // namespace

std::string RandomPlan::Pattern() {
  return RandomPattern(random_);
}

std::string RandomPlan::TimeOfDay() {
  return absl::StrFormat("%02d:%02d", Below(24), Chance(50) ? 0 : Below(60));
}

v1::Plan RandomPlan::Make() {
  v1::Plan plan;
  plan.set_customer("acme");
  plan.set_time_zone("Europe/Brussels");
  plan.mutable_max_unanswered()->set_seconds(300);
  trees_ = 1 + Below(6);
  has_default_otherwise_ = Chance(60);
  AddNames(plan);
  AddPolicies(plan);
  AddMessages(plan);
  AddRandomCenter(plan, random_);
  AddSchedules(plan);
  AddNumbers(plan);
  if (Chance(50)) AddRecoveryPlans(plan);
  if (has_default_otherwise_ || Chance(50)) AddDefault(*plan.mutable_default_());
  for (int i = 0; i < trees_; ++i) {
    // Others may come to a tree after something was tried.
    Fill((*plan.mutable_trees())[absl::StrCat("t", i)], {1, i, false, i > 0});
  }
  return plan;
}

void RandomPlan::AddNames(v1::Plan& plan) {
  for (const char* name : kSiteNames) {
    v1::Site& site = (*plan.mutable_sites())[name];
    if (Chance(30)) site.set_max_calls(1 + Below(3));
    site.set_via(OneOf(kGatewayGroups));
  }
  AddGateways(plan);
  for (const char* name : kLimits) {
    (*plan.mutable_limits())[name].set_calls(1 + Below(4));
    (*plan.mutable_limits())[name].set_each(static_cast<v1::LimitEach>(Below(3)));
  }
  for (const char* name : kSwitchNames) {
    v1::Switch& written = (*plan.mutable_switches())[name];
    if (Chance(50)) continue;
    std::vector<std::string> values(std::begin(kSwitchValues), std::end(kSwitchValues));
    std::shuffle(values.begin(), values.end(), random_);
    values.resize(static_cast<size_t>(2 + Below(3)));
    written.mutable_values()->Add(values.begin(), values.end());
    switch_values_[name] = values;
  }
  for (const char* name : kAreaNames) {
    for (int i = 1 + Below(2); i > 0; --i) (*plan.mutable_areas())[name].add_numbers(Pattern());
  }
  int number = 300;
  for (const char* name : kDestinationNames) {
    v1::Destination& destination = (*plan.mutable_destinations())[name];
    if (Chance(20)) destination.set_max_calls(1 + Below(2));
    destination.set_disabled(Chance(4));
    if (Chance(70)) {
      destination.set_number(absl::StrCat("+3222000", number++));
      if (Chance(30)) destination.set_via(OneOf(kGatewayGroups));
    } else if (Chance(30)) {
      v1::NumberFromCalled& from_called = *destination.mutable_from_called();
      from_called.set_add("+322200033");
      from_called.set_keep_last(1 + Below(3));
      if (Chance(50)) {
        // Of 11 digits it makes no number.
        from_called.set_add("+3222000333333");
        from_called.set_strip(8);
      }
    } else {
      destination.set_uri(absl::StrCat("sip:", name, "@example.net"));
    }
    if (Chance(50)) destination.set_site(OneOf(kSiteNames));
    if (Chance(20)) destination.set_present(Chance(50) ? "called" : "withheld");
    if (Chance(20)) destination.set_confirm("press-two");
    if (Chance(30)) destination.mutable_setup()->set_seconds(1 + Below(3));
    if (Chance(30)) destination.mutable_ring()->set_seconds(1 + Below(4));
  }
  for (const char* name : kCallerTypes) {
    v1::CallerType& type = (*plan.mutable_caller_types())[name];
    for (int i = 1 + Below(3); i > 0; --i) type.add_callers(Pattern());
    type.set_priority(Below(201) - 100);
    if (Chance(50)) (*type.mutable_attributes())[OneOf(kAttributes)] = OneOf(kValues);
  }
}

void RandomPlan::AddGateways(v1::Plan& plan) {
  const int first = 1 + Below(3);
  for (int i = 0; i < static_cast<int>(std::size(kGatewayNames)); ++i) {
    v1::GatewayGroup& group = (*plan.mutable_gateways())[kGatewayGroups[i < first ? 0 : 1]];
    v1::GatewayGroup::Gateway& gateway = *group.add_gateways();
    gateway.set_name(kGatewayNames[i]);
    gateway.set_uri(absl::StrCat("sip:", kGatewayNames[i], ".example.net"));
    gateway.set_disabled(Chance(10));
  }
  // Not in the map's own order, which is another in each process.
  for (const char* name : kGatewayGroups) {
    const auto found = plan.mutable_gateways()->find(name);
    if (found == plan.mutable_gateways()->end()) continue;
    v1::GatewayGroup& group = found->second;
    if (Chance(30)) group.add_try_next_on(404);
    if (Chance(50)) continue;
    group.set_order(v1::GatewayGroup::ORDER_WEIGHTED);
    for (auto& gateway : *group.mutable_gateways()) gateway.set_weight(Below(4));
  }
}

void RandomPlan::AddPolicies(v1::Plan& plan) {
  if (Chance(30)) {
    v1::CallerIdentity& identity = *plan.mutable_caller_identity();
    identity.set_invalid(static_cast<v1::CallerIdentity::Treatment>(Below(4)));
    identity.set_premium(static_cast<v1::CallerIdentity::Treatment>(Below(4)));
  }
  // All that random plans dial.
  if (Chance(30)) plan.mutable_allowed_destinations()->add_countries("BE");
}

void RandomPlan::AddMessages(v1::Plan& plan) {
  constexpr const char* kTags[] = {"nl", "fr", "FR-be", "de-CH"};
  for (const char* name : kMessages) {
    if (!Chance(30)) continue;
    v1::Message& message = (*plan.mutable_messages())[name];
    message.set_otherwise(absl::StrCat(name, "-en"));
    for (int i = 1 + Below(2); i > 0; --i) {
      const std::string tag = OneOf(kTags);
      (*message.mutable_languages())[tag] = absl::StrCat(name, "-", tag);
    }
  }
}

void RandomPlan::AddSchedules(v1::Plan& plan) {
  for (const char* name : kCalendars) {
    v1::Calendar& calendar = (*plan.mutable_calendars())[name];
    for (int i = Below(3); i > 0; --i) {
      calendar.add_dates(absl::StrFormat("2026-12-%02d", 1 + Below(31)));
    }
    if (Chance(50)) calendar.add_dates("2026-12-24..2027-01-02");
    for (int i = Below(3); i > 0; --i) {
      v1::Calendar::SpecialDay* day = calendar.add_special_days();
      day->set_date(absl::StrFormat("2026-12-%02d", 1 + Below(31)));
      if (Chance(70)) {
        day->add_hours()->set_from("10:00");
        day->mutable_hours(0)->set_to(Chance(50) ? "12:30" : "02:00");
      }
    }
  }
  for (const char* name : kSchedules) {
    v1::Schedule& schedule = (*plan.mutable_schedules())[name];
    for (int i = 1 + Below(3); i > 0; --i) {
      v1::Schedule::Weekly* weekly = schedule.add_weekly();
      for (int day = 1 + Below(7); day <= v1::WEEKDAY_SUN; day += 1 + Below(3)) {
        weekly->add_days(static_cast<v1::Weekday>(day));
      }
      weekly->set_from(TimeOfDay());
      do {
        weekly->set_to(Chance(10) ? "24:00" : TimeOfDay());
      } while (weekly->to() == weekly->from());
    }
    if (Chance(50)) schedule.add_except(OneOf(kCalendars));
    if (Chance(10)) schedule.add_only(OneOf(kCalendars));
    if (Chance(10)) schedule.set_time_zone(Chance(50) ? "UTC" : "Asia/Kathmandu");
  }
  // Only a later one, so that none comes to depend on itself.
  v1::Schedule& first = plan.mutable_schedules()->at("s0");
  if (Chance(15)) (Chance(50) ? first.add_except("s1") : first.add_only("s1"));
}

void RandomPlan::AddNumbers(v1::Plan& plan) {
  for (const char* pattern :
       {"+3222000100", "+32220001*", "+3222000200-+3222000249", "+3222000201"}) {
    v1::Number* number = plan.add_numbers();
    number->set_number(pattern);
    // The first tree alone may hand calls back.
    number->set_tree(absl::StrCat("t", Chance(60) ? 0 : Below(trees_)));
    if (Chance(50)) number->set_holder("ann");
    number->set_withheld(Chance(20));
    if (Chance(30)) number->set_language(Chance(50) ? "NL" : "fr-BE");
    if (number->number().back() != '*') continue;
    if (Chance(30)) number->set_min_digits(9 + Below(2));
    if (Chance(30)) number->set_max_digits(10);
  }
}

void RandomPlan::AddRecoveryPlans(v1::Plan& plan) {
  for (const char* name : kRecoveryNames) {
    if (Chance(30)) continue;
    v1::RecoveryPlan& written = (*plan.mutable_recovery_plans())[name];
    written.set_tree(absl::StrCat("t", Chance(40) ? 0 : Below(trees_)));
    for (v1::Number& number : *plan.mutable_numbers()) {
      if (Chance(50)) written.add_numbers(number.number());
      const bool is_own =
          written.numbers_size() > 0 && *written.numbers().rbegin() == number.number();
      if (is_own && Chance(20)) number.clear_tree();
    }
    if (Chance(40)) written.add_drill_callers(OneOf(kCallerTypes));
    if (Chance(40)) written.add_drill_callers(Pattern());
  }
}

void RandomPlan::AddDefault(v1::Default& written) {
  Place place = {kDeepest - 2, 0, true, true};
  if (has_default_otherwise_) Fill(*written.mutable_otherwise(), place);
  const google::protobuf::Descriptor* fields = written.GetDescriptor();
  for (int i = 0; i < fields->field_count(); ++i) {
    if (fields->field(i)->name() == "otherwise" || !Chance(30)) continue;
    Fill(*static_cast<v1::Node*>(
             written.GetReflection()->MutableMessage(&written, fields->field(i))),
         place);
  }
}

void RandomPlan::Fill(v1::Node& node, Place place) {
  int kind = Below(100);
  if (place.depth >= kDeepest || kind < 15) {
    FillLeaf(node, place);
  } else if (kind < 55) {
    FillBranch(node, place);
  } else {
    FillAction(node, place);
  }
}

template <typename Branch, typename Criterion>
void RandomPlan::FillCases(Branch& branch, Place place, Criterion criterion) {
  ++place.depth;
  for (int i = 1 + Below(3); i > 0; --i) {
    auto* item = branch.add_cases();
    criterion(*item);
    Fill(*item->mutable_then(), place);
  }
  bool optional = has_default_otherwise_ && !place.in_default;
  if (!optional || Chance(60)) Fill(*branch.mutable_otherwise(), place);
}

void RandomPlan::FillBranch(v1::Node& node, Place place) {
  switch (Below(11)) {
    case 9:
      return FillCases(*node.mutable_group(), place, [&](auto& item) { FillGroup(item); });
    case 8:
      return FillLimit(*node.mutable_limit(), place);
    case 0:
      node.mutable_time()->set_use(static_cast<v1::TimeBranch::Use>(Below(3)));
      return FillCases(*node.mutable_time(), place,
                       [&](auto& item) { item.set_schedule(OneOf(kSchedules)); });
    case 1:
      return FillCases(*node.mutable_origin(), place,
                       [&](auto& item) { FillRandomOrigin(item, random_); });
    case 2:
      return FillCases(*node.mutable_destination(), place,
                       [&](auto& item) { item.add_numbers(Pattern()); });
    case 3:
      return FillCases(*node.mutable_caller(), place, [&](auto& item) {
        for (int i = 1 + Below(2); i > 0; --i) item.add_caller_types(OneOf(kCallerTypes));
      });
    case 4:
      return FillCases(*node.mutable_status(), place, [&](auto& item) {
        if (Chance(40)) {
          item.set_site(OneOf(kSiteNames));
        } else if (Chance(30)) {
          item.set_gateway(OneOf(kGatewayNames));
        } else {
          item.set_destination(OneOf(kDestinationNames));
        }
        for (int i = 1 + Below(2); i > 0; --i) item.add_is(static_cast<v1::Status>(1 + Below(3)));
      });
    case 5:
      return FillCases(*node.mutable_switch_(), place, [&](auto& item) { FillSwitch(item); });
    case 6: {
      const bool secret = Chance(30);
      node.mutable_match()->set_attribute(secret ? kSecret : OneOf(kAttributes));
      return FillCases(*node.mutable_match(), place,
                       [&](auto& item) { FillCondition(item, secret); });
    }
    case 7:
      return FillShare(*node.mutable_share(), place);
    default:
      ++place.depth;
      for (int i = 1 + Below(2); i > 0; --i) {
        (*node.mutable_set()->mutable_attributes())[OneOf(kAttributes)] = OneOf(kValues);
      }
      return Fill(*node.mutable_set()->mutable_then(), place);
  }
}

void RandomPlan::FillSwitch(v1::SwitchBranch::Case& item) {
  item.set_switch_(OneOf(kSwitchNames));
  const auto known = switch_values_.find(item.switch_());
  if (known == switch_values_.end()) {
    if (Chance(40)) item.add_is(Chance(50) ? "off" : "on");
    return;
  }
  for (int i = 1 + Below(2); i > 0; --i) {
    item.add_is(known->second[static_cast<size_t>(Below(static_cast<int>(known->second.size())))]);
  }
}

void RandomPlan::FillGroup(v1::GroupBranch::Case& item) {
  item.set_group(OneOf(kGroupNames));
  const auto fill_count = [&](v1::GroupBranch::Count& count) {
    count.Clear();
    const int at_least = Below(4);
    const bool has_most = Chance(50);
    if (has_most) count.set_at_most(static_cast<uint32_t>(at_least + Below(3)));
    if (!has_most || Chance(50)) count.set_at_least(static_cast<uint32_t>(at_least));
  };
  const auto fill_time = [&](v1::GroupBranch::Time& time) {
    time.Clear();
    const int at_least = Below(60);
    const bool has_most = Chance(50);
    if (has_most) time.mutable_at_most()->set_seconds(at_least + Below(60));
    if (!has_most || Chance(50)) time.mutable_at_least()->set_seconds(at_least);
  };
  for (int i = 1 + Below(2); i > 0; --i) {
    switch (Below(7)) {
      case 0:
        item.set_open(Chance(70));
        break;
      case 1:
        fill_count(*item.mutable_logged_in());
        break;
      case 2:
        fill_count(*item.mutable_ready());
        break;
      case 3:
        fill_count(*item.mutable_free());
        break;
      case 4:
        fill_count(*item.mutable_waiting());
        break;
      case 5:
        fill_time(*item.mutable_longest_wait());
        break;
      default:
        fill_time(*item.mutable_expected_wait());
    }
  }
}

void RandomPlan::FillLimit(v1::LimitBranch& limit, Place place) {
  ++place.depth;
  limit.set_limit(OneOf(kLimits));
  Fill(*limit.mutable_then(), place);
  if (Chance(60)) Fill(*limit.mutable_on_full(), place);
}

void RandomPlan::FillShare(v1::ShareBranch& share, Place place) {
  ++place.depth;
  for (int i = 1 + Below(3); i > 0; --i) {
    v1::ShareBranch::Case* item = share.add_cases();
    item->set_weight(i == 1 ? 1 + Below(100) : Below(3));
    if (Chance(30)) item->add_destination(OneOf(kDestinationNames));
    if (Chance(15)) item->add_site(OneOf(kSiteNames));
    Fill(*item->mutable_then(), place);
  }
  if (Chance(30)) {
    share.set_exact(true);
  } else {
    share.set_by(static_cast<v1::ShareBranch::By>(Below(3)));
  }
  share.set_unavailable(static_cast<v1::ShareBranch::Unavailable>(Below(4)));
  const bool optional = has_default_otherwise_ && !place.in_default;
  if (!optional || Chance(60)) Fill(*share.mutable_otherwise(), place);
}

void RandomPlan::FillAction(v1::Node& node, Place place) {
  ++place.depth;
  place.acted = true;
  int kind = Below(12);
  if (kind < 5) return FillDial(*node.mutable_dial(), place);
  if (kind < 7) return FillMenu(*node.mutable_menu(), place);
  if (kind >= 10) return FillCollect(*node.mutable_collect(), place);
  if (kind < 8) return FillAgents(*node.mutable_agents(), place);
  v1::Announce& announce = *node.mutable_announce();
  announce.set_message("hello");
  announce.mutable_max_duration()->set_seconds(1 + Below(3));
  announce.set_answering(static_cast<v1::Answering>(Below(3)));
  announce.set_interruptible(Chance(60));
  if (Chance(80)) Fill(*announce.mutable_then(), place);
}

void RandomPlan::FillLeaf(v1::Node& node, Place place) {
  int kind = Below(7);
  bool may_go = !place.in_default && place.tree + 1 < trees_;
  if (may_go && Chance(40)) {
    node.set_goto_(absl::StrCat("t", place.tree + 1 + Below(trees_ - place.tree - 1)));
  } else if (kind == 0 && !place.acted) {
    node.mutable_pass_through();
  } else if (kind <= 2) {
    node.mutable_voicemail()->set_mailbox("desk");
  } else if (kind == 3) {
    node.mutable_conference()->set_conference("monday");
  } else if (kind == 4) {
    node.mutable_reject()->set_cause(static_cast<v1::Reject::Cause>(Below(9)));
  } else if (kind == 5) {
    node.mutable_release();
  } else {
    place.acted = true;
    ++place.depth;
    FillDial(*node.mutable_dial(), place);
  }
}

void RandomPlan::FillDial(v1::Dial& dial, Place place) {
  std::set<std::string> targets;
  for (int i = 1 + Below(4); i > 0; --i) {
    int kind = Below(10);
    targets.insert(kind < 6    ? OneOf(kDestinationNames)
                   : kind == 6 ? "called"
                   : kind == 7 ? Chance(50)
                                     ? "sip:x@example.net"
                                     : absl::StrCat(Chance(50) ? "site:" : "", OneOf(kSiteNames))
                               : absl::StrCat("+322200010", Below(3)));
  }
  for (const std::string& target : targets) dial.add_to(target);
  dial.set_order(static_cast<v1::Dial::Order>(Below(3)));
  dial.mutable_setup()->set_seconds(1 + Below(2));
  dial.mutable_ring()->set_seconds(1 + Below(3));
  dial.set_even_if_down(Chance(10));
  FillHunting(dial);
  FillBranches(dial, place);
}

void RandomPlan::FillHunting(v1::Dial& dial) {
  constexpr v1::Dial::Hunt kHunts[] = {v1::Dial::HUNT_UNSPECIFIED, v1::Dial::HUNT_LINEAR,
                                       v1::Dial::HUNT_CIRCULAR,    v1::Dial::HUNT_LEAST_RECENT,
                                       v1::Dial::HUNT_WEIGHTED,    v1::Dial::HUNT_RANDOM};
  if (Chance(50)) dial.set_hunt(kHunts[Below(static_cast<int>(std::size(kHunts)))]);
  for (int i = 0; dial.hunt() == v1::Dial::HUNT_WEIGHTED && i < dial.to_size(); ++i) {
    dial.add_weights(1 + Below(5));
  }
  if (Chance(30)) dial.set_rounds(1 + Below(3));
  if (Chance(20)) dial.mutable_total()->set_seconds(1 + Below(20));
  if (Chance(30) && dial.order() == v1::Dial::ORDER_TOGETHER) {
    dial.mutable_stagger()->set_seconds(1 + Below(3));
  }
  constexpr const char* kPresents[] = {"caller", "called", "withheld", "+3223334455"};
  if (Chance(30)) dial.set_present(OneOf(kPresents));
  if (Chance(30)) dial.set_redirects(static_cast<v1::Dial::Redirects>(Below(3)));
  if (Chance(30)) dial.set_confirm("press-one");
  dial.set_one_person(Chance(30));
  dial.set_record(Chance(20));
  if (Chance(20)) dial.set_music("vivaldi");
}

void RandomPlan::FillMenu(v1::Menu& menu, Place place) {
  menu.set_message("choose");
  menu.set_to_the_end(Chance(20));
  for (int i = 1 + Below(3); i > 0; --i) {
    v1::Node& child = (*menu.mutable_keys())[OneOf(kKeys)];
    if (child.kind_case() == v1::Node::KIND_NOT_SET) Fill(child, place);
  }
  if (Chance(70)) menu.set_retries(Below(4));
  if (Chance(30)) menu.mutable_timeout()->set_seconds(1 + Below(60));
  FillBranches(menu, place);
}

void RandomPlan::FillCondition(v1::MatchBranch::Case& item, bool secret) {
  constexpr const char* kEntered[] = {"", "0", "12", "7*"};
  const int kind = secret ? 0 : Below(3);
  if (kind == 0) {
    for (int i = 1 + Below(3); i > 0; --i) {
      item.add_equals(Chance(50) ? OneOf(kEntered) : OneOf(kValues));
    }
  } else if (kind == 1) {
    item.set_prefix(Chance(50) ? "1" : "n");
  } else {
    if (Chance(70)) item.mutable_range()->set_from(Below(100));
    if (Chance(70)) item.mutable_range()->set_to(100 + Below(100'000));
    item.mutable_range();
  }
}

void RandomPlan::FillCollect(v1::Collect& collect, Place place) {
  constexpr const char* kPatterns[] = {"[0-4]*", "[0-9*#]{1,5}", "[57].*", "(?:1|2)+"};
  collect.set_message("enter");
  collect.set_to_the_end(Chance(20));
  for (int i = Chance(30) ? 1 + Below(2) : 0; i > 0; --i) collect.add_patterns(OneOf(kPatterns));
  collect.set_into(OneOf(kAttributes));
  collect.set_max_digits(1 + Below(15));
  if (Chance(50)) collect.set_min_digits(1 + Below(collect.max_digits()));
  if (Chance(50)) collect.set_terminator(Chance(50) ? "#" : "*");
  if (Chance(70)) collect.set_retries(Below(4));
  if (Chance(30)) collect.mutable_timeout()->set_seconds(1 + Below(60));
  if (Chance(40)) {
    collect.set_into(kSecret);
    collect.set_secret(true);
  }
  FillBranches(collect, place);
  if (!collect.has_then()) Fill(*collect.mutable_then(), place);
}

void RandomPlan::FillAgents(v1::Agents& agents, Place place) {
  agents.set_group(OneOf(kGroupNames));
  if (Chance(70)) agents.mutable_wait()->set_seconds(1 + Below(100));
  if (Chance(30)) agents.set_message("music");
  for (int i = Chance(40) ? 1 + Below(3) : 0; i > 0; --i) {
    v1::WaitAnnouncement& announcement = *agents.add_announcements();
    if (Chance(70)) announcement.set_message(OneOf(kMessages));
    if (Chance(70)) announcement.mutable_after()->set_seconds(Below(100));
    if (Chance(50)) announcement.mutable_every()->set_seconds(5 + Below(60));
    if (Chance(50)) announcement.add_say(v1::WaitAnnouncement::SAY_POSITION);
    const bool says_wait = announcement.message().empty() && announcement.say().empty();
    if (says_wait || Chance(30)) announcement.add_say(v1::WaitAnnouncement::SAY_EXPECTED_WAIT);
  }
  if (Chance(50)) FillCallback(*agents.mutable_callback());
  FillBranches(agents, place);
}

void RandomPlan::FillCallback(v1::Callback& callback) {
  callback.set_key(OneOf(kCallbackKeys));
  if (Chance(50)) callback.mutable_offer_after()->set_seconds(Below(100));
  if (Chance(50)) callback.set_message(OneOf(kMessages));
  if (Chance(50)) callback.mutable_within()->set_seconds(3600 + Below(7200));
  if (Chance(50)) callback.set_attempts(static_cast<uint32_t>(1 + Below(5)));
  if (Chance(50)) callback.mutable_retry_after()->set_seconds(60 + Below(600));
  if (Chance(50)) callback.mutable_ring()->set_seconds(5 + Below(60));
}

void RandomPlan::FillBranches(google::protobuf::Message& message, Place place) {
  if (place.depth > kDeepest) return;
  const google::protobuf::Descriptor* fields = message.GetDescriptor();
  for (int i = 0; i < fields->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = fields->field(i);
    if (field->is_repeated() || field->message_type() != v1::Node::descriptor()) continue;
    if (!Chance(35)) continue;
    Fill(*static_cast<v1::Node*>(message.GetReflection()->MutableMessage(&message, field)), place);
  }
}

}  // namespace libroute
