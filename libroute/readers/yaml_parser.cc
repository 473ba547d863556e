#include "libroute/readers/yaml_parser.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstddef>
#include <istream>
#include <streambuf>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libroute/plan/utf8.h"

namespace libroute {
namespace {

// Ends yaml-cpp's work from within; never leaves this file.
struct Stopped {};

// Gives yaml-cpp its text in small pieces. It looks ahead to the end of the
// outermost [] or {} and keeps some 250 bytes for each mark that it meets, so
// that four megabytes of '[' would take a gigabyte: here the text ends when
// too many marks were given out for one event.
class MeteredText : public std::streambuf {
 public:
  explicit MeteredText(absl::string_view text) : rest_(text) {}

  void OnEvent(size_t offset) {
    marks_ = 0;
    last_event_ = offset;
  }

  // The text ended early, after an event at last_event().
  bool is_cut() const { return is_cut_; }
  size_t last_event() const { return last_event_; }

 protected:
  int_type underflow() override {
    if (marks_ > kMaxMarks) is_cut_ = true;
    if (rest_.empty() || is_cut_) return traits_type::eof();
    const size_t size = std::min(rest_.size(), sizeof(piece_));
    std::copy_n(rest_.begin(), size, piece_);
    rest_.remove_prefix(size);
    marks_ += std::count_if(piece_, piece_ + size, IsMark);
    setg(piece_, piece_, piece_ + size);
    return traits_type::to_int_type(piece_[0]);
  }

 private:
  // Ten thousand maps like {number: "+3222000100", tree: desk} have 90 000.
  static constexpr int kMaxMarks = 250'000;

  static bool IsMark(char c) { return absl::StrContains("[]{},:?-&*!|>'\"", c); }

  absl::string_view rest_;
  char piece_[4096];
  int marks_ = 0;
  bool is_cut_ = false;
  size_t last_event_ = 0;
};

constexpr absl::string_view kCoreTags = "tag:yaml.org,2002:";

// Passes on what yaml-cpp sees to a builder.
class EventReader : public YAML::EventHandler {
 public:
  EventReader(MeteredText& text, DocumentBuilder& builder) : text_(text), builder_(builder) {}

