#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

// Where a bracket that opens at text[0] closes, past the ']'; quotes hide
// brackets.
size_t BracketEnd(absl::string_view text) {
  bool is_quoted = false;
  for (size_t i = 1; i < text.size(); ++i) {
    if (is_quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      is_quoted = !is_quoted;
    } else if (text[i] == ']' && !is_quoted) {
      return i + 1;
    }
  }
  return text.size();
}

// Takes the first segment off `path`.
absl::string_view TakeSegment(absl::string_view& path) {
  if (path[0] == '.') path.remove_prefix(1);
  const size_t end = !path.empty() && path[0] == '['
                         ? BracketEnd(path)
                         : std::min(path.find_first_of(".["), path.size());
  const absl::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

}  // namespace

SourceMap::Place SourceMap::AddWithin(Place parent, std::string segment, int line, int column) {
  const Place next = static_cast<Place>(entries_.size()) + 1;
  const auto [it, is_new] = places_.emplace(std::make_pair(parent, segment), next);
  if (is_new) entries_.push_back({parent, std::move(segment), 0, 0});
  Entry& entry = entries_[it->second - 1];
  entry.line = line;
  entry.column = column;
  return it->second;
}

void SourceMap::Add(absl::string_view path, int line, int column) {
  Place place = kWhole;
  while (!path.empty()) {
    const std::string segment(TakeSegment(path));
    if (path.empty()) {
      AddWithin(place, segment, line, column);
      return;
    }
    const auto it = places_.find({place, segment});
    place = it == places_.end() ? AddWithin(place, segment, 0, 0) : it->second;
  }
}

std::string SourceMap::Path(Place place) const {
  std::vector<absl::string_view> segments;
  for (; place != kWhole; place = entries_[place - 1].parent) {
    segments.push_back(entries_[place - 1].segment);
  }
  std::string path;
  for (auto it = segments.rbegin(); it != segments.rend(); ++it) {
    absl::StrAppend(&path, path.empty() || (*it)[0] == '[' ? "" : ".", *it);
  }
  return path;
}

SourcePosition SourceMap::Find(absl::string_view path) const {
  SourcePosition found{file_, file_.empty() ? 0 : 1, file_.empty() ? 0 : 1};
  Place place = kWhole;
  while (!path.empty()) {
    const auto it = places_.find({place, std::string(TakeSegment(path))});
    if (it == places_.end()) break;
    place = it->second;
    const Entry& entry = entries_[place - 1];
    if (entry.line > 0) found = {file_, entry.line, entry.column};
  }
  return found;
}

void SourceMap::Locate(std::vector<Issue>& issues) const {
  for (Issue& issue : issues) {
    if (issue.position.line == 0) issue.position = Find(issue.path);
  }
}

}  // namespace libroute
