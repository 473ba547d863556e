#include "libroute/number/dialling.h"

#include <phonenumbers/phonemetadata.pb.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/epoch/mutex.h"
#include "libroute/number/internal/decimal_digits.h"
#include "libroute/number/internal/digit_patterns.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/pattern.h"

// The library's metadata, serialised PhoneMetadataCollections. They are part of
// the library; the headers that declare them are not installed.
namespace i18n::phonenumbers {
int metadata_size();
const void* metadata_get();
int short_metadata_size();
const void* short_metadata_get();
}  // namespace i18n::phonenumbers

namespace libroute {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumberDesc;
using internal::DecimalDigits;
using internal::DecimalOf;
using internal::DigitPatterns;
using internal::PowerOfTen;

constexpr absl::string_view kDirectoryPrefix = "118";
constexpr int kLongestShortNumber = 6;
constexpr int kLongestPrefix = 7;

// The patterns of short numbers that matter here.
enum ShortDesc { kShortCode, kEmergency, kTextMessage, kTelephone };

// Nothing if `region` has none.
std::optional<PhoneMetadata> MetadataOf(const std::string& region, const void* data, int size) {
  PhoneMetadataCollection all;
  all.ParseFromArray(data, size);
  for (PhoneMetadata& metadata : *all.mutable_metadata()) {
    if (metadata.id() == region) return std::move(metadata);
  }
  return std::nullopt;
}

// Calls visit(digits, ids) for all of up to `longest` digits that match.
template <typename Visitor>
void ForEachMatch(const DigitPatterns& patterns, const DigitPatterns::State& state, Digits digits,
                  int longest, Visitor& visit) {
  if (!digits.empty()) {
    const std::vector<int> ids = patterns.Matched(state);
    if (!ids.empty()) visit(digits, ids);
  }
  if (digits.size() == longest) return;
  for (int digit = 0; digit <= 9; ++digit) {
    const DigitPatterns::State next = patterns.Next(state, digit);
    if (!next.empty()) ForEachMatch(patterns, next, digits.Append(digit), longest, visit);
  }
}

}  // namespace

absl::string_view SpecialKindName(SpecialKind kind) {
  constexpr absl::string_view kNames[] = {"none", "emergency", "directory", "short", "service"};
  return kNames[static_cast<int>(kind)];
}

SpecialKind SpecialKindOf(NumberKind kind) {
  const bool is_service = kind == NumberKind::kFreephone || kind == NumberKind::kSharedCost ||
                          kind == NumberKind::kPremium;
  return is_service ? SpecialKind::kService : SpecialKind::kNone;
}

class Dialling::Builder {
 public:
  explicit Builder(Country country) : country_(country) {}

  std::unique_ptr<Dialling> Build() {
    AddSpecial(*Digits::Parse("112"), SpecialKind::kEmergency);
    AddShortNumbers();
    AddPrefixes();
    return std::move(made_);
  }

 private:
  void AddSpecial(Digits digits, SpecialKind kind) {
    if (made_->special_.emplace(digits, kind).second) {
      made_->outside_.push_back({digits, Begins::kSpecial, kind});
    }
  }

  void AddShortNumbers() {
    auto metadata = MetadataOf(country_.ToString(), i18n::phonenumbers::short_metadata_get(),
                               i18n::phonenumbers::short_metadata_size());
    if (!metadata.has_value()) return;
    DigitPatterns patterns;
    const std::pair<ShortDesc, const PhoneNumberDesc*> descs[] = {
        {kShortCode, &metadata->short_code()},
        {kEmergency, &metadata->emergency()},
        {kTextMessage, &metadata->sms_services()},
        {kTelephone, &metadata->toll_free()},
        {kTelephone, &metadata->standard_rate()}};
    for (const auto& [desc, written] : descs) {
      // One that cannot be read matches nothing; the tests see that there is none.
      if (written->has_national_number_pattern()) {
        patterns.Add(written->national_number_pattern(), desc).IgnoreError();
      }
    }
    auto add = [this](Digits digits, const std::vector<int>& ids) {
      auto has = [&ids](ShortDesc desc) {
        return std::find(ids.begin(), ids.end(), desc) != ids.end();
      };
      if (has(kEmergency)) return AddSpecial(digits, SpecialKind::kEmergency);
      if (!has(kShortCode) || (has(kTextMessage) && !has(kTelephone))) return;
      const bool directory = digits.StartsWith(*Digits::Parse(kDirectoryPrefix));
      AddSpecial(digits, directory ? SpecialKind::kDirectory : SpecialKind::kShort);
    };
    ForEachMatch(patterns, patterns.Start(), Digits(), kLongestShortNumber, add);
  }