  // Whether the document was seen to its end.
  bool is_complete() const { return is_complete_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!is_complete_) return;
    builder_.Complain(mark.pos, "syntax",
                      "something follows the end of the document; a file holds one");
    throw Stopped();
  }
  void OnDocumentEnd() override { is_complete_ = true; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    builder_.Null(mark.pos);
    Continue(mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    builder_.Complain(mark.pos, "alias",
                      "aliases are not accepted; write the value out, or give it a name in the "
                      "plan and refer to that");
    builder_.Refused(mark.pos);
    Continue(mark);
  }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    builder_.Complain(mark.pos, "alias",
                      absl::StrCat("anchors are not accepted; remove ", Quoted("&" + name)));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& text) override {
    AddScalar(mark, tag, text);
    Continue(mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    CheckTag(mark, tag, "seq");
    builder_.BeginList(mark.pos);
    Continue(mark);
  }
  void OnSequenceEnd() override { builder_.End(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    CheckTag(mark, tag, "map");
    builder_.BeginMap(mark.pos);
    Continue(mark);
  }
  void OnMapEnd() override { builder_.End(); }

 private:
  void Continue(const YAML::Mark& mark) {
    text_.OnEvent(mark.pos);
    if (builder_.stopped()) throw Stopped();
  }

  // yaml-cpp's tags are "?" for a plain scalar or none, "!" for a quoted one.
  void AddScalar(const YAML::Mark& mark, const std::string& tag, const std::string& text) {
    // yaml-cpp reads \N and \_ as bytes 85 and A0, which are no characters.
    if (FindInvalidUtf8(text) < text.size()) {
      builder_.Complain(mark.pos, "syntax",
                        "the escapes \\N and \\_ are not accepted; write \\u0085 and \\u00a0");
      return builder_.Refused(mark.pos);
    }
    if (tag == "?" || tag == absl::StrCat(kCoreTags, "int") ||
        tag == absl::StrCat(kCoreTags, "float") || tag == absl::StrCat(kCoreTags, "bool")) {
      builder_.PlainScalar(mark.pos, text);
    } else if (CheckTag(mark, tag, "str")) {
      builder_.QuotedScalar(mark.pos, text);
    } else {
      builder_.Refused(mark.pos);
    }
  }

  bool CheckTag(const YAML::Mark& mark, const std::string& tag, absl::string_view core) {
    if (tag.empty() || tag == "?" || tag == "!" || tag == absl::StrCat(kCoreTags, core))
      return true;
    builder_.Complain(mark.pos, "syntax",
                      absl::StrCat("the tag ", Quoted(tag), " is not accepted here; remove it"));
    return false;
  }

  MeteredText& text_;
  DocumentBuilder& builder_;
  bool is_complete_ = false;
};

// yaml-cpp's words for what happens most, and what to do.
constexpr struct {
  absl::string_view words;
  absl::string_view meaning;
} kMistakes[] = {
    {"illegal map value",
     "there is no place for a ':' here; a text with ': ' in it needs quotes, "
     "and names of one map begin in the same column"},
    {"end of map not found",
     "expected another \"name: value\" of this map, in the same column as "
     "the others"},
    {"end of map flow not found", "expected ',' or '}'"},
    {"end of sequence not found",
     "expected another \"- \" of this list, in the same column as the "
     "others"},
    {"end of sequence flow not found", "expected ',' or ']'"},
    {"illegal flow end", "a ']' or '}' that closes nothing, or closes the wrong one"},
    {"illegal block entry", "a list with \"- \" begins on a line of its own"},
    {"illegal EOF in scalar", "a text in quotes has no end"},
    {"illegal document indicator in scalar", "a text in quotes before has no end"},
    {"unknown token", "a text does not begin with this character; put the text in quotes"},
    {"invalid unicode", "not a character; write the character itself, or \\U and eight hex digits"},
    {"unknown escape character",
     "no such escape in a text in double quotes; in single quotes "
     "there are none"},
};

std::string Explain(const std::string& words) {
  for (const auto& mistake : kMistakes) {
    if (words == mistake.words || (absl::StartsWith(words, mistake.words) &&
                                   absl::StartsWith(words.substr(mistake.words.size()), ":"))) {
      return std::string(mistake.meaning);
    }
  }
  return absl::StrCat("not YAML: ", words);
}

void ComplainAbout(const YAML::Exception& error, size_t end, DocumentBuilder& builder) {
  const bool is_alias = absl::StartsWith(error.msg, YAML::ErrorMsg::UNKNOWN_ANCHOR);
  const size_t offset = error.mark.is_null() ? 0 : static_cast<size_t>(error.mark.pos);
  builder.Complain(std::min(offset, end), is_alias ? "alias" : "syntax",
                   is_alias ? "aliases are not accepted" : Explain(error.msg));
}

}  // namespace

void ParseYaml(absl::string_view text, DocumentBuilder& builder) {
  // yaml-cpp takes a text in quotes that never ends for one that ends with the
  // file, when a line break comes last. The mark of a document's end cannot stand
  // within quotes.
  const bool may_be_open =
      absl::EndsWith(text, "\n") && text.find_first_of("\"'") != absl::string_view::npos;
  const std::string ended = may_be_open ? absl::StrCat(text, "...\n") : std::string();
  MeteredText metered(may_be_open ? absl::string_view(ended) : text);
  EventReader reader(metered, builder);
  try {
    std::istream stream(&metered);
    YAML::Parser parser(stream);
    if (parser.HandleNextDocument(reader)) parser.HandleNextDocument(reader);
  } catch (const Stopped&) {
    return;
  } catch (const YAML::Exception& error) {
    if (!metered.is_cut()) ComplainAbout(error, text.size(), builder);
  }
  if (metered.is_cut()) {
    builder.Complain(metered.last_event(), "too-large",
                     "a list or map in [] or {} is too long; write long ones with one \"- \" or "
                     "one name a line");
  }
}

}  // namespace libroute
