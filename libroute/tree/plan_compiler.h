#ifndef LIBROUTE_TREE_PLAN_COMPILER_H_
#define LIBROUTE_TREE_PLAN_COMPILER_H_

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libroute/plan/issue.h"
#include "libroute/schedule/rules.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/compile.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/dial_graph.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/text_pattern.h"
#include "libroute/tree/outcome_branches.h"
#include "libroute/tree/plan_expansion.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

namespace contact {
struct GroupRules;
}
class RecoveryCover;
class ReachingNumbers;
class TreeWalk;

// Indices by name, in the order of the names.
class NameIndex {
 public:
  NameIndex() = default;
  template <typename Map>
  explicit NameIndex(const Map& map) {
    for (const auto& [name, value] : map) names_.push_back(name);
    std::sort(names_.begin(), names_.end());
    for (size_t i = 0; i < names_.size(); ++i) index_[names_[i]] = static_cast<int>(i);
  }

  // -1 if there is no such name.
  int Find(const std::string& name) const {
    auto found = index_.find(name);
    return found == index_.end() ? -1 : found->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, int> index_;
};

// A place in the plan that looks at an attribute.
struct AttributeUse {
  std::string name;
  std::string path;
};

// A dial node's target whose number is made of the called one.
struct RewrittenNumber {
  NodeIndex node;
  int destination;
  std::string path;
};

// A dial node's target that lies at a site, or is that site.
struct SitedTarget {
  NodeIndex node = 0;
  int site = 0;
  // "destination "front"", "the called number".
  std::string words;
  // Of the field that names it.
  std::string path;
};

// Compiles one plan: the state of that work. The sections of a plan are
// compiled in plan_sections.cc, plan_mailboxes.cc, plan_center.cc, plan_messages.cc,
// plan_limits.cc, plan_gateways.cc, plan_numbering.cc, plan_lines.cc, plan_recovery.cc,
// plan_conferences.cc and plan_schedules.cc, trees in plan_trees.cc, tests are checked in
// plan_tests.cc, what holds for all calls is in plan_policies.cc; what can only be seen of the
// whole is checked in plan_checks.cc, plan_digits.cc, plan_loops.cc and plan_rewrites.cc. Nodes see
// it through a NodeScope.
class PlanCompiler {
 public:
  PlanCompiler(const v1::Plan& plan, const CompileContext& context)
      : expansion_(plan), original_(plan), written_(expansion_.plan()), context_(context) {}

  CompileResult Run();

 private:
  friend class NodeScope;

  // plan_sections.cc
  void CompileHeader();
  void CheckNames();
  void CompileDestinations();
  void CompileDestination(const std::string& name, const v1::Destination& destination);
  std::optional<NumberRewrite> CompileFromCalled(const v1::NumberFromCalled& written,
                                                 const std::string& path);
  void CompileAreas();
  void CompileTables();
  void CompileOperators();
  void CompileRoutingNumbers(const v1::Operator& written, const std::string& path, uint32_t name,
                             OperatorTable::RoutingPrefixes& routing);
  LookupTable CompileTable(const v1::Table& table, const std::string& name);
  const TableRows* ListedRows(const v1::Table& table, const std::string& name);
  void AddListed(const TableRows& rows, const std::string& path, LookupTable& table);
  void CompileCallerTypes();
  void CompileCallers(const v1::CallerType& type, const std::string& path,
                      CompiledCallerType& compiled);
  void CompileNumbers();
  // Fills in how many digits the numbers of `pattern` have.
  void CompileLength(const v1::Number& number, const NumberPattern& pattern,
                     const std::string& path, NumberRoute& route);

  void CompileIdentity(const v1::Number& number, const std::string& path, NumberRoute& route);

  // plan_center.h
  class Center;
  void CompileCenter();

  // plan_mailboxes.cc
  void CompileMailboxes();
  // Which mailbox's e-mails come to each node, by its index; -1: none.
  std::vector<int> MailboxesAt(const TreeWalk& walk) const;
  // Whether e-mails come to what needs a call, or calls to what needs an e-mail.
  void CheckMailboxes(const TreeWalk& walk);
  // Whether calls, or e-mails, come to an agents node that waits too long for them, or says
  // what they do not hear.
  void WarnOfCallsAlone(const v1::Agents& agents, const std::string& path);
  void CheckWrapUp(const v1::Agents& agents, const std::string& path);
  // plan_memberships.cc: of a wrap-up that an agent or a node says, at `path`, and by which
  // contacts of the group do not go.
  void WarnOfWrapUp(absl::Duration wrap_up, const contact::GroupRules& group,
                    const std::string& path);
  void CheckCallWait(const v1::Agents& agents, absl::Duration wait, const std::string& path);
  void CheckEmailWait(const v1::Agents& agents, absl::Duration wait, const std::string& path);
  // How long it is open in the year to come.
  absl::Duration OpenWithinAYear(const Schedule& schedule);
  void CheckForward(const std::string& to, const std::string& path);

