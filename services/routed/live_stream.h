#ifndef LIBROUTE_SERVICES_ROUTED_LIVE_STREAM_H_
#define LIBROUTE_SERVICES_ROUTED_LIVE_STREAM_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "libroute/epoch/mutex.h"
#include "services/live/feed.h"
#include "services/routed/open_streams.h"
#include "services/routed/rpc_status.h"

// For the sources that know gRPC: *_service.cc. Streams of what a feed has to say.
namespace libroute {

// A reactor that only writes, as one that also reads.
template <class Request, class Response>
class WriteReactor : public grpc::ServerWriteReactor<Response> {
 public:
  virtual void OnReadDone(bool) = 0;
  void StartRead(Request*) {}
};

// One stream. `Reactor` writes Response, and reads Request if `kReads`. One message is on
// its way at a time; the feed is asked for the next one then. gRPC calls OnDone last, once
// Finish was called and every operation has ended; the set keeps the stream until then.
template <class Reactor, class Request, class Response, bool kReads>
class LiveStream
    : public Reactor,
      public OpenStreams::Stream,
      public std::enable_shared_from_this<LiveStream<Reactor, Request, Response, kReads>> {
 public:
  using FeedType = Feed<Request, Response>;

  explicit LiveStream(OpenStreams& streams) : streams_(streams) {}

  // Makes a feed with `connect`, gives it `first` if there is one, and begins. Returned is
  // what gRPC is to be given.
  template <class Connect>
  static Reactor* Begin(OpenStreams& streams, const absl::Status& allowed, Connect connect,
                        const Request* first) {
    auto stream = std::make_shared<LiveStream>(streams);
    const std::weak_ptr<LiveStream> weak = stream;
    if (allowed.ok()) {
      stream->feed_ = connect(StreamEnd{[weak] {
                                          if (auto open = weak.lock()) open->Go();
                                        },
                                        [weak](const absl::Status& status) {
                                          if (auto open = weak.lock()) open->End(status);
                                        }});
    }
    const absl::Status open = streams.Add(stream);
    absl::Status status = allowed.ok() ? open : allowed;
    if (status.ok() && first != nullptr) status = stream->feed_->Take(*first);
    if (status.ok()) {
      stream->Read();
    } else {
      stream->End(status);
    }
    stream->Start();
    return stream.get();
  }

  // It ends so once what is on its way was sent.
  void End(const absl::Status& status) override ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      if (!is_ending_) end_ = status;
      is_ending_ = true;
    }
    Go();
  }

  void OnReadDone(bool ok) override ABSL_LOCKS_EXCLUDED(mutex_) {
    if (!ok) return EndAfterAll();
    const absl::Status status = feed_->Take(request_);
    if (!status.ok()) return End(status);
    Read();
  }

  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      is_writing_ = false;
      if (!ok) is_ending_ = true;
    }
    Go();
  }

  void OnCancel() override { End(absl::CancelledError("cancelled")); }

  void OnDone() override {
    if (feed_ != nullptr) feed_->Close();
    streams_.Forget(this->shared_from_this());
  }

 private:
  // Nothing more comes: it ends once everything was said.
  void EndAfterAll() ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      is_closing_ = true;
    }
    Go();
  }

  // Nothing is started once Finish was called.
  void Read() ABSL_LOCKS_EXCLUDED(mutex_) {
    if constexpr (kReads) {
      {
        MutexLock lock(mutex_);
        if (is_ending_ || is_closing_) return;
        is_starting_read_ = true;
      }
      this->StartRead(&request_);
      {
        MutexLock lock(mutex_);
        is_starting_read_ = false;
      }
      Go();
    }
  }

  // Once feed_ is there: what it has called for meanwhile is done now.
  void Start() ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      is_going_ = false;
    }
    Go();
  }

  // Starts what can be started, unless another thread does so: that one looks again.
  void Go() ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      wants_ = true;
      if (is_going_) return;
      is_going_ = true;
    }
    for (;;) {
      bool finishes = false;
      {
        MutexLock lock(mutex_);
        if (!std::exchange(wants_, false) || is_writing_ || is_starting_read_ || is_finished_) {
          is_going_ = false;
          return;
        }
        finishes = is_ending_;
        if (finishes) is_finished_ = true;
      }
      if (finishes) {
        absl::Status end;
        {
          MutexLock lock(mutex_);
          end = end_;
          // Nothing of this is touched after Finish.
          is_going_ = false;
        }
        return this->Finish(ToRpcStatus(end));
      }
      if (feed_ == nullptr || !feed_->Next(response_)) {
        MutexLock lock(mutex_);
        // Nothing is left to be said.
        if (is_closing_ && !is_ending_) wants_ = is_ending_ = true;
        continue;
      }
      {
        MutexLock lock(mutex_);
        is_writing_ = true;
        wants_ = true;
      }
      this->StartWrite(&response_);
    }
  }

  OpenStreams& streams_;
  std::shared_ptr<FeedType> feed_;
  Request request_;
  Response response_;

  Mutex mutex_;
  // Somebody is in Go or Begin, and has to look once more.
  bool is_going_ ABSL_GUARDED_BY(mutex_) = true;
  bool wants_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_starting_read_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_closing_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_finished_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status end_ ABSL_GUARDED_BY(mutex_);
};

template <class Request, class Response>
using BidiStream = LiveStream<grpc::ServerBidiReactor<Request, Response>, Request, Response, true>;
template <class Request, class Response>
using WatchStream = LiveStream<WriteReactor<Request, Response>, Request, Response, false>;

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_LIVE_STREAM_H_
