#include "tests/property/reference.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "libroute/call/decision.h"
#include "libroute/call/stable_hash.h"
#include "libroute/number/pattern.h"

namespace libroute {
namespace {

bool Matches(const std::string& pattern, E164Number number) {
  return NumberPattern::Parse(pattern)->Matches(number.digits());
}

template <typename Patterns>
bool MatchesAny(const Patterns& patterns, E164Number number) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return Matches(pattern, number); });
}

// Exact numbers before ranges before prefixes, longer prefixes before shorter.
int Specificity(const std::string& pattern) {
  if (pattern.back() == '*') return static_cast<int>(pattern.size());
  return absl::StrContains(pattern, '-') ? 100 : 1000;
}

absl::CivilMinute At(absl::CivilDay day, const std::string& time) {
  int hour = (time[0] - '0') * 10 + (time[1] - '0');
  int minute = (time[3] - '0') * 10 + (time[4] - '0');
  return absl::CivilMinute(day) + 60 * hour + minute;
}

// Whether hours that begin on `day` are open at `now`.
bool Covers(const std::string& from, const std::string& to, absl::CivilDay day,
            absl::CivilSecond now) {
  absl::CivilDay last = to <= from ? day + 1 : day;
  return absl::CivilSecond(At(day, from)) <= now && now < absl::CivilSecond(At(last, to));
}

bool HasDate(const std::string& dates, absl::CivilDay day) {
  std::string text = absl::FormatCivilTime(day);
  return dates.substr(0, 10) <= text && text <= dates.substr(dates.size() - 10);
}

std::string KeyField(const std::string& map, const std::string& key) {
  bool plain = std::all_of(key.begin(), key.end(), absl::ascii_isalnum);
  return plain ? absl::StrCat(map, ".", key) : absl::StrCat(map, "[\"", key, "\"]");
}

absl::Duration ToDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

void FromDuration(absl::Duration duration, google::protobuf::Duration* out) {
  out->set_seconds(absl::ToInt64Seconds(duration));
  out->set_nanos(
      static_cast<int32_t>((duration - absl::Seconds(out->seconds())) / absl::Nanoseconds(1)));
}

template <typename Message>
absl::Duration Written(const Message& message, bool has, int seconds,
                       const google::protobuf::Duration& (Message::*field)() const) {
  return has ? ToDuration((message.*field)()) : absl::Seconds(seconds);
}

// A message's on_<outcome> field; nullptr if it is not written.
template <typename Message>
const v1::Node* OnOutcome(const Message& message, Outcome outcome) {
  const auto* field = message.GetDescriptor()->FindFieldByName(
      absl::StrCat("on_", std::string(OutcomeName(outcome))));
  if (field == nullptr || !message.GetReflection()->HasField(message, field)) return nullptr;
  return static_cast<const v1::Node*>(&message.GetReflection()->GetMessage(message, field));
}

OutcomeSet SetOf(const std::vector<Outcome>& outcomes) {
  OutcomeSet set;
  for (Outcome outcome : outcomes) set.Add(outcome);
  return set;
}

}  // namespace

bool ReferenceOpen(const v1::Plan& plan, const v1::Schedule& schedule, absl::Time at) {
  absl::TimeZone zone;
  absl::LoadTimeZone(plan.time_zone(), &zone);
  absl::CivilSecond now = absl::ToCivilSecond(at, zone);
  for (absl::CivilDay day : {absl::CivilDay(now) - 1, absl::CivilDay(now)}) {
    bool listed = false;
    for (const std::string& name : schedule.except()) {
      const v1::Calendar& calendar = plan.calendars().at(name);
      for (const std::string& dates : calendar.dates()) listed |= HasDate(dates, day);
      for (const v1::Calendar::SpecialDay& special : calendar.special_days()) {
        if (!HasDate(special.date(), day)) continue;
        listed = true;
        for (const v1::Hours& hours : special.hours()) {
          if (Covers(hours.from(), hours.to(), day, now)) return true;
        }
      }
    }
    if (listed) continue;
    for (const v1::Schedule::Weekly& weekly : schedule.weekly()) {
      int weekday = static_cast<int>(absl::GetWeekday(day)) + v1::WEEKDAY_MON;
      bool today =
          std::find(weekly.days().begin(), weekly.days().end(), weekday) != weekly.days().end();
      if (today && Covers(weekly.from(), weekly.to(), day, now)) return true;
    }
  }
  return false;
}

