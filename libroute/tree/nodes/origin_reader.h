#ifndef LIBROUTE_TREE_NODES_ORIGIN_READER_H_
#define LIBROUTE_TREE_NODES_ORIGIN_READER_H_

#include <optional>
#include <string>

#include "libroute/tree/nodes/origin_case.h"
#include "libroute/tree/nodes/origin_coverage.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

class NodeScope;

// What a case of an origin branch says.
struct WrittenOrigin {
  OriginCalls calls;
  std::optional<OriginWay> way;
  // For Explain.
  std::string text;
};

// Reads and checks the case at `path`; what is wrong is reported and left out.
WrittenOrigin ReadOriginCase(const v1::OriginBranch::Case& written, const std::string& path,
                             NodeScope& scope);

// Whether no call can be one of `calls`; warns of it at `path`.
bool WarnOfContradiction(const OriginCalls& calls, const std::string& path, NodeScope& scope);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ORIGIN_READER_H_
