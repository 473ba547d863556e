#ifndef LIBROUTE_TREE_COMPILED_PLAN_H_
#define LIBROUTE_TREE_COMPILED_PLAN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "libroute/facts/facts.h"
#include "libroute/number/caller_list.h"
#include "libroute/number/dialling.h"
#include "libroute/number/internal_numbers.h"
#include "libroute/number/number_profile.h"
#include "libroute/number/number_rewrite.h"
#include "libroute/number/number_table.h"
#include "libroute/schedule/schedule.h"
#include "libroute/tree/allowed_destinations.h"
#include "libroute/tree/any_node.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/caller_screen.h"
#include "libroute/tree/compiled_conference.h"
#include "libroute/tree/compiled_gateways.h"
#include "libroute/tree/compiled_limit.h"
#include "libroute/tree/compiled_line.h"
#include "libroute/tree/compiled_message.h"
#include "libroute/tree/compiled_recovery.h"
#include "libroute/tree/emergency_sites.h"
#include "libroute/tree/feature_codes.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/group_hours.h"
#include "libroute/tree/lookup_table.h"
#include "libroute/tree/operator_table.h"
#include "libroute/tree/presented.h"

namespace libroute {

namespace contact {
struct CenterRules;
}

// A place that calls can be sent to, as nodes read it.
struct CompiledDestination {
  std::string name;
  E164Number number;
  std::string uri;
  // The number within `uri`, if there is one.
  E164Number in_uri;
  // Makes the number of the called one.
  std::optional<NumberRewrite> from_called;
  // Its number is what the owner of a line has said.
  std::optional<LineForward> forward_of;
  // Index into the plan's sites, kNoSite if none.
  int site = kNoSite;
  // Zero: as the dial says.
  absl::Duration setup;
  absl::Duration ring;
  // How many calls may be there at the same time, if that is written.
  std::unique_ptr<const CompiledLimit> limit;
  // What attempts show of it, if that is written.
  std::unique_ptr<const CompiledWatch> watch;
  bool disabled = false;
  // Index of the gateways by which its number is reached; CompiledPlan::kNoGateways.
  int gateways = -1;
  // Whom it sees, if that is written.
  Presented present;
  // The message that asks who answers for a confirmation; none: as the dial says.
  MessageIndex confirm = kNoMessage;
  // Of its number, or of the one within its URI.
  DialledNumberFacts facts;

  static constexpr int kNoSite = -1;
};

// A named list of callers.
struct CompiledCallerType {
  // Whether this number calls as one of them, or this address writes as one.
  bool Has(Digits number) const {
    return written.numbers.Contains(number) ||
           (listed != nullptr && listed->numbers.Contains(number));
  }
  bool Has(absl::string_view address) const {
    return written.addresses.Contains(address) ||
           (listed != nullptr && listed->addresses.Contains(address));
  }

  std::string name;
  // In the plan.
  CallerList written;
  // In its file; null if it has none.
  std::shared_ptr<const CallerList> listed;
  int32_t priority = 0;
  // (attribute, value) in the plan's texts.
  std::vector<std::pair<uint32_t, uint32_t>> attributes;
};

// One revision of a plan, ready to be evaluated. Immutable but for its
// schedules, which look farther ahead as time passes; thread-safe. Made by
// Compile() only.
class CompiledPlan {
 public:
  absl::string_view customer() const { return customer_; }
  // RevisionHash of the plan.
  absl::string_view revision() const { return revision_; }

  // Whose calls go where; nullptr if the plan does not serve `number`.
  const NumberRoute* FindNumber(Digits number) const {
    std::optional<uint32_t> route = numbers_.Find(number);
    return route.has_value() ? &routes_[*route] : nullptr;
  }
  // Where e-mails to `address`, in lower case, go: by its own entry, else by its domain's;
  // nullptr if the plan does not serve it.
  const NumberRoute* FindMailbox(absl::string_view address) const;
  // The addresses and domains of its mailboxes, each with the place where it is written.
  const std::vector<std::pair<std::string, std::string>>& mailboxes() const { return mailboxes_; }
  // `called` without digits beyond those that the numbers of its block have.
  E164Number Trim(E164Number called) const {
    const NumberRoute* route = FindNumber(called.digits());
    if (route == nullptr || called.digits().size() <= route->max_digits) return called;
    return E164Number::FromDigits(called.digits().Prefix(route->max_digits));
  }
  // The number that a line reaches by an internal number; without value for
  // what is none. And whether a dial string has a tree.
  E164Number FindInternal(Digits dialled) const { return internal_.Find(dialled); }
  bool HasDialString(Digits dialled) const {
    return !dial_strings_.empty() && dial_strings_.contains(dialled);
  }
  // What `dialled` is where the plan's lines are; kNone where no plan says.
  SpecialKind Special(Digits dialled) const {
    return dialling_ == nullptr ? SpecialKind::kNone : dialling_->Find(dialled);
  }

