#ifndef LIBROUTE_PLAN_LIMITS_H_
#define LIBROUTE_PLAN_LIMITS_H_

#include <cstddef>

namespace libroute {

// How large a plan may be. The values here are those of the product; tests
// use smaller ones.
struct PlanLimits {
  // Node messages within each other in one tree. Protobuf's own limits (100
  // messages deep in binary, less in JSON) leave room for this many nodes of
  // any kind.
  int max_nesting = 16;
  // Lists and maps within each other in a file. 16 nodes take at most 67
  // levels; the rest is room, so that a tree that is a little too deep is
  // told in terms of nodes.
  int max_document_depth = 100;
  // Bytes of one file.
  size_t max_bytes = 4 << 20;
  // Texts, lists and maps in one file, which bounds the memory that it takes.
  int max_values = 500'000;
  // Elements of one list, or entries of one map.
  int max_list = 10'000;
  // Bytes of one name (a key of a map).
  size_t max_name = 256;
  // Issues that are worded; the rest is counted.
  int max_issues = 200;
};

}  // namespace libroute

#endif  // LIBROUTE_PLAN_LIMITS_H_
