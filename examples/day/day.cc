#include "examples/day/day.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/v1/plan.pb.h"

namespace center_day {

absl::StatusOr<std::unique_ptr<DayAtCenter>> DayAtCenter::Begin(
    const libroute::v1::Plan& plan, const libroute::Attachments& attachments, const Script& script,
    std::ostream& log) {
  libroute::EngineOptions options;
  // Nobody else sees the continuations of this day. A real program keeps its key secret.
  options.keys.keys = {std::string(libroute::SealKeys::kKeyBytes, 'k')};
  options.has_agents = true;
  absl::StatusOr<std::unique_ptr<libroute::Engine>> engine =
      libroute::Engine::Create(std::move(options));
  if (!engine.ok()) return engine.status();
  const libroute::Publication publication =
      (*engine)->Publish(plan, attachments, absl::FromCivil(script.date, script.zone));
  if (libroute::HasErrors(publication.issues)) {
    std::string wrong;
    for (const libroute::Issue& issue : publication.issues) {
      absl::StrAppend(&wrong, wrong.empty() ? "" : "\n", libroute::FormatIssue(issue));
    }
    return absl::InvalidArgumentError(wrong);
  }
  return std::unique_ptr<DayAtCenter>(
      new DayAtCenter(*std::move(engine), publication.customer, script, log));
}

DayAtCenter::DayAtCenter(std::unique_ptr<libroute::Engine> engine, const std::string& customer,
                         const Script& script, std::ostream& log)
    : engine_(std::move(engine)),
      world_{*engine_,
             customer,
             script,
             Agenda(absl::FromCivil(script.date, script.zone)),
             Log(log, script.zone),
             Figures(script.zone)},
      switch_(world_),
      mail_(world_),
      staff_(world_, mail_),
      alarms_(world_),
      midnight_(absl::FromCivil(script.date + 1, script.zone)) {
  staff_.Begin();
  uint64_t stream = 1'000'000'000;
  for (const Traffic& traffic : script.calls) {
    Come(traffic.flows, ++stream, [this, &traffic] { switch_.Arrive(traffic.called); });
  }
  for (const Mailing& mailing : script.emails) {
    Come(mailing.flows, ++stream, [this, &mailing] { mail_.Arrive(mailing.to); });
  }
}

void DayAtCenter::Come(const std::vector<Flow>& flows, uint64_t stream,
                       const std::function<void()>& one) {
  Random random(world_.script.seed, stream);
  for (const Flow& flow : flows) {
    if (flow.per_hour <= 0) continue;
    // Between those that come independently of each other the times are exponential.
    const absl::Duration mean = absl::Hours(1) / flow.per_hour;
    for (absl::Time at = flow.from + random.Exponential() * mean; at < flow.to;
         at += random.Exponential() * mean) {
      const absl::Time second = absl::FromUnixSeconds(absl::ToUnixSeconds(at));
      world_.agenda.At(second, one);
    }
  }
}

bool DayAtCenter::Step() {
  const bool is_over = world_.agenda.next() == absl::InfiniteFuture() && switch_.calls().empty();
  if (is_over || !world_.status.ok()) return false;
  // To the second, as everything here.
  const absl::Time deadline =
      absl::UnixEpoch() + absl::Ceil(engine_->NextDeadline() - absl::UnixEpoch(), absl::Seconds(1));
  if (std::min(deadline, world_.agenda.next()) >= midnight_) return false;
  if (deadline <= world_.agenda.next()) {
    world_.agenda.PassTo(deadline);
    engine_->Advance(world_.now());
  } else {
    world_.agenda.Run();
  }
  Hear();
  alarms_.Look();
  world_.figures.Waiting(world_.now(), switch_.waiting());
  return world_.status.ok();
}

void DayAtCenter::Hear() {
  while (world_.status.ok()) {
    const libroute::Engine::ContactNews news = engine_->TakeContactNews();
    if (news.calls.empty() && news.customers.empty()) return;
    std::vector<libroute::CallId> calls;
    for (const libroute::CallId& id : news.calls) {
      if (id.switch_name == Mail::kConnector) {
        mail_.Hear(id);
      } else {
        calls.push_back(id);
      }
    }
    switch_.Hear(calls);
    staff_.Follow();
  }
}

void DayAtCenter::PrintSummary(std::ostream& out) {
  staff_.Close();
  out << absl::FormatTime("%A %e %B %Y", absl::FromCivil(world_.script.date, world_.script.zone),
                          world_.script.zone)
      << ", seed " << world_.script.seed << "\n";
  world_.figures.PrintEnds(out);
  const auto groups = engine_->Groups(world_.customer);
  out << "\n";
  if (groups.ok()) world_.figures.PrintGroups(*groups, out);
  out << "\n";
  world_.figures.PrintAgents(out);
  out << "\nThe most calls that waited at once, in each quarter of an hour:\n\n";
  world_.figures.PrintWaiting(out);
}

}  // namespace center_day
