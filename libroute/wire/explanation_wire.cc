#include "libroute/wire/explanation_wire.h"

#include "libroute/v1/explanation.pb.h"

namespace libroute {
namespace {

void FillVisit(const Visit& visit, v1::Visit& message) {
  message.set_path(visit.path);
  message.set_kind(visit.kind);
  message.set_branch(visit.branch);
  message.set_why(visit.why);
  for (const std::string& later : visit.later) message.add_later(later);
  for (const Comparison& comparison : visit.comparisons) {
    v1::Comparison& added = *message.add_comparisons();
    added.set_subject(comparison.subject);
    added.set_against(comparison.against);
    added.set_matched(comparison.matched);
    added.set_finding(comparison.finding);
    if (!comparison.matched) {
      added.set_not_taken(static_cast<v1::NotTaken>(comparison.not_taken));
    }
  }
}

}  // namespace

void ToProto(const Explanation& explanation, v1::Explanation* message) {
  message->clear_visits();
  message->clear_notes();
  for (const Visit& visit : explanation.visits) FillVisit(visit, *message->add_visits());
  for (const std::string& note : explanation.notes) message->add_notes(note);
}

}  // namespace libroute
