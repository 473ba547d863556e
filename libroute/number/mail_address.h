#ifndef LIBROUTE_NUMBER_MAIL_ADDRESS_H_
#define LIBROUTE_NUMBER_MAIL_ADDRESS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/number/internal/text_hash.h"

namespace libroute {

// The longest address, in bytes (RFC 5321, 4.5.3.1.3, without the brackets).
constexpr size_t kMaxMailAddressBytes = 254;

// Reads an e-mail address, "name@example.com", or a domain, "@example.com", as
// plans and lists write them, and returns it in lower case. InvalidArgument
// otherwise: what is wrong, with which text, and what would be right.
//
// The local part is a dot-string of RFC 5321, 4.1.2, of at most 64 bytes (no
// quotes), the domain one of letters, digits and '-', a name in another script
// written as in the DNS (xn--...); no address literals. RFC 5321, 2.4, lets
// only the host of the mailbox say whether upper and lower case differ before
// the '@'; in fact they hardly ever do, so nobody is missed for writing Name.
absl::StatusOr<std::string> ParseMailPattern(absl::string_view text);

// The same of one address: InvalidArgument for a domain, too.
absl::StatusOr<std::string> ParseMailAddress(absl::string_view text);

// E-mail addresses and domains.
//
//   MailAddressSet blocked;
//   blocked.Insert(*ParseMailPattern("@spam.example"));
//   blocked.Contains("Someone@Spam.Example");  // true
//
// It does not keep the texts but 128 bits of each (internal/text_hash.h), which
// no two addresses share: 20 bytes for each after Compact, up to 40 before,
// however long they are. Thread-compatible: when nobody inserts, any number of
// threads may look up.
class MailAddressSet {
 public:
  // Adds what ParseMailPattern returned; whether it was not there before.
  bool Insert(absl::string_view pattern);

  // Gives back the room that was kept for more of them.
  void Compact();

  // Whether this address or its domain was inserted, upper or lower case
  // whichever. A domain is itself only, not what is below it. No address at
  // all is in no set. Allocates nothing, below 150 ns with a million.
  bool Contains(absl::string_view address) const;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t memory_bytes() const;

 private:
  // Where `hash` stands in places_, or the free place where it would.
  size_t PlaceOf(const internal::TextHash& hash) const;
  bool Has(absl::string_view pattern) const;
  void Resize(size_t places);

  // By their first half; zero where there is none.
  std::vector<internal::TextHash> places_;
  size_t size_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_MAIL_ADDRESS_H_