// One question, evaluated. Works on a copy of the call's state.
class ReferenceCall::Question {
 public:
  Question(ReferenceCall& call, const ReferenceWorld& world, absl::Time now)
      : call_(call), plan_(call.plan_), world_(world), now_(now), state_(call.state_) {
    call_.consulted_.clear();
  }

  v1::Decision First() {
    GoToTree(call_.number_->tree());
    return Finish();
  }

  std::optional<v1::Decision> Next(const Event& event) {
    if (state_.node == nullptr) return std::nullopt;
    ++state_.step;
    if (GaveUp(event)) {
      std::string path = state_.path;
      Release(ResponseCode{487, 16}, ReleaseReason::kCancelled, path);
      return Finish();
    }
    bool fits = false;
    switch (state_.node->kind_case()) {
      case v1::Node::kDial:
        fits = DialEnded(event);
        break;
      case v1::Node::kMenu:
        fits = MenuEnded(event);
        break;
      case v1::Node::kAgents:
        fits = WaitEnded(event);
        break;
      case v1::Node::kAnnounce:
        fits = AnnounceEnded(event);
        break;
      default:
        break;
    }
    if (!fits) return std::nullopt;
    return Finish();
  }

 private:
  static bool GaveUp(const Event& event) {
    return event.kind == EventKind::kCallerReleased ||
           std::any_of(event.results.begin(), event.results.end(),
                       [](const AttemptResult& r) { return r.outcome == Outcome::kCancelled; });
  }

  v1::Decision Finish() {
    v1::Decision& out = decision_;
    out.set_answer_state(state_.answered ? v1::ANSWER_STATE_ANSWERED : v1::ANSWER_STATE_UNANSWERED);
    for (const auto& [name, value] : state_.attributes) (*out.mutable_attributes())[name] = value;
    out.set_customer(plan_.customer());
    out.set_number(call_.call_.called.ToString());
    out.set_holder(Holder());
    for (v1::Dependence dependence : depends_on_) out.add_depends_on(dependence);
    out.set_priority(state_.priority);
    for (int i = 0; i < out.dial().legs_size(); ++i) {
      out.mutable_dial()->mutable_legs(i)->set_priority(state_.priority);
    }
    out.set_caller_type(state_.caller_type);
    call_.state_ = state_;
    return out;
  }

  std::string Holder() const {
    return call_.number_->holder().empty() ? plan_.customer() : call_.number_->holder();
  }

  void GoToTree(const std::string& name) {
    Visit(plan_.trees().at(name), absl::StrCat("trees.", name));
  }

  void Leave() {
    state_.offered.clear();
    state_.tried.clear();
    state_.node_failures.clear();
    state_.plays = 0;
  }

  // The node decides, and is asked again or not.
  void Act(const v1::Node* node, const std::string& path, bool answers) {
    state_.answered |= answers;
    state_.node = node;
    state_.path = path;
    decision_.set_node(path);
  }
  void End(const std::string& path, bool answers) { Act(nullptr, path, answers); }

  void Release(ResponseCode code, ReleaseReason reason, const std::string& path) {
    decision_.clear_action();
    decision_.mutable_release()->set_sip_status(state_.answered ? 0 : code.sip_status);
    decision_.mutable_release()->set_q850_cause(code.q850_cause);
    decision_.mutable_release()->set_reason(static_cast<v1::ReleaseReason>(reason));
    End(path, false);
  }

  ResponseCode Best() const { return BestResponse(SetOf(state_.failures), state_.global_sip); }

