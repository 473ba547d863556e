#ifndef LIBROUTE_REHEARSAL_EXPECTATION_H_
#define LIBROUTE_REHEARSAL_EXPECTATION_H_

#include <string>
#include <vector>

namespace libroute {

namespace v1 {
class Decision;
}  // namespace v1

// A field that is not as expected.
struct FieldDifference {
  // Path in the decision, e.g. "dial.legs[0].ring_timeout"; "action" when the
  // decision does something else altogether.
  std::string field;
  // In the words that people write: "20s", "busy", "\"desk\"". `actual` is
  // "nothing" for a field that is not set.
  std::string expected;
  std::string actual;

  friend bool operator==(const FieldDifference& a, const FieldDifference& b) {
    return a.field == b.field && a.expected == b.expected && a.actual == b.actual;
  }
};

// Where `actual` is not as `expected` says. Fields that `expected` does not
// set (or sets to 0 or empty text) may be anything; lists must have as many
// elements, each as expected; maps may have further entries. Ordered as the
// fields are in the schema.
std::vector<FieldDifference> Differences(const v1::Decision& expected, const v1::Decision& actual);

}  // namespace libroute

#endif  // LIBROUTE_REHEARSAL_EXPECTATION_H_
