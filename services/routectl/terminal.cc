#include "services/routectl/terminal.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

absl::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? absl::string_view() : value;
}

bool IsColoured() {
  static const bool coloured = isatty(STDOUT_FILENO) != 0 && Environment("NO_COLOR").empty() &&
                               Environment("TERM") != "dumb";
  return coloured;
}

absl::string_view EscapeOf(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "\033[32m";
    case Tone::kWarning:
      return "\033[33m";
    case Tone::kBad:
      return "\033[31m";
    case Tone::kStrong:
      return "\033[1m";
  }
  return "";
}

}  // namespace

void Print(absl::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void Note(absl::string_view text) {
  std::fflush(stdout);
  const std::string line = absl::StrCat(text, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void NoteError(absl::string_view message) {
  Note(absl::StrCat("routectl: ", message));
}

int Fail(const absl::Status& status, int exit_code) {
  NoteError(status.message());
  return exit_code;
}

std::string Toned(absl::string_view text, Tone tone) {
  return IsColoured() ? absl::StrCat(EscapeOf(tone), text, "\033[0m") : std::string(text);
}

std::string TonedIssue(const Issue& issue) {
  std::string text = FormatIssue(issue);
  const std::string word = absl::StrCat(SeverityName(issue.severity), ": ");
  const size_t place = text.find(word);
  if (place == std::string::npos) return text;
  const Tone tone = issue.severity == Severity::kError ? Tone::kBad : Tone::kWarning;
  return text.replace(place, word.size(), Toned(word, tone));
}

Glyphs TerminalGlyphs() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = absl::AsciiStrToUpper(Environment(name));
    if (value.empty()) continue;
    return absl::StrContains(value, "UTF-8") || absl::StrContains(value, "UTF8") ? Glyphs::kUnicode
                                                                                 : Glyphs::kAscii;
  }
  return Glyphs::kAscii;
}

}  // namespace libroute
