#include <memory>
#include <string>

#include "bench/echo.pb.h"
#include "bench/registration.h"
#include "bench/world.h"
#include "benchmark/benchmark.h"
#include "libroute/v1/route.pb.h"
#include "services/route/contact_owner.h"
#include "services/route/route_handler.h"

// What a server does for one unary question, without gRPC: from the bytes of
// the request to those of the answer.
namespace libroute::bench {
namespace {

std::string RequestBytes() {
  v1::RouteRequest request;
  request.mutable_call_id()->set_switch_("routectl");
  request.mutable_call_id()->set_epoch(1'700'000'000'000'000);
  request.mutable_call_id()->set_reference("000000000001");
  request.mutable_call()->set_direction(v1::DIRECTION_INBOUND);
  request.mutable_call()->set_called(NumberAt(0).ToString());
  request.mutable_call()->set_calling("+32475123456");
  return request.SerializeAsString();
}

// Serialises as gRPC does: into a buffer of the right size.
template <typename Message>
size_t Write(const Message& message, std::string& buffer) {
  const size_t size = message.ByteSizeLong();
  buffer.resize(size);
  message.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(buffer.data()));
  return size;
}

enum class Until { kParsed, kAnswered };

// As the server does: parses into one message, and gets the answer as bytes.
void Answer(benchmark::State& state, Until until) {
  std::unique_ptr<Engine> engine = NewEngine();
  v1::Plan plan = MakePlan("customer-0", TreeSize::kThree, Ending::kDial);
  AddNumbers({0, 1}, plan);
  ExpectPublished(engine->Publish(plan, {}, BenchTime()));
  InlineContactOwner contacts(*engine);
  RouteHandler handler(*engine, contacts, BenchTime);
  const Principal principal = Principal::WithAllRoles("bench");
  const std::string bytes = RequestBytes();
  v1::RouteRequest request;
  bool ok = true;
  for (auto _ : state) {
    ok = request.ParseFromString(bytes) && ok;
    if (until == Until::kAnswered) {
      handler.Route(request, principal, [&ok](const RouteHandler::Response& response) {
        ok = response.error == nullptr && ok;
        benchmark::DoNotOptimize(response.bytes.data());
      });
    }
    benchmark::DoNotOptimize(request);
  }
  if (!ok) state.SkipWithError("was not decided");
}

// The same sizes through the messages of the empty echo.
void Echo(benchmark::State& state) {
  EchoRequest sample;
  sample.set_payload(std::string(RequestBytes().size() - 2, 'x'));
  const std::string bytes = sample.SerializeAsString();
  const std::string answer(415, 'x');
  std::string buffer;
  for (auto _ : state) {
    EchoRequest request;
    EchoResponse response;
    request.ParseFromString(bytes);
    response.set_payload(answer);
    Write(response, buffer);
    benchmark::DoNotOptimize(buffer);
  }
}

void Register(const char* name, Until until) {
  benchmark::RegisterBenchmark(name, [until](benchmark::State& state) { Answer(state, until); });
}

}  // namespace

void RegisterQuestions() {
  Register("Question/parsed", Until::kParsed);
  Register("Question/answered", Until::kAnswered);
  benchmark::RegisterBenchmark("Question/echo", Echo);
}

}  // namespace libroute::bench
