#ifndef LIBROUTE_READERS_ICAL_LINES_H_
#define LIBROUTE_READERS_ICAL_LINES_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

// A content line of an iCalendar text (RFC 5545, 3.1), unfolded.
struct IcalLine {
  // Where it begins, from 1.
  int line = 0;
  // In upper case.
  std::string name;
  // In upper case, and the value without its quotes.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string value;
  // What is wrong with it, empty if nothing.
  std::string fault;

  // The value of a parameter, empty if it is not there.
  absl::string_view Parameter(absl::string_view parameter) const;
};

// The content lines of an iCalendar text, one after the other. Lines may end in
// LF, too; empty ones are passed over, and so is a byte order mark. Time and
// memory are linear. `text` must outlive this. Thread-compatible.
class IcalLines {
 public:
  explicit IcalLines(absl::string_view text);

  // Valid until the next call; nullptr after the last one.
  const IcalLine* Next();

 private:
  absl::string_view NextPhysical();
  bool GoesOn() const;
  void Parse(absl::string_view content);

  absl::string_view text_;
  size_t next_ = 0;
  // Of next_.
  int line_number_ = 1;
  IcalLine line_;
};

// A TEXT value (3.3.11) without its escapes.
std::string IcalText(absl::string_view value);

}  // namespace libroute

#endif  // LIBROUTE_READERS_ICAL_LINES_H_
