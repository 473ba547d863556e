#ifndef LIBROUTE_NUMBER_CALLER_LIST_H_
#define LIBROUTE_NUMBER_CALLER_LIST_H_

#include "libroute/number/mail_address.h"
#include "libroute/number/number_set.h"

namespace libroute {

// Callers of a caller type: numbers that call, addresses that write. Does not
// change once made; thread-safe, like its parts.
struct CallerList {
  NumberSet numbers;
  MailAddressSet addresses;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_CALLER_LIST_H_
