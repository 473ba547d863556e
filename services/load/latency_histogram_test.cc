#include "services/load/latency_histogram.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(LatencyHistogram, IsZeroWhenEmpty) {
  LatencyHistogram histogram;
  EXPECT_EQ(histogram.count(), 0);
  EXPECT_EQ(histogram.Percentile(50), absl::ZeroDuration());
  EXPECT_EQ(histogram.Mean(), absl::ZeroDuration());
  EXPECT_EQ(histogram.Max(), absl::ZeroDuration());
}

TEST(LatencyHistogram, TellsSmallValuesExactly) {
  LatencyHistogram histogram;
  for (int i = 1; i <= 100; ++i) histogram.Add(absl::Nanoseconds(i));
  EXPECT_EQ(histogram.Percentile(0), absl::Nanoseconds(1));
  EXPECT_EQ(histogram.Percentile(50), absl::Nanoseconds(50));
  EXPECT_EQ(histogram.Percentile(99), absl::Nanoseconds(99));
  EXPECT_EQ(histogram.Percentile(100), absl::Nanoseconds(100));
}

TEST(LatencyHistogram, TakesTheExtremes) {
  LatencyHistogram histogram;
  histogram.Add(-absl::Seconds(1));
  histogram.Add(absl::InfiniteDuration());
  EXPECT_EQ(histogram.Percentile(50), absl::ZeroDuration());
  EXPECT_EQ(histogram.Percentile(100), histogram.Max());
  EXPECT_GT(histogram.Max(), absl::Hours(24 * 365));
}

TEST(LatencyHistogram, IsWithinOnePercentOfTheSortedValues) {
  std::mt19937 random(5);
  std::lognormal_distribution<double> latencies(11, 2.5);
  LatencyHistogram histogram;
  std::vector<int64_t> values;
  for (int i = 0; i < 20000; ++i) {
    values.push_back(static_cast<int64_t>(latencies(random)));
    histogram.Add(absl::Nanoseconds(values.back()));
  }
  std::sort(values.begin(), values.end());
  for (double percent : {0.1, 1.0, 10.0, 50.0, 90.0, 99.0, 99.9, 99.99, 100.0}) {
    const auto rank = static_cast<size_t>(std::ceil(percent / 100 * values.size())) - 1;
    const int64_t told = absl::ToInt64Nanoseconds(histogram.Percentile(percent));
    EXPECT_GE(told, values[rank]) << percent;
    EXPECT_LE(told, values[rank] * 1.01 + 1) << percent;
  }
  EXPECT_EQ(absl::ToInt64Nanoseconds(histogram.Max()), values.back());
}

TEST(LatencyHistogram, MergesAndClears) {
  LatencyHistogram a, b;
  a.Add(absl::Microseconds(1));
  b.Add(absl::Microseconds(3));
  b.Add(absl::Microseconds(5));
  a.Merge(b);
  EXPECT_EQ(a.count(), 3);
  EXPECT_EQ(a.Mean(), absl::Microseconds(3));
  EXPECT_EQ(a.Max(), absl::Microseconds(5));
  a.Clear();
  EXPECT_EQ(a.count(), 0);
  EXPECT_EQ(a.Percentile(99), absl::ZeroDuration());
}

}  // namespace
}  // namespace libroute
