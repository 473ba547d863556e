#include "tests/property/random_origin.h"

#include <algorithm>
#include <iterator>

namespace libroute {
namespace {

constexpr const char* kPatterns[] = {"+3247010*",
                                     "+32470101*",
                                     "+32470100001",
                                     "+32470100000-+32470100003",
                                     "+3222000100",
                                     "+32220001*",
                                     "+3222000200-+3222000249",
                                     "+33123456789"};
constexpr const char* kCalling[] = {"+32470100000", "+32470100001", "+32470101000",
                                    "+33123456789", "+3222000100",  "+12025550123",
                                    "+3290012345",  "+3280012345",  "+3211111111111"};
// The others are what random plans dial, too.
constexpr const char* kDiverting[] = {"+32470100001", "+3222000100", "+3222000333",
                                      "+3222000301",  "+3222000302", "+3222000303"};
constexpr const char* kCountries[] = {"BE", "FR", "US"};

int Below(int limit, std::mt19937& random) {
  return static_cast<int>(random() % static_cast<unsigned>(limit));
}

bool Chance(int percent, std::mt19937& random) {
  return Below(100, random) < percent;
}

template <size_t kSize>
const char* OneOf(const char* const (&names)[kSize], std::mt19937& random) {
  return names[random() % kSize];
}

void FillDiverted(v1::OriginBranch::Diverted& diverted, std::mt19937& random) {
  if (Chance(40, random)) diverted.add_by(RandomPattern(random));
  for (int i = Below(3, random); i > 0; --i) {
    diverted.add_reason(
        static_cast<v1::DiversionReason>(1 + Below(v1::DiversionReason_MAX, random)));
  }
  if (Chance(40, random)) diverted.set_at_least(1 + Below(3, random));
  if (Chance(40, random)) diverted.set_at_most(3 + Below(250, random));
}

// Criteria for how the call came.
void FillWay(v1::OriginBranch::Case& item, std::mt19937& random) {
  if (Chance(30, random)) {
    if (Below(3, random) == 0) item.add_location(Below(2, random) == 0 ? "20801*" : "20601");
    item.add_verstat(static_cast<v1::Verstat>(1 + Below(v1::Verstat_MAX, random)));
  }
  if (Chance(30, random)) {
    item.add_attestation(static_cast<v1::Attestation>(1 + Below(v1::Attestation_MAX, random)));
  }
  if (Chance(30, random)) item.add_ingress(OneOf(kIngressNames, random));
  if (Chance(30, random)) FillDiverted(*item.mutable_diverted(), random);
}

bool IsEmpty(const v1::OriginBranch::Case& item) {
  return item.ByteSizeLong() == 0;
}

}  // namespace

std::string RandomPattern(std::mt19937& random) {
  return OneOf(kPatterns, random);
}

void FillRandomOrigin(v1::OriginBranch::Case& item, std::mt19937& random) {
  item.set_anonymous(Chance(15, random));
  item.set_restricted(Chance(10, random));
  item.set_unavailable(Chance(10, random));
  for (int i = Below(3, random); i > 0; --i) item.add_numbers(RandomPattern(random));
  if (Chance(15, random)) item.add_area(OneOf(kAreaNames, random));
  if (Chance(20, random)) item.add_country(OneOf(kCountries, random));
  for (int i = Chance(20, random) ? 1 + Below(3, random) : 0; i > 0; --i) {
    item.add_kind(static_cast<v1::NumberKind>(1 + Below(v1::NumberKind_MAX, random)));
  }
  if (Chance(30, random)) FillWay(item, random);
  if (IsEmpty(item)) item.add_numbers(RandomPattern(random));
}

void SetRandomOrigin(Call& call, std::mt19937& random) {
  if (!Chance(12, random)) call.calling = *E164Number::Parse(OneOf(kCalling, random));
  call.calling_unreadable = !call.calling.has_value() && Chance(30, random);
  if (Chance(25, random)) {
    call.diversions = Chance(50, random) ? 1 + Below(3, random) : Below(256, random);
    if (Chance(70, random)) call.diverted_by = *E164Number::Parse(OneOf(kDiverting, random));
    for (int i = Below(std::min(call.diversions + 1, 4), random); i > 1; --i) {
      call.diverted_before.push_back(*E164Number::Parse(OneOf(kDiverting, random)));
    }
    call.diverted_because =
        static_cast<DiversionReason>(Below(v1::DiversionReason_MAX + 1, random));
  }
  if (Chance(20, random)) call.calling_privacy = Privacy::kRestricted;
  if (Chance(10, random)) call.calling_privacy = Privacy::kUnavailable;
  constexpr const char* kLocations[] = {"20801A1", "20801A2", "20601"};
  if (Below(3, random) > 0) call.location = *NetworkLocation::Parse(kLocations[Below(3, random)]);
  call.verstat = static_cast<Verstat>(Below(v1::Verstat_MAX + 1, random));
  call.attestation = static_cast<Attestation>(Below(v1::Attestation_MAX + 1, random));
  if (Chance(70, random)) call.ingress = OneOf(kIngressNames, random);
  if (Chance(20, random)) call.routing_number = RoutingNumber::Parse("+3299");
}

}  // namespace libroute
