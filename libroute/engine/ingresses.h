#ifndef LIBROUTE_ENGINE_INGRESSES_H_
#define LIBROUTE_ENGINE_INGRESSES_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/engine/engine.h"
#include "libroute/number/dialling.h"

namespace libroute {

// Where calls come in, and what is dialled there for the emergency services.
// Immutable.
class Ingresses {
 public:
  // InvalidArgument for a name that is missing or given twice, a country that
  // is not known, or numbers that cannot be written so. Some 0.2 s for each
  // country.
  static absl::StatusOr<Ingresses> Create(const std::vector<Ingress>& written);

  // The place of the ingress if `dialled` is an emergency number there, else
  // nullptr. An ingress that is not known has 112 and 911.
  const std::string* EmergencyPlace(absl::string_view ingress, Digits dialled) const;

  // How numbers are written there; nothing is set for one that is not known.
  const NumberProfile& NumbersAt(absl::string_view ingress) const;

  // Whether `dialled` is a short number or a directory service there.
  bool IsShort(absl::string_view ingress, Digits dialled) const;

  // Whose calls alone come in there; empty if nobody's.
  const std::string& CustomerOf(absl::string_view ingress) const;

  // InvalidArgument, with the nearest name, for one that is not known; any
  // name is good when there are none at all.
  absl::Status Check(absl::string_view ingress) const;
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::string place;
    std::string customer;
    const absl::flat_hash_set<Digits>* emergency = nullptr;
    NumberProfile numbers;
    // Null where no country is given.
    const Dialling* dialling = nullptr;
  };

  // By country; "" for an unknown one. Values do not move.
  absl::flat_hash_map<std::string, std::unique_ptr<absl::flat_hash_set<Digits>>> emergency_;
  const Entry& Find(absl::string_view ingress) const;

  absl::flat_hash_map<std::string, Entry> entries_;
  Entry unknown_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_INGRESSES_H_