  // plan_messages.cc
  void CompileMessages();
  void CompileLanguages(const v1::Message& written, const std::string& path,
                        CompiledMessage& message);
  // Index of a message that is named at `path`: one of the plan's, or one that the
  // switch knows.
  MessageIndex Message(const std::string& name, const std::string& path);
  void WarnOfNearMessage(const std::string& name, const std::string& path);
  void CheckUnusedMessages();

  // plan_policies.cc
  void CompileProfile();
  void CompileAllowedDestinations();
  // The number within `uri`, as the plan's lines write it; none if there is none.
  E164Number NumberInUri(const std::string& uri) const;
  // Whether the plan may call this, or the number that the URI has in it; else
  // an error.
  bool CheckAllowed(E164Number number, const std::string& uri, const std::string& path);
  void CompileCallerIdentity();
  // Whom called sides see: an error for what no call can come from.
  Presented ReadPresented(const std::string& text, const std::string& path);

  // plan_numbering.cc
  struct Internal;
  void CompileNumbering();
  Country CompileCountry(const std::string& code, const std::string& path);
  // The index of a new route to `tree`; -1: to the end of the plan.
  int AddLineRoute(int tree);
  void CompileSite(const std::string& name, Internal& internal);
  std::optional<NumberPattern> CompileLines(const std::string& numbers, const std::string& path);
  std::vector<InternalBlock> CompileExtensions(const v1::Extensions& written, Digits begin,
                                               const std::string& path);
  void CompileDialStrings(Internal& internal);
  void CheckInternal(const Internal& internal);

  // plan_lines.cc
  void CompileLineEntries();
  void CompileDoNotDisturb(const v1::Line::DoNotDisturb& written, const std::string& path,
                           CompiledLine& line);
  void CompileFeatureCodes();
  NumberRoute FeatureMessage(const std::string& message, absl::string_view usual,
                             absl::string_view field);
  void CheckCodesAgainstDialStrings(const FeatureCodes& codes);
  LineForward CompileForwardOf(const v1::ForwardOf& written, const std::string& path);

  // plan_switches.cc
  void CompileSwitches();
  std::vector<std::string> CompileSwitchValues(const v1::Switch& written, const std::string& path);

  // plan_recovery.cc
  void CompileRecoveryPlans();
  void CompileDrillCallers(const v1::RecoveryPlan& written, const std::string& path,
                           CompiledRecoveryPlan& recovery);
  // The index of an entry of `numbers` among those of recovery plans.
  uint32_t RecoveryNumber(const NumberPattern& pattern, const std::string& written);
  // Where calls to it begin; `recovery` is what RecoveryNumber says.
  NodeIndex NumberRoot(const v1::Number& number, const std::string& path, uint32_t recovery);
  void NoteRecoveryPatterns(int index, const v1::RecoveryPlan& written, const std::string& path);
  // Whether recovery plans have whole entries of `numbers`.
  void CheckRecoveryNumbers();
  // A number within the pattern of a recovery plan that is none of the plan's.
  std::optional<E164Number> CutNumber(const CompiledRecoveryPlan& recovery,
                                      const NumberPattern& pattern) const;
  // Whether their trees dial what they stand in for, or their own numbers.
  void CheckRecoveryTrees(const TreeWalk& walk);
  void CheckRecoveryTree(const CompiledRecoveryPlan& recovery,
                         const std::vector<std::vector<NodeIndex>>& edges);

  // plan_emergency.cc
  struct Emergency;
  void CompileEmergency();
  void CompileEmergencySite(const v1::Site& written, const std::string& path, Emergency& emergency);
  // Of lines at a site without call_back that nobody can be called back at.
  void WarnOfNoCallBack(const NumberPattern& lines, const std::string& path);
  std::string CompilePlace(const std::string& place, const std::string& path);
  E164Number CompileCallBack(const v1::Site& written, const std::string& path);
  void CompileEmergencyRoutes(const v1::Site& written, const std::string& path,
                              EmergencySite& site);

  // plan_schedules.cc
  void CompileSchedules();
  std::shared_ptr<const Schedule> CompileSchedule(int index);
  std::shared_ptr<const ScheduleRules> RulesOf(int index);
  std::shared_ptr<const ScheduleRules> CompileRules(int index);
  std::string CompileZone(const std::string& path, const v1::Schedule& schedule);
  std::optional<WeeklyHours> CompileWeekly(const v1::Schedule::Weekly& weekly,
                                           const std::string& path);
  // Adds it to `rules`; false when it is reported as bad.
  bool CompileRecurrence(const v1::Recurrence& recurrence, const std::string& path,
                         ScheduleRules& rules);
  bool NarrowBy(const std::string& name, const std::string& path, std::vector<Calendar>& calendars,
                std::vector<std::shared_ptr<const ScheduleRules>>& schedules);
  bool NarrowByCalendar(int index, const std::string& path, std::vector<Calendar>& calendars);
  Calendar CompileCalendar(const std::string& name);
  void CheckCalendar(const std::string& name);

