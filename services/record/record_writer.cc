#include "services/record/record_writer.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/wire/record_wire.h"

namespace libroute {
namespace {

// How late a file may be closed after its day, when nothing is written.
constexpr std::chrono::seconds kIdle(1);

}  // namespace

absl::StatusOr<std::unique_ptr<RecordWriter>> RecordWriter::Start(RecordWriterOptions options) {
  absl::StatusOr<std::unique_ptr<RecordFiles>> files =
      RecordFiles::Open(options.files, options.log);
  if (!files.ok()) return files.status();
  return std::unique_ptr<RecordWriter>(new RecordWriter(std::move(options), *std::move(files)));
}

RecordWriter::RecordWriter(RecordWriterOptions options, std::unique_ptr<RecordFiles> files)
    : options_(std::move(options)), files_(std::move(files)) {
  thread_ = std::thread([this] { Run(); });
}

RecordWriter::~RecordWriter() {
  Stop();
}

void RecordWriter::Write(const CallRecord& record) {
  CallRecord copy = record;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (stops_ || queue_.size() >= options_.max_queued) {
      ++statistics_.lost;
      return;
    }
    queue_.push_back(std::move(copy));
  }
  changed_.notify_one();
}

void RecordWriter::Stop() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stops_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RecordWriter::Run() {
  CallRecord record;
  while (TakeNext(record)) {
    const bool is_written = WriteLine(absl::StrCat(RecordJson(record), "\n"));
    {
      std::lock_guard<std::mutex> lock(mutex_);
      ++(is_written ? statistics_.written : statistics_.lost);
    }
    if (is_written) NoteOverflow();
  }
  files_->Close();
}

bool RecordWriter::TakeNext(CallRecord& record) {
  std::unique_lock<std::mutex> lock(mutex_);
  while (queue_.empty()) {
    if (stops_) return false;
    lock.unlock();
    NoteOverflowIsOver();
    files_->CloseIfDue(options_.clock());
    lock.lock();
    changed_.wait_for(lock, kIdle, [&] { return stops_ || !queue_.empty(); });
  }
  record = std::move(queue_.front());
  queue_.pop_front();
  return true;
}

bool RecordWriter::WriteLine(const std::string& line) {
  bool has_failed = false;
  while (true) {
    absl::Status status = files_->Append(line, options_.clock());
    if (status.ok()) break;
    if (!has_failed) {
      options_.log(absl::StrCat("records of calls wait: ", std::string(status.message()), "; when ",
                                options_.max_queued, " wait, more are lost"));
    }
    has_failed = true;
    if (!WaitToRetry()) {
      options_.log("records of calls are lost: they cannot be written before the end");
      return false;
    }
  }
  if (has_failed) options_.log("records of calls are written again");
  return true;
}

bool RecordWriter::WaitToRetry() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoNanoseconds(options_.retry_after), [&] { return stops_; });
  if (!stops_) return true;
  statistics_.lost += static_cast<int64_t>(queue_.size());
  queue_.clear();
  return false;
}

void RecordWriter::NoteOverflow() {
  if (overflows_ || GetStatistics().lost == lost_before_) return;
  overflows_ = true;
  options_.log("records of calls are lost: more come than can be written");
}

void RecordWriter::NoteOverflowIsOver() {
  if (!overflows_) return;
  overflows_ = false;
  const int64_t lost = GetStatistics().lost;
  options_.log(absl::StrCat(lost - lost_before_, " records of calls were lost; none is any more"));
  lost_before_ = lost;
}

RecordWriter::Statistics RecordWriter::GetStatistics() const {
  std::lock_guard<std::mutex> lock(mutex_);
  Statistics statistics = statistics_;
  statistics.queued = static_cast<int64_t>(queue_.size());
  return statistics;
}

}  // namespace libroute
