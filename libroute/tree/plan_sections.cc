#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/mail_address.h"
#include "libroute/number/regions.h"
#include "libroute/schedule/zone.h"
#include "libroute/tree/dial_address.h"
#include "libroute/tree/plan_compiler.h"

// The sections of a plan besides its trees.
namespace libroute {
namespace {

// A map of messages in the order of its keys.
template <typename Map>
auto Sorted(const Map& map) {
  std::map<std::string, const typename Map::mapped_type*> sorted;
  for (const auto& [name, value] : map) sorted[name] = &value;
  return sorted;
}

constexpr int32_t kMaxPriority = 100;

constexpr absl::string_view kColumnWithoutFile = "a column is one of a file; write file: as well";

// Whether some country code begins `digits`, or may do so when more follow.
bool BeginsNumbers(Digits digits) {
  constexpr int kLongestCode = 3;
  if (digits.size() < kLongestCode) return true;
  while (digits.size() < E164Number::kMinLength) digits = digits.Append(0);
  return ParseNumber(E164Number::FromDigits(digits).ToString()).ok();
}

const DurationRange kUnansweredRange = {absl::Seconds(1), absl::Seconds(300), absl::Seconds(90)};

}  // namespace

void PlanCompiler::CompileHeader() {
  IsName(written_.customer(), "customer");
  Text(written_.customer());
  max_unanswered_ = DurationIn(written_.has_max_unanswered() ? &written_.max_unanswered() : nullptr,
                               "max_unanswered", kUnansweredRange);
  if (written_.time_zone().empty()) {
    if (!written_.schedules().empty()) {
      Error("time_zone", "missing",
            "a plan with schedules needs a time zone, e.g. time_zone: Europe/Brussels");
    }
    return;
  }
  absl::StatusOr<absl::TimeZone> zone = LoadZone(written_.time_zone());
  if (!zone.ok()) Error("time_zone", "bad-time-zone", std::string(zone.status().message()));
}

void PlanCompiler::CheckNames() {
  trees_ = NameIndex(written_.trees());
  schedule_names_ = NameIndex(written_.schedules());
  calendar_names_ = NameIndex(written_.calendars());
  caller_type_names_ = NameIndex(written_.caller_types());
  area_names_ = NameIndex(written_.areas());
  table_names_ = NameIndex(written_.tables());
  limit_names_ = NameIndex(written_.limits());
  destination_names_ = NameIndex(written_.destinations());
  site_names_ = NameIndex(written_.sites());
  switch_names_ = NameIndex(written_.switches());
  group_names_ = NameIndex(written_.groups());
  agent_names_ = NameIndex(written_.agents());
  skill_names_ = NameIndex(written_.skills());
  conference_names_ = NameIndex(written_.conferences());
  line_names_ = NameIndex(written_.lines());
  message_names_ = NameIndex(written_.messages());
  gateway_group_names_ = NameIndex(written_.gateways());
  const std::pair<absl::string_view, const NameIndex*> sections[] = {
      {"sites", &site_names_},
      {"switches", &switch_names_},
      {"groups", &group_names_},
      {"agents", &agent_names_},
      {"skills", &skill_names_},
      {"destinations", &destination_names_},
      {"calendars", &calendar_names_},
      {"schedules", &schedule_names_},
      {"caller_types", &caller_type_names_},
      {"areas", &area_names_},
      {"tables", &table_names_},
      {"limits", &limit_names_},
      {"conferences", &conference_names_},
      {"lines", &line_names_},
      {"messages", &message_names_},
      {"gateways", &gateway_group_names_},
      {"trees", &trees_}};
  for (const auto& [section, index] : sections) {
    for (const std::string& name : index->names()) IsName(name, KeyPath(section, name));
  }
  NameGateways();
  plan_->fact_names_ = {
      destination_names_.names(), site_names_.names(),       switch_names_.names(),
      group_names_.names(),       conference_names_.names(), limit_names_.names(),
      line_names_.names(),        gateway_names_.names(),    {}};
}

void PlanCompiler::CompileDestinations() {
  for (const auto& [name, destination] : Sorted(written_.destinations())) {
    CompileDestination(name, *destination);
  }
}

void PlanCompiler::CompileDestination(const std::string& name, const v1::Destination& destination) {
  std::string path = KeyPath("destinations", name);
  CompiledDestination compiled;
  compiled.name = name;
  if (name == kCalledLine) {
    Error(path, "bad-name", "\"called\" means the called line itself; choose another name");
  }
  bool is_uri = destination.address_case() == v1::Destination::kUri;
  const std::string& address = is_uri ? destination.uri() : destination.number();
  if (destination.has_forward_of()) {
    compiled.forward_of = CompileForwardOf(destination.forward_of(), path + ".forward_of");
  } else if (destination.has_from_called()) {
    compiled.from_called = CompileFromCalled(destination.from_called(), path + ".from_called");
  } else if (address.empty()) {
    Error(path, "missing", "a destination needs a number, a uri, from_called or forward_of");
  } else {
    absl::StatusOr<DialAddress> parsed = ParseDialAddress(address);
    if (!is_uri && !LooksLikeAddress(address)) parsed = ParseNumber(address).status();
    std::string field = absl::StrCat(path, is_uri ? ".uri" : ".number");
    if (!parsed.ok()) {
      Error(field, is_uri ? "bad-address" : "bad-number", std::string(parsed.status().message()));
    } else if (is_uri == parsed->number.has_value()) {
      Error(field, "bad-address",
            is_uri ? "a number goes into `number`, not `uri`"
                   : "a SIP URI goes into `uri`, not `number`");
    } else {
      CheckAllowed(parsed->number, parsed->uri, field);
      compiled.number = parsed->number;
      compiled.uri = std::move(parsed->uri);
    }
  }
  compiled.in_uri = NumberInUri(compiled.uri);
  compiled.facts =
      plan_->operators_.FactsOf(compiled.number.has_value() ? compiled.number : compiled.in_uri);
  if (!destination.site().empty()) {
    compiled.site = Lookup(site_names_, "site", destination.site(), path + ".site");
  }
  compiled.gateways = FindGateways(destination.via(), path + ".via");
  if (is_uri && !destination.via().empty()) {
    Error(path + ".via", "bad-value",
          "gateways are for a number; a uri says itself where to, so leave one of them out");
  }
  if (compiled.gateways < 0 && compiled.site >= 0 && !is_uri) {
    compiled.gateways = plan_->site_gateways(compiled.site);
  }
  const DurationRange setup = {kSetupRange.min, kSetupRange.max, absl::ZeroDuration()};
  const DurationRange ring = {kRingRange.min, kRingRange.max, absl::ZeroDuration()};
  compiled.setup =
      DurationIn(destination.has_setup() ? &destination.setup() : nullptr, path + ".setup", setup);
  compiled.ring =
      DurationIn(destination.has_ring() ? &destination.ring() : nullptr, path + ".ring", ring);
  if (destination.max_calls() > 0) {
    compiled.limit = std::make_unique<const CompiledLimit>(
        LimitOf("destination " + name, destination.max_calls(), path + ".max_calls"));
  }
  if (destination.has_watch()) {
    compiled.watch = std::make_unique<const CompiledWatch>(
        CompileWatch("destination " + name, destination.watch(), path + ".watch"));
  }
  compiled.disabled = destination.disabled();
  compiled.present = ReadPresented(destination.present(), path + ".present");
  if (!destination.confirm().empty()) {
    compiled.confirm = Message(destination.confirm(), path + ".confirm");
  }
  plan_->destinations_.push_back(std::move(compiled));
}

std::optional<NumberRewrite> PlanCompiler::CompileFromCalled(const v1::NumberFromCalled& written,
                                                             const std::string& path) {
  constexpr uint32_t kMost = 14;
  const bool strips = written.part_case() == v1::NumberFromCalled::kStrip;
  const uint32_t count = strips ? written.strip() : written.keep_last();
  if (written.part_case() == v1::NumberFromCalled::PART_NOT_SET) {
    Error(path, "missing", "say which digits of the called number are left: strip or keep_last");
  } else if (count < 1 || count > kMost) {
    Error(absl::StrCat(path, strips ? ".strip" : ".keep_last"), "bad-value",
          absl::StrCat(count, " is out of range; 1 to ", kMost, " digits"));
  }
  absl::StatusOr<NumberPattern> add = NumberPattern::Parse(absl::StrCat(written.add(), "*"));
  if (written.add().empty()) {
    Error(path + ".add", "missing", "say what comes before these digits, e.g. add: \"+3222000\"");
    return std::nullopt;
  }
  if (!add.ok() || add->kind() != NumberPattern::Kind::kPrefix || !BeginsNumbers(add->first())) {
    Error(path + ".add", "bad-number",
          absl::StrCat(Quoted(written.add()),
                       " is not the beginning of an E.164 number; write '+', the country code "
                       "and more digits, e.g. +3222000"));
    return std::nullopt;
  }
  if (count < 1 || count > kMost) return std::nullopt;
  const int digits = static_cast<int>(count);
  return strips ? NumberRewrite::Strip(add->first(), digits)
                : NumberRewrite::KeepLast(add->first(), digits);
}

void PlanCompiler::CompileAreas() {
  for (const auto& [name, area] : Sorted(written_.areas())) {
    const std::string path = KeyPath("areas", name);
    if (area->numbers().empty()) {
      Error(path, "missing", "an area needs numbers, e.g. numbers: [\"+324*\"]");
    }
    areas_.push_back(Patterns(area->numbers(), path + ".numbers", Mobiles::kMeant));
  }
}

void PlanCompiler::CompileOperators() {
  std::vector<std::string> names;
  std::vector<NumberTable::Entry> entries;
  std::vector<std::string> paths;
  OperatorTable::RoutingPrefixes routing;
  for (int i = 0; i < written_.operators_size(); ++i) {
    const v1::Operator& written = written_.operators(i);
    const std::string path = IndexPath("operators", i);
    IsName(written.operator_(), path + ".operator");
    if (written.numbers().empty() && written.routing_numbers().empty()) {
      Error(path, "missing", "say which numbers it serves, e.g. numbers: [\"+32470*\"]");
    }
    CompileRoutingNumbers(written, path, static_cast<uint32_t>(names.size()), routing);
    for (int n = 0; n < written.numbers_size(); ++n) {
      const std::string field = IndexPath(path + ".numbers", n);
      const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(written.numbers(n));
      if (!pattern.ok()) {
        Error(field, "bad-number", std::string(pattern.status().message()));
        continue;
      }
      const bool exact = pattern->kind() == NumberPattern::Kind::kExact;
      entries.emplace_back(*pattern, static_cast<uint32_t>(2 * names.size() + (exact ? 0 : 1)));
      paths.push_back(field);
    }
    names.push_back(written.operator_());
  }
  const std::vector<NumberTable::Conflict> conflicts = NumberTable::Conflicts(entries);
  for (const NumberTable::Conflict& conflict : conflicts) {
    Error(paths[conflict.second], "duplicate-number",
          absl::StrCat(NumberTable::Describe(entries, conflict), "; see ", paths[conflict.first]));
  }
  if (!conflicts.empty()) return;
  absl::StatusOr<NumberTable> table = NumberTable::Build(entries);
  if (table.ok()) {
    plan_->operators_ = OperatorTable(*std::move(table), std::move(routing), std::move(names));
  }
}

void PlanCompiler::CompileRoutingNumbers(const v1::Operator& written, const std::string& path,
                                         uint32_t name, OperatorTable::RoutingPrefixes& routing) {
  for (int i = 0; i < written.routing_numbers_size(); ++i) {
    const std::string field = IndexPath(path + ".routing_numbers", i);
    const RoutingNumber number = RoutingNumber::Parse(written.routing_numbers(i));
    const std::string text = number.ToString();
    if (!number.has_value()) {
      Error(field, "bad-number",
            absl::StrCat(Quoted(written.routing_numbers(i)),
                         " is not a routing number: up to 15 hexadecimal digits, after + if it is "
                         "global"));
      continue;
    }
    auto is_same = [&](const auto& entry) { return entry.first == text; };
    if (std::any_of(routing.begin(), routing.end(), is_same)) {
      Error(field, "duplicate-number",
            absl::StrCat("routing numbers that begin with ", text, " have an operator already"));
    }
    routing.emplace_back(text, name);
  }
}

void PlanCompiler::CompileTables() {
  plan_->table_names_ = table_names_.names();
  for (const auto& [name, table] : Sorted(written_.tables())) {
    plan_->tables_.push_back(CompileTable(*table, name));
  }
}

LookupTable PlanCompiler::CompileTable(const v1::Table& table, const std::string& name) {
  const std::string path = KeyPath("tables", name);
  if (!v1::Table::By_IsValid(table.by())) {
    Error(path + ".by", "bad-value", "a table looks up by exact or prefix");
  }
  const bool by_prefix = table.by() == v1::Table::BY_PREFIX;
  LookupTable compiled(by_prefix ? LookupTable::By::kPrefix : LookupTable::By::kExact);
  if (table.rows().empty() && table.file().empty()) {
    Error(path, "missing",
          "a table needs rows, e.g. rows: {\"1000\": brussels}, or a file of them");
  }
  const TableRows* listed = ListedRows(table, name);
  compiled.Reserve(table.rows().size() + (listed == nullptr ? 0 : listed->size()));
  for (const auto& [key, value] : Sorted(table.rows())) {
    const std::string field = KeyPath(path + ".rows", key);
    if (by_prefix && key.empty()) {
      Error(field, "bad-value", "every value begins with \"\"; write it as the table's default");
    }
    if (key.size() > LookupTable::kMaxKeyBytes) {
      Error(field, "too-long",
            absl::StrCat("no value has more than ", LookupTable::kMaxKeyBytes,
                         " bytes, but this row has ", key.size()));
      continue;
    }
    compiled.Add(key, AttributeValue(*value, field));
  }
  // Those that are written stay.
  if (listed != nullptr) AddListed(*listed, path + ".file", compiled);
  if (table.has_default_()) {
    compiled.SetDefault(AttributeValue(table.default_(), path + ".default"));
  }
  return compiled;
}

// Null if there are none.
const TableRows* PlanCompiler::ListedRows(const v1::Table& table, const std::string& name) {
  const std::string path = KeyPath("tables", name);
  if (table.file().empty()) {
    if (!table.key().empty()) Error(path + ".key", "missing", std::string(kColumnWithoutFile));
    if (!table.value().empty()) Error(path + ".value", "missing", std::string(kColumnWithoutFile));
    return nullptr;
  }
  const auto listed = context_.attachments.tables.find(name);
  if (listed != context_.attachments.tables.end()) return listed->second.get();
  MissAttachment(table.file(), path + ".file");
  return nullptr;
}

void PlanCompiler::AddListed(const TableRows& rows, const std::string& path, LookupTable& table) {
  for (const auto& [key, value] : rows) {
    if (key.empty() && table.by() == LookupTable::By::kPrefix) {
      Error(path, "bad-value",
            "a row of the file has no key, and every value begins with \"\"; write it as the "
            "table's default");
    } else if (key.size() > LookupTable::kMaxKeyBytes) {
      Error(path, "too-long",
            absl::StrCat("a row of the file has the key ", Quoted(key), "; no value has more than ",
                         LookupTable::kMaxKeyBytes, " bytes"));
    } else {
      table.Add(key, AttributeValue(value, path));
    }
  }
}

int PlanCompiler::Ingress(const std::string& name, const std::string& path) {
  // They are compared one after the other when a call comes.
  constexpr size_t kMostIngresses = 64;
  if (!IsName(name, path)) return CallState::kNoIngress;
  const int known = plan_->FindIngress(name);
  if (known >= 0) return known;
  if (plan_->ingresses_.size() == kMostIngresses) {
    Error(path, "too-long", absl::StrCat("a plan names at most ", kMostIngresses, " ingresses"));
    return CallState::kNoIngress;
  }
  plan_->ingresses_.push_back(name);
  return static_cast<int>(plan_->ingresses_.size()) - 1;
}

void PlanCompiler::CompileCallers(const v1::CallerType& type, const std::string& path,
                                  CompiledCallerType& compiled) {
  if (type.callers().empty() && type.file().empty()) {
    Error(path, "missing",
          "a caller type needs callers, e.g. callers: [\"+32475123456\"], or a file of them");
  }
  std::vector<NumberPattern> patterns;
  for (int i = 0; i < type.callers_size(); ++i) {
    const std::string caller_path = IndexPath(path + ".callers", i);
    if (!absl::StrContains(type.callers(i), '@')) {
      absl::StatusOr<NumberPattern> pattern = ReadPattern(type.callers(i), caller_path);
      if (pattern.ok()) patterns.push_back(*pattern);
      continue;
    }
    absl::StatusOr<std::string> address = ParseMailPattern(type.callers(i));
    if (address.ok()) {
      compiled.written.addresses.Insert(*address);
    } else {
      Error(caller_path, "bad-address", std::string(address.status().message()));
    }
  }
  compiled.written.numbers = NumberSet(patterns);
  if (type.file().empty()) {
    if (!type.column().empty()) {
      Error(path + ".column", "missing", std::string(kColumnWithoutFile));
    }
    return;
  }
  const auto listed = context_.attachments.callers.find(compiled.name);
  if (listed != context_.attachments.callers.end()) {
    compiled.listed = listed->second;
  } else {
    MissAttachment(type.file(), path + ".file");
  }
}

void PlanCompiler::MissAttachment(const std::string& file, const std::string& path) {
  Error(path, "missing-file",
        absl::StrCat("what is in ", Quoted(file), " was not given with the plan"));
}

void PlanCompiler::CompileCallerTypes() {
  // The one attribute whose value the plan has.
  constexpr absl::string_view kPreferredAgent = "preferred_agent";
  for (const auto& [name, type] : Sorted(written_.caller_types())) {
    std::string path = KeyPath("caller_types", name);
    CompiledCallerType compiled;
    compiled.name = name;
    CompileCallers(*type, path, compiled);
    compiled.priority = type->priority();
    if (type->priority() < -kMaxPriority || type->priority() > kMaxPriority) {
      Error(path + ".priority", "bad-value",
            absl::StrCat("priority ", type->priority(), " is out of range; -100 to 100"));
    }
    for (const auto& [attribute, value] : Sorted(type->attributes())) {
      std::string field = KeyPath(path + ".attributes", attribute);
      compiled.attributes.emplace_back(AttributeName(attribute, field),
                                       AttributeValue(*value, field));
      if (attribute == kPreferredAgent) Lookup(agent_names_, "agent", *value, field);
    }
    plan_->caller_types_.push_back(std::move(compiled));
  }
  if (plan_->caller_types_.size() > INT16_MAX) {
    Error("caller_types", "too-long", "a plan has at most 32767 caller types");
  }
}

void PlanCompiler::CompileLength(const v1::Number& number, const NumberPattern& pattern,
                                 const std::string& path, NumberRoute& route) {
  const std::pair<absl::string_view, uint32_t> ends[] = {{".min_digits", number.min_digits()},
                                                         {".max_digits", number.max_digits()}};
  const uint32_t least = std::max(E164Number::kMinLength, pattern.first().size());
  bool right = true;
  for (const auto& [field, digits] : ends) {
    if (digits == 0) continue;
    const std::string end = absl::StrCat(path, field);
    if (pattern.kind() != NumberPattern::Kind::kPrefix) {
      Error(
          end, "bad-value",
          absl::StrCat(Quoted(number.number()), " says how many digits its numbers have; only a ",
                       "block that is written as a prefix, e.g. \"+3222000*\", needs this field"));
      right = false;
    } else if (digits < least || digits > Digits::kMaxLength) {
      Error(end, "bad-value",
            absl::StrCat(digits, " is out of range; numbers of this block have ", least, " to ",
                         Digits::kMaxLength, " digits"));
      right = false;
    }
  }
  if (!right) return;
  if (number.min_digits() != 0) route.min_digits = static_cast<uint8_t>(number.min_digits());
  if (number.max_digits() != 0) route.max_digits = static_cast<uint8_t>(number.max_digits());
  if (route.min_digits > route.max_digits) {
    Error(path + ".max_digits", "bad-value",
          absl::StrCat(number.max_digits(), " is less than min_digits, ", number.min_digits()));
  }
}

void PlanCompiler::CompileNumbers() {
  std::map<NumberRoute, uint32_t> routes;
  std::vector<int> written_at;
  for (int i = 0; i < written_.numbers_size(); ++i) {
    const v1::Number& number = written_.numbers(i);
    std::string path = IndexPath("numbers", i);
    absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(number.number());
    if (pattern.ok() && pattern->kind() != NumberPattern::Kind::kPrefix) {
      absl::StatusOr<E164Number> first =
          ParseNumber(E164Number::FromDigits(pattern->first()).ToString());
      if (!first.ok()) pattern = first.status();
    }
    const uint32_t recovery =
        pattern.ok() ? RecoveryNumber(*pattern, number.number()) : NumberRoute::kNoRecovery;
    const NodeIndex root = NumberRoot(number, path, recovery);
    if (!number.holder().empty()) IsName(number.holder(), path + ".holder");
    if (!pattern.ok()) {
      Error(path + ".number", "bad-number", std::string(pattern.status().message()));
      continue;
    }
    NumberRoute route = {root,
                         Text(number.holder().empty() ? written_.customer() : number.holder())};
    route.recovery = recovery;
    CompileLength(number, *pattern, path, route);
    CompileIdentity(number, path, route);
    auto [entry, added] = routes.emplace(route, static_cast<uint32_t>(plan_->routes_.size()));
    if (added) plan_->routes_.push_back(route);
    numbers_.emplace_back(*pattern, entry->second);
    written_at.push_back(i);
  }
  if (written_.numbers().empty() && written_.mailboxes().empty()) {
    Warn("numbers", "no-numbers", "the plan serves no numbers, so no call will follow it");
  }
  std::vector<NumberTable::Conflict> conflicts = NumberTable::Conflicts(numbers_);
  for (const NumberTable::Conflict& conflict : conflicts) {
    Error(IndexPath("numbers", written_at[conflict.second]) + ".number", "duplicate-number",
          absl::StrCat(NumberTable::Describe(numbers_, conflict), "; see numbers[",
                       written_at[conflict.first], "]"));
  }
  if (!conflicts.empty()) return;
  absl::StatusOr<NumberTable> table = NumberTable::Build(numbers_);
  if (table.ok()) plan_->numbers_ = std::move(*table);
}

void PlanCompiler::CompileIdentity(const v1::Number& number, const std::string& path,
                                   NumberRoute& route) {
  route.is_withheld = number.withheld();
  if (!number.language().empty()) {
    plan_->language_ = AttributeName("language", path + ".language");
    route.language = AttributeValue(number.language(), path + ".language");
  }
  if (number.display_name().empty()) return;
  if (number.display_name().size() > kMaxAttributeValueBytes) {
    Error(path + ".display_name", "too-long",
          absl::StrCat("a name that is shown has at most ", kMaxAttributeValueBytes, " bytes, not ",
                       number.display_name().size()));
  }
  route.display_name = Text(number.display_name());
}

}  // namespace libroute
