#include "libroute/engine/emails.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/call/email.h"
#include "libroute/call/stable_hash.h"
#include "libroute/engine/question.h"
#include "libroute/engine/state.h"
#include "libroute/number/mail_address.h"
#include "libroute/tree/nodes/events.h"

// E-mails: each is a contact by an id of its own, and is asked about as a call that waits.
namespace libroute {
namespace {

constexpr size_t kMostAddresses = 100;
constexpr uint64_t kEmailSeed = 0x652d6d61696c;

absl::Status CheckLength(absl::string_view field, absl::string_view text) {
  if (text.size() <= kMaxEmailFieldBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": has at most ", kMaxEmailFieldBytes, " bytes, not ", text.size()));
}

absl::Status CheckCount(absl::string_view field, size_t count) {
  if (count <= kMostAddresses) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": there are at most ", kMostAddresses, ", not ", count));
}

absl::Status CheckFields(const Email& email) {
  if (BareMessageId(email.message_id).empty()) {
    return absl::InvalidArgumentError("message_id: is missing");
  }
  if (email.recipients.empty()) {
    return absl::InvalidArgumentError("recipients: at least one address is needed");
  }
  for (const auto& [field, text] :
       {std::make_pair("message_id", &email.message_id), std::make_pair("sender", &email.sender),
        std::make_pair("subject", &email.subject),
        std::make_pair("auto_submitted", &email.auto_submitted),
        std::make_pair("precedence", &email.precedence), std::make_pair("list_id", &email.list_id),
        std::make_pair("auto_response_suppress", &email.auto_response_suppress)}) {
    absl::Status status = CheckLength(field, *text);
    if (!status.ok()) return status;
  }
  absl::Status status = CheckCount("recipients", email.recipients.size());
  return status.ok() ? CheckCount("references", email.references.size()) : status;
}

// "anna@example.com" of "Anna <anna@example.com>".
absl::string_view BareAddress(absl::string_view text) {
  const size_t open = text.rfind('<');
  if (open != absl::string_view::npos) text = text.substr(open + 1);
  return absl::StripAsciiWhitespace(text.substr(0, text.find('>')));
}

// Whether an e-mail goes on after it, as far as that can be tried out: a group that a
// publication takes away has closed, but not in the plan that is tried.
absl::Status CheckEndsWaiting(const Event& event) {
  if (event.kind == EventKind::kWaitTimeout || event.kind == EventKind::kGroupFull) {
    return absl::OkStatus();
  }
  if (event.kind == EventKind::kNoAgents || event.kind == EventKind::kNoneReady ||
      event.kind == EventKind::kGroupClosed) {
    return absl::InvalidArgumentError(
        absl::StrCat("event: ", EventKindName(event.kind),
                     ": an e-mail waits on then; only timeout and full end its waiting"));
  }
  return UnexpectedEvent(event, "wait of an e-mail", "timeout or full");
}

absl::StatusOr<std::string> ReadRecipient(absl::string_view text) {
  return ParseMailAddress(BareAddress(text));
}

}  // namespace

CallId EmailId(absl::string_view customer, absl::string_view connector,
               absl::string_view message_id) {
  constexpr size_t kMostWritten = 64;
  const absl::string_view bare = BareMessageId(message_id);
  CallId id;
  id.switch_name = std::string(connector);
  id.epoch = kEmailEpoch;
  id.reference = absl::StrCat(customer, "/", bare);
  const bool can_be_written =
      id.reference.size() <= kMostWritten && bare.find('#') == absl::string_view::npos &&
      std::all_of(bare.begin(), bare.end(), [](unsigned char c) { return absl::ascii_isgraph(c); });
  if (can_be_written) return id;
  id.reference =
      absl::StrCat("#", absl::Hex(StableHash(id.reference, kEmailSeed), absl::kZeroPad16),
                   absl::Hex(StableHash(id.reference, ~kEmailSeed), absl::kZeroPad16));
  return id;
}

absl::StatusOr<Engine::State::Delivery> Engine::State::FindDelivery(const Email& email) const {
  absl::Status status = CheckFields(email);
  if (!status.ok()) return status;
  // What cannot be read is nobody's mailbox; it is wrong where there is nothing else.
  absl::Status unread;
  bool reads_any = false;
  for (size_t i = 0; i < email.recipients.size(); ++i) {
    const absl::StatusOr<std::string> address = ReadRecipient(email.recipients[i]);
    if (address.ok()) {
      reads_any = true;
      const std::optional<uint32_t> customer = mailboxes.Find(*address);
      if (customer.has_value()) return Delivery{*customer, *address};
    } else if (unread.ok()) {
      unread = absl::InvalidArgumentError(
          absl::StrCat("recipients[", i, "]: ", address.status().message()));
    }
  }
  if (!reads_any) return unread;
  return absl::NotFoundError(absl::StrCat("recipients: no live plan has a mailbox for ",
                                          absl::StrJoin(email.recipients, ", ")));
}

