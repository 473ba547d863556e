#ifndef LIBROUTE_PROVE_EXITS_H_
#define LIBROUTE_PROVE_EXITS_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libroute/call/outcome.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// Where a branch of a node leads.
struct Exit {
  // As Explain names it: "cases[0]", "on_busy", "otherwise".
  std::string branch;
  // The node below, with its path; null where it leads elsewhere.
  const v1::Node* node = nullptr;
  std::string path;
  // The path of another tree, or of a branch of the plan's default; empty if it
  // leads to none.
  std::string root;
  // Nothing is written: the call is released by the end of the plan.
  bool ends = false;
  // Of a node or branch that nothing is known of here.
  bool is_unknown = false;
};

// A node with its place in the plan.
struct Place {
  const v1::Node& node;
  // Without its kind: "trees.desk", "trees.desk.time.otherwise".
  std::string path;
  // It belongs to the plan's default, behind which there is only its end.
  bool in_default = false;

  // With its kind, as decisions name it: "trees.desk.time".
  std::string KindPath() const;
};

// How nodes of a plan lead to each other, with all that is not written filled in.
class Exits {
 public:
  // `plan` must outlive this.
  explicit Exits(const v1::Plan& plan);

  // Trees and branches of the default, by path; each before those it leads to.
  // The plan must have no cycles.
  const std::vector<std::pair<std::string, const v1::Node*>>& roots() const { return roots_; }
  static std::string TreePath(const std::string& tree);
  bool IsDefault(const std::string& root) const { return root.rfind("default.", 0) == 0; }

  Exit OfDial(const Place& place, Outcome outcome) const;
  // A field of the node, else what `otherwise` says, else the default's.
  Exit OrOtherwise(const Place& place, std::string branch, const v1::Node* written,
                   const v1::Node* otherwise) const;
  Exit OrDefault(const Place& place, std::string branch, const v1::Node* written) const;
  // One that is written; where it is not, the call is ended on purpose.
  static Exit Written(const Place& place, std::string branch, std::string field,
                      const v1::Node* written);
  Exit OfGoto(const Place& place) const;
  // Of a `limit` node, where calls are turned away to what is written.
  static std::vector<Exit> OfLimit(const Place& place);

  // All of a node's. Nodes below it that none of the kinds here leads to are among
  // them, so that what is new is never left out.
  std::vector<Exit> All(const Place& place) const;

 private:
  std::vector<Exit> Known(const Place& place) const;
  std::vector<Exit> OfBranch(const Place& place) const;
  std::vector<Exit> OfAgents(const Place& place) const;
  // Where a call goes on when the called side has ended it.
  template <class Action>
  static void AddAfter(const Place& place, const Action& action, std::vector<Exit>& exits);
  std::vector<Exit> OfConferenceAccess(const Place& place) const;
  std::vector<Exit> OfUnknown(const Place& place) const;
  template <class Branch>
  std::vector<Exit> Cases(const Place& place, const Branch& branch) const;
  template <class Prompt>
  std::vector<Exit> Faults(const Place& place, const Prompt& prompt) const;
  void AddUnknown(const Place& place, const google::protobuf::Message& message,
                  const std::string& field, std::vector<Exit>& exits) const;
  Exit Default(const Place& place, std::string branch, const Outcome* outcome) const;
  void VisitRoot(const std::string& path, const v1::Node& node, std::set<std::string>& seen);
  void VisitBelow(const Place& place, std::set<std::string>& seen);

  const v1::Plan& plan_;
  std::vector<std::pair<std::string, const v1::Node*>> roots_;
};

}  // namespace libroute

#endif  // LIBROUTE_PROVE_EXITS_H_
