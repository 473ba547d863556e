#include <deque>
#include <optional>
#include <utility>

#include "services/load/sender.h"

namespace libroute {
namespace {

class UnarySender final : public Sender {
 public:
  explicit UnarySender(const SendContext& context)
      : context_(context), questions_(context.target.questions) {
    for (const auto& channel : context.channels) {
      stubs_.push_back(std::make_unique<grpc::GenericStub>(channel));
    }
  }

  int outstanding() const override { return outstanding_; }
  bool works() const override { return true; }
  bool is_idle() const override { return outstanding_ == 0; }

  void Send(int64_t due) override {
    Exchange& exchange = FreeExchange();
    const std::string& question = questions_.Next();
    context_.tally.Sent(question.size(), 1);
    grpc::Slice slice(question);
    exchange.due = due;
    exchange.context.emplace();
    exchange.response.Clear();
    grpc::GenericStub& stub = *stubs_[next_stub_++ % stubs_.size()];
    exchange.reader = stub.PrepareUnaryCall(&*exchange.context, context_.target.method,
                                            grpc::ByteBuffer(&slice, 1), &context_.queue);
    exchange.reader->StartCall();
    exchange.reader->Finish(&exchange.response, &exchange.status, &exchange);
    exchange.in_use = true;
    ++outstanding_;
  }

  void OnEvent(void* tag, bool) override {
    auto& exchange = *static_cast<Exchange*>(tag);
    if (exchange.status.ok()) {
      Take(exchange);
    } else {
      context_.tally.Failed(exchange.due, 1, exchange.status.error_message());
    }
    exchange.in_use = false;
    free_.push_back(&exchange);
    --outstanding_;
  }

  void Cancel() override {
    for (Exchange& exchange : exchanges_) {
      if (exchange.in_use) exchange.context->TryCancel();
    }
  }

 private:
  // One call: the context of gRPC's serves for one call only.
  struct Exchange {
    std::optional<grpc::ClientContext> context;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
    grpc::ByteBuffer response;
    grpc::Status status;
    int64_t due = 0;
    bool in_use = false;
  };

  Exchange& FreeExchange() {
    if (free_.empty()) return exchanges_.emplace_back();
    Exchange* exchange = free_.back();
    free_.pop_back();
    return *exchange;
  }

  void Take(const Exchange& exchange) {
    const grpc::Slice bytes = WholeOf(exchange.response);
    context_.tally.Received(bytes.size(), 1);
    seen_.clear();
    context_.target.read_answers(
        absl::string_view(reinterpret_cast<const char*>(bytes.begin()), bytes.size()), seen_);
    context_.tally.Answered(exchange.due, seen_.empty() ? kOther : seen_.front().kind);
  }

  SendContext context_;
  QuestionWriter questions_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  size_t next_stub_ = 0;
  int outstanding_ = 0;
  std::deque<Exchange> exchanges_;
  std::vector<Exchange*> free_;
  std::vector<AnswerSeen> seen_;
};

}  // namespace

std::unique_ptr<Sender> NewUnarySender(const SendContext& context) {
  return std::make_unique<UnarySender>(context);
}

}  // namespace libroute
