#include "services/load/load.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>

#include "absl/strings/str_cat.h"
#include "services/load/sender.h"
#include "services/load/tally.h"

namespace libroute {
namespace {

constexpr std::chrono::seconds kConnectPatience(5);
constexpr int64_t kSecond = 1'000'000'000;
// How long the last answers may take.
constexpr int64_t kDrainPatience = 5 * kSecond;

absl::Status CheckShape(const LoadTarget& target, const LoadShape& shape) {
  if (target.questions.empty()) return absl::InvalidArgumentError("there is nothing to ask");
  if (shape.rate < 0) return absl::InvalidArgumentError("the rate must not be negative");
  if (shape.outstanding < 1 || shape.outstanding > 1'000'000) {
    return absl::InvalidArgumentError("outstanding must be 1 to 1000000");
  }
  if (shape.channels < 1 || shape.channels > 1000) {
    return absl::InvalidArgumentError("channels must be 1 to 1000");
  }
  if (shape.duration <= absl::ZeroDuration() || shape.warmup < absl::ZeroDuration()) {
    return absl::InvalidArgumentError("the duration must be more than 0, the warm-up not less");
  }
  return absl::OkStatus();
}

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const LoadServer& server) {
  if (server.tls_ca.empty() && server.tls_certificate.empty()) {
    return grpc::InsecureChannelCredentials();
  }
  return grpc::SslCredentials({server.tls_ca, server.tls_key, server.tls_certificate});
}

absl::StatusOr<Channels> Connect(const LoadServer& server, int count) {
  Channels channels;
  const auto deadline = std::chrono::system_clock::now() + kConnectPatience;
  for (int i = 0; i < count; ++i) {
    grpc::ChannelArguments arguments;
    // Channels with equal arguments would share one connection.
    arguments.SetInt("libroute.load.channel", i);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    channels.push_back(grpc::CreateCustomChannel(server.address, CredentialsOf(server), arguments));
    if (!channels.back()->WaitForConnected(deadline)) {
      return absl::UnavailableError(
          absl::StrCat("cannot reach ", server.address, " in ", kConnectPatience.count(), " s"));
    }
  }
  return channels;
}

// Sends when it is time and takes what comes, until the time is over.
class Run {
 public:
  Run(const LoadTarget& target, const LoadShape& shape, const Channels& channels)
      : shape_(shape),
        start_(SteadyNow()),
        begin_(start_ + absl::ToInt64Nanoseconds(shape.warmup)),
        end_(begin_ + absl::ToInt64Nanoseconds(shape.duration)),
        due_(static_cast<double>(start_)),
        tally_(begin_, end_),
        sender_(target.per_message > 0 ? NewStreamSender({target, channels, queue_, tally_})
                                       : NewUnarySender({target, channels, queue_, tally_})) {
    per_message_ = std::max(target.per_message, 1);
    if (shape.rate > 0) interval_ = 1e9 / shape.rate * per_message_;
  }

  absl::StatusOr<LoadResult> Measure(const ProgressListener& listener) {
    tally_.TakeProgress(start_);
    int64_t next_progress = start_ + kSecond;
    for (int64_t now = start_; GoesOn(now); now = SteadyNow()) {
      SendDue(std::min(now, end_ - 1));
      TakeEvent();
      if (now < next_progress || listener == nullptr) continue;
      LoadProgress progress = tally_.TakeProgress(now);
      progress.elapsed = absl::Nanoseconds(now - start_);
      listener(progress);
      next_progress += kSecond;
    }
    const bool worked = sender_->works();
    Stop();
    if (!worked) return absl::UnavailableError(tally_.first_error());
    return tally_.Result();
  }

 private:
  bool GoesOn(int64_t now) const {
    if (!sender_->works()) return false;
    return now < end_ || (IsUnfinished() && now < end_ + kDrainPatience);
  }

  // An open loop also sends what was due within its time and is late.
  bool IsUnfinished() const {
    return sender_->outstanding() > 0 || (interval_ > 0 && due_ < static_cast<double>(end_));
  }

  void SendDue(int64_t now) {
    if (interval_ == 0) {
      while (SteadyNow() < end_ && sender_->outstanding() < shape_.outstanding) {
        sender_->Send(SteadyNow());
      }
      return;
    }
    for (; due_ <= static_cast<double>(now); due_ += interval_) {
      if (sender_->outstanding() >= shape_.outstanding) return tally_.FellBehind();
      sender_->Send(static_cast<int64_t>(due_));
    }
  }

  void TakeEvent() {
    void* tag = nullptr;
    bool ok = false;
    // In an open loop: a wait with a deadline would end up to 1 ms late.
    const auto patience = interval_ == 0
                              ? std::chrono::system_clock::now() + std::chrono::milliseconds(100)
                              : std::chrono::system_clock::time_point();
    if (queue_.AsyncNext(&tag, &ok, patience) == grpc::CompletionQueue::GOT_EVENT) {
      sender_->OnEvent(tag, ok);
    }
  }

  // What never was sent or answered fails; the queue must be empty before it
  // goes.
  void Stop() {
    if (interval_ > 0 && due_ < static_cast<double>(end_)) {
      const double messages = std::ceil((static_cast<double>(end_) - due_) / interval_);
      tally_.Failed(static_cast<int64_t>(due_), static_cast<int64_t>(messages) * per_message_,
                    "so far behind that questions were not sent");
    }
    sender_->Cancel();
    void* tag = nullptr;
    bool ok = false;
    while (!sender_->is_idle() && queue_.Next(&tag, &ok)) sender_->OnEvent(tag, ok);
    queue_.Shutdown();
    while (queue_.Next(&tag, &ok)) {
    }
  }

  const LoadShape shape_;
  const int64_t start_;
  const int64_t begin_;
  const int64_t end_;
  // When the next message of an open loop is due, and the time between two; 0
  // in a closed loop.
  double due_;
  double interval_ = 0;
  int per_message_ = 1;
  grpc::CompletionQueue queue_;
  Tally tally_;
  std::unique_ptr<Sender> sender_;
};

}  // namespace

const std::string& QuestionWriter::Next() {
  QuestionTemplate& question = questions_[next_++ % questions_.size()];
  ++serial_;
  for (size_t at : question.serials) {
    int64_t left = serial_;
    for (size_t i = kSerialDigits; i-- > 0; left /= 10) {
      question.bytes[at + i] = static_cast<char>('0' + left % 10);
    }
  }
  return question.bytes;
}

grpc::Slice WholeOf(const grpc::ByteBuffer& message) {
  grpc::Slice whole;
  if (message.TrySingleSlice(&whole).ok() || message.DumpToSingleSlice(&whole).ok()) return whole;
  return grpc::Slice();
}

absl::StatusOr<LoadResult> RunLoad(const LoadTarget& target, const LoadShape& shape,
                                   const ProgressListener& listener) {
  if (absl::Status status = CheckShape(target, shape); !status.ok()) return status;
  absl::StatusOr<Channels> channels = Connect(target.server, shape.channels);
  if (!channels.ok()) return channels.status();
  return Run(target, shape, *channels).Measure(listener);
}

}  // namespace libroute
