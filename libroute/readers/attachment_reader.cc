#include "libroute/readers/attachment_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libroute/readers/calendar_file.h"
#include "libroute/readers/caller_file.h"
#include "libroute/readers/table_file.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// A field of the plan that names a file.
struct FileUse {
  FileKind kind;
  // Of the caller type, calendar or table.
  std::string name;
  // Of the field.
  std::string path;
  // That of callers, or of a table's keys; and of its values.
  std::string column;
  std::string value_column;
};

absl::string_view EndingOf(FileKind kind) {
  return kind == FileKind::kCalendar ? ".ics" : ".csv";
}

// What is wrong with the name of a file; empty if nothing.
std::string FaultOfName(absl::string_view name, FileKind kind) {
  constexpr size_t kMaxBytes = 255;
  if (name.size() > kMaxBytes) return "a file's name has at most 255 bytes";
  for (char c : name) {
    if (absl::ascii_iscntrl(c) || c == '\\' || c == ':') {
      return absl::StrCat(Quoted(name),
                          " is no name of a file: write it without control "
                          "characters, ':' and backslashes, with '/' between directories");
    }
  }
  for (absl::string_view part : absl::StrSplit(name, '/')) {
    if (part.empty() || part == "." || part == "..") {
      return absl::StrCat(Quoted(name),
                          " must lie in the plan's directory or below it: write a "
                          "name such as lists/vip",
                          EndingOf(kind),
                          ", not beginning with '/' and "
                          "without \".\" and \"..\"");
    }
  }
  if (absl::EndsWithIgnoreCase(name, EndingOf(kind))) return "";
  return absl::StrCat(Quoted(name), " must end in ", EndingOf(kind));
}

// The fields of `plan` that name files, in the order of their names: a message's
// map has none.
std::vector<std::pair<std::string, FileUse>> UsesOf(const v1::Plan& plan) {
  std::vector<std::pair<std::string, FileUse>> uses;
  const std::map<std::string, v1::CallerType> types(plan.caller_types().begin(),
                                                    plan.caller_types().end());
  for (const auto& [name, type] : types) {
    if (type.file().empty()) continue;
    const std::string path = KeyPath("caller_types", name) + ".file";
    uses.push_back({type.file(), {FileKind::kCallers, name, path, type.column(), ""}});
  }
  const std::map<std::string, v1::Calendar> calendars(plan.calendars().begin(),
                                                      plan.calendars().end());
  for (const auto& [name, calendar] : calendars) {
    if (calendar.ics().empty()) continue;
    const std::string path = KeyPath("calendars", name) + ".ics";
    uses.push_back({calendar.ics(), {FileKind::kCalendar, name, path, "", ""}});
  }
  const std::map<std::string, v1::Table> tables(plan.tables().begin(), plan.tables().end());
  for (const auto& [name, table] : tables) {
    if (table.file().empty()) continue;
    const std::string path = KeyPath("tables", name) + ".file";
    uses.push_back({table.file(), {FileKind::kTable, name, path, table.key(), table.value()}});
  }
  return uses;
}

}  // namespace

// The reading of one plan's files.
class AttachmentReader::Reading {
 public:
  Reading(AttachmentReader& reader, absl::string_view directory, ReadFileFunction read_file)
      : reader_(reader), directory_(directory), read_file_(read_file) {}

  void Add(const std::string& file, FileUse use) {
    std::string fault = FaultOfName(file, use.kind);
    if (!fault.empty()) return Error(use.path, "bad-file-name", std::move(fault));
    uses_[file].push_back(std::move(use));
  }

  AttachmentReading Finish() && {
    int files = 0;
    for (const auto& [file, uses] : uses_) {
      if (++files > limits().max_files) {
        Error(uses[0].path, "too-long",
              absl::StrCat("a plan has at most ", limits().max_files, " files"));
        break;
      }
      ReadFile(file, uses);
    }
    return std::move(result_);
  }

 private:
  // A file that was read.
  struct File {
    std::string path;
    std::string bytes;
    std::string sha256;
  };

  const AttachmentLimits& limits() const { return reader_.limits_; }

