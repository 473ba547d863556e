#ifndef LIBROUTE_REPORT_NODE_WORDS_H_
#define LIBROUTE_REPORT_NODE_WORDS_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace libroute {

namespace v1 {
class Node;
}  // namespace v1

// A way out of a node, as written in the plan.
struct WrittenBranch {
  // In words: "schedule hours", "no answer", "press 1", "otherwise".
  std::string label;
  const v1::Node* node = nullptr;
};

// What a node does, a line each: its kind first, then its fields.
std::vector<std::string> NodeWords(const v1::Node& node);

// The ways out of a node that are written there, in the order of the schema;
// keys of a menu sorted. The result points into `node`.
std::vector<WrittenBranch> WrittenBranches(const v1::Node& node);

// The same for any message with fields of type Node, e.g. Default.
std::vector<WrittenBranch> WrittenBranches(const google::protobuf::Message& message);

// The message of the node's kind; null for goto and for a node without kind.
const google::protobuf::Message* KindMessage(const v1::Node& node);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_NODE_WORDS_H_
