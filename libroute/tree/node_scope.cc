#include "libroute/tree/node_scope.h"

#include "absl/strings/str_cat.h"
#include "libroute/number/mail_address.h"
#include "libroute/tree/plan_compiler.h"

namespace libroute {

std::string NodeScope::FullPath(absl::string_view field) const {
  if (field.empty()) return path_;
  return absl::StrCat(path_, field[0] == '[' ? "" : ".", field);
}

void NodeScope::Error(absl::string_view field, absl::string_view code, std::string message) {
  plan_.Error(FullPath(field), code, std::move(message));
}

void NodeScope::Warn(absl::string_view field, absl::string_view code, std::string message) {
  plan_.Warn(FullPath(field), code, std::move(message));
}

NodeIndex NodeScope::Child(const v1::Node* child, absl::string_view field) {
  if (child == nullptr) {
    Error(field, "dead-end",
          "nothing is written here, so a call that comes here goes nowhere; "
          "write an action, or goto a tree");
    return plan_.end_of_plan_;
  }
  return plan_.CompileNode(*child, FullPath(field), depth_ + 1);
}

NodeIndex NodeScope::ChildOr(const v1::Node* child, absl::string_view field, NodeIndex fallback) {
  return child == nullptr ? fallback : Child(child, field);
}

NodeIndex NodeScope::Otherwise(const v1::Node* child) {
  if (child == nullptr && !plan_.written_.default_().has_otherwise()) {
    Error("", "dead-end",
          "a call that no case matches goes nowhere; write `otherwise`, or give the plan a "
          "default");
  }
  return ChildOr(child, "otherwise", plan_.defaults_.otherwise);
}

const OutcomeBranches& NodeScope::defaults() const {
  return plan_.defaults_;
}
NodeIndex NodeScope::release() const {
  return plan_.release_;
}

const Schedule* NodeScope::FindSchedule(const std::string& name, absl::string_view field) {
  int index = plan_.Lookup(plan_.schedule_names_, "schedule", name, FullPath(field));
  if (index < 0) return nullptr;
  plan_.used_schedules_.insert(index);
  return plan_.schedules_[index].get();
}

int NodeScope::FindCallerType(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.caller_type_names_, "caller type", name, FullPath(field));
}

int NodeScope::FindDestination(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.destination_names_, "destination", name, FullPath(field));
}

int NodeScope::FindSite(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.site_names_, "site", name, FullPath(field));
}

int NodeScope::FindGateway(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.gateway_names_, "gateway", name, FullPath(field));
}

bool NodeScope::HasDestination(const std::string& name) const {
  return plan_.destination_names_.Find(name) >= 0;
}

bool NodeScope::HasSite(const std::string& name) const {
  return plan_.site_names_.Find(name) >= 0;
}

int NodeScope::FindSwitch(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.switch_names_, "switch", name, FullPath(field));
}

const FactNames& NodeScope::fact_names() const {
  return plan_.plan_->fact_names();
}

int NodeScope::FindGroup(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.group_names_, "group", name, FullPath(field));
}

int NodeScope::FindTable(const std::string& name, absl::string_view field) {
  const int index = plan_.Lookup(plan_.table_names_, "table", name, FullPath(field));
  if (index >= 0) plan_.used_tables_.insert(index);
  return index;
}

const LookupTable& NodeScope::table(int index) const {
  return plan_.plan_->table(index);
}

std::optional<TextPattern> NodeScope::Pattern(const std::string& text, absl::string_view field) {
  return plan_.Pattern(text, FullPath(field));
}

int NodeScope::FindConference(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.conference_names_, "conference", name, FullPath(field));
}

int NodeScope::FindLine(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.line_names_, "line", name, FullPath(field));
}

bool NodeScope::IsLine(E164Number number) const {
  return number.has_value() && plan_.plan_->FindLine(number) >= 0;
}

const CompiledConference& NodeScope::conference(uint32_t index) const {
  return plan_.plan_->conference(index);
}

uint32_t NodeScope::conference_count() const {
  return static_cast<uint32_t>(plan_.conference_names_.names().size());
}

int NodeScope::FindLimit(const std::string& name, absl::string_view field) {
  const int index = plan_.Lookup(plan_.limit_names_, "limit", name, FullPath(field));
  if (index >= 0) plan_.used_limits_.insert(index);
  return index;
}

const CompiledLimit& NodeScope::limit(int index) const {
  return plan_.plan_->limit(index);
}

NodeIndex NodeScope::Rejecting(ResponseCode code, absl::string_view field) {
  return plan_.AddNode(RejectNode::WithCode(code), FullPath(field));
}

const CompiledLimit* NodeScope::site_limit(int site) const {
  return plan_.plan_->site_limit(site);
}

int NodeScope::site_gateways(int site) const {
  return plan_.plan_->site_gateways(site);
}