  void EndOfPlan() {
    Release(Best(),
            state_.failures.empty() ? ReleaseReason::kNoMatch : ReleaseReason::kAttemptsFailed,
            "default");
  }

  // Where nothing is written: the plan's default, which has nothing behind it.
  void Fallback(const std::string& path, std::optional<Outcome> outcome) {
    const v1::Default& written = plan_.default_();
    if (absl::StartsWith(path, "default.")) return EndOfPlan();
    for (; outcome.has_value(); outcome = ParentOutcome(*outcome)) {
      const v1::Node* node = OnOutcome(written, *outcome);
      if (node == nullptr) continue;
      return Visit(*node, absl::StrCat("default.on_", OutcomeName(*outcome)));
    }
    if (written.has_otherwise()) return Visit(written.otherwise(), "default.otherwise");
    EndOfPlan();
  }

  // A branch node's or an action's otherwise.
  template <typename Message>
  void Otherwise(const Message& message, const std::string& path) {
    if (message.has_otherwise()) return Visit(message.otherwise(), path + ".otherwise");
    Fallback(path, std::nullopt);
  }

  void Visit(const v1::Node& node, const std::string& place) {
    std::string path = absl::StrCat(
        place, ".", v1::Node::descriptor()->FindFieldByNumber(node.kind_case())->name());
    switch (node.kind_case()) {
      case v1::Node::kTime:
        return Choose(node.time(), path, v1::DEPENDENCE_TIME,
                      [&](const v1::TimeBranch::Case& item) { return IsOpen(node.time(), item); });
      case v1::Node::kOrigin:
        return Choose(node.origin(), path, v1::DEPENDENCE_CALL,
                      [&](const v1::OriginBranch::Case& item) {
                        return Withheld() ? item.anonymous()
                                          : MatchesAny(item.numbers(), call_.call_.calling);
                      });
      case v1::Node::kDestination:
        return Choose(node.destination(), path, v1::DEPENDENCE_CALL,
                      [&](const v1::DestinationBranch::Case& item) {
                        return MatchesAny(item.numbers(), call_.call_.called);
                      });
      case v1::Node::kCaller:
        return Choose(node.caller(), path, v1::DEPENDENCE_CALL,
                      [&](const v1::CallerBranch::Case& item) { return IsOneOf(item); });
      case v1::Node::kShare:
        return Share(node.share(), path);
      case v1::Node::kStatus:
        return Choose(node.status(), path, v1::DEPENDENCE_STATUS,
                      [&](const v1::StatusBranch::Case& item) { return HasStatus(item); });
      case v1::Node::kSwitch:
        return Choose(node.switch_(), path, v1::DEPENDENCE_STATUS,
                      [&](const v1::SwitchBranch::Case& item) {
                        return world_.switches_on.count(item.switch_()) > 0;
                      });
      case v1::Node::kSet:
        for (const auto& [name, value] : node.set().attributes()) state_.attributes[name] = value;
        return Visit(node.set().then(), path + ".then");
      case v1::Node::kGoto:
        return GoToTree(node.goto_());
      default:
        return Do(node, path);
    }
  }

  void Do(const v1::Node& node, const std::string& path) {
    Leave();
    switch (node.kind_case()) {
      case v1::Node::kDial:
        return Offer(node, path);
      case v1::Node::kAnnounce:
        return Announce(node, path);
      case v1::Node::kMenu:
        return Play(node, path);
      case v1::Node::kAgents:
        return Wait(node, path);
      case v1::Node::kVoicemail:
        decision_.mutable_voicemail()->set_mailbox(node.voicemail().mailbox());
        decision_.mutable_voicemail()->set_reason(Reason());
        return End(path, true);
      case v1::Node::kConference:
        decision_.mutable_conference()->set_conference(node.conference().conference());
        return End(path, true);
      case v1::Node::kReject:
        return Reject(node.reject(), path);
      case v1::Node::kRelease:
        return Release({480, 16}, ReleaseReason::kPlan, path);
      default:
        decision_.mutable_pass_through()->set_reason(v1::PASS_THROUGH_REASON_PLAN);
        return End(path, false);
    }
  }

