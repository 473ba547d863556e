// A plan of exactly the allowed depth can be written in every form, whatever
// kinds of node it is made of; one more level is refused with advice.

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/readers/document.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using google::protobuf::util::MessageDifferencer;
using v1::Node;

// Makes one more node below `node`.
struct Form {
  const char* name;
  std::function<Node*(Node* node)> descend;
};

const Form kForms[] = {
    {"time", [](Node* n) { return n->mutable_time()->add_cases()->mutable_then(); }},
    {"origin", [](Node* n) { return n->mutable_origin()->add_cases()->mutable_then(); }},
    {"destination", [](Node* n) { return n->mutable_destination()->add_cases()->mutable_then(); }},
    {"caller", [](Node* n) { return n->mutable_caller()->add_cases()->mutable_then(); }},
    {"share", [](Node* n) { return n->mutable_share()->add_cases()->mutable_then(); }},
    {"status", [](Node* n) { return n->mutable_status()->add_cases()->mutable_then(); }},
    {"switch", [](Node* n) { return n->mutable_switch_()->add_cases()->mutable_then(); }},
    {"otherwise", [](Node* n) { return n->mutable_time()->mutable_otherwise(); }},
    {"dial", [](Node* n) { return n->mutable_dial()->mutable_on_busy(); }},
    {"announce", [](Node* n) { return n->mutable_announce()->mutable_then(); }},
    {"menu", [](Node* n) { return &(*n->mutable_menu()->mutable_keys())["*"]; }},
    {"agents", [](Node* n) { return n->mutable_agents()->mutable_on_timeout(); }},
    {"when", [](Node* n) { return n->mutable_when()->add_cases()->mutable_then(); }},
    {"set", [](Node* n) { return n->mutable_set()->mutable_then(); }},
    {"match", [](Node* n) { return n->mutable_match()->add_cases()->mutable_then(); }},
    {"collect", [](Node* n) { return n->mutable_collect()->mutable_then(); }},
    {"conference_access", [](Node* n) { return n->mutable_conference_access()->mutable_on_full(); }},
    {"lookup", [](Node* n) { return n->mutable_lookup()->mutable_then(); }},
};

// A condition that is as deep as conditions may be, about the deepest thing that
// a case can hold.
void FillCondition(v1::Condition& condition) {
  auto& origin = *condition.add_all()->add_any()->mutable_not_()->mutable_origin();
  origin.mutable_diverted()->add_by("+32*");
  origin.mutable_diverted()->add_by("+33*");
}

// A plan with a tree of `depth` nodes, each below the one before; the last
// holds a condition, the deepest thing that a node can hold, if that may be so.
v1::Plan DeepPlan(const Form& form, int depth) {
  v1::Plan plan;
  plan.set_customer("acme");
  Node* node = &(*plan.mutable_trees())["deep"];
  for (int i = 1; i < depth; ++i) node = form.descend(node);
  // Of plans that are nested far too deep, protobuf does not print the deepest.
  if (depth > PlanLimits().max_nesting + 1) {
    node->mutable_release();
  } else {
    FillCondition(*node->mutable_when()->add_cases()->mutable_if_());
  }
  return plan;
}

std::string ToJson(const google::protobuf::Message& message) {
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &json).ok());
  return json;
}

// `node` in YAML's block style.
std::string ToBlocks(const DocumentNode& node, const std::string& indent) {
  if (node.kind == DocumentNode::Kind::kScalar) return absl::StrCat(" \"", node.text, "\"\n");
  const bool is_map = node.kind == DocumentNode::Kind::kMap;
  std::string text = "\n";
  for (size_t i = 0; i < node.values.size(); ++i) {
    absl::StrAppend(&text, indent, is_map ? absl::StrCat("\"", node.keys[i].text, "\":") : "-",
                    ToBlocks(node.values[i], indent + " "));
  }
  return text;
}

std::string JsonToBlocks(const std::string& json) {
  IssueList issues(1);
  return ToBlocks(ParseDocument(json, "f.json", PlanLimits(), issues), "");
}

std::string FirstIssue(const ReadResult& read) {
  return read.issues.empty() ? "" : FormatIssue(read.issues[0]);
}

void PrintTo(const Form& form, std::ostream* out) {
  *out << form.name;
}

class NestingTest : public testing::TestWithParam<Form> {
 protected:
  const int kMax = PlanLimits().max_nesting;
};