  void ReadFile(const std::string& name, const std::vector<FileUse>& uses) {
    const bool is_csv = uses[0].kind != FileKind::kCalendar;
    const size_t max_bytes = is_csv ? limits().max_csv_bytes : limits().max_ics_bytes;
    const bool has_slash = directory_.empty() || absl::EndsWith(directory_, "/");
    const std::string path = absl::StrCat(directory_, has_slash ? "" : "/", name);
    absl::StatusOr<std::string> bytes = read_file_(path, max_bytes);
    if (!bytes.ok()) {
      return Error(uses[0].path, "unreadable-file", std::string(bytes.status().message()));
    }
    if (bytes->size() > max_bytes) {
      return Error(uses[0].path, "too-large",
                   absl::StrCat(Quoted(name), " has more than ", max_bytes, " bytes"));
    }
    std::string sha256 = Sha256Hex(*bytes);
    const File file = {path, *std::move(bytes), std::move(sha256)};
    result_.attachments.files.push_back({name, file.sha256});
    for (const FileUse& use : uses) {
      total_bytes_ += file.bytes.size();
      if (total_bytes_ > limits().max_total_bytes) {
        return Error(use.path, "too-large",
                     absl::StrCat("the plan's files have more than ", limits().max_total_bytes,
                                  " bytes, each counted as often as it is named"));
      }
      Take(file, use);
    }
  }

  void Take(const File& file, const FileUse& use) {
    Known& known =
        reader_.known_[{file.path, absl::StrCat(use.column, "\n", use.value_column), use.kind}];
    const bool is_same = known.sha256 == file.sha256;
    if (use.kind == FileKind::kCallers) {
      auto callers = is_same ? known.callers.lock() : nullptr;
      if (callers == nullptr) callers = ParseCallers(file, use, known);
      if (callers != nullptr) result_.attachments.callers[use.name] = std::move(callers);
    } else if (use.kind == FileKind::kTable) {
      auto table = is_same ? known.table.lock() : nullptr;
      if (table == nullptr) table = ParseTable(file, use, known);
      if (table != nullptr) result_.attachments.tables[use.name] = std::move(table);
    } else {
      auto calendar = is_same ? known.calendar.lock() : nullptr;
      if (calendar == nullptr) calendar = ParseCalendar(file, known);
      if (calendar != nullptr) result_.attachments.calendars[use.name] = std::move(calendar);
    }
    known.sha256 = file.sha256;
    for (Issue issue : known.issues) {
      issue.path = use.path;
      result_.issues.push_back(std::move(issue));
    }
  }

  std::shared_ptr<const CallerList> ParseCallers(const File& file, const FileUse& use,
                                                 Known& known) {
    CallerFileReading reading = ReadCallerFile(file.bytes, file.path, use.column, limits());
    known.callers = reading.callers;
    known.issues = std::move(reading.issues);
    return std::move(reading.callers);
  }

  std::shared_ptr<const Calendar> ParseCalendar(const File& file, Known& known) {
    CalendarFileReading reading = ReadCalendarFile(file.bytes, file.path, limits());
    known.calendar = reading.calendar;
    known.issues = std::move(reading.issues);
    return std::move(reading.calendar);
  }

  std::shared_ptr<const TableRows> ParseTable(const File& file, const FileUse& use, Known& known) {
    TableFileReading reading =
        ReadTableFile(file.bytes, file.path, {use.column, use.value_column}, limits());
    known.table = reading.rows;
    known.issues = std::move(reading.issues);
    return std::move(reading.rows);
  }

  void Error(const std::string& path, absl::string_view code, std::string message) {
    result_.issues.push_back({Severity::kError, std::string(code), path, std::move(message), {}});
  }

  AttachmentReader& reader_;
  const std::string directory_;
  const ReadFileFunction read_file_;
  // By name of the file.
  std::map<std::string, std::vector<FileUse>> uses_;
  size_t total_bytes_ = 0;
  AttachmentReading result_;
};

AttachmentReading AttachmentReader::Read(const v1::Plan& plan, absl::string_view directory,
                                         ReadFileFunction read_file) {
  if (known_.size() >= forget_at_) ForgetWhatNobodyHolds();
  Reading reading(*this, directory, read_file);
  for (auto& [file, use] : UsesOf(plan)) reading.Add(file, std::move(use));
  return std::move(reading).Finish();
}

void AttachmentReader::ForgetWhatNobodyHolds() {
  for (auto known = known_.begin(); known != known_.end();) {
    const bool is_held = !known->second.callers.expired() || !known->second.calendar.expired() ||
                         !known->second.table.expired();
    known = is_held ? std::next(known) : known_.erase(known);
  }
  forget_at_ = 64 + 2 * known_.size();
}

std::string DirectoryOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos) return "";
  // "/acme.yaml" lies in "/", of which names begin with "/".
  return std::string(path.substr(0, slash == 0 ? 1 : slash));
}

}  // namespace libroute