  template <typename Branch, typename Test>
  void Choose(const Branch& branch, const std::string& path, v1::Dependence dependence,
              const Test& test) {
    depends_on_.insert(dependence);
    for (int i = 0; i < branch.cases_size(); ++i) {
      if (!test(branch.cases(i))) continue;
      return Visit(branch.cases(i).then(), absl::StrCat(path, ".cases[", i, "].then"));
    }
    Otherwise(branch, path);
  }

  bool IsOpen(const v1::TimeBranch& branch, const v1::TimeBranch::Case& item) {
    absl::Time time = branch.use() == v1::TimeBranch::USE_NOW ? now_ : call_.arrival_;
    const v1::Schedule& schedule = plan_.schedules().at(item.schedule());
    call_.consulted_.emplace_back(&schedule, time);
    return ReferenceOpen(plan_, schedule, time);
  }

  bool Withheld() const {
    return call_.call_.calling_privacy != Privacy::kAllowed || !call_.call_.calling.has_value();
  }

  bool IsOneOf(const v1::CallerBranch::Case& item) {
    if (Withheld()) return false;
    for (const std::string& name : item.caller_types()) {
      const v1::CallerType& type = plan_.caller_types().at(name);
      if (!MatchesAny(type.callers(), call_.call_.calling)) continue;
      state_.caller_type = name;
      state_.priority = type.priority();
      for (const auto& [attribute, value] : type.attributes()) state_.attributes[attribute] = value;
      return true;
    }
    return false;
  }

  v1::Status SiteStatus(const std::string& name) const {
    auto known = world_.sites.find(name);
    return known == world_.sites.end() ? v1::STATUS_UP : known->second;
  }

  v1::Status DestinationStatus(const std::string& name) const {
    const std::string& site = plan_.destinations().at(name).site();
    if (!site.empty() && SiteStatus(site) == v1::STATUS_DOWN) return v1::STATUS_DOWN;
    auto known = world_.destinations.find(name);
    return known == world_.destinations.end() ? v1::STATUS_UP : known->second;
  }

  bool HasStatus(const v1::StatusBranch::Case& item) const {
    v1::Status status = item.subject_case() == v1::StatusBranch::Case::kSite
                            ? SiteStatus(item.site())
                            : DestinationStatus(item.destination());
    return std::find(item.is().begin(), item.is().end(), status) != item.is().end();
  }

  void Share(const v1::ShareBranch& share, const std::string& path) {
    depends_on_.insert(v1::DEPENDENCE_CALL);
    uint32_t total = 0;
    for (const auto& item : share.cases()) total += item.weight();
    uint64_t hash = StableMix(CallSeed(call_.call_.id) ^ StableHash(path));
    uint32_t left = StableBelow(hash, total);
    int taken = 0;
    while (left >= share.cases(taken).weight()) left -= share.cases(taken++).weight();
    Visit(share.cases(taken).then(), absl::StrCat(path, ".cases[", taken, "].then"));
  }

  v1::DiversionReason Reason() const {
    if (state_.failures.empty()) return v1::DIVERSION_REASON_UNCONDITIONAL;
    return static_cast<v1::DiversionReason>(DiversionReasonFor(state_.failures.back()));
  }

  void Reject(const v1::Reject& reject, const std::string& path) {
    static const std::map<int, ResponseCode> kCodes = {
        {v1::Reject::CAUSE_UNSPECIFIED, {403, 21}}, {v1::Reject::CAUSE_BUSY, {486, 17}},
        {v1::Reject::CAUSE_NO_ANSWER, {480, 19}},   {v1::Reject::CAUSE_UNREACHABLE, {480, 20}},
        {v1::Reject::CAUSE_REJECTED, {403, 21}},    {v1::Reject::CAUSE_DECLINED, {603, 21}},
        {v1::Reject::CAUSE_BAD_NUMBER, {404, 1}},   {v1::Reject::CAUSE_CONGESTION, {480, 42}},
        {v1::Reject::CAUSE_FAILURE, {500, 41}}};
    ResponseCode code = kCodes.at(reject.cause());
    if (state_.answered) return Release(code, ReleaseReason::kPlan, path);
    decision_.mutable_reject()->set_sip_status(code.sip_status);
    decision_.mutable_reject()->set_q850_cause(code.q850_cause);
    End(path, false);
  }