TEST_P(NestingTest, AllowedDepthIsReadFromEveryText) {
  const v1::Plan plan = DeepPlan(GetParam(), kMax);
  const std::string json = ToJson(plan);
  for (const auto& [text, file] : {std::make_pair(json, "f.json"),
                                   {"# flow style\n" + json, "f.yaml"},
                                   {JsonToBlocks(json), "f.yaml"}}) {
    const ReadResult read = ReadPlan(text, file);
    EXPECT_EQ(FirstIssue(read), "") << text;
    EXPECT_TRUE(MessageDifferencer::Equals(*read.plan, plan));
  }
}

TEST_P(NestingTest, OneMoreLevelIsRefusedWithAdvice) {
  const std::string json = ToJson(DeepPlan(GetParam(), kMax + 1));
  for (const std::string& text : {json, "# flow style\n" + json, JsonToBlocks(json)}) {
    const ReadResult read = ReadPlan(text, "f.yaml");
    ASSERT_EQ(read.issues.size(), 1u);
    EXPECT_EQ(read.issues[0].code, "too-deep");
    EXPECT_EQ(read.issues[0].message,
              "nested 17 nodes deep, at most 16; give this subtree a name under trees and `goto` "
              "it");
    EXPECT_THAT(read.issues[0].path, testing::StartsWith("trees.deep."));
  }
}

TEST_P(NestingTest, AFewMoreLevelsGetTheSameAdvice) {
  const ReadResult read = ReadPlan(ToJson(DeepPlan(GetParam(), kMax + 4)), "f.json");
  ASSERT_EQ(read.issues.size(), 1u);
  EXPECT_THAT(read.issues[0].message, testing::StartsWith("nested 17 nodes deep"));
}

TEST_P(NestingTest, AllowedDepthFitsProtobufsOwnFormats) {
  const v1::Plan plan = DeepPlan(GetParam(), kMax);
  v1::Plan from_bytes;
  EXPECT_TRUE(from_bytes.ParseFromString(plan.SerializeAsString()));
  EXPECT_TRUE(MessageDifferencer::Equals(from_bytes, plan));
  v1::Plan from_json;
  const auto status = google::protobuf::util::JsonStringToMessage(ToJson(plan), &from_json);
  EXPECT_TRUE(status.ok()) << status.ToString();
  EXPECT_TRUE(MessageDifferencer::Equals(from_json, plan));
}

// As a request to publish a plan will have it.
TEST_P(NestingTest, AllowedDepthFitsInsideAnotherMessage) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("wrapper.proto");
  file.set_syntax("proto3");
  file.add_dependency("libroute/v1/plan.proto");
  auto& type = *file.add_message_type();
  type.set_name("Wrapper");
  auto& field = *type.add_field();
  field.set_name("plan");
  field.set_number(1);
  field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
  field.set_type(google::protobuf::FieldDescriptorProto::TYPE_MESSAGE);
  field.set_type_name(".libroute.v1.Plan");
  google::protobuf::DescriptorPool pool(v1::Plan::descriptor()->file()->pool());
  google::protobuf::DynamicMessageFactory factory;
  factory.SetDelegateToGeneratedFactory(true);
  const auto* wrapper = pool.BuildFile(file)->message_type(0);

  const v1::Plan plan = DeepPlan(GetParam(), kMax);
  const std::unique_ptr<google::protobuf::Message> built(factory.GetPrototype(wrapper)->New());
  const auto* reflection = built->GetReflection();
  reflection->MutableMessage(built.get(), wrapper->field(0), &factory)->CopyFrom(plan);
  const std::unique_ptr<google::protobuf::Message> read(built->New());
  EXPECT_TRUE(read->ParseFromString(built->SerializeAsString()));
  EXPECT_TRUE(MessageDifferencer::Equals(*read, *built));
  read->Clear();
  const auto status = google::protobuf::util::JsonStringToMessage(ToJson(*built), read.get());
  EXPECT_TRUE(status.ok()) << status.ToString();
  EXPECT_TRUE(MessageDifferencer::Equals(*read, *built));
}

INSTANTIATE_TEST_SUITE_P(Forms, NestingTest, testing::ValuesIn(kForms),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Nesting, IsCountedInEachTreeForItself) {
  v1::Plan plan = DeepPlan(kForms[0], 16);
  (*plan.mutable_trees())["second"] = plan.trees().at("deep");
  *plan.mutable_default_()->mutable_on_busy() = plan.trees().at("deep");
  EXPECT_EQ(FirstIssue(ReadPlan(ToJson(plan), "f.json")), "");
}

}  // namespace
}  // namespace libroute
