#ifndef LIBROUTE_CALL_SERVICE_CODE_H_
#define LIBROUTE_CALL_SERVICE_CODE_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"

namespace libroute {

// What somebody dials to switch a feature of the line, taken apart (3GPP TS 22.030,
// 6.5.2). Whether a plan has such a code is another question.
struct ServiceCode {
  enum class Procedure : uint8_t {
    // It is none.
    kNone,
    // *21#
    kActivate,
    // *21*0470123456#, **21*0470123456#
    kRegister,
    // #21#
    kDeactivate,
    // ##21#
    kErase,
  };

  Procedure procedure = Procedure::kNone;
  // "21"; 2 to 4 digits.
  Digits code;
  // Of kRegister, decimal; and whether a '+' stood before it.
  Digits number;
  bool is_international = false;

  bool has_value() const { return procedure != Procedure::kNone; }
  // "*21*" or "#21#": it with the code, without the number.
  Digits Shortened() const;

  friend bool operator==(const ServiceCode&, const ServiceCode&) = default;
};

// Reads `text`; the '#' at its end may be missing, as telephones leave it out. No
// procedure for any other text.
ServiceCode ReadServiceCode(absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_CALL_SERVICE_CODE_H_
