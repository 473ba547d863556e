#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/tree/plan_center.h"

// What agents have to do with the world outside: where they may transfer calls to, and what is
// asked of who answers phones that are not the plan's.
namespace libroute {
namespace {

constexpr int kMostTransferNumbers = 1000;

}  // namespace

void PlanCompiler::Center::CompileTransferNumbers(const v1::ContactCenter& written) {
  const std::string path = "contact_center.transfer_numbers";
  if (written.transfer_numbers_size() > kMostTransferNumbers) {
    return compiler_.Error(path, "too-many",
                           absl::StrCat("at most ", kMostTransferNumbers, " numbers, not ",
                                        written.transfer_numbers_size()));
  }
  std::vector<NumberPattern> patterns;
  std::map<std::string, int> first;
  for (int i = 0; i < written.transfer_numbers_size(); ++i) {
    const std::string entry = IndexPath(path, i);
    const absl::StatusOr<NumberPattern> pattern =
        compiler_.ReadPattern(written.transfer_numbers(i), entry, Mobiles::kWarn);
    if (!pattern.ok()) continue;
    const auto [known, is_new] = first.emplace(pattern->ToString(), i);
    if (!is_new) {
      compiler_.Error(entry, "duplicate",
                      absl::StrCat(Quoted(written.transfer_numbers(i)), " is there already, see ",
                                   IndexPath(path, known->second)));
      continue;
    }
    // Of the others it is only known when one of them is dialled.
    if (pattern->kind() == NumberPattern::Kind::kExact) {
      compiler_.CheckAllowed(E164Number::FromDigits(pattern->first()), "", entry);
    }
    patterns.push_back(*pattern);
    compiler_.plan_->written_transfer_numbers_.push_back(pattern->ToString());
  }
  compiler_.plan_->transfer_numbers_ = NumberSet(patterns);
}

void PlanCompiler::Center::CompileConfirmation(const v1::Group& written, const std::string& path,
                                               contact::GroupRules& group) {
  if (written.confirm().empty()) return;
  const MessageIndex message = compiler_.Message(written.confirm(), path + ".confirm");
  if (message == kNoMessage) return;
  compiler_.plan_->confirmations_.emplace(group.name, message);
  group.offer.is_confirmed = true;
}

}  // namespace libroute
