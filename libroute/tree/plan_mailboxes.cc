#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/contact/rules.h"
#include "libroute/number/mail_address.h"
#include "libroute/plan/written_duration.h"
#include "libroute/schedule/schedule.h"
#include "libroute/tree/plan_compiler.h"
#include "libroute/tree/run.h"
#include "libroute/tree/walk.h"

// The addresses to which e-mails come, and what may become of e-mails.
namespace libroute {
namespace {

constexpr absl::Duration kLongestCallWait = absl::Hours(4);
// Those that are read.
constexpr int kMostAnnouncements = WaitDecision::kMostAnnouncements;

// What an e-mail or a call may come to.
enum class Takes { kBoth, kCalls, kEmails };

Takes TakesOf(const AnyNode& node) {
  if (IsNode<AutoReplyNode>(node) || IsNode<ForwardEmailNode>(node) || IsNode<DiscardNode>(node)) {
    return Takes::kEmails;
  }
  const bool is_for_calls =
      IsNode<DialNode>(node) || IsNode<AnnounceNode>(node) || IsNode<MenuNode>(node) ||
      IsNode<CollectNode>(node) || IsNode<VoicemailNode>(node) || IsNode<ConferenceNode>(node) ||
      IsNode<ConferenceAccessNode>(node) || IsNode<RejectNode>(node) || IsNode<ReleaseNode>(node) ||
      IsNode<PassThroughNode>(node) || IsNode<LimitNode>(node);
  return is_for_calls ? Takes::kCalls : Takes::kBoth;
}

// What would be right for an e-mail instead.
absl::string_view InsteadOf(const AnyNode& node, absl::string_view path) {
  if (absl::StartsWith(path, "default")) return "write `otherwise` in the tree of its e-mails";
  if (IsNode<DialNode>(node)) return "write agents or forward_email";
  if (IsNode<AnnounceNode>(node) || IsNode<VoicemailNode>(node)) return "write auto_reply";
  if (IsNode<RejectNode>(node) || IsNode<ReleaseNode>(node)) return "write discard";
  return "give its e-mails a tree of their own";
}

absl::string_view InsteadForCalls(const AnyNode& node) {
  if (IsNode<AutoReplyNode>(node)) return "write announce";
  return IsNode<ForwardEmailNode>(node) ? "write dial" : "write release or reject";
}

}  // namespace

void PlanCompiler::CompileMailboxes() {
  std::map<std::string, std::string> paths;
  for (int i = 0; i < written_.mailboxes_size(); ++i) {
    const v1::Mailbox& mailbox = written_.mailboxes(i);
    const std::string path = IndexPath("mailboxes", i);
    if (mailbox.addresses().empty()) {
      Error(path + ".addresses", "missing",
            "a mailbox needs addresses, e.g. addresses: [\"support@acme.example\"]");
    }
    if (!mailbox.holder().empty()) IsName(mailbox.holder(), path + ".holder");
    const int tree = Lookup(trees_, "tree", mailbox.tree(), path + ".tree");
    NumberRoute route;
    route.root = tree < 0 ? end_of_plan_ : plan_->tree_roots_[static_cast<size_t>(tree)];
    route.holder = Text(mailbox.holder().empty() ? written_.customer() : mailbox.holder());
    mailbox_roots_.push_back(route.root);
    for (int a = 0; a < mailbox.addresses_size(); ++a) {
      const std::string field = IndexPath(path + ".addresses", a);
      const absl::StatusOr<std::string> address = ParseMailPattern(mailbox.addresses(a));
      if (!address.ok()) {
        Error(field, "bad-address", std::string(address.status().message()));
        continue;
      }
      const auto [known, is_new] = paths.emplace(*address, field);
      if (!is_new) {
        Error(field, "duplicate-address",
              absl::StrCat(*address, " has a mailbox already; see ", known->second));
        continue;
      }
      plan_->mailboxes_.emplace_back(*address, field);
      plan_->mailbox_routes_.emplace(*address, route);
    }
  }
}

std::vector<int> PlanCompiler::MailboxesAt(const TreeWalk& walk) const {
  std::vector<std::vector<NodeIndex>> ways(plan_->nodes_.size());
  walk.ForEachEdge([&](NodeIndex from, const Edge& edge) {
    if (!edge.is_for_calls) ways[from].push_back(edge.to);
  });
  std::vector<int> mailboxes(plan_->nodes_.size(), -1);
  for (size_t i = 0; i < mailbox_roots_.size(); ++i) {
    std::vector<NodeIndex> left = {mailbox_roots_[i]};
    while (!left.empty()) {
      const NodeIndex at = left.back();
      left.pop_back();
      if (mailboxes[at] >= 0) continue;
      mailboxes[at] = static_cast<int>(i);
      // Of what needs a call one says enough: what follows there is for calls.
      if (TakesOf(plan_->nodes_[at]) == Takes::kCalls) continue;
      left.insert(left.end(), ways[at].begin(), ways[at].end());
    }
  }
  return mailboxes;
}

void PlanCompiler::CheckMailboxes(const TreeWalk& walk) {
  const std::vector<int> mailboxes = MailboxesAt(walk);
  std::vector<NodeIndex> roots = CallRoots();
  // Where calls go on whose revision is gone.
  if (!roots.empty()) roots.push_back(plan_->fallback());
  const std::vector<bool> has_calls = walk.Reachable(roots);
  for (NodeIndex i = 0; i < plan_->nodes_.size(); ++i) {
    const AnyNode& node = plan_->nodes_[i];
    const Takes takes = TakesOf(node);
    // Where nothing more is written an e-mail stays where it is; and a share without
    // `otherwise` leaves nobody over.
    const bool is_written = i != end_of_plan_ && i != release_;
    if (takes == Takes::kCalls && mailboxes[i] >= 0 && is_written) {
      const v1::Mailbox& mailbox = written_.mailboxes(mailboxes[i]);
      Error(plan_->node_paths_[i], "needs-call",
            absl::StrCat(KindName(node), " needs a call; mailbox ",
                         mailbox.addresses().empty() ? "" : mailbox.addresses(0),
                         " comes here, so ", InsteadOf(node, plan_->node_paths_[i])));
    }
    if (takes == Takes::kEmails && has_calls[i]) {
      Error(plan_->node_paths_[i], "needs-email",
            absl::StrCat(KindName(node), " needs an e-mail, but calls come here; ",
                         InsteadForCalls(node), ", or give calls a tree of their own"));
    }
    const auto* agents = std::get_if<KeptNode<AgentsNode>>(&node);
    const auto written = written_agents_.find(i);
    if (agents != nullptr && written != written_agents_.end()) {
      const absl::Duration wait = TheNode(*agents).wait();
      if (has_calls[i]) CheckCallWait(*written->second, wait, plan_->node_paths_[i]);
      if (mailboxes[i] >= 0) CheckEmailWait(*written->second, wait, plan_->node_paths_[i]);
      if (mailboxes[i] >= 0 && !has_calls[i]) {
        WarnOfCallsAlone(*written->second, plan_->node_paths_[i]);
      }
      CheckWrapUp(*written->second, plan_->node_paths_[i]);
    }
    if (const auto* forward = std::get_if<ForwardEmailNode>(&node)) {
      CheckForward(std::string(plan_->text(forward->to())), plan_->node_paths_[i] + ".to");
    }
  }
}

void PlanCompiler::WarnOfCallsAlone(const v1::Agents& agents, const std::string& path) {
  const std::pair<const char*, bool> fields[] = {
      {".announcements", !agents.announcements().empty()},
      {".position", agents.has_position()},
      {".callback", agents.has_callback()}};
  for (const auto& [field, is_written] : fields) {
    if (!is_written) continue;
    Warn(path + field, "no-effect", "is for calls, and only e-mails come here; leave this out");
  }
}

void PlanCompiler::CheckWrapUp(const v1::Agents& agents, const std::string& path) {
  // Groups are compiled in the order of their names.
  const int group = group_names_.Find(agents.group());
  if (group < 0 || plan_->center_rules_ == nullptr || !agents.has_wrap_up()) return;
  WarnOfWrapUp(WrittenDuration(agents.wrap_up()),
               plan_->center_rules_->groups[static_cast<size_t>(group)], path + ".wrap_up");
}

void PlanCompiler::CheckCallWait(const v1::Agents& agents, absl::Duration wait,
                                 const std::string& path) {
  if (wait > kLongestCallWait) {
    Error(path + ".wait", "bad-value",
          absl::StrCat(absl::FormatDuration(wait), " is out of range; a call waits at most ",
                       absl::FormatDuration(kLongestCallWait),
                       ", and only where no calls come an e-mail may wait longer"));
  }
  const absl::Duration offered = WrittenDuration(agents.callback().offer_after());
  // What is out of range is told of already.
  if (offered >= wait && offered <= absl::Hours(1)) {
    Warn(path + ".callback.offer_after", "no-effect",
         absl::StrCat("nobody is offered to be called back: calls wait here for ",
                      absl::FormatDuration(wait), " at most; write less, or a longer `wait`"));
  }
  std::map<std::string, int> earlier;
  for (int i = 0; i < std::min(agents.announcements_size(), kMostAnnouncements); ++i) {
    const v1::WaitAnnouncement& written = agents.announcements(i);
    const std::string field = IndexPath(path + ".announcements", i);
    const absl::Duration after = absl::Seconds(written.after().seconds());
    if (after > wait && after <= kLongestCallWait) {
      Warn(field + ".after", "no-effect",
           absl::StrCat("nobody hears this: calls wait here for ", absl::FormatDuration(wait),
                        " at most; write less, or a longer `wait`"));
    }
    const auto [same, is_new] = earlier.emplace(written.SerializeAsString(), i);
    if (is_new) continue;
    Warn(field, "no-effect",
         absl::StrCat("the same as announcements[", same->second,
                      "], so that callers hear it twice in a row; remove one of the two"));
  }
}

void PlanCompiler::CheckEmailWait(const v1::Agents& agents, absl::Duration wait,
                                  const std::string& path) {
  const auto schedule = group_schedules_.find(agents.group());
  if (!agents.has_wait() || schedule == group_schedules_.end()) return;
  const absl::Duration open = OpenWithinAYear(*schedule->second);
  // That it never opens is told of already.
  if (open == absl::ZeroDuration() || wait <= open) return;
  Warn(path + ".wait", "no-effect",
       absl::StrCat("the group is open for no more than ", absl::FormatDuration(open),
                    " in the year to come, and after a year an e-mail goes on in any case; write "
                    "less, or open the group more"));
}

absl::Duration PlanCompiler::OpenWithinAYear(const Schedule& schedule) {
  constexpr int64_t kYear = 365 * 24 * 3600;
  const auto [known, is_new] = open_within_a_year_.emplace(&schedule, absl::ZeroDuration());
  if (!is_new) return known->second;
  const int64_t from = absl::ToUnixSeconds(context_.now);
  for (const TimeSpan& span : schedule.OpenSpans({from, from + kYear})) {
    known->second += absl::Seconds(span.end - span.begin);
  }
  return known->second;
}

void PlanCompiler::CheckForward(const std::string& to, const std::string& path) {
  if (plan_->FindMailbox(to) == nullptr) return;
  Error(path, "own-mailbox",
        absl::StrCat(to,
                     " is a mailbox of the plan: what is sent there comes here again; goto "
                     "its tree instead"));
}

}  // namespace libroute
