#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"

// Calls for help: they pass before anything else is looked at.
namespace libroute {
namespace {

// How long calls to a line from which somebody has called for help are let
// through.
constexpr absl::Duration kCallBackSpan = absl::Minutes(60);

// Whether who is called back at this number is reached: not at a service number.
bool CanBeCalledBack(E164Number number) {
  if (!number.has_value()) return false;
  return SpecialKindOf(NumberingPlans::World().Find(number).kind) != SpecialKind::kService;
}

}  // namespace

// The site's country decides what is an emergency number there; where the site is
// not known, the ingress's.
bool Engine::Question::PassEmergency(const Call& call, Course& course) {
  ReadGuard guard(engine_.domain);
  E164Number number = call.line.has_value() ? call.line : call.calling;
  const Line line = FindLine(call, number);
  if (line.number.has_value()) number = line.number;
  const LinePlace at =
      line.revision == nullptr ? LinePlace() : line.revision->plan->emergency_sites().Find(number);
  const std::string* ingress = engine_.ingresses.EmergencyPlace(call.ingress, call.dialled);
  const bool by_site = at.site != nullptr && at.site->dialling != nullptr;
  const bool is_emergency = by_site
                                ? at.site->dialling->Find(call.dialled) == SpecialKind::kEmergency
                                : ingress != nullptr;
  if (!is_emergency) return false;
  PassThroughDecision pass = {PassThroughReason::kEmergency,
                              ingress == nullptr ? absl::string_view() : *ingress};
  pass.call_back = CanBeCalledBack(call.calling) ? call.calling : E164Number();
  if (at.site != nullptr) {
    KeepAlive(line.revision->plan);
    if (!at.place.empty()) pass.place = at.place;
    pass.place_uncertain = at.is_uncertain;
    pass.routing_number = at.site->RouteOf(call.dialled);
    if (!pass.call_back.has_value()) {
      pass.call_back = at.site->call_back.has_value() ? at.site->call_back : number;
    }
  }
  PassThrough(call, pass);
  Protect(number, course);
  if (pass.call_back.has_value() && pass.call_back != number) Protect(pass.call_back, course);
  Note(absl::StrCat(call.dialled.ToString(), " is an emergency number ",
                    by_site ? "at this line's site" : "here",
                    ": passed through before anything else"));
  return true;
}

void Engine::Question::Protect(E164Number line, Course& course) {
  if (!line.has_value()) return;
  Claim protect;
  protect.kind = Claim::Kind::kProtect;
  protect.subject = line.digits().packed();
  protect.span = kCallBackSpan;
  decision_.claims.push_back(protect);
  course.claims.push_back({protect, nullptr});
}

bool Engine::Question::PassCallBack(const Call& call, E164Number called) {
  if (!engine_.ledger.IsProtected(called, now_)) return false;
  PassThrough(call, {PassThroughReason::kEmergencyCallBack, ""});
  decision_.depends_on.Add(Dependence::kLedger);
  decision_.number = called;
  Note(absl::StrCat("somebody has called for help from ", called.ToString(),
                    " lately: whoever calls back gets through"));
  return true;
}

}  // namespace libroute
