#include "libroute/readers/document_builder.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace libroute {

DocumentBuilder::DocumentBuilder(absl::string_view text, std::string file, const PlanLimits& limits,
                                 IssueList& issues)
    : positions_(text), file_(std::move(file)), limits_(limits), issues_(issues) {}

void DocumentBuilder::PlainScalar(size_t offset, std::string text) {
  if (ExpectsKey()) return AddKey(offset, std::move(text));
  if (DocumentNode* node = Place(offset, DocumentNode::Kind::kScalar)) node->text = std::move(text);
}

void DocumentBuilder::QuotedScalar(size_t offset, std::string text) {
  if (ExpectsKey()) return AddKey(offset, std::move(text));
  if (DocumentNode* node = Place(offset, DocumentNode::Kind::kScalar)) {
    node->text = std::move(text);
    node->is_quoted = true;
  }
}

void DocumentBuilder::Null(size_t offset) {
  if (ExpectsKey()) {
    ComplainAboutKey(offset);
    return SkipKey();
  }
  Place(offset, DocumentNode::Kind::kNull);
}

void DocumentBuilder::Refused(size_t offset) {
  if (ExpectsKey()) return SkipKey();
  Place(offset, DocumentNode::Kind::kRefused);
}

void DocumentBuilder::BeginList(size_t offset) {
  Begin(offset, DocumentNode::Kind::kList);
}

void DocumentBuilder::BeginMap(size_t offset) {
  Begin(offset, DocumentNode::Kind::kMap);
}

void DocumentBuilder::Begin(size_t offset, DocumentNode::Kind kind) {
  if (static_cast<int>(open_.size()) >= limits_.max_document_depth) {
    return Stop(offset, "too-deep",
                absl::StrCat("lists and maps are nested more than ", limits_.max_document_depth,
                             " levels deep; give parts of it names, and refer to them"));
  }
  Open open{nullptr, kind == DocumentNode::Kind::kMap};
  if (ExpectsKey()) {
    open.key_offset = offset;
    SkipKey();
  } else {
    open.node = Place(offset, kind);
  }
  open_.push_back(open);
}

void DocumentBuilder::End() {
  // Not sooner: yaml-cpp takes a list or map that has no end for a name.
  if (open_.back().key_offset) ComplainAboutKey(*open_.back().key_offset);
  open_.pop_back();
}

void DocumentBuilder::Complain(size_t offset, std::string code, std::string message) {
  const LineColumn place = positions_.At(offset);
  Issue issue;
  issue.code = std::move(code);
  issue.message = std::move(message);
  issue.position = {file_, place.line, place.column};
  issues_.Add(std::move(issue));
}

DocumentNode* DocumentBuilder::Place(size_t offset, DocumentNode::Kind kind) {
  if (++values_ > limits_.max_values) {
    Stop(offset, "too-large",
         absl::StrCat("more than ", limits_.max_values, " values in one file; split the plan"));
    return nullptr;
  }
  DocumentNode* node = open_.empty() ? &root_ : Slot();
  if (node == nullptr) return nullptr;
  const LineColumn place = positions_.At(offset);
  node->kind = kind;
  node->line = place.line;
  node->column = place.column;
  return node;
}

DocumentNode* DocumentBuilder::Slot() {
  Open& open = open_.back();
  if (open.is_map) {
    open.has_key = false;
    return open.drops_value ? nullptr : &open.node->values.back();
  }
  if (open.node == nullptr) return nullptr;
  if (++open.node->size > limits_.max_list) return nullptr;
  return &open.node->values.emplace_back();
}

void DocumentBuilder::AddKey(size_t offset, std::string text) {
  Open& open = open_.back();
  SkipKey();
  if (open.node == nullptr || ++open.node->size > limits_.max_list) return;
  open.drops_value = false;
  const LineColumn place = positions_.At(offset);
  open.node->keys.push_back({std::move(text), place.line, place.column});
  // Stays so when the text ends before the value.
  open.node->values.emplace_back().kind = DocumentNode::Kind::kRefused;
}

void DocumentBuilder::SkipKey() {
  open_.back().has_key = true;
  open_.back().drops_value = true;
}

void DocumentBuilder::ComplainAboutKey(size_t offset) {
  Complain(offset, "syntax", "a name is missing before ':'; names are text, in quotes if need be");
}

void DocumentBuilder::Stop(size_t offset, std::string code, std::string message) {
  is_stopped_ = true;
  Complain(offset, std::move(code), std::move(message));
}

}  // namespace libroute
