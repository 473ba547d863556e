#ifndef LIBROUTE_PLAN_ATTACHMENTS_H_
#define LIBROUTE_PLAN_ATTACHMENTS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libroute/plan/revision.h"

namespace libroute {

struct Calendar;
struct CallerList;

// What a table looks up -> what that gives.
using TableRows = std::map<std::string, std::string>;

// The files of a plan, parsed: what Engine::Publish takes besides the plan,
// because the engine reads no file. An AttachmentReader
// (readers/attachment_reader.h) makes it from the files that a plan names.
//
// A plain value; the contents are shared and do not change, so that revisions
// with the same file can hold one copy.
struct Attachments {
  // Each file once.
  std::vector<AttachmentRef> files;
  // What was in the files that the plan names, by the name of the caller type,
  // calendar or table that names it. Never null.
  std::map<std::string, std::shared_ptr<const CallerList>> callers;
  std::map<std::string, std::shared_ptr<const Calendar>> calendars;
  std::map<std::string, std::shared_ptr<const TableRows>> tables;
};

}  // namespace libroute

#endif  // LIBROUTE_PLAN_ATTACHMENTS_H_
