#include <grpcpp/grpcpp.h>
#include <grpcpp/support/byte_buffer.h>

#include <deque>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libroute/epoch/mutex.h"
#include "libroute/v1/route.grpc.pb.h"
#include "services/routed/open_streams.h"
#include "services/routed/rpc_service.h"
#include "services/routed/rpc_status.h"
#include "services/routed/unary_call.h"

namespace libroute {
namespace {

// The questions' methods take and give bytes: what the handler answers is
// bytes already, and a request is parsed into a message that is used again.
using Service = v1::RouteService::WithRawCallbackMethod_Route<
    v1::RouteService::WithRawCallbackMethod_RouteStream<
        v1::RouteService::WithCallbackMethod_Report<v1::RouteService::WithCallbackMethod_Explain<
            v1::RouteService::WithCallbackMethod_ListLiveCalls<v1::RouteService::Service>>>>>;
using StreamReactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

template <typename Message>
absl::Status Parse(const grpc::ByteBuffer& bytes, Message& message) {
  grpc::Slice slice;
  const bool is_whole = bytes.TrySingleSlice(&slice).ok() || bytes.DumpToSingleSlice(&slice).ok();
  if (is_whole && message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("the request is not a ", message.GetTypeName()));
}

// Calls `use` with a message to parse into: one that the thread uses again, but
// for large requests, whose memory would then never be given back.
template <typename Message, typename Use>
auto WithMessage(const grpc::ByteBuffer& bytes, Use use) {
  constexpr size_t kLargeBytes = 128 << 10;
  thread_local Message kept;
  if (bytes.Length() <= kLargeBytes) return use(kept);
  Message once;
  return use(once);
}

grpc::ByteBuffer ToBuffer(absl::string_view bytes) {
  grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

// One RouteStream. Messages are read while fewer than kWindow are not answered
// yet, so that a client which does not read its answers is not read either.
//
// gRPC calls OnDone last, once Finish was called and every operation has
// ended; the service keeps the stream until then.
class Stream : public StreamReactor,
               public OpenStreams::Stream,
               public std::enable_shared_from_this<Stream> {
 public:
  Stream(OpenStreams& streams, RouteHandler& handler, const Principal& caller)
      : streams_(streams), handler_(handler), caller_(caller) {}

  void Start() ABSL_LOCKS_EXCLUDED(mutex_);
  // When what was read is answered.
  void End(const absl::Status& status) override ABSL_LOCKS_EXCLUDED(mutex_);

  void OnReadDone(bool ok) override ABSL_LOCKS_EXCLUDED(mutex_);
  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mutex_);
  void OnDone() override;

 private:
  static constexpr int kWindow = 16;
  // As many questions as may be, with all that they may hold.
  static constexpr size_t kMaxBytes = 2 << 20;

  struct Exchange {
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
  };

  // What to do once the lock is released.
  struct Next {
    Exchange* read = nullptr;
    Exchange* write = nullptr;
    bool finish = false;
  };

  absl::Status Ask(Exchange* exchange) ABSL_LOCKS_EXCLUDED(mutex_);
  void Answered(Exchange* exchange) ABSL_LOCKS_EXCLUDED(mutex_);
  Next Decide() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Do(Next next) ABSL_LOCKS_EXCLUDED(mutex_);

  OpenStreams& streams_;
  RouteHandler& handler_;
  const Principal& caller_;

  Mutex mutex_;
  // What is being read into, and the messages read whose answers are not
  // written yet.
  std::unique_ptr<Exchange> reading_ ABSL_GUARDED_BY(mutex_);
  int unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
  std::unique_ptr<Exchange> writing_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::unique_ptr<Exchange>> answered_ ABSL_GUARDED_BY(mutex_);
  // Nothing is read any more, and how the stream then ends.
  bool is_ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_finished_ ABSL_GUARDED_BY(mutex_) = false;
  // Operations decided on, but perhaps not started yet.
  int starting_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status end_ ABSL_GUARDED_BY(mutex_);
};

class RouteService : public RpcService, public Service {
 public:
  RouteService(RouteHandler& handler, const Callers& callers)
      : handler_(handler), callers_(callers) {}

  grpc::Service* service() override { return this; }
  void Drain() override { streams_.Drain(); }

 private:
  grpc::ServerUnaryReactor* Route(grpc::CallbackServerContext* context,
                                  const grpc::ByteBuffer* request,
                                  grpc::ByteBuffer* response) override;
  StreamReactor* RouteStream(grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* Report(grpc::CallbackServerContext* context,
                                   const v1::ReportRequest* request,
                                   v1::ReportResponse* response) override;
  grpc::ServerUnaryReactor* Explain(grpc::CallbackServerContext* context,
                                    const v1::ExplainRequest* request,
                                    v1::ExplainResponse* response) override;
  grpc::ServerUnaryReactor* ListLiveCalls(grpc::CallbackServerContext* context,
                                          const v1::ListLiveCallsRequest* request,
                                          v1::ListLiveCallsResponse* response) override;

  // Finishes a unary call with what `handle` says of it.
  template <typename Handle>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, Handle handle) {
    return AnswerUnary(callers_, context, std::move(handle));
  }

