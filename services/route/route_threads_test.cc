#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "services/route/test_server.h"

// What many threads do to one handler at the same time; for the thread
// sanitizer above all.
namespace libroute {
namespace {

constexpr int kRounds = 200;
constexpr int kRouters = 3;

// Follows calls from their first question to their end.
void RouteCalls(TestServer& server, int thread, std::atomic<int>& bad) {
  for (int i = 0; i < kRounds; ++i) {
    std::string reference = absl::StrCat(thread, "-", i);
    v1::RouteRequest question = FirstQuestion(reference, i % 2 ? "+3222000100" : "+3222000102");
    v1::RouteResponse response = server.Route(question);
    const v1::Decision& decision = response.decision();
    if (!decision.has_dial() && !decision.has_menu() && !decision.has_voicemail()) ++bad;
    if (decision.continuation().empty()) continue;
    v1::RouteRequest next = NextQuestion(question, response);
    if (decision.has_menu()) {
      next.mutable_event()->set_digits("1");
    } else {
      next.mutable_event()->mutable_dial()->add_results()->set_sip_status(486);
    }
    if (!server.Route(next).has_decision()) ++bad;
  }
}

// Sends messages with many questions, and gives contacts back.
void RouteManyAndReport(TestServer& server, std::atomic<int>& bad) {
  for (int i = 0; i < kRounds / 10; ++i) {
    v1::RouteStreamRequest request;
    v1::ReportRequest reports;
    for (int j = 0; j < 40; ++j) {
      std::string reference = absl::StrCat("m", i, "-", j);
      *request.add_requests() = FirstQuestion(reference, j % 4 ? "+3222000100" : "+3222000101");
      v1::CallReport* report = reports.add_reports();
      *report->mutable_call_id() = request.requests(j).call_id();
      report->mutable_released()->set_by(v1::RELEASED_BY_CALLER);
    }
    Principal principal = Principal::WithAllRoles("test");
    v1::RouteStreamResponse response = server.RouteMany(request, principal);
    for (const v1::RouteResponse& answer : response.responses()) bad += !answer.has_decision();
    if (!server.handler->Report(reports, principal).ok()) ++bad;
  }
}

void PublishAndSetFacts(TestServer& server, std::atomic<int>& bad) {
  const v1::Plan plans[] = {
      TestPlan(), TestPlan(absl::StrReplaceAll(kTestPlan, {{"mailbox: main", "mailbox: other"}}))};
  for (int i = 0; i < kRounds / 5; ++i) {
    if (HasErrors(server.engine->Publish(plans[i % 2], {}, server.now).issues)) ++bad;
    const absl::Status status = server.engine->SetSwitch(
        "acme", {"meeting", i % 3 == 0 ? "on" : "off"}, {"test", server.now});
    if (!status.ok()) ++bad;
    server.engine->Advance(server.now);
  }
}

TEST(RouteHandlerThreads, RouteWhilePlansAndFactsChange) {
  TestServer server;
  std::atomic<int> bad = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kRouters; ++i) threads.emplace_back([&, i] { RouteCalls(server, i, bad); });
  threads.emplace_back([&] { RouteManyAndReport(server, bad); });
  threads.emplace_back([&] { PublishAndSetFacts(server, bad); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(bad, 0);
  EXPECT_EQ(server.engine->GetStatistics().held_contacts, 0);
}

}  // namespace
}  // namespace libroute
