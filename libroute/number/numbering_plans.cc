#include "libroute/number/numbering_plans.h"

#include <phonenumbers/phonemetadata.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <list>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/internal/digit_patterns.h"
#include "libroute/number/pattern.h"

// The library's metadata, a serialised PhoneMetadataCollection. It is part of
// the library; the header that declares it is not installed.
namespace i18n::phonenumbers {
int metadata_size();
const void* metadata_get();
}  // namespace i18n::phonenumbers

namespace libroute {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumberDesc;
using i18n::phonenumbers::PhoneNumberUtil;
using internal::DigitPatterns;

constexpr absl::string_view kNoCountry = "001";
constexpr int kKindBits = 4;
constexpr int kMaxCodeLength = 3;
constexpr size_t kMaxNodes = 65536;

bool OnlyDecimals(Digits digits) {
  for (int i = 0; i < digits.size(); ++i) {
    if (digits.digit(i) > 9) return false;
  }
  return true;
}

// In a label, in place of kUnknown: valid all the same.
constexpr int kOtherKind = kNumberKinds;

int KindBits(uint16_t label) {
  return label & ((1 << kKindBits) - 1);
}

NumberKind KindOfLabel(uint16_t label) {
  const int kind = KindBits(label);
  return kind == kOtherKind ? NumberKind::kUnknown : static_cast<NumberKind>(kind);
}

// The patterns of one country, in the order in which the library asks them.
enum Desc {
  kGeneral,
  kPremium,
  kFreephone,
  kSharedCost,
  kVoip,
  kPersonal,
  // Valid, and of no kind of ours.
  kPager,
  kUniversalAccess,
  kVoicemail,
  kFixed,
  kMobile,
  // How the numbers of one of several countries with one code begin.
  kLeadingDigits,
  kDescs,
};

const PhoneNumberDesc& DescOf(const PhoneMetadata& metadata, int desc) {
  switch (desc) {
    case kPremium:
      return metadata.premium_rate();
    case kFreephone:
      return metadata.toll_free();
    case kSharedCost:
      return metadata.shared_cost();
    case kVoip:
      return metadata.voip();
    case kPersonal:
      return metadata.personal_number();
    case kPager:
      return metadata.pager();
    case kUniversalAccess:
      return metadata.uan();
    case kVoicemail:
      return metadata.voicemail();
    case kFixed:
      return metadata.fixed_line();
    case kMobile:
      return metadata.mobile();
    default:
      return metadata.general_desc();
  }
}

// The lengths of national numbers that a description allows, one bit each.
uint32_t LengthsOf(const PhoneNumberDesc& desc) {
  if (desc.possible_length().empty()) return ~uint32_t{0};
  uint32_t lengths = 0;
  // -1 says that there are no such numbers.
  for (int length : desc.possible_length()) {
    if (length > 0 && length < 32) lengths |= uint32_t{1} << length;
  }
  return lengths;
}

// What the numbers of one country look like.
struct CountryPlan {
  int index = 0;
  bool has_leading_digits = false;
  bool same_for_fixed_and_mobile = false;
  std::array<uint32_t, kDescs> lengths = {};
};

// What a number is that matches the descriptions in `matched`, one bit each: a
// kind or kOtherKind; -1 if it is not valid.
int KindOfMatched(const CountryPlan& plan, uint32_t matched) {
  auto is = [&](Desc desc) { return (matched >> desc & 1) != 0; };
  if (!is(kGeneral)) return -1;
  constexpr std::pair<Desc, NumberKind> kFirst[] = {{kPremium, NumberKind::kPremium},
                                                    {kFreephone, NumberKind::kFreephone},
                                                    {kSharedCost, NumberKind::kSharedCost},
                                                    {kVoip, NumberKind::kVoip},
                                                    {kPersonal, NumberKind::kPersonal}};
  for (const auto& [desc, kind] : kFirst) {
    if (is(desc)) return static_cast<int>(kind);
  }
  if (is(kPager) || is(kUniversalAccess) || is(kVoicemail)) return kOtherKind;
  const bool mobile = plan.same_for_fixed_and_mobile ? is(kFixed) : is(kMobile);
  if (!is(kFixed) && !mobile) return -1;
  if (is(kFixed) && mobile) return static_cast<int>(NumberKind::kFixedOrMobile);
  return static_cast<int>(mobile ? NumberKind::kMobile : NumberKind::kFixed);
}

}  // namespace

// Makes the table, one calling code after the other.
class NumberingPlans::Builder {
 public:
  NumberingPlans Build() {
    metadata_.ParseFromArray(i18n::phonenumbers::metadata_get(),
                             i18n::phonenumbers::metadata_size());
    made_.countries_.push_back(Country());
    made_.country_codes_.push_back(0);
    made_.nodes_.push_back(Node());
    std::set<int> codes;
    PhoneNumberUtil::GetInstance()->GetSupportedCallingCodes(&codes);
    for (int code : codes) AddCode(code);
    made_.nodes_.shrink_to_fit();
    LookBeyond();
    return std::move(made_);
  }

