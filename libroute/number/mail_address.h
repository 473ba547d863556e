#ifndef LIBROUTE_NUMBER_MAIL_ADDRESS_H_
#define LIBROUTE_NUMBER_MAIL_ADDRESS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

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

// E-mail addresses and domains.
//
//   MailAddressSet blocked;
//   blocked.Insert(*ParseMailPattern("@spam.example"));
//   blocked.Contains("Someone@Spam.Example");  // true
//
// Memory: the text, one byte and 5 to 11 more for each. Thread-compatible: when
// nobody inserts, any number of threads may look up.
class MailAddressSet {
 public:
  // Adds what ParseMailPattern returned; whether it was not there before.
  bool Insert(absl::string_view pattern);

  // Whether this address or its domain was inserted, upper or lower case
  // whichever. A domain is itself only, not what is below it. No address at
  // all is in no set. Allocates nothing.
  bool Contains(absl::string_view address) const;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t memory_bytes() const;

 private:
  // Where `pattern` stands in places_, or the free place where it would.
  size_t PlaceOf(absl::string_view pattern) const;
  absl::string_view TextAt(uint32_t offset) const;
  bool Has(absl::string_view pattern) const;
  void Grow();

  // A byte of length before each text.
  std::string texts_;
  // Offsets in texts_, hashed; kFree where there is none.
  std::vector<uint32_t> places_;
  size_t size_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_MAIL_ADDRESS_H_
