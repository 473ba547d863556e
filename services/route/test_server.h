#ifndef LIBROUTE_SERVICES_ROUTE_TEST_SERVER_H_
#define LIBROUTE_SERVICES_ROUTE_TEST_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
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
  agents: { agents: { group: desk, wait: 60s, callback: { key: "1" }, otherwise: { goto: message } } }
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
    options.rehearses_callbacks = true;
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

  // The message in the bytes, of which the error is a part.
  static v1::RouteResponse Read(const RouteHandler::Response& answer) {
    v1::RouteResponse response;
    EXPECT_TRUE(
        response.ParseFromArray(answer.bytes.data(), static_cast<int>(answer.bytes.size())));
    EXPECT_EQ(response.has_error(), answer.error != nullptr);
    if (answer.error != nullptr) {
      EXPECT_EQ(response.error().SerializeAsString(), answer.error->SerializeAsString());
    }
    return response;
  }

  static v1::RouteStreamResponse ReadMany(absl::string_view bytes) {
    v1::RouteStreamResponse response;
    EXPECT_TRUE(response.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    return response;
  }

  // What Route answers; fails unless it does so at once and once.
  v1::RouteResponse Route(const v1::RouteRequest& request, const Principal& who) {
    v1::RouteResponse response;
    int times = 0;
    handler->Route(request, who, [&](const RouteHandler::Response& answer) {
      ++times;
      response = Read(answer);
    });
    EXPECT_EQ(times, 1);
    return response;
  }
  v1::RouteResponse Route(const v1::RouteRequest& request) {
    return Route(request, Principal::WithAllRoles("test"));
  }

  // What RouteMany answers; fails unless it does so at once and once.
  v1::RouteStreamResponse RouteMany(const v1::RouteStreamRequest& request, const Principal& who) {
    v1::RouteStreamResponse response;
    int times = 0;
    absl::Status status = handler->RouteMany(request, who, [&](absl::string_view bytes) {
      ++times;
      response = ReadMany(bytes);
    });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(times, 1);
    return response;
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

// A switch that may use these ingresses.
inline Principal SwitchOf(std::string name, std::vector<std::string> ingresses) {
  Principal principal;
  principal.name = absl::StrCat("certificate ", name);
  principal.switch_name = std::move(name);
  principal.ingresses = std::move(ingresses);
  return principal;
}

inline Principal CustomerOf(std::string name) {
  Principal principal;
  principal.name = absl::StrCat("certificate ", name);
  principal.customer = std::move(name);
  return principal;
}

// The question after an attempt for `before` ended so.
inline v1::RouteRequest After(const v1::RouteRequest& before, const v1::RouteResponse& response,
                              v1::Outcome outcome) {
  v1::RouteRequest request = NextQuestion(before, response);
  request.mutable_event()->mutable_dial()->add_results()->set_outcome(outcome);
  return request;
}

// Everything about the call is wrong, except what it dials.
inline v1::RouteRequest BadEmergency(const std::string& dialled) {
  v1::RouteRequest request = FirstQuestion("r", dialled);
  request.set_request_id(std::string(65, 'i'));
  request.set_look_ahead(1000);
  request.set_continuation("x");
  v1::Call& call = *request.mutable_call();
  call.set_calling("112");
  call.set_ingress("north");
  call.set_correlation_id("12");
  call.set_originating_line("desk");
  call.set_direction(static_cast<v1::Direction>(4));
  call.set_calling_privacy(static_cast<v1::Privacy>(9));
  call.set_verstat(static_cast<v1::Verstat>(9));
  for (int i = 0; i < 21; ++i) call.add_diversions()->set_number("1");
  return request;
}

// Keeps what it is given, and completes it when told.
class SlowContactOwner : public ContactOwner {
 public:
  explicit SlowContactOwner(Engine& engine) : engine_(engine) {}

  void Complete(const Enter& enter, absl::Time now, Decision& decision, const Done& done) override {
    waiting_.push_back(
        [this, &enter, now, &decision, done] { done(engine_.Complete(enter, now, decision)); });
  }
  void CompleteAll() {
    for (auto& complete : waiting_) complete();
    waiting_.clear();
  }

 private:
  Engine& engine_;
  std::vector<std::function<void()>> waiting_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_TEST_SERVER_H_