 private:
  // How long a national number is, and where it stands in the patterns.
  using Place = std::pair<int, DigitPatterns::State>;

  void AddCode(int calling_code) {
    plans_.clear();
    places_.clear();
    patterns_ = DigitPatterns();
    std::list<std::string> regions;
    PhoneNumberUtil::GetInstance()->GetRegionCodesForCountryCallingCode(calling_code, &regions);
    for (const std::string& region : regions) AddCountry(calling_code, region);
    Code code;
    code.calling_code = static_cast<uint16_t>(calling_code);
    code.length = static_cast<uint8_t>(absl::StrCat(calling_code).size());
    code.unknown = plans_.size() == 1 ? LabelOf(plans_[0].index, 0) : 0;
    unknown_ = code.unknown;
    longest_ = Digits::kMaxLength - code.length;
    code.root = AddPlace({0, patterns_.Start()});
    const int block = code.length == 1 ? 100 : code.length == 2 ? 10 : 1;
    std::fill_n(made_.codes_.begin() + calling_code * block, block, code);
  }

  void AddCountry(int calling_code, const std::string& region) {
    const PhoneMetadata* metadata = MetadataOf(calling_code, region);
    if (metadata == nullptr) return;
    CountryPlan plan;
    if (absl::string_view(region) != kNoCountry) {
      plan.index = static_cast<int>(made_.countries_.size());
      made_.countries_.push_back(Country::FromCode(region).value_or(Country()));
      made_.country_codes_.push_back(static_cast<uint16_t>(calling_code));
    }
    plan.has_leading_digits = metadata->has_leading_digits();
    plan.same_for_fixed_and_mobile = metadata->same_mobile_and_fixed_line_pattern();
    for (int desc = 0; desc < kLeadingDigits; ++desc) {
      plan.lengths[desc] = LengthsOf(DescOf(*metadata, desc));
      AddPattern(DescOf(*metadata, desc).national_number_pattern(), desc);
    }
    plan.lengths[kLeadingDigits] = ~uint32_t{0};
    if (plan.has_leading_digits) {
      AddPattern(absl::StrCat("(?:", metadata->leading_digits(), ")\\d*"), kLeadingDigits);
    }
    plans_.push_back(plan);
  }

  const PhoneMetadata* MetadataOf(int calling_code, const std::string& region) const {
    for (const PhoneMetadata& metadata : metadata_.metadata()) {
      if (metadata.id() == region && metadata.country_code() == calling_code) return &metadata;
    }
    return nullptr;
  }

  // Of the country that is added. A pattern that cannot be read matches nothing,
  // so that its numbers are unknown; the tests see that there is none.
  void AddPattern(absl::string_view pattern, int desc) {
    patterns_.Add(pattern, static_cast<int>(plans_.size()) * kDescs + desc).IgnoreError();
  }

  // The node of `place`, 0 if nothing is known beyond it.
  uint16_t AddPlace(const Place& place) {
    if (place.second.empty()) return 0;
    auto found = places_.find(place);
    if (found != places_.end()) return found->second;
    Node node;
    for (int digit = 0; digit < 10 && place.first < longest_; ++digit) {
      node.next[digit] = AddPlace({place.first + 1, patterns_.Next(place.second, digit)});
    }
    node.label = LabelAt(place);
    const uint16_t index = AddNode(node);
    places_.emplace(place, index);
    return index;
  }

  uint16_t AddNode(const Node& node) {
    if (node == Node{{}, unknown_}) return 0;
    auto found = indices_.find(node);
    if (found != indices_.end()) return found->second;
    // What has no room is unknown. (A quarter of it is used.)
    if (made_.nodes_.size() == kMaxNodes) return 0;
    const auto index = static_cast<uint16_t>(made_.nodes_.size());
    indices_.emplace(node, index);
    made_.nodes_.push_back(node);
    return index;
  }

  // A node is made after those that it leads to.
  void LookBeyond() {
    made_.kinds_beyond_.resize(made_.nodes_.size(), 0);
    for (size_t i = 1; i < made_.nodes_.size(); ++i) {
      uint16_t& kinds = made_.kinds_beyond_[i];
      kinds = static_cast<uint16_t>(1u << static_cast<int>(KindOfLabel(made_.nodes_[i].label)));
      for (uint16_t next : made_.nodes_[i].next) kinds |= made_.kinds_beyond_[next];
    }
  }