  RouteHandler& handler_;
  const Callers& callers_;
  OpenStreams streams_;
};

void Stream::Start() {
  Next next;
  {
    MutexLock lock(mutex_);
    next = Decide();
  }
  Do(next);
}

void Stream::End(const absl::Status& status) {
  Next next;
  {
    MutexLock lock(mutex_);
    if (!is_ending_) end_ = status;
    is_ending_ = true;
    next = Decide();
  }
  Do(next);
}

// Called with the lock held, after anything has changed: what is to be started.
Stream::Next Stream::Decide() {
  Next next;
  if (writing_ == nullptr && !answered_.empty()) {
    writing_ = std::move(answered_.front());
    answered_.pop_front();
    next.write = writing_.get();
  }
  if (!is_ending_ && reading_ == nullptr && unanswered_ < kWindow) {
    reading_ = std::make_unique<Exchange>();
    next.read = reading_.get();
  }
  if (next.read != nullptr || next.write != nullptr) ++starting_;
  // What follows Finish is OnDone, and then the stream is no more.
  next.finish = is_ending_ && unanswered_ == 0 && starting_ == 0 && !is_finished_;
  if (next.finish) is_finished_ = true;
  return next;
}

void Stream::Do(Next next) {
  while (next.read != nullptr || next.write != nullptr) {
    if (next.write != nullptr) StartWrite(&next.write->response);
    if (next.read != nullptr) StartRead(&next.read->request);
    MutexLock lock(mutex_);
    --starting_;
    next = Decide();
  }
  if (!next.finish) return;
  absl::Status end;
  {
    MutexLock lock(mutex_);
    end = end_;
  }
  Finish(ToRpcStatus(end));
}

void Stream::OnReadDone(bool ok) {
  Exchange* exchange = nullptr;
  Next next;
  {
    MutexLock lock(mutex_);
    if (!ok) is_ending_ = true;
    // What comes after the end was decided is left unanswered.
    if (!ok || is_ending_) {
      next = Decide();
    } else {
      exchange = reading_.release();
      ++unanswered_;
    }
  }
  if (exchange == nullptr) {
    Do(next);
    return;
  }
  absl::Status status = Ask(exchange);
  {
    MutexLock lock(mutex_);
    if (!status.ok()) {
      delete exchange;
      --unanswered_;
      is_ending_ = true;
      end_ = status;
    }
    next = Decide();
  }
  Do(next);
}

absl::Status Stream::Ask(Exchange* exchange) {
  if (exchange->request.Length() > kMaxBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a message of a stream has at most ", kMaxBytes,
                                                   " bytes, not ", exchange->request.Length()));
  }
  return WithMessage<v1::RouteStreamRequest>(exchange->request, [&](auto& request) {
    absl::Status status = Parse(exchange->request, request);
    if (!status.ok()) return status;
    return handler_.RouteMany(request, caller_, [this, exchange](absl::string_view bytes) {
      exchange->response = ToBuffer(bytes);
      Answered(exchange);
    });
  });
}

void Stream::Answered(Exchange* exchange) {
  Next next;
  {
    MutexLock lock(mutex_);
    answered_.emplace_back(exchange);
    next = Decide();
  }
  Do(next);
}

void Stream::OnWriteDone(bool ok) {
  Next next;
  {
    MutexLock lock(mutex_);
    writing_.reset();
    --unanswered_;
    if (!ok) {
      // The client is gone: nobody waits for the other answers.
      is_ending_ = true;
      unanswered_ -= static_cast<int>(answered_.size());
      answered_.clear();
    }
    next = Decide();
  }
  Do(next);
}

void Stream::OnDone() {
  streams_.Forget(shared_from_this());
}

grpc::ServerUnaryReactor* RouteService::Route(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<const Principal*> caller = callers_.Identify(*context);
  if (!caller.ok()) {
    reactor->Finish(ToRpcStatus(caller.status()));
    return reactor;
  }
  WithMessage<v1::RouteRequest>(*request, [&](auto& question) {
    absl::Status status = Parse(*request, question);
    if (!status.ok()) return reactor->Finish(ToRpcStatus(status));
    handler_.Route(question, **caller, [=](const RouteHandler::Response& answer) {
      *response = ToBuffer(answer.bytes);
      reactor->Finish(answer.error == nullptr ? grpc::Status::OK : ToRpcStatus(*answer.error));
    });
  });
  return reactor;
}

StreamReactor* RouteService::RouteStream(grpc::CallbackServerContext* context) {
  // Ends before it begins.
  class Refused : public StreamReactor {
   public:
    explicit Refused(const absl::Status& status) { Finish(ToRpcStatus(status)); }
    void OnDone() override { delete this; }
  };
  absl::StatusOr<const Principal*> caller = callers_.Identify(*context);
  if (!caller.ok()) return new Refused(caller.status());
  auto stream = std::make_shared<Stream>(streams_, handler_, **caller);
  const absl::Status open = streams_.Add(stream);
  if (open.ok()) {
    stream->Start();
  } else {
    stream->End(open);
  }
  return stream.get();
}

grpc::ServerUnaryReactor* RouteService::Report(grpc::CallbackServerContext* context,
                                               const v1::ReportRequest* request,
                                               v1::ReportResponse*) {
  return Answer(context,
                [&](const Principal& caller) { return handler_.Report(*request, caller); });
}

grpc::ServerUnaryReactor* RouteService::Explain(grpc::CallbackServerContext* context,
                                                const v1::ExplainRequest* request,
                                                v1::ExplainResponse* response) {
  return Answer(context, [&](const Principal& caller) {
    return handler_.Explain(*request, caller, response);
  });
}

grpc::ServerUnaryReactor* RouteService::ListLiveCalls(grpc::CallbackServerContext* context,
                                                      const v1::ListLiveCallsRequest* request,
                                                      v1::ListLiveCallsResponse* response) {
  return Answer(context, [&](const Principal& caller) {
    return handler_.ListLiveCalls(*request, caller, response);
  });
}

}  // namespace

std::unique_ptr<RpcService> NewRouteService(RouteHandler& handler, const Callers& callers) {
  return std::make_unique<RouteService>(handler, callers);
}

}  // namespace libroute
