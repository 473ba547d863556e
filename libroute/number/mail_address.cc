#include "libroute/number/mail_address.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace libroute {
namespace {

using internal::TextHash;

constexpr TextHash kFree;

TextHash HashOf(absl::string_view pattern) {
  return internal::HashText(pattern, 0x6c6962726f757465, 0x6d61696c20736574);
}

constexpr size_t kMaxLocalBytes = 64;
constexpr size_t kMaxLabelBytes = 63;

// RFC 5322, 3.2.3.
bool IsAtomCharacter(char c) {
  constexpr absl::string_view kOthers = "!#$%&'*+-/=?^_`{|}~";
  return absl::ascii_isalnum(c) || kOthers.find(c) != absl::string_view::npos;
}

// What is wrong with the part before the '@'; empty if nothing.
std::string FaultOfLocalPart(absl::string_view local) {
  if (local.size() > kMaxLocalBytes) return "more than 64 bytes stand before the '@'";
  for (absl::string_view atom : absl::StrSplit(local, '.')) {
    if (atom.empty()) return "before the '@', '.' stands between other characters only";
    for (char c : atom) {
      if (IsAtomCharacter(c)) continue;
      return absl::StrCat("'", absl::CHexEscape(absl::string_view(&c, 1)),
                          "' must not stand before the '@'");
    }
  }
  return "";
}

std::string FaultOfDomain(absl::string_view domain) {
  if (domain.empty()) return "there is no domain after the '@'";
  for (absl::string_view label : absl::StrSplit(domain, '.')) {
    if (label.empty() || label.size() > kMaxLabelBytes || label.front() == '-' ||
        label.back() == '-') {
      return "a domain has parts of 1 to 63 characters with '.' between them, '-' not at their "
             "ends";
    }
    for (char c : label) {
      if (absl::ascii_isalnum(c) || c == '-') continue;
      return absl::StrCat("'", absl::CHexEscape(absl::string_view(&c, 1)),
                          "' must not stand in a domain");
    }
  }
  return "";
}

std::string FaultOf(absl::string_view text) {
  const size_t at = text.rfind('@');
  if (at == absl::string_view::npos) return "there is no '@'";
  if (text.size() > kMaxMailAddressBytes) return "it has more than 254 bytes";
  std::string fault = at == 0 ? "" : FaultOfLocalPart(text.substr(0, at));
  return fault.empty() ? FaultOfDomain(text.substr(at + 1)) : fault;
}

}  // namespace

absl::StatusOr<std::string> ParseMailPattern(absl::string_view text) {
  constexpr size_t kMaxShown = 80;
  const std::string fault = FaultOf(text);
  if (fault.empty()) return absl::AsciiStrToLower(text);
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", absl::CHexEscape(text.substr(0, kMaxShown)), "\" is not an e-mail address: ", fault,
      "; write name@example.com, or @example.com for all of a domain"));
}

absl::StatusOr<std::string> ParseMailAddress(absl::string_view text) {
  absl::StatusOr<std::string> address = ParseMailPattern(text);
  if (!address.ok() || address->front() != '@') return address;
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text, "\" is a domain; write an address there, e.g. name", *address));
}

size_t MailAddressSet::PlaceOf(const TextHash& hash) const {
  size_t place = hash.first % places_.size();
  while (places_[place] != kFree && places_[place] != hash) {
    place = place + 1 == places_.size() ? 0 : place + 1;
  }
  return place;
}

bool MailAddressSet::Has(absl::string_view pattern) const {
  return places_[PlaceOf(HashOf(pattern))] != kFree;
}

void MailAddressSet::Resize(size_t places) {
  const std::vector<TextHash> before = std::move(places_);
  places_ = std::vector<TextHash>(places);
  for (const TextHash& hash : before) {
    if (hash != kFree) places_[PlaceOf(hash)] = hash;
  }
}

// At most four of five places are taken.
bool MailAddressSet::Insert(absl::string_view pattern) {
  if (5 * (size_ + 1) > 4 * places_.size()) Resize(std::max<size_t>(8, 2 * places_.size()));
  const TextHash hash = HashOf(pattern);
  const size_t place = PlaceOf(hash);
  if (places_[place] != kFree) return false;
  places_[place] = hash;
  ++size_;
  return true;
}

void MailAddressSet::Compact() {
  Resize(size_ == 0 ? 0 : size_ + size_ / 4 + 1);
}

bool MailAddressSet::Contains(absl::string_view address) const {
  const size_t at = address.rfind('@');
  if (empty() || at == absl::string_view::npos || at == 0) return false;
  if (address.size() > kMaxMailAddressBytes) return false;
  std::array<char, kMaxMailAddressBytes> buffer;
  std::transform(address.begin(), address.end(), buffer.begin(), absl::ascii_tolower);
  const absl::string_view lower(buffer.data(), address.size());
  return Has(lower) || Has(lower.substr(at));
}

size_t MailAddressSet::memory_bytes() const {
  return sizeof(*this) + places_.capacity() * sizeof(TextHash);
}

}  // namespace libroute
