#ifndef LIBROUTE_SERVICES_RECORD_RECORD_WRITER_H_
#define LIBROUTE_SERVICES_RECORD_RECORD_WRITER_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/record/record.h"
#include "services/record/record_files.h"

namespace libroute {

struct RecordWriterOptions {
  RecordFileOptions files;
  // So many records may wait to be written; what comes when there are as many is
  // lost, and counted. At least 1.
  size_t max_queued = 65536;
  // When writing fails it is tried again after this.
  absl::Duration retry_after = absl::Seconds(1);
  std::function<absl::Time()> clock = absl::Now;
  // Gets a line when something begins to go wrong and when it is over, from the
  // writer's thread.
  std::function<void(const std::string& text)> log;
};

// Writes records to files as JSON lines, in a thread of its own. Write never
// waits for a file: it takes a copy and returns.
//
// When the disk is full, records wait until there is room again, up to
// max_queued. What is queued is written before Stop returns, unless writing
// fails then: it is not tried again.
//
// Thread-safe.
class RecordWriter : public RecordSink {
 public:
  // Errors of RecordFiles::Open.
  static absl::StatusOr<std::unique_ptr<RecordWriter>> Start(RecordWriterOptions options);
  // Stops.
  ~RecordWriter() override;

  // About 1 us. Lost, and counted, once it is stopped.
  void Write(const CallRecord& record) override;

  // Writes what is queued, closes the file and ends the thread.
  void Stop();

  struct Statistics {
    int64_t written = 0;
    int64_t lost = 0;
    int64_t queued = 0;
  };
  Statistics GetStatistics() const;

 private:
  RecordWriter(RecordWriterOptions options, std::unique_ptr<RecordFiles> files);

  void Run();
  // Nothing after the last record, once it is told to stop.
  bool TakeNext(CallRecord& record);
  // Until it is written; false if it is lost.
  bool WriteLine(const std::string& line);
  // Whether to try again after this.
  bool WaitToRetry();
  // In the log, where it begins and where it is over.
  void NoteOverflow();
  void NoteOverflowIsOver();

  const RecordWriterOptions options_;
  // The writer's thread alone uses these.
  const std::unique_ptr<RecordFiles> files_;
  bool overflows_ = false;
  int64_t lost_before_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Under mutex_.
  std::deque<CallRecord> queue_;
  bool stops_ = false;
  Statistics statistics_;

  std::thread thread_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_RECORD_RECORD_WRITER_H_
