#ifndef LIBROUTE_SERVICES_ROUTE_TEST_SERVER_H_
#define LIBROUTE_SERVICES_ROUTE_TEST_SERVER_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "libroute/engine/engine.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"
#include "libroute/v1/route.pb.h"
#include "services/route/contact_owner.h"
#include "services/route/route_handler.h"

namespace libroute {

// The plan of the handlers' tests: +3222000100 dials, +3222000101 has agents,
// +3222000102 a menu.
inline constexpr absl::string_view kTestPlan = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: dial }
  - { number: "+3222000101", tree: agents }
  - { number: "+3222000102", tree: menu }
switches: { meeting: {} }
groups: { desk: { agents: [ann] } }
agents: { ann: {} }
trees:
  dial:
    switch:
      cases: [{ switch: meeting, then: { goto: message } }]
      otherwise:
        dial:
          to: ["+3222000111", "+3222000112"]
          otherwise: { goto: message }
  agents: { agents: { group: desk, wait: 60s, otherwise: { goto: message } } }
  menu:
    menu:
      message: choose
      keys: { "1": { goto: dial } }
      otherwise: { goto: message }
  message: { voicemail: { mailbox: main } }
)";

// The text of kTestPlan with another customer, or other words.
inline v1::Plan TestPlan(absl::string_view text = kTestPlan) {
  ReadResult read = ReadPlan(text, "plan.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.plan;
}

// An engine with one plan and a handler on it, with a clock that stands still.
struct TestServer {
  explicit TestServer(std::vector<Ingress> ingresses = {}) {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    options.ingresses = std::move(ingresses);
    engine = *Engine::Create(options);
    contacts = std::make_unique<InlineContactOwner>(*engine);
    handler = std::make_unique<RouteHandler>(*engine, *contacts, [this] { return now; });
    Publish(TestPlan());
  }

  void Publish(const v1::Plan& plan) {
    for (const Issue& issue : engine->Publish(plan, {}, now).issues) {
      if (issue.severity == Severity::kError) ADD_FAILURE() << FormatIssue(issue);
    }
  }

  // What Route answers; fails unless it does so at once and once.
  v1::RouteResponse Route(const v1::RouteRequest& request, const Principal& who) {
    v1::RouteResponse response;
    int times = 0;
    handler->Route(request, who, &response, [&times] { ++times; });
    EXPECT_EQ(times, 1);
    return response;
  }
  v1::RouteResponse Route(const v1::RouteRequest& request) {
    return Route(request, Principal::WithAllRoles("test"));
  }

  absl::Time now = absl::FromUnixSeconds(1790000000);
  std::unique_ptr<Engine> engine;
  std::unique_ptr<ContactOwner> contacts;
  std::unique_ptr<RouteHandler> handler;
};

// A first question of switch sw.
inline v1::RouteRequest FirstQuestion(const std::string& reference,
                                      const std::string& called = "+3222000100") {
  v1::RouteRequest request;
  request.mutable_call_id()->set_switch_("sw");
  request.mutable_call_id()->set_epoch(1);
  request.mutable_call_id()->set_reference(reference);
  request.mutable_call()->set_called(called);
  request.mutable_call()->set_calling("+32470000000");
  return request;
}

// The question after `first` was answered by `response`, without its event.
inline v1::RouteRequest NextQuestion(const v1::RouteRequest& before,
                                     const v1::RouteResponse& response) {
  v1::RouteRequest request;
  *request.mutable_call_id() = before.call_id();
  request.set_step(before.step() + 1);
  request.set_continuation(response.decision().continuation());
  return request;
}

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_TEST_SERVER_H_
