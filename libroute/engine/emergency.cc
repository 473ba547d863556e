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

// The line that the network names goes before the number that it shows: that may
// be the one of another site.
Engine::Question::Line Engine::Question::LineInNeed(const Call& call) const {
  if (call.line.has_value() || !call.internal_line.empty()) {
    Line line = FindLine(call, call.line);
    if (line.number.has_value()) return line;
    if (call.line.has_value()) {
      line.number = call.line;
      return line;
    }
  }
  Line line = FindLine(call, call.calling);
  if (!line.number.has_value()) line.number = call.calling;
  return line;
}

// The site's country decides what is an emergency number there; where the site is
// not known, the ingress's or that of the plan's lines.
Engine::Question::Emergency Engine::Question::FindEmergency(const Call& call) const {
  Emergency emergency;
  emergency.line = LineInNeed(call);
  if (emergency.line.revision != nullptr) {
    emergency.at = emergency.line.revision->plan->emergency_sites().Find(emergency.line.number);
  }
  emergency.ingress = engine_.ingresses.EmergencyPlace(call.ingress, call.dialled);
  const EmergencySite* site = emergency.at.site;
  emergency.by_site = site != nullptr && site->dialling != nullptr;
  if (emergency.by_site) {
    emergency.is_one = site->dialling->Find(call.dialled) == SpecialKind::kEmergency;
    return emergency;
  }
  emergency.by_plan =
      emergency.ingress == nullptr && emergency.line.revision != nullptr &&
      emergency.line.revision->plan->Special(call.dialled) == SpecialKind::kEmergency;
  emergency.is_one = emergency.ingress != nullptr || emergency.by_plan;
  return emergency;
}

bool Engine::Question::IsEmergency(const Call& call) const {
  if (call.dialled.empty()) return false;
  ReadGuard guard(engine_.domain);
  return FindEmergency(call).is_one;
}

bool Engine::Question::PassEmergency(const Call& call, Course& course) {
  ReadGuard guard(engine_.domain);
  const Emergency emergency = FindEmergency(call);
  if (!emergency.is_one) return false;
  const E164Number number = emergency.line.number;
  PassThroughDecision pass = {PassThroughReason::kEmergency, emergency.ingress == nullptr
                                                                 ? absl::string_view()
                                                                 : *emergency.ingress};
  pass.call_back = CanBeCalledBack(number) ? number : E164Number();
  if (const EmergencySite* site = emergency.at.site; site != nullptr) {
    KeepAlive(emergency.line.revision->plan);
    if (!emergency.at.place.empty()) pass.place = emergency.at.place;
    pass.place_uncertain = emergency.at.is_uncertain;
    pass.routing_number = site->RouteOf(call.dialled);
    if (!pass.call_back.has_value()) pass.call_back = site->call_back;
  }
  if (!pass.call_back.has_value() && CanBeCalledBack(call.calling)) pass.call_back = call.calling;
  PassThrough(call, pass);
  Protect(number, course);
  if (pass.call_back.has_value() && pass.call_back != number) Protect(pass.call_back, course);
  Note(absl::StrCat(call.dialled.ToString(), " is an emergency number ",
                    emergency.by_site   ? "at this line's site"
                    : emergency.by_plan ? "where this customer's lines are"
                                        : "here",
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
  if (!called.has_value()) return false;
  if (!call.psap_callback && !engine_.ledger.IsProtected(called, now_)) return false;
  PassThrough(call, {PassThroughReason::kEmergencyCallBack, ""});
  decision_.number = called;
  if (call.psap_callback) {
    Note(absl::StrCat("the emergency services call ", called.ToString(),
                      " back, says the network: they get through"));
    return true;
  }
  decision_.depends_on.Add(Dependence::kLedger);
  Note(absl::StrCat("somebody has called for help from ", called.ToString(),
                    " lately: whoever calls back gets through"));
  return true;
}

}  // namespace libroute
