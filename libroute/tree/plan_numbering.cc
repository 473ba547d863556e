#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/dialling.h"
#include "libroute/number/internal/decimal_digits.h"
#include "libroute/number/regions.h"
#include "libroute/tree/plan_compiler.h"

// What lines of the customer dial: internal numbers, dial strings, and all that
// lies outside.
namespace libroute {

// The internal numbers of a plan, with where each block is written.
struct PlanCompiler::Internal {
  std::vector<InternalBlock> blocks;
  std::vector<std::string> paths;
  // In whose country each block is dialled.
  std::vector<Country> countries;
};

namespace {

using internal::DecimalDigits;
using internal::DecimalOf;
using internal::PowerOfTen;

constexpr size_t kMostCodeDigits = 4;
constexpr uint32_t kLeastExtensionDigits = 3;
constexpr uint32_t kMostExtensionDigits = 4;

bool IsDecimal(absl::string_view text, size_t least, size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

Digits Joined(Digits begin, Digits end) {
  for (int i = 0; i < end.size(); ++i) begin = begin.Append(end.digit(i));
  return begin;
}

}  // namespace

void PlanCompiler::CompileNumbering() {
  const v1::Numbering& numbering = written_.numbering();
  Country country = CompileCountry(numbering.country(), "numbering.country");
  if (written_.has_numbering() && numbering.country().empty()) {
    Error("numbering.country", "missing", "say by whose rules its lines dial, e.g. country: FR");
  }
  if (!numbering.prefix().empty() && !IsDecimal(numbering.prefix(), 1, 1)) {
    Error("numbering.prefix", "bad-value",
          absl::StrCat(Quoted(numbering.prefix()),
                       " is not one digit; internal numbers begin with it, e.g. \"5\""));
  }
  if (country.has_value()) plan_->dialling_ = &Dialling::Of(country);
  Internal internal;
  for (const std::string& name : site_names_.names()) CompileSite(name, country, internal);
  CheckInternal(internal);
  plan_->internal_ = InternalNumbers(std::move(internal.blocks));
  CompileDialStrings();
  if (!written_.outbound().empty()) {
    const int tree = Lookup(trees_, "tree", written_.outbound(), "outbound");
    plan_->outbound_ = AddLineRoute(tree);
  }
}

Country PlanCompiler::CompileCountry(const std::string& code, const std::string& path) {
  if (code.empty()) return Country();
  if (IsKnownRegion(code)) return *Country::FromCode(code);
  Error(path, "bad-value",
        absl::StrCat(Quoted(code), " is not a country", DidYouMean(code, KnownRegions()),
                     "; write its ISO 3166-1 code, e.g. FR"));
  return Country();
}

int PlanCompiler::AddLineRoute(int tree) {
  NumberRoute route = {tree < 0 ? end_of_plan_ : plan_->tree_roots_[tree],
                       CompiledPlan::kCustomerText};
  route.is_own = false;
  plan_->routes_.push_back(route);
  return static_cast<int>(plan_->routes_.size()) - 1;
}

void PlanCompiler::CompileSite(const std::string& name, Country usual, Internal& internal) {
  const v1::Site& site = written_.sites().at(name);
  const std::string path = KeyPath("sites", name);
  Country country = CompileCountry(site.country(), path + ".country");
  if (!country.has_value()) country = usual;
  if (site.code().empty() && site.extensions().empty()) return;
  if (!IsDecimal(site.code(), 1, kMostCodeDigits)) {
    Error(path + ".code", site.code().empty() ? "missing" : "bad-value",
          absl::StrCat(Quoted(site.code()), " is not a site code: 1 to ", kMostCodeDigits,
                       " digits, which come between the prefix and the extension"));
    return;
  }
  if (site.extensions().empty()) {
    Error(path + ".extensions", "missing",
          "a site with a code needs extensions, e.g. extensions: [{ numbers: "
          "\"+33562070410-+33562070499\", digits: 3 }]");
  }
  if (!IsDecimal(written_.numbering().prefix(), 1, 1)) {
    if (written_.numbering().prefix().empty()) {
      Error("numbering.prefix", "missing",
            "sites have extensions, so say with which digit internal numbers begin, e.g. \"5\"");
    }
    return;
  }
  const Digits begin = *Digits::Parse(absl::StrCat(written_.numbering().prefix(), site.code()));
  for (int i = 0; i < site.extensions_size(); ++i) {
    const std::string entry = IndexPath(path + ".extensions", i);
    for (const InternalBlock& block : CompileExtensions(site.extensions(i), begin, entry)) {
      internal.blocks.push_back(block);
      internal.paths.push_back(entry);
      internal.countries.push_back(country);
    }
  }
}

std::optional<NumberPattern> PlanCompiler::CompileLines(const std::string& numbers,
                                                        const std::string& path) {
  absl::StatusOr<NumberPattern> lines = NumberPattern::Parse(numbers);
  if (!lines.ok()) {
    Error(path, "bad-number", std::string(lines.status().message()));
    return std::nullopt;
  }
  if (lines->kind() == NumberPattern::Kind::kPrefix) {
    Error(path, "bad-number",
          absl::StrCat(Quoted(numbers),
                       " does not say which numbers; write a number or the first "
                       "and the last, e.g. \"+33562070410-+33562070499\""));
    return std::nullopt;
  }
  for (Digits end : {lines->first(), lines->last()}) {
    if (plan_->FindNumber(end) != nullptr) continue;
    Error(path, "bad-number",
          absl::StrCat(E164Number::FromDigits(end).ToString(),
                       " is not among the plan's `numbers`, so no tree would answer"));
    return std::nullopt;
  }
  return *lines;
}

std::vector<InternalBlock> PlanCompiler::CompileExtensions(const v1::Extensions& written,
                                                           Digits begin, const std::string& path) {
  std::optional<NumberPattern> lines = CompileLines(written.numbers(), path + ".numbers");
  const bool chosen = written.from_case() == v1::Extensions::kFirst;
  const std::string field = path + (chosen ? ".first" : ".digits");
  if (written.from_case() == v1::Extensions::FROM_NOT_SET) {
    Error(path, "missing",
          "say what the extensions are: digits (so many of the numbers' last) or first (the "
          "extension of the first number)");
    return {};
  }
  const bool right =
      chosen
          ? IsDecimal(written.first(), kLeastExtensionDigits, kMostExtensionDigits)
          : written.digits() >= kLeastExtensionDigits && written.digits() <= kMostExtensionDigits;
  if (!right) {
    Error(field, "bad-value",
          absl::StrCat(chosen ? Quoted(written.first()) : absl::StrCat(written.digits()),
                       " is not right: extensions have ", kLeastExtensionDigits, " or ",
                       kMostExtensionDigits, " digits"));
  }
  if (!right || !lines.has_value()) return {};
  const int digits = chosen ? static_cast<int>(written.first().size()) : written.digits();
  const uint64_t first = DecimalOf(lines->first());
  const uint64_t count = DecimalOf(lines->last()) - first + 1;
  const uint64_t all = PowerOfTen(digits);
  const uint64_t start = chosen ? DecimalOf(*Digits::Parse(written.first())) : first % all;
  if (count > all || (chosen && start + count > all)) {
    Error(field, "too-long",
          absl::StrCat(count, " numbers have no room in extensions of ", digits, " digits",
                       chosen ? absl::StrCat(" from ", written.first(), " on") : ""));
    return {};
  }
  std::vector<InternalBlock> blocks;
  // The last digits may begin again at 0.
  for (uint64_t done = 0; done < count;) {
    const uint64_t extension = (start + done) % all;
    const uint64_t together = std::min(count - done, all - extension);
    blocks.push_back({Joined(begin, DecimalDigits(extension, digits)),
                      static_cast<uint32_t>(together),
                      E164Number::FromDigits(DecimalDigits(first + done, lines->first().size()))});
    done += together;
  }
  return blocks;
}

void PlanCompiler::CheckInternal(Internal& internal) {
  for (const InternalNumbers::Conflict& conflict : InternalNumbers::Conflicts(internal.blocks)) {
    Error(internal.paths[conflict.second], "number-overlap",
          absl::StrCat("internal numbers begin with ", conflict.digits.ToString(), " here and at ",
                       internal.paths[conflict.first],
                       "; give the sites codes, and the lines extensions, that differ"));
  }
  for (size_t i = 0; i < internal.blocks.size(); ++i) {
    const InternalBlock& block = internal.blocks[i];
    if (!internal.countries[i].has_value()) {
      Error(internal.paths[i], "missing",
            "say in which country these lines are: in numbering.country, or in the site's country");
      continue;
    }
    auto clash = Dialling::Of(internal.countries[i]).FindClash(block.first, block.last());
    if (!clash.has_value()) continue;
    Error(internal.paths[i], "number-overlap",
          absl::StrCat("the internal number ", clash->internal.ToString(), " cannot be told from ",
                       clash->with, "; choose another numbering.prefix"));
  }
}

void PlanCompiler::CompileDialStrings() {
  const NameIndex written(written_.dial_strings());
  for (const std::string& text : written.names()) {
    const std::string path = KeyPath("dial_strings", text);
    const int tree = Lookup(trees_, "tree", written_.dial_strings().at(text), path);
    absl::StatusOr<Digits> dialled = Digits::Parse(text);
    if (!dialled.ok() || dialled->empty()) {
      Error(path, "bad-number",
            absl::StrCat(Quoted(text), " cannot be dialled; write 1 to ", Digits::kMaxLength,
                         " of 0-9, * and #, e.g. \"*44\""));
      continue;
    }
    if (plan_->internal_.Find(*dialled).has_value()) {
      Error(path, "number-overlap",
            absl::StrCat(text, " is the internal number of ",
                         plan_->internal_.Find(*dialled).ToString(), ", too"));
    }
    if (plan_->dialling_ != nullptr &&
        plan_->dialling_->Find(*dialled) == SpecialKind::kEmergency) {
      Error(path, "number-overlap",
            absl::StrCat(text, " is an emergency number, which passes before any plan is asked"));
    }
    plan_->dial_strings_.emplace(*dialled, AddLineRoute(tree));
  }
}

}  // namespace libroute