const CompiledGatewayGroup& NodeScope::gateway_group(int index) const {
  return plan_.plan_->gateway_group(index);
}

bool NodeScope::has_default() const {
  return plan_.written_.has_default_();
}

bool NodeScope::IsWatched(int site) const {
  return plan_.plan_->site_watch(site) != nullptr;
}

uint32_t NodeScope::Counter(const std::string& name) {
  return plan_.CounterIndex(name);
}

int NodeScope::FindTree(const std::string& name, absl::string_view field) {
  return plan_.Lookup(plan_.trees_, "tree", name, FullPath(field));
}

const CompiledDestination& NodeScope::destination(int index) const {
  return plan_.plan_->destination(index);
}

void NodeScope::CheckAllowed(E164Number number, const std::string& uri, absl::string_view field) {
  plan_.CheckAllowed(number, uri, FullPath(field));
}

E164Number NodeScope::NumberInUri(const std::string& uri) const {
  return plan_.NumberInUri(uri);
}

DialledNumberFacts NodeScope::FactsOf(E164Number number) const {
  return plan_.plan_->operators().FactsOf(number);
}

void NodeScope::NoteDialled(E164Number number, absl::string_view field) {
  if (number.has_value()) plan_.dialled_.push_back({index_, number, FullPath(field)});
}

bool NodeScope::has_country() const {
  return !plan_.written_.numbering().country().empty();
}

void NodeScope::NoteRewritten(int destination, absl::string_view field) {
  plan_.rewritten_.push_back({index_, destination, FullPath(field)});
}

void NodeScope::NoteSited(int site, std::string words, absl::string_view field) {
  plan_.sited_.push_back({index_, site, std::move(words), FullPath(field)});
}

std::vector<NumberPattern> NodeScope::Patterns(
    const google::protobuf::RepeatedPtrField<std::string>& texts, absl::string_view field,
    Mobiles mobiles) {
  return plan_.Patterns(texts, FullPath(field), mobiles);
}

std::vector<NumberPattern> NodeScope::Area(const std::string& name, absl::string_view field,
                                           Mobiles mobiles) {
  const int index = plan_.Lookup(plan_.area_names_, "area", name, FullPath(field));
  if (index < 0) return {};
  if (mobiles == Mobiles::kWarn) {
    for (const NumberPattern& pattern : plan_.areas_[index]) {
      plan_.WarnOfMobiles(pattern, FullPath(field));
    }
  }
  return plan_.areas_[index];
}

int NodeScope::Ingress(const std::string& name, absl::string_view field) {
  return plan_.Ingress(name, FullPath(field));
}

Presented NodeScope::ReadPresented(const std::string& text, absl::string_view field) {
  return plan_.ReadPresented(text, FullPath(field));
}

MessageIndex NodeScope::Message(const std::string& name, absl::string_view field) {
  return plan_.Message(name, FullPath(field));
}

MessageIndex NodeScope::MessageOrNone(const std::string& name, absl::string_view field) {
  return name.empty() ? kNoMessage : Message(name, field);
}

uint32_t NodeScope::MailAddress(const std::string& text, absl::string_view field) {
  absl::StatusOr<std::string> address = ParseMailPattern(text);
  if (text.empty()) {
    Error(field, "missing", "write an e-mail address here, as name@example.com");
  } else if (!address.ok()) {
    Error(field, "bad-address", std::string(address.status().message()));
  } else if (address->front() == '@') {
    Error(field, "bad-address",
          absl::StrCat(Quoted(text), " is a whole domain; write one address of it"));
  }
  return Text(address.ok() ? *address : text);
}

void NodeScope::CheckName(const std::string& name, absl::string_view field) {
  plan_.IsName(name, FullPath(field));
}

absl::Duration NodeScope::DurationIn(const google::protobuf::Duration* duration,
                                     absl::string_view field, DurationRange range) {
  return plan_.DurationIn(duration, FullPath(field), range);
}

uint32_t NodeScope::Text(const std::string& text) {
  return plan_.Text(text);
}

uint32_t NodeScope::AttributeName(const std::string& name, absl::string_view field) {
  return plan_.AttributeName(name, FullPath(field));
}

uint32_t NodeScope::CollectedName(const std::string& name, Secrecy secrecy,
                                  absl::string_view field) {
  return plan_.CollectedName(name, secrecy, FullPath(field));
}

uint32_t NodeScope::MatchedName(const std::string& name, absl::string_view field) {
  return plan_.MatchedName(name, FullPath(field));
}

void NodeScope::NoteRead(const std::string& attribute, absl::string_view field) {
  plan_.reads_.push_back({attribute, FullPath(field)});
}

uint32_t NodeScope::AttributeValue(const std::string& value, absl::string_view field) {
  return plan_.AttributeValue(value, FullPath(field));
}

}  // namespace libroute
