#ifndef LIBROUTE_SERVICES_ROUTECTL_TERMINAL_H_
#define LIBROUTE_SERVICES_ROUTECTL_TERMINAL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libroute/plan/issue.h"
#include "libroute/report/schedule_text.h"

namespace libroute {

enum class OutputFormat { kText, kJson };

// How words stand out on a terminal.
enum class Tone { kGood, kWarning, kBad, kStrong };

// Writes to standard output.
void Print(absl::string_view text);

// Writes one line to standard error: what went wrong, or how it went.
void Note(absl::string_view text);

// Notes "routectl: <message>".
void NoteError(absl::string_view message);

// Notes what went wrong, and returns what the shell is told.
int Fail(const absl::Status& status, int exit_code);

// `text` in the colour of `tone` if standard output is a terminal that is to
// be coloured (https://no-color.org), else as it is.
std::string Toned(absl::string_view text, Tone tone);

// FormatIssue with the severity toned.
std::string TonedIssue(const Issue& issue);

// What standard output can show, by the locale in the environment.
Glyphs TerminalGlyphs();

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_TERMINAL_H_
