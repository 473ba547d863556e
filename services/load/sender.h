#ifndef LIBROUTE_SERVICES_LOAD_SENDER_H_
#define LIBROUTE_SERVICES_LOAD_SENDER_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/load/load.h"
#include "services/load/tally.h"

namespace libroute {

using Channels = std::vector<std::shared_ptr<grpc::Channel>>;

// Where senders send, and what they tell.
struct SendContext {
  const LoadTarget& target;
  const Channels& channels;
  grpc::CompletionQueue& queue;
  Tally& tally;
};

// Sends messages and takes their answers, on one thread. What it starts ends
// as an event of its queue; who takes events from there gives them back by
// OnEvent.
class Sender {
 public:
  virtual ~Sender() = default;

  // Messages that are not answered yet.
  virtual int outstanding() const = 0;

  // Sends the next message, which was due at `due` (nanoseconds of
  // SteadyNow).
  virtual void Send(int64_t due) = 0;

  virtual void OnEvent(void* tag, bool ok) = 0;

  // False when nothing can be sent any more; the tally says why.
  virtual bool works() const = 0;

  // Breaks off what is outstanding. Events still come, until it is idle.
  virtual void Cancel() = 0;
  virtual bool is_idle() const = 0;
};

// One call for each message.
std::unique_ptr<Sender> NewUnarySender(const SendContext& context);

// One stream for each channel, on which messages are sent in turn.
std::unique_ptr<Sender> NewStreamSender(const SendContext& context);

// The questions of a target in turn, each with the next serial number.
class QuestionWriter {
 public:
  explicit QuestionWriter(const std::vector<QuestionTemplate>& questions) : questions_(questions) {}

  // Valid until the next call.
  const std::string& Next();
  // Of what Next gave last.
  int64_t serial() const { return serial_; }

 private:
  std::vector<QuestionTemplate> questions_;
  size_t next_ = 0;
  int64_t serial_ = 0;
};

// The bytes of a message as one piece.
grpc::Slice WholeOf(const grpc::ByteBuffer& message);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LOAD_SENDER_H_
