#include "libroute/engine/ingresses.h"

#include "absl/strings/str_cat.h"
#include "libroute/number/regions.h"

namespace libroute {
namespace {

// What networks connect to the emergency services wherever they are (3GPP TS
// 22.101, section 10.1.1).
constexpr absl::string_view kEverywhere[] = {"112", "911"};

std::unique_ptr<absl::flat_hash_set<Digits>> EmergencySet(const std::string& country) {
  auto numbers = std::make_unique<absl::flat_hash_set<Digits>>();
  if (country.empty()) {
    for (absl::string_view text : kEverywhere) numbers->insert(*Digits::Parse(text));
  } else {
    for (Digits number : EmergencyNumbers(country)) numbers->insert(number);
  }
  return numbers;
}

}  // namespace

absl::StatusOr<Ingresses> Ingresses::Create(const std::vector<Ingress>& written) {
  Ingresses ingresses;
  auto numbers_of = [&](const std::string& country) {
    auto& numbers = ingresses.emergency_[country];
    if (numbers == nullptr) numbers = EmergencySet(country);
    return numbers.get();
  };
  ingresses.unknown_.emergency = numbers_of("");
  for (size_t i = 0; i < written.size(); ++i) {
    const Ingress& ingress = written[i];
    std::string path = IndexPath("ingresses", static_cast<int>(i));
    if (ingress.name.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ".name: a name is missing"));
    }
    if (!ingress.country.empty() && !IsKnownRegion(ingress.country)) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ".country: ", Quoted(ingress.country),
                       " is not a country; write its ISO 3166 code, e.g. BE"));
    }
    if (absl::Status status = CheckNumberProfile(ingress.numbers); !status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ".numbers.", status.message()));
    }
    Entry entry = {ingress.place, ingress.customer, numbers_of(ingress.country), ingress.numbers};
    if (!ingress.country.empty())
      entry.dialling = &Dialling::Of(*Country::FromCode(ingress.country));
    if (!ingresses.entries_.emplace(ingress.name, std::move(entry)).second) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ".name: ", Quoted(ingress.name), " is named twice"));
    }
  }
  return ingresses;
}

const Ingresses::Entry& Ingresses::Find(absl::string_view ingress) const {
  auto found = entries_.find(ingress);
  return found == entries_.end() ? unknown_ : found->second;
}

const std::string* Ingresses::EmergencyPlace(absl::string_view ingress, Digits dialled) const {
  const Entry& entry = Find(ingress);
  return entry.emergency->contains(dialled) ? &entry.place : nullptr;
}

const NumberProfile& Ingresses::NumbersAt(absl::string_view ingress) const {
  return Find(ingress).numbers;
}

bool Ingresses::IsShort(absl::string_view ingress, Digits dialled) const {
  const Dialling* dialling = Find(ingress).dialling;
  if (dialling == nullptr) return false;
  const SpecialKind kind = dialling->Find(dialled);
  return kind == SpecialKind::kShort || kind == SpecialKind::kDirectory;
}

const std::string& Ingresses::CustomerOf(absl::string_view ingress) const {
  return Find(ingress).customer;
}

absl::Status Ingresses::Check(absl::string_view ingress) const {
  if (entries_.empty() || entries_.contains(ingress)) return absl::OkStatus();
  if (ingress.empty()) {
    return absl::InvalidArgumentError("call.ingress: the name of the ingress is missing");
  }
  std::vector<std::string> names;
  for (const auto& [name, entry] : entries_) names.push_back(name);
  std::sort(names.begin(), names.end());
  std::string hint = DidYouMean(ingress, names);
  if (hint.empty()) hint = "; name one of the server's configuration";
  return absl::InvalidArgumentError(
      absl::StrCat("call.ingress: no ingress ", Quoted(ingress), hint));
}

}  // namespace libroute
