#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/regions.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/line_case.h"
#include "libroute/tree/plan_compiler.h"

// Lines of people as they are left when their trees are written out (PlanExpansion),
// and the codes by which they are switched.
namespace libroute {
namespace {

using Features = FeatureCodes::Features;

constexpr absl::string_view kNoCode = "none";
constexpr size_t kLeastFeatureDigits = 2;
constexpr size_t kMostFeatureDigits = 4;

// One of the codes, as the plan may write it.
struct WrittenCode {
  absl::string_view field;
  const std::string& written;
  absl::string_view usual;
  Features features;
};

std::vector<WrittenCode> CodesOf(const v1::FeatureCodes& codes) {
  using F = LineFeature;
  return {{"do_not_disturb", codes.do_not_disturb(), "26", {F::kDoNotDisturb}},
          {"forward_always", codes.forward_always(), "21", {F::kForwardAlways}},
          {"forward_busy", codes.forward_busy(), "67", {F::kForwardBusy}},
          {"forward_no_answer", codes.forward_no_answer(), "61", {F::kForwardNoAnswer}},
          {"forward_unreachable", codes.forward_unreachable(), "62", {F::kForwardUnreachable}},
          {"forward_all",
           codes.forward_all(),
           "002",
           {F::kForwardAlways, F::kForwardBusy, F::kForwardNoAnswer, F::kForwardUnreachable}},
          {"forward_conditional",
           codes.forward_conditional(),
           "004",
           {F::kForwardBusy, F::kForwardNoAnswer, F::kForwardUnreachable}}};
}

bool IsCode(absl::string_view text) {
  return text.size() >= kLeastFeatureDigits && text.size() <= kMostFeatureDigits &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

}  // namespace

// Before trees, which dial lines; what names schedules and caller types can only be read
// after those.
void PlanCompiler::CompileLineEntries() {
  for (const std::string& name : line_names_.names()) {
    const v1::Line& written = written_.lines().at(name);
    const std::string path = KeyPath("lines", name);
    CompiledLine line;
    line.name = name;
    absl::StatusOr<E164Number> number = ParseNumber(written.number());
    if (number.ok()) {
      line.number = *number;
      // No two have the same: then they would not have been written out.
      plan_->lines_by_number_.emplace(number->digits(), static_cast<int>(plan_->lines_.size()));
    } else {
      Error(path + ".number", "bad-number", std::string(number.status().message()));
    }
    CompileDoNotDisturb(written.do_not_disturb(), path + ".do_not_disturb", line);
    plan_->lines_.push_back(std::move(line));
  }
}

void PlanCompiler::CompileDoNotDisturb(const v1::Line::DoNotDisturb& written,
                                       const std::string& path, CompiledLine& line) {
  NodeScope scope(*this, path, end_of_plan_, 1);
  line.always = written.always();
  for (int i = 0; i < written.during_size(); ++i) {
    const std::string field = IndexPath("during", i);
    if (scope.FindSchedule(written.during(i), field) == nullptr) continue;
    v1::TimeBranch::Case open;
    open.set_schedule(written.during(i));
    line.during.push_back(TimeCase::Read(open, TimeUse::kArrival, field, scope));
  }
  v1::CallerBranch::Case except;
  for (int i = 0; i < written.except_size(); ++i) {
    const bool is_known = scope.FindCallerType(written.except(i), IndexPath("except", i)) >= 0;
    if (is_known) except.add_caller_types(written.except(i));
  }
  if (!except.caller_types().empty()) line.except = CallerCase::Read(except, "except", scope);
}

LineForward PlanCompiler::CompileForwardOf(const v1::ForwardOf& written, const std::string& path) {
  NodeScope scope(*this, path, end_of_plan_, 1);
  LineForward forward;
  forward.line = std::max(0, scope.FindLine(written.line(), "line"));
  forward.feature = ReadLineFeature(written.feature(), "feature", scope);
  if (forward.feature == LineFeature::kDoNotDisturb) {
    Error(path + ".feature", "bad-value", "do_not_disturb forwards nothing");
  }
  if (!written_.has_feature_codes()) {
    Error(path, "missing",
          "nobody can say where to without feature_codes; write feature_codes: {} for the usual "
          "ones");
  }
  return forward;
}

void PlanCompiler::CompileFeatureCodes() {
  if (!written_.has_feature_codes()) return;
  const v1::FeatureCodes& written = written_.feature_codes();
  auto codes = std::make_unique<CompiledFeatureCodes>();
  std::map<std::string, absl::string_view> fields;
  for (const WrittenCode& code : CodesOf(written)) {
    const std::string path = absl::StrCat("feature_codes.", code.field);
    const std::string text(code.written.empty() ? code.usual : absl::string_view(code.written));
    if (text == kNoCode) continue;
    if (!IsCode(text)) {
      Error(path, "bad-value",
            absl::StrCat(Quoted(text), " is no code; write ", kLeastFeatureDigits, " to ",
                         kMostFeatureDigits, " digits, without * and #, or none"));
      continue;
    }
    const auto [other, is_new] = fields.emplace(text, code.field);
    if (!is_new) {
      Error(path, "duplicate-code",
            absl::StrCat(text, " is the code of ", other->second, " as well; choose another one"));
      continue;
    }
    codes->codes.Add(*Digits::Parse(text), code.features);
  }
  codes->accepted = FeatureMessage(written.accepted(), "feature-accepted", "accepted");
  codes->refused = FeatureMessage(written.refused(), "feature-refused", "refused");
  if (written_.lines().empty()) {
    Warn("feature_codes", "no-effect", "the plan has no lines, so that nobody can dial these");
  }
  CheckCodesAgainstDialStrings(codes->codes);
  plan_->feature_codes_ = std::move(codes);
}

NumberRoute PlanCompiler::FeatureMessage(const std::string& message, absl::string_view usual,
                                         absl::string_view field) {
  const std::string path = absl::StrCat("feature_codes.", field);
  const bool is_usual = message.empty() || !IsName(message, path);
  v1::Node node;
  node.mutable_announce()->set_message(is_usual ? std::string(usual) : message);
  NumberRoute route = {CompileNode(node, path, 1), CompiledPlan::kCustomerText};
  route.is_own = false;
  return route;
}

// Telephones send a dial string as soon as it was dialled.
void PlanCompiler::CheckCodesAgainstDialStrings(const FeatureCodes& codes) {
  const NameIndex dial_strings(written_.dial_strings());
  for (const std::string& text : dial_strings.names()) {
    if (codes.Find(ReadServiceCode(text)) == nullptr) continue;
    Error(KeyPath("dial_strings", text), "number-overlap",
          absl::StrCat(text,
                       " is one of the feature codes; choose another one, or give that "
                       "feature another code in feature_codes"));
  }
}

}  // namespace libroute
