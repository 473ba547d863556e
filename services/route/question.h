#ifndef LIBROUTE_SERVICES_ROUTE_QUESTION_H_
#define LIBROUTE_SERVICES_ROUTE_QUESTION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libroute/call/call.h"
#include "libroute/call/event.h"
#include "services/route/call_message.h"

namespace libroute {

namespace v1 {
class CallId;
class RouteRequest;
}  // namespace v1

// A question of a network switch about a call, in the engine's words.
//
//   Question question;
//   absl::Status status = question.Read(request);
//
// One object may read many requests, one after the other: it uses its memory
// again.
class Question {
 public:
  // Takes over `request`, which must outlive the question or the next Read.
  // Every field is checked (route.proto says how), also those that only
  // inform. InvalidArgument names the field and what was expected.
  absl::Status Read(const v1::RouteRequest& request, ProfileSource numbers = NoProfile);

  // The same for the first question about a call to the emergency number
  // `dialled`, which no mistake may stop: only the call id is checked, other
  // fields that are bad count as left out.
  absl::Status ReadEmergency(const v1::RouteRequest& request, Digits dialled,
                             ProfileSource numbers = NoProfile);

  // Whether ReadEmergency read it.
  bool is_emergency() const { return is_emergency_; }
  // Whether it is the first one about its call. Else only id and step of the
  // call are set.
  bool is_first() const { return call_.step == 0; }
  const Call& call() const { return call_; }
  // Not for first questions.
  const Event& event() const { return event_; }
  absl::string_view continuation() const { return continuation_; }
  // How many decisions are to be made ahead.
  int look_ahead() const { return look_ahead_; }
  // Whether it is to be said why.
  bool explain() const { return explain_; }

 private:
  absl::Status ReadId(const v1::RouteRequest& request);
  absl::Status ReadFirst(const v1::RouteRequest& request, ProfileSource numbers);
  absl::Status ReadNext(const v1::RouteRequest& request);

  Call call_;
  Event event_;
  absl::string_view continuation_;
  int look_ahead_ = 0;
  bool explain_ = false;
  bool is_emergency_ = false;
};

// Takes a call id over; InvalidArgument names the field within it ("switch",
// ...).
absl::Status ReadCallId(const v1::CallId& message, CallId& id);

// InvalidArgument unless `reference` is one of a switch's: 1-64 printable
// ASCII characters.
absl::Status CheckReference(absl::string_view reference);

// How `request` was read where that is not plain, and what it says that has no
// effect yet, in words for a person.
std::vector<std::string> NotesOn(const v1::RouteRequest& request,
                                 ProfileSource numbers = NoProfile);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_QUESTION_H_
