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

// How large the files that belong to a plan may be, and what is in them.
struct AttachmentLimits {
  int max_files = 100;
  // Bytes of one file.
  size_t max_csv_bytes = 64 << 20;
  size_t max_ics_bytes = 4 << 20;
  // Bytes of all files, each counted as often as it is read for something.
  size_t max_total_bytes = 256 << 20;
  // Callers of one file.
  size_t max_callers = 1'000'000;
  // Rows of the file of a table, and bytes of a key or value.
  size_t max_rows = 100'000;
  size_t max_table_bytes = 32;
  // What is wrong with one file and is worded; the rest is counted.
  int max_faults = 100;
};

}  // namespace libroute

#endif  // LIBROUTE_PLAN_LIMITS_H_