EmailFacts Engine::State::FactsOf(const Email& email, const Delivery& delivery) const {
  EmailFacts facts;
  facts.mailbox = delivery.mailbox;
  facts.sender = absl::AsciiStrToLower(BareAddress(email.sender));
  facts.subject = email.subject;
  facts.message_id = std::string(BareMessageId(email.message_id));
  Email bare = email;
  bare.sender = facts.sender;
  facts.automatic = WhyAutomatic(bare);
  const std::string& customer = customers.at(delivery.customer).name;
  for (auto earlier = email.references.rbegin();
       earlier != email.references.rend() && facts.agent.empty(); ++earlier) {
    if (BareMessageId(*earlier).empty()) continue;
    const std::optional<EmailBook::Entry> known =
        contacts.emails().Find(delivery.customer, "", EmailId(customer, "", *earlier).reference);
    if (known.has_value()) facts.agent = known->agent;
  }
  return facts;
}

absl::Status Engine::State::Submit(const Email& email, absl::Time now, Decision& decision) {
  decision.Clear();
  const absl::StatusOr<Delivery> delivery = FindDelivery(email);
  if (!delivery.ok()) return delivery.status();
  const EmailFacts facts = FactsOf(email, *delivery);
  Call call;
  call.id = EmailId(customers.at(delivery->customer).name, email.connector, email.message_id);
  call.email = &facts;
  MutexLock lock(WaitingMutexOf(call.id));
  absl::Status status = AskAboutEmail(call, delivery->customer, now, decision);
  // Nobody asks on from it: the e-mail is handed in again.
  decision.continuation.clear();
  decision.recorded = false;
  return status;
}

absl::Status Engine::State::AskAboutEmail(const Call& call, uint32_t customer, absl::Time now,
                                          Decision& decision) {
  if (IsSettled(call, customer, decision)) return absl::OkStatus();
  // The same whatever else the e-mail says now.
  const uint64_t question = StableHash(call.id.reference, kEmailSeed);
  if (auto held_before = AnswerHeld(call, question, now, decision); held_before.has_value()) {
    if (!held_before->ok()) return held_before->status();
    if (!std::holds_alternative<WaitDecision>(decision.action)) return absl::OkStatus();
    absl::Status status = FollowAgain(call, question, now, decision);
    // A day from now on.
    held_emails.Replace(call.id, call.step, {question, decision}, now, kEmailHold);
    return status;
  }
  Course course;
  Question asked(*this, now, decision, {}, Continuation::Purpose::kRoute, nullptr, call.email);
  const auto ask = [&] {
    absl::Status status = asked.AskFirst(call, course);
    return status.ok() ? asked.Seal(call, course) : status;
  };
  absl::Status status = ask();
  if (!status.ok()) return status;
  const absl::StatusOr<Answer> answer = asked.Finish(call, question, course, ask);
  if (!answer.ok()) return answer.status();
  const auto* enter = std::get_if<Enter>(&*answer);
  if (enter == nullptr) {
    // It was asked about so long ago that nobody knows of it, and waits still.
    if (contacts.Has(call.id)) TakeOut(call.id, now);
    // What is automatic is found to be so again.
    if (!call.email->automatic.has_value()) {
      held_emails.Replace(call.id, call.step, {question, decision}, now, kEmailHold);
    }
    return absl::OkStatus();
  }
  if (!options.has_agents) {
    return absl::FailedPreconditionError(
        "agents are kept elsewhere (EngineOptions::has_agents), who get no e-mails from here");
  }
  return EnterAndFollow(call, *enter, now, decision);
}

bool Engine::State::IsSettled(const Call& call, uint32_t customer, Decision& decision) {
  const std::optional<Center::EmailNow> here = contacts.FindEmail(call.id);
  std::string agent = here.has_value() ? here->agent : std::string();
  bool is_over = here.has_value() && here->is_over;
  // It waits.
  if (here.has_value() && agent.empty()) return false;
  if (!here.has_value()) {
    std::optional<EmailBook::Entry> known =
        contacts.emails().Find(customer, call.id.switch_name, call.id.reference);
    if (!known.has_value() || !(known->is_finished || known->is_withdrawn)) return false;
    if (known->is_withdrawn) {
      decision.action = DiscardDecision{DiscardReason::kWithdrawn};
    } else {
      agent = std::move(known->agent);
      is_over = true;
    }
  }
  if (!agent.empty()) {
    auto kept = std::make_shared<const std::string>(std::move(agent));
    decision.action = AssignedDecision{*kept, is_over};
    decision.keep_phones = std::move(kept);
  }
  decision.customer = customers.at(customer).name;
  decision.depends_on.Add(Dependence::kGroup);
  decision.correlation = NewCorrelation(CallSeed(call.id));
  return true;
}

absl::StatusOr<bool> Engine::State::WithdrawEmail(absl::string_view customer,
                                                  absl::string_view connector,
                                                  absl::string_view message_id, absl::Time now) {
  if (BareMessageId(message_id).empty()) {
    return absl::InvalidArgumentError("message_id: is missing");
  }
  absl::Status status = CheckLength("message_id", message_id);
  if (!status.ok()) return status;
  const absl::StatusOr<uint32_t> known = FindCustomer(customer);
  if (!known.ok()) return known.status();
  const CallId id = EmailId(customer, connector, message_id);
  MutexLock lock(WaitingMutexOf(id));
  if (!contacts.Has(id)) return false;
  contacts.emails().NoteWithdrawn(*known, id.switch_name, id.reference);
  TakeOut(id, now);
  held_emails.End(id, 0, now);
  return true;
}

