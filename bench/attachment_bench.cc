#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/registration.h"
#include "benchmark/benchmark.h"
#include "libroute/readers/calendar_file.h"
#include "libroute/readers/caller_file.h"

// Files of plans: how long they take to read, and what is found in them.
namespace libroute::bench {
namespace {

constexpr size_t kCallers = 1'000'000;
// Looked up in turn; a power of two.
constexpr size_t kLookedUp = 65536;

std::string NumberOf(uint64_t index) {
  // In no order, each once.
  return absl::StrCat("+324", 100'000'000 + index * 715'827'883 % 900'000'000);
}
std::string AddressOf(uint64_t index) {
  return absl::StrCat("name", index, "@firm", index % 5000, ".example");
}

// A million rows; every second cell is what `caller` gives.
template <typename CallerOf>
std::string ListOf(CallerOf caller) {
  std::string text = "since;caller\r\n";
  for (size_t i = 0; i < kCallers; ++i) absl::StrAppend(&text, "2026;", caller(i), "\r\n");
  return text;
}

CallerFileReading Read(const std::string& text) {
  return ReadCallerFile(text, "vip.csv", "caller", AttachmentLimits());
}

template <typename CallerOf>
void ReadList(benchmark::State& state, CallerOf caller) {
  const std::string text = ListOf(caller);
  for (auto _ : state) benchmark::DoNotOptimize(Read(text));
  state.counters["file_bytes"] = static_cast<double>(text.size());
}

void FindNumber(benchmark::State& state) {
  const CallerFileReading reading = Read(ListOf(NumberOf));
  const NumberSet& numbers = reading.callers->numbers;
  std::mt19937_64 random(3);
  std::vector<Digits> asked;
  for (size_t i = 0; i < kLookedUp; ++i) {
    asked.push_back(E164Number::Parse(NumberOf(random() % kCallers))->digits());
  }
  size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(numbers.Contains(asked[next++ % kLookedUp]));
  state.counters["bytes_per_caller"] = static_cast<double>(numbers.memory_bytes()) / kCallers;
}

void FindAddress(benchmark::State& state) {
  const CallerFileReading reading = Read(ListOf(AddressOf));
  const MailAddressSet& addresses = reading.callers->addresses;
  std::mt19937_64 random(4);
  std::vector<std::string> asked;
  for (size_t i = 0; i < kLookedUp; ++i) asked.push_back(AddressOf(random() % kCallers));
  size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(addresses.Contains(asked[next++ % kLookedUp]));
  state.counters["bytes_per_caller"] = static_cast<double>(addresses.memory_bytes()) / kCallers;
}

// Twelve holidays, eight of them by a rule.
void ReadCalendar(benchmark::State& state) {
  std::string text = "BEGIN:VCALENDAR\r\n";
  for (int month = 1; month <= 12; ++month) {
    absl::StrAppend(&text, "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:2020", month < 10 ? "0" : "", month,
                    "11\r\n", month <= 8 ? "RRULE:FREQ=YEARLY\r\n" : "",
                    "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
  }
  text += "END:VCALENDAR\r\n";
  for (auto _ : state) {
    benchmark::DoNotOptimize(ReadCalendarFile(text, "be.ics", AttachmentLimits()));
  }
}

}  // namespace

void RegisterAttachments() {
  benchmark::RegisterBenchmark("CallerFile/read_1000000_numbers",
                               [](benchmark::State& state) { ReadList(state, NumberOf); });
  benchmark::RegisterBenchmark("CallerFile/read_1000000_addresses",
                               [](benchmark::State& state) { ReadList(state, AddressOf); });
  benchmark::RegisterBenchmark("CallerFile/find_number", FindNumber);
  benchmark::RegisterBenchmark("CallerFile/find_address", FindAddress);
  benchmark::RegisterBenchmark("CalendarFile/read", ReadCalendar);
}

}  // namespace libroute::bench
