#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libroute/tree/plan_compiler.h"

// Messages, by language or not.
namespace libroute {
namespace {

constexpr absl::string_view kLanguage = "language";
constexpr int kMostLanguages = 64;

bool IsSubtag(absl::string_view text) {
  constexpr size_t kLongest = 8;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), absl::ascii_isalnum);
}

// A tag as RFC 5646 writes them, roughly: a language, and what else is said of it.
bool IsLanguageTag(absl::string_view text) {
  if (text.size() > kMaxAttributeValueBytes) return false;
  const std::vector<absl::string_view> subtags = absl::StrSplit(text, '-');
  if (!std::all_of(subtags.begin(), subtags.end(), IsSubtag)) return false;
  const absl::string_view first = subtags.front();
  const bool is_language =
      first.size() > 1 && std::all_of(first.begin(), first.end(), absl::ascii_isalpha);
  const bool is_private = (first == "x" || first == "X") && subtags.size() > 1;
  return is_language || is_private;
}

}  // namespace

void PlanCompiler::CompileMessages() {
  // The first one is none.
  plan_->messages_.emplace_back();
  // In the order of the names, so that the same plan compiles the same.
  for (const std::string& name : message_names_.names()) {
    const v1::Message& written = written_.messages().at(name);
    const std::string path = KeyPath("messages", name);
    messages_.emplace(name, static_cast<MessageIndex>(plan_->messages_.size()));
    CompiledMessage message;
    if (IsName(written.otherwise(), path + ".otherwise")) message.otherwise = written.otherwise();
    CompileLanguages(written, path + ".languages", message);
    written_messages_.insert(message.otherwise);
    for (const auto& [tag, known] : message.languages) written_messages_.insert(known);
    plan_->messages_.push_back(std::move(message));
  }
  if (message_names_.names().empty()) return;
  // Language comes from wherever attributes do.
  plan_->language_ = MatchedName(std::string(kLanguage), "messages");
}

void PlanCompiler::CompileLanguages(const v1::Message& written, const std::string& path,
                                    CompiledMessage& message) {
  if (written.languages().empty()) {
    Error(path, "missing", "write the message's name for each language, e.g. { fr: closed-fr }");
  }
  if (written.languages_size() > kMostLanguages) {
    Error(path, "too-many", absl::StrCat("a message has at most ", kMostLanguages, " languages"));
    return;
  }
  const std::map<std::string, std::string> sorted(written.languages().begin(),
                                                  written.languages().end());
  std::set<std::string> seen;
  for (const auto& [tag, name] : sorted) {
    const std::string entry = KeyPath(path, tag);
    if (!IsLanguageTag(tag)) {
      Error(entry, "bad-value",
            absl::StrCat(Quoted(tag),
                         " is no language; write a tag as in RFC 5646, e.g. fr or "
                         "fr-BE, of at most ",
                         kMaxAttributeValueBytes, " bytes"));
    } else if (!seen.insert(absl::AsciiStrToLower(tag)).second) {
      Error(entry, "duplicate",
            absl::StrCat(Quoted(tag), " is there already: capitals do not matter"));
    }
    if (IsName(name, entry)) message.languages.emplace_back(tag, name);
  }
}

MessageIndex PlanCompiler::Message(const std::string& name, const std::string& path) {
  if (!IsName(name, path)) return kNoMessage;
  const auto [entry, is_new] =
      messages_.emplace(name, static_cast<MessageIndex>(plan_->messages_.size()));
  if (is_new) {
    plan_->messages_.push_back({name, {}});
    WarnOfNearMessage(name, path);
  }
  used_messages_.insert(name);
  return entry->second;
}

// The switch may know any name, so that a misspelt one is no error.
void PlanCompiler::WarnOfNearMessage(const std::string& name, const std::string& path) {
  if (written_messages_.contains(name) || issues_.full() || !MayCompare(message_names_)) return;
  const std::string near = NearestName(name, message_names_.names());
  if (near.empty()) return;
  Warn(path, "near-name",
       absl::StrCat("`messages` has no ", Quoted(name), ", but ", Quoted(near),
                    ": the switch has to know ", Quoted(name), " by this name; is ", Quoted(near),
                    " meant?"));
}

void PlanCompiler::CheckUnusedMessages() {
  for (const std::string& name : message_names_.names()) {
    if (used_messages_.contains(name)) continue;
    Warn(KeyPath("messages", name), "unused",
         absl::StrCat("message ", Quoted(name), " is used by no tree"));
  }
}

}  // namespace libroute
