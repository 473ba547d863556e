#ifndef LIBROUTE_REHEARSAL_TEST_PLAN_H_
#define LIBROUTE_REHEARSAL_TEST_PLAN_H_

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// A desk with hours, a switch and a chain of dials; for tests. `more` is
// appended: further fields of the plan.
inline v1::Plan DeskPlan(absl::string_view more = "") {
  constexpr absl::string_view kText = R"yaml(
customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: desk }]
schedules:
  hours: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }] }
switches: { meeting: { description: everybody is in a meeting } }
sites: { north: { description: main building } }
groups: { team: { agents: [ann] } }
agents: { ann: { display_name: Ann } }
destinations:
  front: { number: "+3222000111", site: north }
trees:
  desk:
    switch:
      cases: [{ switch: meeting, then: { agents: { group: team, wait: 60s,
                                                   on_timeout: { voicemail: { mailbox: desk } } } } }]
      otherwise:
        time:
          cases:
            - schedule: hours
              then:
                dial:
                  to: front
                  on_busy: { dial: { to: "+32470000001", otherwise: { voicemail: { mailbox: desk } } } }
                  otherwise: { voicemail: { mailbox: desk } }
          otherwise: { reject: { cause: unreachable } }
)yaml";
  ReadResult read = ReadPlan(absl::StrCat(kText, more), "desk.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.plan;
}

}  // namespace libroute

#endif  // LIBROUTE_REHEARSAL_TEST_PLAN_H_
