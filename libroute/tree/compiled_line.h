#ifndef LIBROUTE_TREE_COMPILED_LINE_H_
#define LIBROUTE_TREE_COMPILED_LINE_H_

#include <optional>
#include <string>
#include <vector>

#include "libroute/call/digits.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/caller_case.h"
#include "libroute/tree/nodes/time_case.h"

namespace libroute {

// One of a plan's lines, as nodes read it. Immutable; thread-safe.
struct CompiledLine {
  // Whether this caller is not to disturb it now: as its owner has switched it, else
  // as it is written.
  bool IsUndisturbed(int index, Frame& frame) const;

  std::string name;
  E164Number number;
  // As it is written when it is not to be disturbed, and who may all the same.
  bool always = false;
  std::vector<TimeCase> during;
  std::optional<CallerCase> except;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILED_LINE_H_
