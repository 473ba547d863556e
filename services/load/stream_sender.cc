#include <google/protobuf/io/coded_stream.h>

#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/load/sender.h"

namespace libroute {
namespace {

// Field 1, with a length.
constexpr char kQuestionTag = 0x0A;

// Appends `question` as an element of field 1.
void AppendQuestion(const std::string& question, std::string& message) {
  message.push_back(kQuestionTag);
  uint8_t size[5];
  uint8_t* end = google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(
      static_cast<uint32_t>(question.size()), size);
  message.append(reinterpret_cast<const char*>(size), end - size);
  message += question;
}

class StreamSender final : public Sender {
 public:
  explicit StreamSender(const SendContext& context)
      : context_(context), questions_(context.target.questions) {
    for (const auto& channel : context.channels) Open(channel);
  }

  int outstanding() const override {
    const int per_message = context_.target.per_message;
    return static_cast<int>((unanswered_ + per_message - 1) / per_message);
  }
  bool works() const override { return works_; }
  bool is_idle() const override { return pending_ == 0; }

  void Send(int64_t due) override {
    Stream& stream = streams_[next_stream_++ % streams_.size()];
    std::string message;
    for (int i = 0; i < context_.target.per_message; ++i) {
      AppendQuestion(questions_.Next(), message);
      due_.push_back(due);
    }
    unanswered_ += context_.target.per_message;
    context_.tally.Sent(message.size(), context_.target.per_message);
    stream.waiting.push_back(std::move(message));
    WriteNext(stream);
  }

  void OnEvent(void* tag, bool ok) override {
    auto& operation = *static_cast<Operation*>(tag);
    Stream& stream = *operation.stream;
    --pending_;
    if (&operation == &stream.end) return Ended(stream);
    if (!ok || stream.is_ending) return Finish(stream);
    if (&operation == &stream.start) stream.is_open = true;
    if (&operation == &stream.read) Take(stream.message);
    if (&operation == &stream.write) stream.is_writing = false;
    if (&operation != &stream.write) {
      ++pending_;
      stream.rpc->Read(&stream.message, &stream.read);
    }
    WriteNext(stream);
  }

  void Cancel() override {
    is_cancelled_ = true;
    for (Stream& stream : streams_) stream.context.TryCancel();
  }

 private:
  struct Stream;
  // What an event is about: which of the operations of which stream.
  struct Operation {
    Stream* stream;
  };
  struct Stream {
    grpc::ClientContext context;
    std::unique_ptr<grpc::GenericStub> stub;
    std::unique_ptr<grpc::GenericClientAsyncReaderWriter> rpc;
    Operation start{this};
    Operation read{this};
    Operation write{this};
    Operation end{this};
    grpc::ByteBuffer message;
    grpc::Status status;
    std::deque<std::string> waiting;
    bool is_open = false;
    bool is_writing = false;
    bool is_ending = false;
  };

  void Open(const std::shared_ptr<grpc::Channel>& channel) {
    Stream& stream = streams_.emplace_back();
    stream.stub = std::make_unique<grpc::GenericStub>(channel);
    stream.rpc = stream.stub->PrepareCall(&stream.context, context_.target.method, &context_.queue);
    ++pending_;
    stream.rpc->StartCall(&stream.start);
  }

  void WriteNext(Stream& stream) {
    if (!stream.is_open || stream.is_writing || stream.is_ending || stream.waiting.empty()) return;
    grpc::Slice slice(stream.waiting.front());
    stream.waiting.pop_front();
    stream.is_writing = true;
    ++pending_;
    stream.rpc->Write(grpc::ByteBuffer(&slice, 1), &stream.write);
  }

  void Finish(Stream& stream) {
    if (stream.is_ending) return;
    stream.is_ending = true;
    ++pending_;
    stream.rpc->Finish(&stream.status, &stream.end);
  }

  void Ended(const Stream& stream) {
    works_ = false;
    if (is_cancelled_ && unanswered_ == 0) return;
    context_.tally.Failed(SteadyNow(), unanswered_,
                          absl::StrCat("a stream ended: ", stream.status.error_message()));
    unanswered_ = 0;
  }

  void Take(const grpc::ByteBuffer& message) {
    const grpc::Slice bytes = WholeOf(message);
    seen_.clear();
    context_.target.read_answers(
        absl::string_view(reinterpret_cast<const char*>(bytes.begin()), bytes.size()), seen_);
    context_.tally.Received(bytes.size(), static_cast<int64_t>(seen_.size()));
    for (const AnswerSeen& seen : seen_) TakeOne(seen);
    while (!due_.empty() && due_.front() == kAnswered) {
      due_.pop_front();
      ++first_serial_;
    }
  }

  void TakeOne(const AnswerSeen& seen) {
    const int64_t index = seen.serial - first_serial_;
    const bool is_known = index >= 0 && index < static_cast<int64_t>(due_.size()) &&
                          due_[static_cast<size_t>(index)] != kAnswered;
    if (!is_known) {
      context_.tally.Failed(SteadyNow(), 1, "an answer has no request_id of ours");
      return;
    }
    context_.tally.Answered(due_[static_cast<size_t>(index)], seen.kind);
    due_[static_cast<size_t>(index)] = kAnswered;
    --unanswered_;
  }

  static constexpr int64_t kAnswered = -1;

  SendContext context_;
  QuestionWriter questions_;
  std::deque<Stream> streams_;
  size_t next_stream_ = 0;
  bool works_ = true;
  bool is_cancelled_ = false;
  // Operations whose events are to come.
  int pending_ = 0;
  // When questions were due, from the first that has no answer yet, whose
  // serial number is first_serial_.
  std::deque<int64_t> due_;
  int64_t first_serial_ = 1;
  int64_t unanswered_ = 0;
  std::vector<AnswerSeen> seen_;
};

}  // namespace

std::unique_ptr<Sender> NewStreamSender(const SendContext& context) {
  return std::make_unique<StreamSender>(context);
}

}  // namespace libroute
