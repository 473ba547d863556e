#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/dialling.h"
#include "libroute/number/internal/decimal_digits.h"
#include "libroute/number/regions.h"
#include "libroute/tree/plan_compiler.h"

// What lines of the customer dial: internal numbers, dial strings, and all that
// lies outside.
namespace libroute {

// What lines dial that is written in a plan: internal numbers first, then dial
// strings of decimal digits, which are blocks of one without a number.
struct PlanCompiler::Internal {
  void Add(const InternalBlock& block, const std::string& path, absl::string_view what) {
    blocks.push_back(block);
    paths.push_back(path);
    whats.push_back(what);
  }

  std::vector<InternalBlock> blocks;
  // Where each block is written, and what it is.
  std::vector<std::string> paths;
  std::vector<absl::string_view> whats;
  // Of all sites: lines dial by their rules.
  std::set<Country> countries;
};

namespace {

using internal::DecimalDigits;
using internal::DecimalOf;
using internal::PowerOfTen;

constexpr absl::string_view kInternalNumber = "the internal number";
constexpr absl::string_view kDialString = "the dial string";
constexpr size_t kMostCodeDigits = 4;
// Nothing that is dialled digit by digit outside is longer than is compared.
constexpr int kMostCompared = 9;
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
  if (country.has_value()) internal.countries.insert(country);
  for (const std::string& name : site_names_.names()) CompileSite(name, internal);
  plan_->internal_ = InternalNumbers(internal.blocks);
  CompileDialStrings(internal);
  CheckInternal(internal);
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

void PlanCompiler::CompileSite(const std::string& name, Internal& internal) {
  const v1::Site& site = written_.sites().at(name);
  const std::string path = KeyPath("sites", name);
  const Country country = CompileCountry(site.country(), path + ".country");
  if (country.has_value()) internal.countries.insert(country);
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
      internal.Add(block, entry, kInternalNumber);
    }
    if (!country.has_value() && written_.numbering().country().empty()) {
      Error(entry, "missing",
            "say in which country these lines are: in numbering.country, or in the site's country");
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

void PlanCompiler::CheckInternal(const Internal& internal) {
  for (const InternalNumbers::Conflict& conflict : InternalNumbers::Conflicts(internal.blocks)) {
    const bool of_strings = internal.whats[conflict.second] == kDialString;
    Error(internal.paths[conflict.second], "number-overlap",
          absl::StrCat(of_strings ? "what is dialled begins with " : "internal numbers begin with ",
                       conflict.digits.ToString(), " here and at ", internal.paths[conflict.first],
                       of_strings ? "; choose a dial string that nothing else begins like"
                                  : "; give the sites codes, and the lines extensions, that differ"));
  }
  for (size_t i = 0; i < internal.blocks.size(); ++i) {
    const InternalBlock& block = internal.blocks[i];
    // Wherever a line may dial it.
    for (Country country : internal.countries) {
      auto clash = Dialling::Of(country).FindClash(block.first, block.last());
      if (!clash.has_value()) continue;
      const bool is_string = internal.whats[i] == kDialString;
      Error(internal.paths[i], "number-overlap",
            absl::StrCat(internal.whats[i], " ", clash->internal.ToString(),
                         " cannot be told from ", clash->with, " in ", country.ToString(),
                         is_string ? "; choose another one, e.g. with * in front"
                                   : "; choose another numbering.prefix"));
      break;
    }
  }
}

void PlanCompiler::CompileDialStrings(Internal& internal) {
  const NameIndex written(written_.dial_strings());
  // In the order of the texts one that begins like another follows it, or one
  // that does, too.
  std::string before;
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
    plan_->dial_strings_.emplace(*dialled, AddLineRoute(tree));
    const bool is_compared = IsDecimal(text, 1, kMostCompared);
    if (is_compared) internal.Add({*dialled, 1, E164Number()}, path, kDialString);
    if (!is_compared && !before.empty() && absl::StartsWith(text, before)) {
      Error(path, "number-overlap",
            absl::StrCat(text, " begins like ", before,
                         ", which a telephone sends as soon as it was dialled; choose another one"));
    } else {
      before = text;
    }
  }
}

}  // namespace libroute