  // plan_limits.cc
  void CompileLimits();
  CompiledWatch CompileWatch(const std::string& name, const v1::Watch& written,
                             const std::string& path);
  // A limit of `calls` at the same time; 0 where that is not written.
  CompiledLimit LimitOf(const std::string& name, uint32_t calls, const std::string& path);

  // plan_gateways.cc
  // All gateways of all groups.
  void NameGateways();
  void CompileGateways();
  CompiledGatewayGroup CompileGatewayGroup(const v1::GatewayGroup& written, const std::string& name,
                                           const std::string& path);
  CompiledGateway CompileGateway(const v1::GatewayGroup::Gateway& written, const std::string& path);
  // Index of the group of that name; CompiledPlan::kNoGateways if none is written, or
  // there is none.
  int FindGateways(const std::string& name, const std::string& path);

  // plan_conferences.cc
  void CompileConferences();
  CompiledConference CompileConference(const std::string& name,
                                       const v1::PlannedConference& written,
                                       const std::string& path);
  void CheckConfirmation(const std::string& text, const std::string& path);
  void CompileConferenceTimes(const v1::PlannedConference& written, const std::string& path,
                              CompiledConference& conference);
  std::optional<absl::Time> ConferenceTime(const v1::PlannedConference& written,
                                           const std::string& text, const std::string& path);
  void CompileCodes(const v1::PlannedConference& written, const std::string& path,
                    CompiledConference& conference);

  // plan_trees.cc
  void CompileDefault();
  void CompileTrees();
  void ResolveGotos();
  NodeIndex CompileNode(const v1::Node& node, const std::string& path, int depth);
  NodeIndex AddNode(AnyNode node, std::string path);

  // plan_tests.cc
  void CheckTests();
  void CheckTestCall(const v1::TestCall& call, const std::string& path);
  void CheckTestEmail(const v1::TestEmail& email, const std::string& path);
  void CheckTestTime(const std::string& at, const std::string& path, absl::string_view what);
  void CheckTestNumber(const std::string& text, const std::string& path);
  void CheckTestOrigin(const v1::TestCall& call, const std::string& path);
  void CheckGiven(const v1::Given& given, const std::string& path);
  void CheckGivenFigures(const v1::GroupFigures& figures, const std::string& path);
  void CheckGivenRecovery(const v1::Given& given, const std::string& path);
  void CheckGivenSwitches(const v1::Given& given, const std::string& path);

  // plan_checks.cc
  void CheckGraph();
  void ReportCycle(const std::vector<NodeIndex>& cycle);
  void CheckUnanswered(const TreeWalk& walk);
  void CheckAttempts(const TreeWalk& walk);
  void CheckPassThrough(const TreeWalk& walk);
  void CheckUnused(const TreeWalk& walk);
  void CheckAttributes();
  void CheckTexts();

  // plan_digits.cc
  void CheckInterruptible(const TreeWalk& walk);

  // plan_rewrites.cc
  void CheckRewrites(const TreeWalk& walk);
  void CheckRewrite(const RewrittenNumber& dialled, const ReachingNumbers& numbers);

  // plan_loops.cc
  // Where calls begin, while recovery plans are on, too.
  std::vector<NodeIndex> CallRoots() const;
  // Where the calls of the plan's numbers begin, in order.
  std::vector<NodeIndex> NumberRoots() const;
  // `has_cycles`: of gotos.
  void CheckLoops(const TreeWalk& walk, bool has_cycles);

