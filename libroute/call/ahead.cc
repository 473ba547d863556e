#include "libroute/call/ahead.h"

namespace libroute {

absl::string_view AskAgainName(AskAgain why) {
  switch (why) {
    case AskAgain::kNo:
      return "";
    case AskAgain::kTooFar:
      return "too far";
    case AskAgain::kClaim:
      return "claim";
    case AskAgain::kQueue:
      return "queue";
    case AskAgain::kTime:
      return "time";
    case AskAgain::kDetail:
      return "detail";
  }
  return "";
}

}  // namespace libroute
