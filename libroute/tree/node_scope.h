#ifndef LIBROUTE_TREE_NODE_SCOPE_H_
#define LIBROUTE_TREE_NODE_SCOPE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/decision.h"
#include "libroute/number/pattern.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/compiled_message.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/outcome_branches.h"
#include "libroute/tree/presented.h"

namespace google::protobuf {
class Duration;
template <typename T>
class RepeatedPtrField;
}  // namespace google::protobuf

namespace libroute {

namespace v1 {
class Node;
}
class PlanCompiler;
class LookupTable;
class Schedule;
class TextPattern;
struct CompiledConference;
struct CompiledDestination;
struct CompiledGatewayGroup;
struct CompiledLimit;

// Whether a prefix that looks like a fixed area and has mobile numbers, too, is
// worth a warning.
enum class Mobiles { kWarn, kMeant };

// What a node sees of the plan while it is compiled: names, children, and
// where to complain. Paths given here are relative to the node, e.g.
// "cases[0].then".
class NodeScope {
 public:
  NodeScope(PlanCompiler& plan, std::string path, NodeIndex index, int depth)
      : plan_(plan), path_(std::move(path)), index_(index), depth_(depth) {}

  const std::string& path() const { return path_; }
  NodeIndex index() const { return index_; }

  void Error(absl::string_view field, absl::string_view code, std::string message);
  void Warn(absl::string_view field, absl::string_view code, std::string message);

  // A child that must be there; nullptr or an empty one is a dead end.
  NodeIndex Child(const v1::Node* child, absl::string_view field);
  // A child that may be left out: then `fallback`.
  NodeIndex ChildOr(const v1::Node* child, absl::string_view field, NodeIndex fallback);
  // The `otherwise` of a branch node: left out, the plan's default applies,
  // and without one it is a dead end.
  NodeIndex Otherwise(const v1::Node* child);

  // What the plan's default says where a node says nothing.
  const OutcomeBranches& defaults() const;
  // Releases normally.
  NodeIndex release() const;

  // Look-ups by name; an unknown one is an error with the nearest name, and
  // gives nullptr or -1.
  const Schedule* FindSchedule(const std::string& name, absl::string_view field);
  int FindCallerType(const std::string& name, absl::string_view field);
  int FindDestination(const std::string& name, absl::string_view field);
  int FindSite(const std::string& name, absl::string_view field);
  int FindGateway(const std::string& name, absl::string_view field);
  // Whether the plan has one of that name, for what may be either.
  bool HasDestination(const std::string& name) const;
  bool HasSite(const std::string& name) const;
  int FindSwitch(const std::string& name, absl::string_view field);
  // What FindSwitch found, by its values among others.
  const FactNames& fact_names() const;
  int FindGroup(const std::string& name, absl::string_view field);
  int FindTable(const std::string& name, absl::string_view field);
  // What FindTable found.
  const LookupTable& table(int index) const;
  int FindLine(const std::string& name, absl::string_view field);
  int FindConference(const std::string& name, absl::string_view field);
  // What FindConference found, and how many there are.
  const CompiledConference& conference(uint32_t index) const;
  uint32_t conference_count() const;
  int FindLimit(const std::string& name, absl::string_view field);
  // What FindLimit found.
  const CompiledLimit& limit(int index) const;
  // A child that rejects calls, where nothing is written.
  NodeIndex Rejecting(ResponseCode code, absl::string_view field);
  // Null if any number of calls may be there.
  const CompiledLimit* site_limit(int site) const;
  // Whether what attempts show of it is watched.
  bool IsWatched(int site) const;
  // Index of the gateways by which it is reached; CompiledPlan::kNoGateways.
  int site_gateways(int site) const;
  const CompiledGatewayGroup& gateway_group(int index) const;
  // Whether the plan says where calls go that a node says nothing of.
  bool has_default() const;
  // Index of something to make claims on.
  uint32_t Counter(const std::string& name);
  // What FindDestination found.
  const CompiledDestination& destination(int index) const;
  // The number within a URI, if there is one.
  E164Number NumberInUri(const std::string& uri) const;
  // What is known of a number that is dialled.
  DialledNumberFacts FactsOf(E164Number number) const;
  // This node dials `number`, or what a destination makes of the called one, for
  // checks of what leads where.
  void NoteDialled(E164Number number, absl::string_view field);
  void NoteRewritten(int destination, absl::string_view field);
  // This node dials something at a site, for checks of recovery plans.
  void NoteSited(int site, std::string words, absl::string_view field);
  // Reports an address that the plan may not call.
  void CheckAllowed(E164Number number, const std::string& uri, absl::string_view field);
  // Whether it is the number of one of the plan's lines.
  bool IsLine(E164Number number) const;
  // Whether the plan says in which country its lines dial.
  bool has_country() const;
  // Index of the tree, -1 if there is none.
  int FindTree(const std::string& name, absl::string_view field);

  // Reads number patterns; those that are wrong are reported and left out.
  std::vector<NumberPattern> Patterns(const google::protobuf::RepeatedPtrField<std::string>& texts,
                                      absl::string_view field, Mobiles mobiles = Mobiles::kWarn);
  // The patterns of an area; none, and an error, for an unknown name.
  std::vector<NumberPattern> Area(const std::string& name, absl::string_view field,
                                  Mobiles mobiles);
  // A regular expression; nothing, and an error, for what is none.
  std::optional<TextPattern> Pattern(const std::string& text, absl::string_view field);
  // Index of an ingress in the plan, which need not be known elsewhere.
  int Ingress(const std::string& name, absl::string_view field);
  // Whom the called side is to see.
  Presented ReadPresented(const std::string& text, absl::string_view field);
  // Index of a message: of the plan's, or of one that the switch knows. Required.
  MessageIndex Message(const std::string& name, absl::string_view field);
  // One that may be left out: then none.
  MessageIndex MessageOrNone(const std::string& name, absl::string_view field);
  // Index of an e-mail address in the plan's texts, in lower case. Required.
  uint32_t MailAddress(const std::string& text, absl::string_view field);
  // Checks that a name is one, and there: required and well formed.
  void CheckName(const std::string& name, absl::string_view field);
  // A duration within [min, max], `absent` if it is not written.
  absl::Duration DurationIn(const google::protobuf::Duration* duration, absl::string_view field,
                            DurationRange range);
  // Index of a text in the plan's texts.
  uint32_t Text(const std::string& text);
  // The same for an attribute's name or value, which are checked.
  uint32_t AttributeName(const std::string& name, absl::string_view field);
  uint32_t AttributeValue(const std::string& value, absl::string_view field);
  // A name for what is collected from the caller.
  uint32_t CollectedName(const std::string& name, Secrecy secrecy, absl::string_view field);
  // A name that something else in the plan is to set, and how it is looked at.
  uint32_t MatchedName(const std::string& name, absl::string_view field);
  void NoteRead(const std::string& attribute, absl::string_view field);

 private:
  std::string FullPath(absl::string_view field) const;

  PlanCompiler& plan_;
  std::string path_;
  NodeIndex index_;
  int depth_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODE_SCOPE_H_
