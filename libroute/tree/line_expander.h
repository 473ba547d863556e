#ifndef LIBROUTE_TREE_LINE_EXPANDER_H_
#define LIBROUTE_TREE_LINE_EXPANDER_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "libroute/tree/plan_expansion.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// Writes the lines of a plan out, one after the other.
class LineExpander {
 public:
  // `expanded` is a copy of `written` at first.
  LineExpander(const v1::Plan& written, v1::Plan& expanded, PlanExpansion& expansion);

  void ExpandAll();

  // A tree is called so, followed by the name of its line.
  static constexpr absl::string_view kTreePrefix = "line-";
  static constexpr size_t kMaxNameBytes = 40;

 private:
  // A node that is to be written, and its path.
  struct Place {
    v1::Node* node = nullptr;
    std::string path;
  };
  // How a line may end without having been answered.
  struct Ending;

  void Expand(const std::string& name);
  bool CheckLine(const std::string& name);
  void CheckTree();
  void AddNumber(const std::string& tree);

  // Each writes a node at a place, and gives that where a call goes on to which it
  // does not apply; none if it applies to all.
  Place RejectAnonymous(Place at);
  Place MarkUnwanted(Place at);
  Place ForwardSelected(Place at);
  Place ForwardAlways(Place at);
  Place LeaveUndisturbed(Place at);
  void Ring(const Place& at);
  void AddTargets(const Place& at, v1::Dial& dial);

  // What becomes of a call that ends so.
  bool IsForwarded(const Ending& ending) const;
  void WriteEnding(const Ending& ending);
  void GoToEnding(const Ending& ending, v1::Node* node);
  // Nothing else is to be done.
  void GiveUp(const Ending& ending, v1::Node* node);
  bool GoToDefault(const Ending& ending, v1::Node* node);
  // Sends the call to what is written at `origin`.
  void Forward(const Place& at, const std::string& target, const std::string& origin);
  // Sends the call to where the line's owner has switched it.
  void ForwardSwitched(const Place& at, v1::LineFeature feature);

  // Who is meant by names of caller types and number patterns, written at `origin`.
  void WriteCallers(const google::protobuf::RepeatedPtrField<std::string>& from, bool anonymous,
                    v1::Condition& condition, const std::string& path, const std::string& origin);
  bool CheckSelective(const v1::Line::Selective& selective, const std::string& origin);
  void WriteSelected(const v1::Line::Selective& selective, v1::Condition& condition,
                     const std::string& path, const std::string& origin);
  // A case of a `when` for a feature of the line; the node that it leads to.
  Place AddFeatureCase(const Place& at, v1::LineFeature feature, v1::SwitchState state);
  static Place Otherwise(const Place& at);
  Place NewTree(const std::string& name, const std::string& origin);

  std::string Field(absl::string_view field) const;

  const v1::Plan& written_;
  v1::Plan& expanded_;
  PlanExpansion& expansion_;
  // Trees of the numbers that are written.
  absl::flat_hash_map<std::string, std::string> trees_of_numbers_;
  // Names of the lines before.
  absl::flat_hash_map<std::string, std::string> lines_by_number_;

  // Of the line that is being written out.
  std::string name_;
  std::string path_;
  std::string tree_;
  const v1::Line* line_ = nullptr;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_LINE_EXPANDER_H_