  static Label LabelOf(int country, int kind) {
    return static_cast<Label>(country << kKindBits | kind);
  }

  // As the library decides: a country alone with its code has all its numbers,
  // of several the first one that claims the number.
  Label LabelAt(const Place& place) const {
    std::vector<uint32_t> matched(plans_.size(), 0);
    for (int id : patterns_.Matched(place.second)) {
      const int desc = id % kDescs;
      const bool fits = (plans_[id / kDescs].lengths[desc] >> place.first & 1) != 0;
      if (fits) matched[id / kDescs] |= uint32_t{1} << desc;
    }
    for (size_t i = 0; i < plans_.size(); ++i) {
      const int kind = KindOfMatched(plans_[i], matched[i]);
      const bool claims =
          plans_[i].has_leading_digits ? (matched[i] >> kLeadingDigits & 1) != 0 : kind >= 0;
      if (claims || plans_.size() == 1) {
        return LabelOf(plans_[i].index, std::max(kind, 0));
      }
    }
    return 0;
  }

  PhoneMetadataCollection metadata_;
  NumberingPlans made_;
  absl::flat_hash_map<Node, uint16_t> indices_;

  // Of the calling code that is added.
  std::vector<CountryPlan> plans_;
  DigitPatterns patterns_;
  absl::flat_hash_map<Place, uint16_t> places_;
  Label unknown_ = 0;
  int longest_ = 0;
};

const NumberingPlans& NumberingPlans::World() {
  static const auto* world = new NumberingPlans(Builder().Build());
  return *world;
}

NumberFacts NumberingPlans::Find(E164Number number) const {
  const Digits digits = number.digits();
  const Code& code = codes_[100 * digits.digit(0) + 10 * digits.digit(1) + digits.digit(2)];
  uint16_t node = code.root;
  for (int i = code.length; i < digits.size(); ++i) node = nodes_[node].next[digits.digit(i)];
  const Label label = node == 0 ? code.unknown : nodes_[node].label;
  NumberFacts facts;
  facts.country = countries_[label >> kKindBits];
  facts.calling_code = code.calling_code;
  facts.kind = KindOfLabel(label);
  facts.is_valid = KindBits(label) != 0;
  return facts;
}

E164Number NumberingPlans::WithoutExcess(E164Number number) const {
  constexpr int kMostExcess = 4;
  constexpr int kFewestDigits = 7;
  if (!number.has_value() || Find(number).kind != NumberKind::kUnknown) return number;
  const Digits digits = number.digits();
  for (int size = digits.size() - 1;
       size >= std::max(digits.size() - kMostExcess, kFewestDigits); --size) {
    const E164Number shorter = E164Number::FromDigits(digits.Prefix(size));
    const NumberKind kind = Find(shorter).kind;
    if (kind == NumberKind::kPremium || kind == NumberKind::kSharedCost) return shorter;
  }
  return number;
}

NumberKindSet NumberingPlans::KindsOf(const NumberPattern& pattern) const {
  NumberKindSet kinds;
  if (pattern.kind() == NumberPattern::Kind::kExact) {
    kinds.Add(Find(E164Number::FromDigits(pattern.first())).kind);
    return kinds;
  }
  for (Digits prefix : pattern.Prefixes()) {
    kinds =
        NumberKindSet::FromBits(static_cast<uint16_t>(kinds.bits() | KindsUnder(prefix).bits()));
  }
  return kinds;
}

NumberKindSet NumberingPlans::KindsUnder(Digits prefix) const {
  if (prefix.empty() || !OnlyDecimals(prefix)) return {};
  int first = 0;
  int count = 1;
  for (int i = 0; i < kMaxCodeLength; ++i) {
    first = 10 * first + (i < prefix.size() ? prefix.digit(i) : 0);
    if (i >= prefix.size()) count *= 10;
  }
  uint16_t kinds = 0;
  for (int i = first; i < first + count; ++i) {
    uint16_t node = codes_[i].root;
    for (int at = codes_[i].length; at < prefix.size(); ++at) {
      node = nodes_[node].next[prefix.digit(at)];
    }
    kinds |= kinds_beyond_[node];
  }
  NumberKindSet set = NumberKindSet::FromBits(kinds);
  set.Add(NumberKind::kUnknown);
  return set;
}

int NumberingPlans::CallingCodeOf(Country country) const {
  for (size_t i = 1; i < countries_.size(); ++i) {
    if (countries_[i] == country) return country_codes_[i];
  }
  return 0;
}

size_t NumberingPlans::memory_bytes() const {
  return sizeof(*this) + nodes_.capacity() * sizeof(Node) +
         kinds_beyond_.capacity() * sizeof(uint16_t) +
         countries_.capacity() * (sizeof(Country) + sizeof(uint16_t));
}

}  // namespace libroute