  // How the plan's lines write numbers.
  const NumberProfile& profile() const { return profile_; }
  // Whether what a line dials is meant for another one, though perhaps none has
  // that internal number.
  bool IsInternal(Digits dialled) const {
    return !internal_.empty() && dialled.StartsWith(internal_prefix_);
  }

  // Where a call goes by what was called or dialled; nullptr if nowhere.
  const NumberRoute* RouteOf(const CallState& state) const {
    if (state.direction == Direction::kInbound) return FindNumber(state.called.digits());
    return LineRouteOf(state);
  }
  // Who is charged for a call that follows `route`: its holder, else the one of
  // the line that calls.
  uint32_t HolderOf(const NumberRoute& route, const CallState& state) const {
    const NumberRoute* line = route.is_own ? &route : FindNumber(state.line.digits());
    return line == nullptr ? kCustomerText : line->holder;
  }
  void PrefetchNumber(Digits number) const { numbers_.Prefetch(number); }

  const AnyNode& node(NodeIndex index) const { return nodes_[index]; }
  size_t node_count() const { return nodes_.size(); }
  // Field path of a node.
  absl::string_view node_path(NodeIndex index) const { return node_paths_[index]; }
  NodeIndex tree_root(uint32_t tree) const { return tree_roots_[tree]; }
  absl::string_view tree_name(uint32_t tree) const { return tree_names_[tree]; }
  // What calling numbers must be; null if they may be anything.
  const CallerScreen* caller_screen() const { return caller_screen_.get(); }
  // What numbers that are computed must be; written ones are.
  const AllowedDestinations& allowed_destinations() const { return allowed_destinations_; }
  // Where a call goes that the plan no longer knows: the default's `otherwise`.
  NodeIndex fallback() const { return fallback_; }

  // The text that is the customer's name.
  static constexpr uint32_t kCustomerText = 0;
  absl::string_view text(uint32_t index) const { return texts_[index]; }
  size_t text_count() const { return texts_.size(); }

  const CompiledDestination& destination(int index) const { return destinations_[index]; }
  const CompiledCallerType& caller_type(int index) const { return caller_types_[index]; }
  size_t caller_type_count() const { return caller_types_.size(); }
  const EmergencySites& emergency_sites() const { return emergency_sites_; }
  const CompiledLine& line(int index) const { return lines_[static_cast<size_t>(index)]; }
  // Index of the line with that number; -1 if it is none.
  int FindLine(E164Number number) const {
    if (lines_by_number_.empty()) return -1;
    const auto found = lines_by_number_.find(number.digits());
    return found == lines_by_number_.end() ? -1 : found->second;
  }
  // Null if nobody can switch anything on a line.
  const CompiledFeatureCodes* feature_codes() const { return feature_codes_.get(); }
  bool HasFeatureCode(const ServiceCode& dialled) const {
    return feature_codes_ != nullptr && feature_codes_->codes.Find(dialled) != nullptr;
  }
  const CompiledConference& conference(uint32_t index) const { return conferences_[index]; }
  // The name "language", as an index of texts; of use where a route or a message has
  // one.
  uint32_t language_name() const { return language_; }
  // The language that a call begins with: that of the number that it follows; of the
  // line that has dialled a feature code. kNoText if there is none.
  uint32_t LanguageOf(const NumberRoute& route, const CallState& state) const {
    const bool is_code = feature_codes_ != nullptr && (&route == &feature_codes_->accepted ||
                                                       &route == &feature_codes_->refused);
    const NumberRoute* own = is_code ? FindNumber(state.line.digits()) : &route;
    return own == nullptr ? NumberRoute::kNoText : own->language;
  }
  // What the switch knows a message by.
  const CompiledMessage& message(MessageIndex index) const { return messages_[index]; }
  // In the language of the call.
  absl::string_view MessageFor(MessageIndex index, const CallState& state) const {
    const CompiledMessage& message = messages_[index];
    if (message.languages.empty()) return message.otherwise;
    const std::optional<uint32_t> language = FindAttribute(state, language_).text;
    return language.has_value() ? message.In(texts_[*language]) : message.otherwise;
  }
  // The name that is shown where the line of `state` calls; "" if there is none.
  absl::string_view DisplayName(const CallState& state) const {
    if (state.direction == Direction::kInbound) return {};
    const NumberRoute* line = FindNumber(state.line.digits());
    const bool has_name = line != nullptr && line->display_name != NumberRoute::kNoText;
    return has_name ? text(line->display_name) : absl::string_view();
  }
  const std::vector<CompiledRecoveryPlan>& recovery_plans() const { return recovery_plans_; }
  // The entries of `numbers` that a recovery plan may be on for, as they are written.
  const std::vector<std::string>& recovery_numbers() const { return recovery_numbers_; }
  // Whether the caller of a call takes part in the drill of a recovery plan.
  bool IsDrillCaller(const CompiledRecoveryPlan& recovery, const CallState& state) const;
  // Null if the plan has none of that name.
  const CompiledCallerType* FindCallerType(absl::string_view name) const {
    for (const CompiledCallerType& type : caller_types_) {
      if (type.name == name) return &type;
    }
    return nullptr;
  }
  // Index of an ingress that the plan names, -1 for any other.
  int FindIngress(absl::string_view name) const {
    for (size_t i = 0; i < ingresses_.size(); ++i) {
      if (ingresses_[i] == name) return static_cast<int>(i);
    }
    return -1;
  }
  absl::string_view ingress(int index) const { return ingresses_[index]; }

