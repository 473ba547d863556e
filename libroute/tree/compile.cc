#include "libroute/tree/compile.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/plan/written_duration.h"
#include "libroute/plan/written_name.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/nodes/call_value.h"
#include "libroute/tree/plan_compiler.h"

namespace libroute {
namespace {

// How many digits the country code at the start of `digits` has (ITU-T E.164,
// list of assigned codes).
int CountryCodeLength(Digits digits) {
  if (digits.digit(0) == 1 || digits.digit(0) == 7) return 1;
  if (digits.size() < 2) return 2;
  constexpr int kTwoDigits[] = {20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46,
                                47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63,
                                64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98};
  int code = digits.digit(0) * 10 + digits.digit(1);
  return std::binary_search(std::begin(kTwoDigits), std::end(kTwoDigits), code) ? 2 : 3;
}

// Whether a prefix names an area so roughly that it may have both fixed and
// mobile numbers: more than a country, but not the first half of a number. In
// North America all areas have both.
bool MayCoverBoth(Digits prefix) {
  constexpr int kMostNational = 4;
  int national = prefix.size() - CountryCodeLength(prefix);
  return national > 0 && national <= kMostNational && prefix.digit(0) != 1;
}

// Whether `prefix` looks like a fixed area and has mobile numbers, too.
bool LooksFixedButCoversMobiles(Digits prefix) {
  if (!MayCoverBoth(prefix)) return false;
  const NumberKindSet kinds = NumberingPlans::World().KindsUnder(prefix);
  const bool both = kinds.Has(NumberKind::kFixedOrMobile);
  return both || (kinds.Has(NumberKind::kFixed) && kinds.Has(NumberKind::kMobile));
}

}  // namespace

CompileResult Compile(const v1::Plan& plan, const CompileContext& context) {
  return PlanCompiler(plan, context).Run();
}

CompileResult PlanCompiler::Run() {
  plan_ = std::shared_ptr<CompiledPlan>(new CompiledPlan());
  plan_->customer_ = written_.customer();
  plan_->revision_ = RevisionHash(original_, context_.attachments.files);
  for (const Issue& issue : expansion_.issues()) issues_.Add(issue);
  CompileHeader();
  CheckNames();
  CompileMessages();
  CompileSwitches();
  CompileProfile();
  CompileAllowedDestinations();
  CompileOperators();
  CompileLimits();
  CompileGateways();
  CompileDestinations();
  CompileSchedules();
  CompileAreas();
  CompileTables();
  CompileCallerTypes();
  CompileCenter();
  CompileConferences();
  CompileLineEntries();
  CompileDefault();
  CompileCallerIdentity();
  CompileTrees();
  CompileRecoveryPlans();
  CompileNumbers();
  CompileMailboxes();
  CheckRecoveryNumbers();
  CompileNumbering();
  CompileFeatureCodes();
  CompileEmergency();
  CheckTests();
  CheckAttributes();
  CheckTexts();
  ResolveGotos();
  CheckGraph();
  CompileResult result;
  result.issues = std::move(issues_).Take();
  expansion_.Restore(result.issues);
  if (!HasErrors(result.issues)) {
    plan_->schedule_names_ = schedule_names_.names();
    plan_->schedules_ = std::move(schedules_);
    result.plan = std::move(plan_);
    result.dials = std::move(dials_);
  }
  return result;
}

void PlanCompiler::Add(Severity severity, std::string path, absl::string_view code,
                       std::string message) {
  if (severity == Severity::kError) ++errors_;
  Issue issue;
  issue.severity = severity;
  issue.code = std::string(code);
  issue.path = std::move(path);
  issue.message = std::move(message);
  issues_.Add(std::move(issue));
}

int PlanCompiler::Lookup(const NameIndex& index, absl::string_view what, const std::string& name,
                         const std::string& path) {
  int found = index.Find(name);
  if (found >= 0) return found;
  if (name.empty()) {
    Error(path, "missing", absl::StrCat("the name of a ", what, " is missing here"));
    return -1;
  }
  std::string hint = issues_.full() || !MayCompare(index) ? "" : DidYouMean(name, index.names());
  if (hint.empty()) hint = "; define it, or use one that the plan has";
  Error(path, "unknown-name", absl::StrCat("no ", what, " ", Quoted(name), hint));
  return -1;
}

bool PlanCompiler::MayCompare(const NameIndex& index) {
  // Looking for the nearest of many names takes about 2 us for each.
  constexpr size_t kMostCompared = 300'000;
  compared_names_ += index.names().size();
  return compared_names_ <= kMostCompared;
}

bool PlanCompiler::IsName(const std::string& name, const std::string& path) {
  const absl::Status status = CheckWrittenName(name);
  if (!status.ok()) Error(path, NameIssueCode(status), std::string(status.message()));
  return status.ok();
}

uint32_t PlanCompiler::Text(const std::string& text) {
  auto [entry, added] = texts_.emplace(text, static_cast<uint32_t>(plan_->texts_.size()));
  if (added) plan_->texts_.push_back(text);
  return entry->second;
}

uint32_t PlanCompiler::CounterIndex(const std::string& name) {
  auto [entry, added] =
      counters_.emplace(name, static_cast<uint32_t>(plan_->counter_names_.size()));
  if (added) plan_->counter_names_.push_back(name);
  return entry->second;
}

uint32_t PlanCompiler::AttributeName(const std::string& name, const std::string& path) {
  if (absl::StartsWith(name, CallValueSource::kOwnPrefix)) {
    Error(path, "bad-name",
          absl::StrCat("a plan cannot set ", Quoted(name), ": names that begin with \"",
                       CallValueSource::kOwnPrefix, "\" are what the call itself has"));
  }
  if (IsName(name, path) && attribute_names_.insert(name).second &&
      attribute_names_.size() == kMaxAttributeNames + 1) {
    Error(path, "too-many-attributes",
          absl::StrCat("a plan may set at most ", kMaxAttributeNames, " different attributes"));
  }
  return Text(name);
}

uint32_t PlanCompiler::CollectedName(const std::string& name, Secrecy secrecy,
                                     const std::string& path) {
  if (secrecy == Secrecy::kSecret) secret_names_.insert(name);
  if (!name.empty() && collected_names_.insert(name).second &&
      collected_names_.size() == kMaxCollectedNames + 1) {
    Error(path, "too-many-attributes",
          absl::StrCat("a plan may collect at most ", kMaxCollectedNames, " different attributes"));
  }
  return AttributeName(name, path);
}

uint32_t PlanCompiler::MatchedName(const std::string& name, const std::string& path) {
  if (IsName(name, path)) matches_.push_back({name, path});
  return Text(name);
}

uint32_t PlanCompiler::AttributeValue(const std::string& value, const std::string& path) {
  if (value.size() > kMaxAttributeValueBytes) {
    Error(path, "too-long",
          absl::StrCat("the value of an attribute has at most ", kMaxAttributeValueBytes,
                       " bytes, not ", value.size()));
  }
  return Text(value);
}

std::optional<TextPattern> PlanCompiler::Pattern(const std::string& text, const std::string& path) {
  constexpr int kMostPatterns = 256;
  if (++text_patterns_ == kMostPatterns + 1) {
    Error(path, "too-long", absl::StrCat("a plan has at most ", kMostPatterns, " patterns"));
  }
  if (text_patterns_ > kMostPatterns) return std::nullopt;
  absl::StatusOr<TextPattern> pattern = TextPattern::Parse(text);
  if (pattern.ok()) return *std::move(pattern);
  Error(path, "bad-pattern", std::string(pattern.status().message()));
  return std::nullopt;
}

absl::StatusOr<NumberPattern> PlanCompiler::ReadPattern(const std::string& text,
                                                        const std::string& path, Mobiles mobiles) {
  absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(text);
  if (!pattern.ok()) {
    Error(path, "bad-number", std::string(pattern.status().message()));
  } else if (mobiles == Mobiles::kWarn) {
    WarnOfMobiles(*pattern, path);
  }
  return pattern;
}

std::vector<NumberPattern> PlanCompiler::Patterns(
    const google::protobuf::RepeatedPtrField<std::string>& texts, const std::string& path,
    Mobiles mobiles) {
  std::vector<NumberPattern> patterns;
  for (int i = 0; i < texts.size(); ++i) {
    absl::StatusOr<NumberPattern> pattern = ReadPattern(texts[i], IndexPath(path, i), mobiles);
    if (pattern.ok()) patterns.push_back(*pattern);
  }
  return patterns;
}

void PlanCompiler::WarnOfMobiles(const NumberPattern& pattern, const std::string& path) {
  if (pattern.kind() != NumberPattern::Kind::kPrefix) return;
  if (!LooksFixedButCoversMobiles(pattern.first())) return;
  Warn(path, "prefix-covers-mobiles",
       absl::StrCat(Quoted(pattern.ToString()),
                    " looks like a fixed area but also covers mobile numbers; write a longer "
                    "prefix if only the area is meant, or in an origin branch kind: fixed"));
}

absl::Duration PlanCompiler::DurationIn(const google::protobuf::Duration* duration,
                                        const std::string& path, DurationRange range) {
  if (duration == nullptr) return range.absent;
  const absl::Duration value = WrittenDuration(*duration);
  if (value < range.min || value > range.max) {
    Error(path, "bad-value",
          absl::StrCat(absl::FormatDuration(value), " is out of range; ",
                       absl::FormatDuration(range.min), " to ", absl::FormatDuration(range.max)));
    return range.absent;
  }
  return value;
}

}  // namespace libroute