void Engine::State::TakeOut(const CallId& email, absl::Time now) {
  CallReport released;
  released.kind = ReportKind::kReleased;
  released.call = email;
  contacts.Report(released, now);
}

absl::Status Engine::Question::AskForEmail(const Call& call, Course& course) {
  ReadGuard guard(engine_.domain);
  const std::optional<uint32_t> customer = engine_.mailboxes.Find(email_->mailbox);
  const Revision* revision = customer.has_value() ? LiveRevision(*customer) : nullptr;
  const NumberRoute* route =
      revision == nullptr ? nullptr : revision->plan->FindMailbox(email_->mailbox);
  if (route == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("recipients: no live plan has a mailbox for ", email_->mailbox));
  }
  course.customer = *customer;
  Arrive(call, course.state);
  FollowMailbox(*revision, *route, course);
  return absl::OkStatus();
}

void Engine::Question::FollowMailbox(const Revision& revision, const NumberRoute& route,
                                     Course& course) {
  course.by_plan = true;
  KeepAlive(revision.plan);
  const EvaluationContext context = Context(revision, route);
  if (explanation_ == nullptr) {
    course.position = Evaluate(context, course.state, decision_);
  } else {
    Recorder recorder(*explanation_);
    course.position = Evaluate(context, course.state, decision_, recorder);
  }
  NoteClaims(revision, course);
}

void Engine::Question::BeginEmailAnew(const Revision& live, Course& course) {
  CallState anew;
  anew.arrival_micros = course.state.arrival_micros;
  anew.seed = course.state.seed;
  anew.correlation = course.state.correlation;
  course.state = std::move(anew);
  const NumberRoute* route = live.plan->FindMailbox(email_->mailbox);
  if (route != nullptr) return FollowMailbox(live, *route, course);
  KeepAlive(live.plan);
  Tell(*live.plan, nullptr, course.state);
  decision_.correlation = course.state.correlation;
  decision_.action = ReleaseDecision{FinalResponse(course.state), ReleaseReason::kStale};
}

absl::StatusOr<Explanation> Engine::State::ExplainEmail(const Email& email,
                                                        const EmailWaited* waited, absl::Time at,
                                                        Decision& decision) {
  const absl::StatusOr<Delivery> delivery = FindDelivery(email);
  if (!delivery.ok()) return delivery.status();
  const EmailFacts facts = FactsOf(email, *delivery);
  Call call;
  call.id = EmailId(customers.at(delivery->customer).name, email.connector, email.message_id);
  call.email = &facts;
  std::optional<Continuation> stands;
  if (waited != nullptr) {
    absl::StatusOr<Continuation> opened = sealer->Open(call.id, waited->continuation);
    if (!opened.ok()) return opened.status();
    absl::Status ends = CheckEndsWaiting(waited->event);
    if (!ends.ok()) return ends;
    call.step = opened->step;
    stands = *std::move(opened);
  }
  Explanation explanation;
  Course course;
  Question asked(*this, at, decision, {nullptr, &explanation}, Continuation::Purpose::kExplain,
                 nullptr, call.email);
  const auto ask = [&] {
    absl::Status status = stands.has_value() ? asked.AskNext(*stands, waited->event, course)
                                             : asked.AskFirst(call, course);
    return status.ok() ? asked.Seal(call, course) : status;
  };
  absl::Status status = ask();
  if (status.ok()) status = asked.FinishWithoutEffect(call, course, ask);
  if (!status.ok()) return status;
  // As in Submit.
  decision.recorded = false;
  return explanation;
}

absl::StatusOr<Explanation> Engine::ExplainEmail(const Email& email, absl::Time at,
                                                 Decision& decision) const {
  return state_->ExplainEmail(email, nullptr, at, decision);
}

absl::StatusOr<Explanation> Engine::ExplainEmailResume(const Email& email,
                                                       absl::string_view continuation,
                                                       const Event& event, absl::Time at,
                                                       Decision& decision) const {
  const State::EmailWaited waited = {continuation, event};
  return state_->ExplainEmail(email, &waited, at, decision);
}

absl::Status Engine::Submit(const Email& email, absl::Time now, Decision& decision) {
  return state_->Submit(email, now, decision);
}

absl::StatusOr<std::string> Engine::FindMailboxCustomer(const Email& email) const {
  const absl::StatusOr<State::Delivery> delivery = state_->FindDelivery(email);
  if (!delivery.ok()) return delivery.status();
  return state_->customers.at(delivery->customer).name;
}

absl::StatusOr<bool> Engine::WithdrawEmail(absl::string_view customer, absl::string_view connector,
                                           absl::string_view message_id, absl::Time now) {
  return state_->WithdrawEmail(customer, connector, message_id, now);
}

}  // namespace libroute