  // Dial.

  std::optional<Outcome> KnownOutcome(const std::string& target) {
    if (plan_.destinations().count(target) == 0) return std::nullopt;
    depends_on_.insert(v1::DEPENDENCE_STATUS);
    switch (DestinationStatus(target)) {
      case v1::STATUS_BUSY:
        return Outcome::kBusy;
      case v1::STATUS_DOWN:
        return Outcome::kUnreachable;
      default:
        return std::nullopt;
    }
  }

  void Failed(int target, Outcome outcome) {
    state_.tried.insert(target);
    state_.failures.push_back(outcome);
    state_.node_failures.push_back(outcome);
  }

  void Offer(const v1::Node& node, const std::string& path) {
    const v1::Dial& dial = node.dial();
    bool first = state_.offered.empty();
    std::vector<int> targets;
    std::vector<v1::Leg> legs;
    for (int i = 0; i < dial.to_size(); ++i) {
      if (state_.tried.count(i) > 0) continue;
      // Those for which there was no room at first are not dialled later.
      if (!first && state_.offered.count(i) == 0) continue;
      std::optional<Outcome> known = KnownOutcome(dial.to(i));
      if (known.has_value()) {
        Failed(i, *known);
      } else {
        // Now: what is known of later targets is no reason to dial this one.
        legs.push_back(MakeLeg(dial, i));
        targets.push_back(i);
      }
    }
    if (legs.empty()) return Conclude(node, path);
    if (first) {
      size_t room = static_cast<size_t>(call_.max_attempts_ - state_.attempts);
      if (room == 0) return Release(Best(), ReleaseReason::kTooManyAttempts, path);
      if (legs.size() > room) targets.resize(room);
      state_.attempts += static_cast<int>(targets.size());
      state_.offered.insert(targets.begin(), targets.end());
    }
    v1::DialDecision& out = *decision_.mutable_dial();
    for (size_t i = 0; i < targets.size(); ++i) *out.add_legs() = legs[i];
    out.set_order(dial.order() == v1::Dial::ORDER_TOGETHER ? v1::LEG_ORDER_TOGETHER
                                                           : v1::LEG_ORDER_IN_ORDER);
    Act(&node, path, false);
  }

  v1::Leg MakeLeg(const v1::Dial& dial, int index) {
    v1::Leg leg;
    const std::string& target = dial.to(index);
    absl::Duration setup = Written(dial, dial.has_setup(), 6, &v1::Dial::setup);
    absl::Duration ring = Written(dial, dial.has_ring(), 20, &v1::Dial::ring);
    auto destination = plan_.destinations().find(target);
    if (destination != plan_.destinations().end()) {
      const v1::Destination& to = destination->second;
      leg.set_destination(target);
      leg.set_site(to.site());
      SetAddress(to.number().empty() ? to.uri() : to.number(), leg);
      if (to.has_setup()) setup = ToDuration(to.setup());
      if (to.has_ring()) ring = ToDuration(to.ring());
    } else {
      SetAddress(target == "called" ? call_.call_.called.ToString() : target, leg);
    }
    FromDuration(setup, leg.mutable_setup_timeout());
    FromDuration(ring, leg.mutable_ring_timeout());
    FillCommon(index, leg);
    return leg;
  }

  static void SetAddress(const std::string& address, v1::Leg& leg) {
    if (address[0] == '+') {
      leg.set_number(address);
    } else {
      leg.set_uri(address);
    }
  }

