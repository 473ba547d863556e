// Fuzz target: numbers as networks write them are read without harm; a number
// that was read is one, and comes back the same from each of its other forms.

#include "absl/strings/str_cat.h"
#include "libroute/number/number_text.h"
#include "libroute/number/regions.h"
#include "tests/fuzz/fuzz_input.h"

namespace libroute {
namespace {

void ExpectReads(absl::string_view text, const NumberProfile& profile, E164Number expected) {
  if (ReadNumberText(text, profile).number != expected) FuzzFailure("came back another", text);
}

void Check(absl::string_view text, const NumberProfile& profile) {
  const Digits dialled = ReadDialText(text, profile);
  if (dialled != ReadDialString(dialled.ToString())) FuzzFailure("is no dial string", text);
  const NumberText read = ReadNumberText(text, profile);
  if (read.number.has_value() != (read.reason == UnknownReason::kNone)) {
    FuzzFailure("a number and a reason why there is none", text);
  }
  if (!read.number.has_value()) return;
  const std::string number = read.number.ToString();
  if (!ParseNumber(number).ok()) FuzzFailure("is no number", number);
  ExpectReads(number, profile, read.number);
  ExpectReads(absl::StrCat("tel:", number, ";npdi;rn=+12"), profile, read.number);
  ExpectReads(absl::StrCat("sips:", number, "@host;user=phone"), profile, read.number);
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using libroute::Digits;
  using libroute::NumberProfile;
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  libroute::Check(text, NumberProfile());
  libroute::Check(text, {*Digits::Parse("32"), *Digits::Parse("0"), *Digits::Parse("00"),
                         *Digits::Parse("99"), NumberProfile::Unprefixed::kInternational});
  return 0;
}