  void AddPrefixes() {
    auto metadata = MetadataOf(country_.ToString(), i18n::phonenumbers::metadata_get(),
                               i18n::phonenumbers::metadata_size());
    if (!metadata.has_value()) return;
    // In North America most areas dial ten digits without the 1, too.
    constexpr int kNorthAmerica = 1;
    const int code = metadata->country_code();
    if (metadata->national_prefix().empty() || code == kNorthAmerica) {
      made_->bare_calling_code_ = *Digits::Parse(absl::StrCat(code));
    }
    Add(metadata->national_prefix(), Begins::kNational);
    Add(metadata->international_prefix(), Begins::kInternational);
  }

  void Add(const std::string& pattern, Begins begins) {
    DigitPatterns patterns;
    if (pattern.empty() || !patterns.Add(pattern, 0).ok()) return;
    auto add = [this, begins](Digits digits, const std::vector<int>&) {
      made_->outside_.push_back({digits, begins, SpecialKind::kNone});
    };
    ForEachMatch(patterns, patterns.Start(), Digits(), kLongestPrefix, add);
  }

  const Country country_;
  std::unique_ptr<Dialling> made_ = std::unique_ptr<Dialling>(new Dialling());
};

const Dialling& Dialling::Of(Country country) {
  static auto* mutex = new Mutex();
  static auto* made = new std::map<Country, std::unique_ptr<const Dialling>>();
  MutexLock lock(*mutex);
  std::unique_ptr<const Dialling>& dialling = (*made)[country];
  if (dialling == nullptr) dialling = Builder(country).Build();
  return *dialling;
}

SpecialKind Dialling::Find(Digits dialled) const {
  auto found = special_.find(dialled);
  return found == special_.end() ? SpecialKind::kNone : found->second;
}

std::string Dialling::TextOf(const Outside& outside) {
  const std::string digits = outside.digits.ToString();
  switch (outside.begins) {
    case Begins::kNational:
      return absl::StrCat("numbers outside, which begin with ", digits);
    case Begins::kInternational:
      return absl::StrCat("numbers abroad, which begin with ", digits);
    case Begins::kSpecial:
      break;
  }
  const bool directory = outside.kind == SpecialKind::kDirectory;
  return absl::StrCat("the ", directory ? "directory service" : SpecialKindName(outside.kind),
                      directory ? " " : " number ", digits);
}

std::optional<Dialling::Clash> Dialling::FindClash(Digits first, Digits last) const {
  const uint64_t begin = DecimalOf(first);
  const uint64_t end = DecimalOf(last);
  for (const Outside& outside : outside_) {
    uint64_t lowest = DecimalOf(outside.digits);
    uint64_t highest = lowest;
    const int missing = first.size() - outside.digits.size();
    if (missing >= 0) {
      lowest *= PowerOfTen(missing);
      highest = lowest + PowerOfTen(missing) - 1;
    } else {
      lowest = highest = lowest / PowerOfTen(-missing);
    }
    if (highest < begin || end < lowest) continue;
    return Clash{DecimalDigits(std::max(begin, lowest), first.size()), TextOf(outside)};
  }
  return FindNationalClash(first, last);
}

std::optional<Dialling::Clash> Dialling::FindNationalClash(Digits first, Digits last) const {
  if (bare_calling_code_.empty()) return std::nullopt;
  for (Digits prefix : NumberPattern::Range(first, last).Prefixes()) {
    Digits international = bare_calling_code_;
    for (int i = 0; i < prefix.size(); ++i) international = international.Append(prefix.digit(i));
    const uint16_t unknown = 1u << static_cast<int>(NumberKind::kUnknown);
    if (NumberingPlans::World().KindsUnder(international).bits() == unknown) continue;
    while (prefix.size() < first.size()) prefix = prefix.Append(0);
    return Clash{prefix, "national numbers, which are dialled as they are"};
  }
  return std::nullopt;
}

}  // namespace libroute