  void FillCommon(int index, v1::Leg& leg) {
    const Call& call = call_.call_;
    leg.set_attempt_id(absl::StrCat(state_.step, ".", index));
    leg.mutable_presented()->set_number(call.calling.ToString());
    leg.mutable_presented()->set_privacy(call.calling.has_value()
                                             ? static_cast<v1::Privacy>(call.calling_privacy)
                                             : v1::PRIVACY_UNAVAILABLE);
    leg.set_charge_to(Holder());
    leg.set_charged_number(call.called.ToString());
    leg.set_carrier_preselection_bypassed(true);
    leg.set_redirect_policy(v1::REDIRECT_POLICY_REPORT);
    bool own = leg.number() == call.called.ToString();
    leg.set_trigger(own ? v1::TRIGGER_SUPPRESS : v1::TRIGGER_ALLOW);
    if (own) return;
    leg.mutable_diversion()->set_number(call.called.ToString());
    leg.mutable_diversion()->set_reason(Reason());
    leg.mutable_diversion()->set_count(static_cast<uint32_t>(call.diversions + 1));
    leg.mutable_diversion()->set_privacy(v1::PRIVACY_ALLOWED);
  }

  // The branch of the highest outcome.
  void Conclude(const v1::Node& node, const std::string& path) {
    Outcome outcome = *SetOf(state_.node_failures).Highest();
    Leave();
    for (std::optional<Outcome> o = outcome; o.has_value(); o = ParentOutcome(*o)) {
      const v1::Node* branch = OnOutcome(node.dial(), *o);
      if (branch == nullptr) continue;
      return Visit(*branch, absl::StrCat(path, ".on_", OutcomeName(*o)));
    }
    if (node.dial().has_otherwise()) {
      return Visit(node.dial().otherwise(), path + ".otherwise");
    }
    Fallback(path, outcome);
  }

  bool DialEnded(const Event& event) {
    if (event.kind != EventKind::kDialResult || event.results.empty()) return false;
    const v1::Node& node = *state_.node;
    std::string path = state_.path;
    bool together = node.dial().order() == v1::Dial::ORDER_TOGETHER;
    for (const AttemptResult& result : event.results) {
      std::vector<int> left;
      for (int leg : state_.offered) {
        if (state_.tried.count(leg) == 0) left.push_back(leg);
      }
      if (result.target >= 0) {
        if (std::find(left.begin(), left.end(), result.target) == left.end()) return false;
        left = {result.target};
      }
      if (left.empty() || result.outcome == Outcome::kAnswered) return false;
      if (!together) left.erase(left.begin() + 1, left.end());
      // Those that end at once are one failure.
      for (int leg : left) state_.tried.insert(leg);
      Failed(left.front(), result.outcome);
      int sip = result.sip_status;
      if (sip == 600 || sip == 603 || sip == 607 || sip == 608) state_.global_sip = sip;
    }
    if (together) {
      Conclude(node, path);
    } else {
      Offer(node, path);
    }
    return true;
  }

  // Announce, menu, agents.

  void Announce(const v1::Node& node, const std::string& path) {
    const v1::Announce& announce = node.announce();
    decision_.mutable_announce()->set_message(announce.message());
    FromDuration(Written(announce, announce.has_max_duration(), 30, &v1::Announce::max_duration),
                 decision_.mutable_announce()->mutable_max_duration());
    Act(&node, path, announce.answering() == v1::ANSWERING_ANSWER);
  }

  bool AnnounceEnded(const Event& event) {
    if (event.kind != EventKind::kPlayed) return false;
    const v1::Announce& announce = state_.node->announce();
    if (announce.has_then()) {
      Visit(announce.then(), state_.path + ".then");
    } else {
      Release({480, 16}, ReleaseReason::kPlan, "release");
    }
    return true;
  }

  static int Retries(const v1::Menu& menu) {
    return menu.has_retries() ? static_cast<int>(menu.retries()) : 2;
  }

