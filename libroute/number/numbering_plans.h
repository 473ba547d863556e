#ifndef LIBROUTE_NUMBER_NUMBERING_PLANS_H_
#define LIBROUTE_NUMBER_NUMBERING_PLANS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "libroute/call/digits.h"
#include "libroute/number/number_kind.h"

namespace libroute {

class NumberPattern;

// What is known of a number from its digits.
struct NumberFacts {
  // Without value for a number of no country (+800), and where several
  // countries share a calling code and none has such a number.
  Country country;
  // 0 for a number that no calling code begins.
  int calling_code = 0;
  NumberKind kind = NumberKind::kUnknown;
  // Such a number exists in that country, as far as its digits tell. (Of kind
  // kUnknown there are both.)
  bool is_valid = false;
};

// The numbering plans of the world, as libphonenumber knows them: its answers,
// from one table that is read digit by digit.
//
//   NumberingPlans::World().Find(caller).kind == NumberKind::kMobile
//
// Immutable and thread-safe. The first call of World() makes the table from the
// library's metadata: 35 ms, and 320 KB for as long as the program runs. Who
// never calls it pays nothing.
class NumberingPlans {
 public:
  static const NumberingPlans& World();

  // Allocates nothing; below 100 ns. A number that is not valid in its country
  // has kind kUnknown; nothing is guessed.
  NumberFacts Find(E164Number number) const;

  // What a call to `number` costs is decided by the digits that the network needs;
  // it ignores those beyond. So of an unknown number that is a premium or shared
  // cost one with up to four digits too many: that one; else `number`.
  E164Number WithoutExcess(E164Number number) const;

  // The kinds of the valid numbers that begin with `prefix` (calling code
  // first, no '+'; a part of a calling code will do), and always
  // kUnknown. Below 10 us.
  NumberKindSet KindsUnder(Digits prefix) const;

  // The kinds of the numbers of `pattern`: of a block as KindsUnder says for each
  // of its prefixes.
  NumberKindSet KindsOf(const NumberPattern& pattern) const;

  // The calling code of `country`, 0 if it has no numbering plan. Below 1 us.
  int CallingCodeOf(Country country) const;

  size_t memory_bytes() const;

 private:
  class Builder;

  // What is known of a number that ends in some node, packed: the country's
  // index, then the kind, or that it is valid and of none.
  using Label = uint16_t;

  // One more digit leads to another node. Nodes are shared: of those that lead
  // to the same answers there is one. Node 0 leads nowhere.
  struct Node {
    std::array<uint16_t, 10> next = {};
    Label label = 0;

    friend bool operator==(const Node& a, const Node& b) {
      return a.next == b.next && a.label == b.label;
    }
    template <typename H>
    friend H AbslHashValue(H state, const Node& node) {
      return H::combine(std::move(state), node.next, node.label);
    }
  };

  struct Code {
    uint16_t calling_code = 0;
    uint16_t root = 0;
    uint8_t length = 0;
    // Of a number whose digits lead to node 0.
    Label unknown = 0;
  };

  NumberingPlans() = default;

  // By the first three digits of a number.
  std::array<Code, 1000> codes_ = {};
  std::vector<Node> nodes_;
  // By node: the kinds of all numbers that lead to it or beyond, one bit each.
  std::vector<uint16_t> kinds_beyond_;
  std::vector<Country> countries_;
  // By the country's index.
  std::vector<uint16_t> country_codes_;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_NUMBERING_PLANS_H_
