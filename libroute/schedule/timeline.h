#ifndef LIBROUTE_SCHEDULE_TIMELINE_H_
#define LIBROUTE_SCHEDULE_TIMELINE_H_

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace libroute {

// A stretch of time in Unix seconds: from `begin`, up to but not including
// `end`.
struct TimeSpan {
  bool Contains(int64_t seconds) const { return begin <= seconds && seconds < end; }

  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;

  int64_t begin = 0;
  int64_t end = 0;
};

// Sorts `spans`, drops the empty ones, and joins those that overlap or touch.
std::vector<TimeSpan> MergeSpans(std::vector<TimeSpan> spans);

// The parts of `spans` that lie in `window`. `spans` must be merged; so is the
// result.
std::vector<TimeSpan> ClipSpans(std::vector<TimeSpan> spans, const TimeSpan& window);

// The parts of `spans` outside, or inside, all of `others`. Both are merged;
// so is the result. Linear.
std::vector<TimeSpan> SubtractSpans(const std::vector<TimeSpan>& spans,
                                    const std::vector<TimeSpan>& others);
std::vector<TimeSpan> IntersectSpans(const std::vector<TimeSpan>& spans,
                                     const std::vector<TimeSpan>& others);

// `until` where no change is known.
constexpr int64_t kNoChange = std::numeric_limits<int64_t>::max();

// Open or not, and the Unix second at which that changes next.
struct OpenState {
  friend bool operator==(const OpenState&, const OpenState&) = default;

  bool open = false;
  int64_t until = kNoChange;
};

// When something is open within a horizon, as a sorted list of the instants at
// which that changes. It does not care what the rules were. A look-up takes a
// few nanoseconds, whatever the number of changes.
//
//   Timeline timeline({begin, end}, {{nine, seventeen}}, kNoChange);
//   timeline.At(noon);  // {open = true, until = seventeen}
//
// Immutable, thus thread-safe.
class Timeline {
 public:
  // `horizon` is not empty and at most 2^31 seconds long. `open` are the spans
  // in which it is open, in any order; what lies outside the horizon is
  // ignored. `after_horizon` is the first change at or after the horizon's end,
  // or kNoChange.
  Timeline(TimeSpan horizon, std::vector<TimeSpan> open, int64_t after_horizon);

  bool Covers(int64_t seconds) const { return horizon_.Contains(seconds); }

  // The state at this Unix second, which the timeline must cover. `until` may
  // lie past the horizon.
  OpenState At(int64_t seconds) const {
    assert(Covers(seconds));
    const uint32_t offset = static_cast<uint32_t>(seconds - horizon_.begin);
    uint32_t next = first_in_bucket_[offset >> bucket_shift_];
    while (changes_[next] <= offset) ++next;
    const bool is_last = next + 1 == changes_.size();
    return {.open = (next & 1) != 0,
            .until = is_last ? after_horizon_ : horizon_.begin + changes_[next]};
  }
  bool IsOpen(int64_t seconds) const { return At(seconds).open; }
  int64_t NextChange(int64_t seconds) const { return At(seconds).until; }

  const TimeSpan& horizon() const { return horizon_; }

  // Throughout the horizon.
  bool NeverOpens() const { return changes_.size() == 1; }
  bool AlwaysOpen() const { return changes_.size() == 2 && changes_[0] == 0; }

  // Heap memory and the object itself.
  size_t memory_bytes() const;

 private:
  // Buckets of 2^17 s, about a day and a half: one shift finds the bucket, and
  // usual hours have three changes in it. Where there are many more, buckets
  // are smaller, so that they have eight at most on average.
  static constexpr int kBucketShift = 17;
  static constexpr size_t kChangesInBucket = 8;

  TimeSpan horizon_;
  int64_t after_horizon_;
  int bucket_shift_ = kBucketShift;
  // Seconds from the horizon's begin, ascending, opening and closing in turn
  // (0 first when open at the begin): after an odd number of them it is open.
  // The last is a sentinel past every offset.
  std::vector<uint32_t> changes_;
  // By bucket: the index of the first change after the bucket's begin.
  std::vector<uint32_t> first_in_bucket_;
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_TIMELINE_H_
