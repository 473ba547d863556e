#include "libroute/schedule/timeline.h"

#include <algorithm>
#include <utility>

namespace libroute {

std::vector<TimeSpan> MergeSpans(std::vector<TimeSpan> spans) {
  std::sort(spans.begin(), spans.end(),
            [](const TimeSpan& a, const TimeSpan& b) { return a.begin < b.begin; });
  size_t merged = 0;
  for (const TimeSpan& span : spans) {
    if (span.end <= span.begin) continue;
    if (merged > 0 && span.begin <= spans[merged - 1].end) {
      spans[merged - 1].end = std::max(spans[merged - 1].end, span.end);
    } else {
      spans[merged++] = span;
    }
  }
  spans.resize(merged);
  return spans;
}

std::vector<TimeSpan> ClipSpans(std::vector<TimeSpan> spans, const TimeSpan& window) {
  size_t kept = 0;
  for (const TimeSpan& span : spans) {
    const TimeSpan clipped = {.begin = std::max(span.begin, window.begin),
                              .end = std::min(span.end, window.end)};
    if (clipped.begin < clipped.end) spans[kept++] = clipped;
  }
  spans.resize(kept);
  return spans;
}

std::vector<TimeSpan> SubtractSpans(const std::vector<TimeSpan>& spans,
                                    const std::vector<TimeSpan>& others) {
  std::vector<TimeSpan> left;
  size_t other = 0;
  for (TimeSpan span : spans) {
    while (other < others.size() && others[other].end <= span.begin) ++other;
    // The last one may reach into the next span.
    for (size_t i = other; i < others.size() && others[i].begin < span.end; ++i) {
      if (span.begin < others[i].begin) left.push_back({span.begin, others[i].begin});
      span.begin = others[i].end;
    }
    if (span.begin < span.end) left.push_back(span);
  }
  return left;
}

std::vector<TimeSpan> IntersectSpans(const std::vector<TimeSpan>& spans,
                                     const std::vector<TimeSpan>& others) {
  std::vector<TimeSpan> common;
  size_t other = 0;
  for (const TimeSpan& span : spans) {
    while (other < others.size() && others[other].end <= span.begin) ++other;
    for (size_t i = other; i < others.size() && others[i].begin < span.end; ++i) {
      common.push_back({.begin = std::max(span.begin, others[i].begin),
                        .end = std::min(span.end, others[i].end)});
    }
  }
  return common;
}

Timeline::Timeline(TimeSpan horizon, std::vector<TimeSpan> open, int64_t after_horizon)
    : horizon_(horizon), after_horizon_(after_horizon) {
  assert(horizon.begin < horizon.end && horizon.end - horizon.begin <= int64_t{1} << 31);
  open = ClipSpans(MergeSpans(std::move(open)), horizon);
  changes_.reserve(2 * open.size() + 1);
  for (const TimeSpan& span : open) {
    changes_.push_back(static_cast<uint32_t>(span.begin - horizon.begin));
    // Closing at the horizon's end or later is what `after_horizon` tells.
    if (span.end < horizon.end) {
      changes_.push_back(static_cast<uint32_t>(span.end - horizon.begin));
    }
  }
  changes_.push_back(std::numeric_limits<uint32_t>::max());

  const uint32_t last = static_cast<uint32_t>(horizon.end - horizon.begin - 1);
  while (changes_.size() / ((last >> bucket_shift_) + 1) > kChangesInBucket) --bucket_shift_;
  const uint32_t buckets = (last >> bucket_shift_) + 1;
  first_in_bucket_.reserve(buckets);
  uint32_t first = 0;
  for (uint32_t bucket = 0; bucket < buckets; ++bucket) {
    while (changes_[first] <= bucket << bucket_shift_) ++first;
    first_in_bucket_.push_back(first);
  }
}

size_t Timeline::memory_bytes() const {
  return sizeof(*this) + (changes_.capacity() + first_in_bucket_.capacity()) * sizeof(uint32_t);
}

}  // namespace libroute
