#ifndef LIBROUTE_PROVE_NARROWING_H_
#define LIBROUTE_PROVE_NARROWING_H_

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/prove/call_set.h"
#include "libroute/prove/time_sets.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// What the cases of branches leave of a set of calls: those that match, or those
// that do not. Each result is a list of sets that together have all of them
// (too many where something cannot be told); it is empty only if there certainly
// are none, at whatever time. A set may have no times left and be in the list:
// calls that match, but not within the window.
class Narrowing {
 public:
  using Sets = std::vector<CallSet>;
  enum class Want : bool { kFails, kMatches };

  // Whether `item` says something that is not looked at here, so that nothing can be
  // told of it. `fields` are those that are.
  static bool SaysMore(const google::protobuf::Message& item,
                       std::initializer_list<absl::string_view> fields);

  // Both must outlive this.
  Narrowing(const v1::Plan& plan, TimeSets& times);

  // `use` is what the branch says.
  Sets ByTime(const v1::TimeBranch::Case& item, v1::TimeBranch::Use use, Want want, CallSet set);
  Sets ByOrigin(const v1::OriginBranch::Case& item, Want want, CallSet set) const;
  Sets ByDestination(const v1::DestinationBranch::Case& item, Want want, CallSet set) const;
  Sets ByStatus(const v1::StatusBranch::Case& item, Want want, CallSet set) const;
  // All that it leaves may be so; only a witness has to make it so.
  static Sets ByGroup(const v1::GroupBranch::Case& item, Want want, CallSet set);
  Sets BySwitch(const v1::SwitchBranch::Case& item, Want want, CallSet set) const;
  // `attribute` is what the branch looks at.
  Sets ByMatch(const v1::MatchBranch::Case& item, const std::string& attribute, Want want,
               CallSet set) const;
  Sets ByCondition(const v1::Condition& condition, Want want, CallSet set);

  // Those of one caller type, or not.
  Sets ByType(const std::string& type, Want want, CallSet set) const;
  Sets ByTypeOfSender(const std::string& type, Want want, CallSet set) const;
  // Those that are in none of the types, or for each type those that are in it
  // and in none before: in the order of the types, with the index in `found`.
  Sets InNone(const v1::CallerBranch::Case& item, CallSet set) const;
  struct OfType {
    std::string type;
    Sets sets;
  };
  std::vector<OfType> InTypes(const v1::CallerBranch::Case& item, const CallSet& set) const;

 private:
  // Whom a case of an origin or destination branch means by number.
  struct Numbers {
    // Empty: not looked at.
    std::optional<NumberRanges> numbers;
    uint16_t kinds = 0;
    NameSet countries;
    bool names_countries = false;
  };
  template <class Case>
  Numbers NumbersOf(const Case& item) const;
  // What is left of `side`: each of the results is a part.
  static std::vector<NumberSide> Part(const Numbers& numbers, Want want, const NumberSide& side);

  static Sets ByCaller(const v1::OriginBranch::Case& item, const Numbers& numbers, Want want,
                       const CallSet& set);
  static Sets ByWay(const v1::OriginBranch::Case& item, Want want, const CallSet& set);
  // Puts all or any of `parts` together.
  Sets ByAll(const google::protobuf::RepeatedPtrField<v1::Condition>& parts, Want want,
             CallSet set);
  Sets ByAny(const google::protobuf::RepeatedPtrField<v1::Condition>& parts, Want want,
             CallSet set);
  Sets ByCase(const v1::Condition& condition, Want want, CallSet set);

  const v1::Plan& plan_;
  TimeSets& times_;
  // Of caller types: the numbers, where these are all written in the plan.
  std::map<std::string, NumberRanges> types_;
  // And caller types that certainly have no e-mail address.
  std::set<std::string> types_of_numbers_;
};

}  // namespace libroute

#endif  // LIBROUTE_PROVE_NARROWING_H_