  // Agents, groups and skills, each in the order of their names; null if the plan has
  // neither agents nor groups.
  const std::shared_ptr<const contact::CenterRules>& center_rules() const { return center_rules_; }

  // Where agents may transfer calls to; and as it is written, for people.
  const NumberSet& transfer_numbers() const { return transfer_numbers_; }
  const std::vector<std::string>& written_transfer_numbers() const {
    return written_transfer_numbers_;
  }
  // What asks who answers the phone of a group's agent for a confirmation; kNoMessage if it is
  // not asked for.
  MessageIndex ConfirmationOf(absl::string_view group) const {
    if (confirmations_.empty()) return kNoMessage;
    const auto found = confirmations_.find(group);
    return found == confirmations_.end() ? kNoMessage : found->second;
  }
  // Whether somebody else's voicemail may answer there: it is a mobile number, or none of the
  // plan's. `facts` are those of `number`.
  bool IsElsewhere(E164Number number, const DialledNumberFacts& facts) const {
    return IsMobileNumber(facts) || FindNumber(number.digits()) == nullptr;
  }

  // Of the groups that have a schedule.
  const std::vector<GroupHours>& group_hours() const { return group_hours_; }

  const OperatorTable& operators() const { return operators_; }
  const LookupTable& table(int index) const { return tables_[index]; }
  absl::string_view table_name(int index) const { return table_names_[index]; }

  const FactNames& fact_names() const { return fact_names_; }
  // What claims are made on, by their index.
  const std::vector<std::string>& counter_names() const { return counter_names_; }

  // Null if the plan has no schedule of that name.
  std::shared_ptr<const Schedule> FindSchedule(absl::string_view name) const {
    for (size_t i = 0; i < schedule_names_.size(); ++i) {
      if (schedule_names_[i] == name) return schedules_[i];
    }
    return nullptr;
  }
  const std::vector<std::string>& schedule_names() const { return schedule_names_; }

  const CompiledLimit& limit(int index) const { return limits_[static_cast<size_t>(index)]; }
  // Null if any number of calls may be there.
  const CompiledLimit* site_limit(int site) const {
    if (site_limits_.empty()) return nullptr;
    const auto found = site_limits_.find(site);
    return found == site_limits_.end() ? nullptr : &found->second;
  }

  // Null if attempts there are not watched.
  const CompiledWatch* site_watch(int site) const {
    if (site_watches_.empty()) return nullptr;
    const auto found = site_watches_.find(site);
    return found == site_watches_.end() ? nullptr : &found->second;
  }
  // In the order of their names.
  const CompiledGateway& gateway(int index) const { return gateways_[static_cast<size_t>(index)]; }
  const CompiledGatewayGroup& gateway_group(int index) const {
    return gateway_groups_[static_cast<size_t>(index)];
  }
  static constexpr int kNoGateways = -1;
  // Of the group by which a site is reached.
  int site_gateways(int site) const { return site_gateways_[static_cast<size_t>(site)]; }