  void Add(Severity severity, std::string path, absl::string_view code, std::string message);
  void Error(std::string path, absl::string_view code, std::string message) {
    Add(Severity::kError, std::move(path), code, std::move(message));
  }
  void Warn(std::string path, absl::string_view code, std::string message) {
    Add(Severity::kWarning, std::move(path), code, std::move(message));
  }
  // Index of `name`, or -1 and an error with the nearest name.
  int Lookup(const NameIndex& index, absl::string_view what, const std::string& name,
             const std::string& path);
  // Whether there is time left for looking for the nearest of these names; it counts as
  // spent then.
  bool MayCompare(const NameIndex& index);
  bool IsName(const std::string& name, const std::string& path);
  void MissAttachment(const std::string& file, const std::string& path);
  uint32_t Text(const std::string& text);
  // Of what claims are made on.
  uint32_t CounterIndex(const std::string& name);
  int Ingress(const std::string& name, const std::string& path);
  uint32_t AttributeName(const std::string& name, const std::string& path);
  uint32_t CollectedName(const std::string& name, Secrecy secrecy, const std::string& path);
  uint32_t MatchedName(const std::string& name, const std::string& path);
  uint32_t AttributeValue(const std::string& value, const std::string& path);
  std::optional<TextPattern> Pattern(const std::string& text, const std::string& path);
  // An error for what is none.
  absl::StatusOr<NumberPattern> ReadPattern(const std::string& text, const std::string& path,
                                            Mobiles mobiles = Mobiles::kWarn);
  std::vector<NumberPattern> Patterns(const google::protobuf::RepeatedPtrField<std::string>& texts,
                                      const std::string& path, Mobiles mobiles = Mobiles::kWarn);
  // If it is a prefix that looks like a fixed area and has mobile numbers, too.
  void WarnOfMobiles(const NumberPattern& pattern, const std::string& path);
  absl::Duration DurationIn(const google::protobuf::Duration* duration, const std::string& path,
                            DurationRange range);

  const PlanExpansion expansion_;
  // What names the revision, and the same with its lines written out.
  const v1::Plan& original_;
  const v1::Plan& written_;
  const CompileContext& context_;
  IssueList issues_ = IssueList(std::max(1, context_.limits.max_issues));
  // How many of them are errors.
  size_t errors_ = 0;
  std::shared_ptr<CompiledPlan> plan_;

  NameIndex trees_;
  NameIndex schedule_names_;
  NameIndex calendar_names_;
  NameIndex caller_type_names_;
  NameIndex area_names_;
  // By index of the area's name.
  std::vector<std::vector<NumberPattern>> areas_;
  NameIndex limit_names_;
  std::set<int> used_limits_;
  NameIndex gateway_group_names_;
  NameIndex gateway_names_;
  std::set<int> used_gateways_;
  NameIndex table_names_;
  std::set<int> used_tables_;
  // How many regular expressions there are.
  int text_patterns_ = 0;
  NameIndex destination_names_;
  NameIndex site_names_;
  NameIndex switch_names_;
  NameIndex group_names_;
  // What is written of the nodes that wait for agents.
  std::map<NodeIndex, const v1::Agents*> written_agents_;
  NameIndex agent_names_;
  NameIndex skill_names_;
  NameIndex conference_names_;
  NameIndex line_names_;
  NameIndex message_names_;
  absl::flat_hash_map<std::string, MessageIndex> messages_;
  // Those that are named somewhere, and what the switch knows those of the plan by.
  std::set<std::string> used_messages_;
  std::set<std::string> written_messages_;
  // How many names were compared with misspelt ones.
  size_t compared_names_ = 0;
  absl::flat_hash_map<std::string, uint32_t> texts_;
  absl::flat_hash_map<std::string, uint32_t> counters_;
  std::set<std::string> attribute_names_;
  std::set<std::string> collected_names_;
  std::set<std::string> secret_names_;
  // Where attributes are looked at, and where otherwise than for equality.
  std::vector<AttributeUse> matches_;
  std::vector<AttributeUse> reads_;
  // By index of the calendar's name.
  std::vector<Calendar> calendars_;
  // In all calendars of all schedules.
  int64_t dates_ = 0;
  // In all schedules.
  int recurrences_ = 0;
  RecurrenceBudget recurrence_budget_;
  // By index of the schedule's name, once they were asked for; null where they
  // have errors.
  std::map<int, std::shared_ptr<const ScheduleRules>> schedule_rules_;
  // The schedules whose rules are being compiled, each named by the one before.
  std::vector<int> open_schedules_;
  // By index of the schedule's name; null where it has errors.
  std::vector<std::shared_ptr<const Schedule>> schedules_;
  // Of those groups that have one; and what was found out of them.
  std::map<std::string, std::shared_ptr<const Schedule>> group_schedules_;
  std::map<const Schedule*, absl::Duration> open_within_a_year_;
  std::set<int> used_schedules_;
  OutcomeBranches defaults_;
  NodeIndex end_of_plan_ = 0;
  NodeIndex release_ = 0;
  std::vector<DialledNumber> dialled_;
  std::shared_ptr<DialGraph> dials_;
  std::vector<RewrittenNumber> rewritten_;
  std::vector<SitedTarget> sited_;
  // Null if there are no recovery plans.
  std::shared_ptr<RecoveryCover> recovery_cover_;
  std::optional<NodeIndex> continuity_off_;
  std::vector<NumberTable::Entry> numbers_;
  // Where e-mails begin, by the index of their mailbox.
  std::vector<NodeIndex> mailbox_roots_;
  absl::Duration max_unanswered_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_PLAN_COMPILER_H_