  void Play(const v1::Node& node, const std::string& path) {
    const v1::Menu& menu = node.menu();
    ++state_.plays;
    v1::MenuDecision& out = *decision_.mutable_menu();
    out.set_message(menu.message());
    std::set<std::string> keys;
    size_t longest = 1;
    for (const auto& [key, child] : menu.keys()) {
      keys.insert(key);
      longest = std::max(longest, key.size());
    }
    for (const std::string& key : keys) out.add_keys(key);
    out.set_max_digits(static_cast<uint32_t>(longest));
    out.set_tries_left(Retries(menu) + 2 - state_.plays);
    FromDuration(Written(menu, menu.has_timeout(), 5, &v1::Menu::timeout), out.mutable_timeout());
    Act(&node, path, true);
  }

  bool MenuEnded(const Event& event) {
    if (event.kind != EventKind::kDigits && event.kind != EventKind::kNoInput) return false;
    const v1::Node& node = *state_.node;
    const v1::Menu& menu = node.menu();
    std::string path = state_.path;
    std::string pressed = event.digits.ToString();
    bool silent = event.kind == EventKind::kNoInput;
    if (!silent && menu.keys().count(pressed) > 0) {
      Visit(menu.keys().at(pressed), KeyField(path + ".keys", pressed));
    } else if (state_.plays <= Retries(menu)) {
      Play(node, path);
    } else if (silent && menu.has_on_no_input()) {
      Visit(menu.on_no_input(), path + ".on_no_input");
    } else if (!silent && menu.has_on_bad_input()) {
      Visit(menu.on_bad_input(), path + ".on_bad_input");
    } else {
      Otherwise(menu, path);
    }
    return true;
  }

  void Wait(const v1::Node& node, const std::string& path) {
    const v1::Agents& agents = node.agents();
    depends_on_.insert(v1::DEPENDENCE_GROUP);
    if (world_.groups_away.count(agents.group()) > 0) return NoAgents(agents, path);
    v1::WaitDecision& out = *decision_.mutable_wait();
    out.set_group(agents.group());
    out.set_message(agents.message());
    absl::Duration wait = Written(agents, agents.has_wait(), 120, &v1::Agents::wait);
    FromDuration(wait, out.mutable_max_wait());
    FromDuration(std::min(wait, absl::Seconds(10)), out.mutable_poll_after());
    Act(&node, path, true);
  }

  void NoAgents(const v1::Agents& agents, const std::string& path) {
    if (agents.has_on_no_agents()) return Visit(agents.on_no_agents(), path + ".on_no_agents");
    Otherwise(agents, path);
  }

  bool WaitEnded(const Event& event) {
    const v1::Agents& agents = state_.node->agents();
    std::string path = state_.path;
    if (event.kind == EventKind::kNoAgents) {
      NoAgents(agents, path);
    } else if (event.kind != EventKind::kWaitTimeout) {
      return false;
    } else if (agents.has_on_timeout()) {
      Visit(agents.on_timeout(), path + ".on_timeout");
    } else {
      Otherwise(agents, path);
    }
    return true;
  }

  ReferenceCall& call_;
  const v1::Plan& plan_;
  const ReferenceWorld& world_;
  const absl::Time now_;
  State state_;
  std::set<v1::Dependence> depends_on_;
  v1::Decision decision_;
};

std::optional<v1::Decision> ReferenceCall::Ask(const ReferenceWorld& world) {
  for (const v1::Number& number : plan_.numbers()) {
    if (!Matches(number.number(), call_.called)) continue;
    if (number_ == nullptr || Specificity(number.number()) > Specificity(number_->number())) {
      number_ = &number;
    }
  }
  if (number_ == nullptr) return std::nullopt;
  return Question(*this, world, arrival_).First();
}

std::optional<v1::Decision> ReferenceCall::Tell(const Event& event, const ReferenceWorld& world,
                                                absl::Time now) {
  auto consulted = consulted_;
  std::optional<v1::Decision> decision = Question(*this, world, now).Next(event);
  if (!decision.has_value()) consulted_ = std::move(consulted);
  return decision;
}

}  // namespace libroute