  // Limits, then those of sites and of destinations, each in the order of names.
  void ForEachLimit(absl::FunctionRef<void(const CompiledLimit&)> visit) const {
    for (const CompiledLimit& limit : limits_) visit(limit);
    for (int site = 0; site < static_cast<int>(fact_names_.sites.size()); ++site) {
      if (const CompiledLimit* limit = site_limit(site); limit != nullptr) visit(*limit);
    }
    for (const CompiledDestination& destination : destinations_) {
      if (destination.limit != nullptr) visit(*destination.limit);
    }
  }

  // A destination's status: down when its site is.
  Status DestinationStatus(int index, const FactView& facts, int64_t now) const {
    if (destinations_[index].disabled) return Status::kDown;
    int site = destinations_[index].site;
    if (site != CompiledDestination::kNoSite && facts.site(site, now) == Status::kDown) {
      return Status::kDown;
    }
    return facts.destination(index, now);
  }

  size_t memory_bytes() const { return numbers_.memory_bytes(); }

 private:
  friend class PlanCompiler;
  CompiledPlan() = default;

  static constexpr int kNoRoute = -1;
  const NumberRoute* LineRouteOf(const CallState& state) const;

  std::string customer_;
  std::string revision_;
  std::vector<CompiledLimit> limits_;
  absl::flat_hash_map<int, CompiledLimit> site_limits_;
  absl::flat_hash_map<int, CompiledWatch> site_watches_;
  std::vector<CompiledGateway> gateways_;
  std::vector<CompiledGatewayGroup> gateway_groups_;
  // By index of the site.
  std::vector<int> site_gateways_;
  NumberTable numbers_;
  std::vector<NumberRoute> routes_;
  std::vector<std::pair<std::string, std::string>> mailboxes_;
  absl::flat_hash_map<std::string, NumberRoute> mailbox_routes_;
  InternalNumbers internal_;
  // Indices of routes.
  absl::flat_hash_map<Digits, int> dial_strings_;
  int outbound_ = kNoRoute;
  uint32_t language_ = kCustomerText;
  // Null where the plan does not say in which country its lines are.
  const Dialling* dialling_ = nullptr;
  NumberProfile profile_;
  Digits internal_prefix_;
  std::vector<AnyNode> nodes_;
  std::vector<std::string> node_paths_;
  std::vector<std::string> tree_names_;
  std::vector<NodeIndex> tree_roots_;
  NodeIndex fallback_ = 0;
  std::unique_ptr<const CallerScreen> caller_screen_;
  AllowedDestinations allowed_destinations_;
  std::vector<std::string> texts_;
  // The first one is none.
  std::vector<CompiledMessage> messages_;
  std::vector<CompiledDestination> destinations_;
  std::vector<CompiledCallerType> caller_types_;
  // In the order of their names.
  std::vector<CompiledLine> lines_;
  absl::flat_hash_map<Digits, int> lines_by_number_;
  std::unique_ptr<const CompiledFeatureCodes> feature_codes_;
  EmergencySites emergency_sites_;
  // In the order of their names.
  std::vector<CompiledRecoveryPlan> recovery_plans_;
  std::vector<std::string> recovery_numbers_;
  // In the order of their names.
  std::vector<CompiledConference> conferences_;
  // A handful: those that origin branches name.
  std::vector<std::string> ingresses_;
  OperatorTable operators_;
  // In the order of their names.
  std::vector<std::string> table_names_;
  std::vector<LookupTable> tables_;
  std::shared_ptr<const contact::CenterRules> center_rules_;
  std::vector<GroupHours> group_hours_;
  NumberSet transfer_numbers_;
  std::vector<std::string> written_transfer_numbers_;
  // By group, of those that ask for one.
  absl::flat_hash_map<std::string, MessageIndex> confirmations_;
  FactNames fact_names_;
  std::vector<std::string> counter_names_;
  std::vector<std::string> schedule_names_;
  // In the order of their names.
  std::vector<std::shared_ptr<const Schedule>> schedules_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILED_PLAN_H_
