#include "libroute/number/directory.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/number/test_patterns.h"

namespace libroute {
namespace {

Digits NumberAt(uint64_t index) {
  return D(absl::StrCat(3220000000 + index));
}

std::vector<uint32_t> Candidates(EpochDomain& domain, const NumberDirectory& directory,
                                 Digits number) {
  std::vector<uint32_t> slots;
  ReadGuard guard(domain);
  directory.ForEachCandidate(number, [&slots](uint32_t slot) {
    slots.push_back(slot);
    return false;
  });
  return slots;
}

TEST(NumberDirectory, ProposesTheMostSpecificFirst) {
  EpochDomain domain;
  NumberDirectory directory(domain);
  directory.Add(P("+32*"), 1);
  directory.Add(P("+3222000100"), 4);
  directory.Add(P("+322*"), 2);
  directory.Add(P("+3222000100-+3222000199"), 3);
  EXPECT_EQ(Candidates(domain, directory, D("3222000100")), (std::vector<uint32_t>{4, 3, 2, 1}));
  EXPECT_EQ(Candidates(domain, directory, D("3222000101")), (std::vector<uint32_t>{3, 2, 1}));
  EXPECT_EQ(Candidates(domain, directory, D("3222000200")), (std::vector<uint32_t>{2, 1}));
  EXPECT_EQ(Candidates(domain, directory, D("33")), std::vector<uint32_t>());
  EXPECT_EQ(Candidates(domain, directory, Digits()), std::vector<uint32_t>());
  EXPECT_EQ(directory.size(), 4u);
}

TEST(NumberDirectory, StopsAtTheCandidateThatServes) {
  EpochDomain domain;
  NumberDirectory directory(domain);
  directory.Add(P("+3222*"), 1);
  directory.Add(P("+3222000100"), 2);
  directory.Add(P("+32*"), 3);
  int asked = 0;
  ReadGuard guard(domain);
  EXPECT_TRUE(directory.ForEachCandidate(D("3222000100"), [&](uint32_t slot) {
    ++asked;
    return slot == 1;
  }));
  EXPECT_EQ(asked, 2);
  EXPECT_FALSE(directory.ForEachCandidate(D("3222000100"), [](uint32_t) { return false; }));
}

TEST(NumberDirectory, KeepsBothHoldersOfOnePattern) {
  EpochDomain domain;
  NumberDirectory directory(domain);
  for (const NumberPattern& pattern :
       {P("+3222000100"), P("+3222*"), P("+3222000100-+3222000150")}) {
    EXPECT_TRUE(directory.Add(pattern, 9));
    EXPECT_TRUE(directory.Add(pattern, 7));
    EXPECT_FALSE(directory.Add(pattern, 7));
    EXPECT_EQ(directory.Owner(pattern), 7u);
    EXPECT_TRUE(directory.Remove(pattern, 7));
    EXPECT_FALSE(directory.Remove(pattern, 7));
    EXPECT_EQ(directory.Owner(pattern), 9u);
    EXPECT_TRUE(directory.Remove(pattern, 9));
    EXPECT_EQ(directory.Owner(pattern), std::nullopt);
    EXPECT_EQ(directory.size(), 0u);
  }
}

TEST(NumberDirectory, OwnerIsOfThePatternNotOfItsNumbers) {
  EpochDomain domain;
  NumberDirectory directory(domain);
  // Made of the prefix +322200010 and the number +3222000110.
  directory.Add(P("+3222000100-+3222000110"), 5);
  EXPECT_EQ(directory.Owner(P("+3222000100-+3222000110")), 5u);
  EXPECT_EQ(directory.Owner(P("+322200010*")), std::nullopt);
  EXPECT_EQ(directory.Owner(P("+3222000110")), std::nullopt);
}

TEST(NumberDirectory, RangesOfOneSlotMayShareTheirPrefixes) {
  EpochDomain domain;
  NumberDirectory directory(domain);
  directory.Add(P("+3222000100-+3222000199"), 5);
  directory.Add(P("+3222000100-+3222000299"), 5);
  directory.Add(P("+32220001*"), 5);
  EXPECT_EQ(Candidates(domain, directory, D("3222000150")), std::vector<uint32_t>{5});
  directory.Remove(P("+3222000100-+3222000199"), 5);
  directory.Remove(P("+32220001*"), 5);
  EXPECT_EQ(Candidates(domain, directory, D("3222000150")), std::vector<uint32_t>{5});
  directory.Remove(P("+3222000100-+3222000299"), 5);
  EXPECT_EQ(Candidates(domain, directory, D("3222000150")), std::vector<uint32_t>());
}

// The slots to be proposed, those of equal rank together: the exact number's,
// then by length of what the number begins with, the longest first.
using Reference = std::map<NumberPattern, std::set<uint32_t>>;

std::vector<std::set<uint32_t>> SlowCandidates(const Reference& reference, Digits number) {
  std::map<int, std::set<uint32_t>, std::greater<>> ranked;
  for (const auto& [pattern, slots] : reference) {
    if (pattern.kind() == NumberPattern::Kind::kExact) {
      if (pattern.first() == number) ranked[100].insert(slots.begin(), slots.end());
      continue;
    }
    for (Digits prefix : pattern.Prefixes()) {
      if (number.StartsWith(prefix)) ranked[prefix.size()].insert(slots.begin(), slots.end());
    }
  }
  std::vector<std::set<uint32_t>> groups;
  for (auto& [rank, slots] : ranked) groups.push_back(slots);
  return groups;
}

TEST(NumberDirectory, AgreesWithTryingEachPattern) {
  std::mt19937 random(501410);
  EpochDomain domain;
  NumberDirectory directory(domain);
  Reference reference;
  size_t size = 0;
  for (int step = 0; step < 6000; ++step) {
    const NumberPattern pattern = RandomPattern(random);
    const uint32_t slot = random() % 3;
    // Grows, then shrinks.
    if (static_cast<int>(random() % 6000) > step) {
      const bool added = reference[pattern].insert(slot).second;
      size += added ? 1 : 0;
      ASSERT_EQ(directory.Add(pattern, slot), added);
    } else {
      const bool removed = reference[pattern].erase(slot) > 0;
      if (reference[pattern].empty()) reference.erase(pattern);
      size -= removed ? 1 : 0;
      ASSERT_EQ(directory.Remove(pattern, slot), removed);
    }
    ASSERT_EQ(directory.size(), size);
    if (step % 5 != 0) continue;
    const Digits number = RandomPattern(random).last();
    const std::vector<uint32_t> found = Candidates(domain, directory, number);
    auto next = found.begin();
    for (const std::set<uint32_t>& group : SlowCandidates(reference, number)) {
      ASSERT_GE(found.end() - next, static_cast<ptrdiff_t>(group.size()));
      ASSERT_EQ(std::set<uint32_t>(next, next + group.size()), group) << number.ToString();
      next += group.size();
    }
    ASSERT_EQ(next, found.end()) << number.ToString();
  }
}

TEST(NumberDirectory, StaysSmallWhileItGrowsAndShrinks) {
  EpochDomain domain;
  NumberDirectory directory(domain);
  constexpr size_t kNumbers = 100000;
  for (size_t i = 0; i < kNumbers; ++i) {
    ASSERT_TRUE(directory.Add(NumberPattern::Exact(NumberAt(i)), i));
    ASSERT_LE(directory.memory_bytes(), 48 * std::max<size_t>(i + 1, 100));
  }
  for (size_t i = 0; i + 100 < kNumbers; ++i) {
    ASSERT_TRUE(directory.Remove(NumberPattern::Exact(NumberAt(i)), i));
    ASSERT_LE(directory.memory_bytes(), 48 * (kNumbers - i - 1));
  }
  for (size_t i = kNumbers - 100; i < kNumbers; ++i) {
    ASSERT_EQ(Candidates(domain, directory, NumberAt(i)), std::vector<uint32_t>(1, i));
  }
  EXPECT_EQ(domain.Reclaim(), 0u);
}

// Readers ask for numbers that stay and numbers that come and go. The slot of
// every entry tells its number, so that a torn one would show.
class DirectoryReader {
 public:
  static constexpr size_t kStaying = 500;
  static constexpr size_t kPassing = 5000;

  DirectoryReader(EpochDomain& domain, const NumberDirectory& directory, uint32_t seed)
      : domain_(domain), directory_(directory), random_(seed) {}

  // Whether one random look-up went as it must.
  bool AskOnce() {
    const uint32_t index = random_() % (kStaying + kPassing);
    bool exact = false;
    bool block = false;
    bool wrong = false;
    ReadGuard guard(domain_);
    directory_.ForEachCandidate(NumberAt(index), [&](uint32_t slot) {
      exact = exact || slot == index;
      block = block || slot == kBlockSlot;
      wrong = wrong || (slot != index && slot != index + kOther && slot != kBlockSlot &&
                        slot != kPassingBlockSlot);
      return false;
    });
    return !wrong && block && (exact || index >= kStaying);
  }

  static constexpr uint32_t kOther = 1000000;
  static constexpr uint32_t kBlockSlot = 2000000;
  static constexpr uint32_t kPassingBlockSlot = 2000001;

 private:
  EpochDomain& domain_;
  const NumberDirectory& directory_;
  std::mt19937 random_;
};

// One random change to what may come and go.
void ChangeOnce(NumberDirectory& directory, std::mt19937& random) {
  const uint32_t index = DirectoryReader::kStaying + random() % DirectoryReader::kPassing;
  const NumberPattern number = NumberPattern::Exact(NumberAt(index));
  const uint32_t slot = index + (random() % 2 == 0 ? 0 : DirectoryReader::kOther);
  const NumberPattern prefix = NumberPattern::Prefix(NumberAt(index).Prefix(7 + random() % 3));
  switch (random() % 6) {
    case 0:
      directory.Add(prefix, DirectoryReader::kPassingBlockSlot);
      break;
    case 1:
      directory.Remove(prefix, DirectoryReader::kPassingBlockSlot);
      break;
    case 2:
    case 3:
      directory.Add(number, slot);
      break;
    default:
      directory.Remove(number, slot);
  }
}

TEST(NumberDirectory, ReadersAlwaysFindWhatStays) {
  EpochDomain domain;
  NumberDirectory directory(domain);
  for (uint32_t i = 0; i < DirectoryReader::kStaying; ++i) {
    directory.Add(NumberPattern::Exact(NumberAt(i)), i);
  }
  directory.Add(P("+3220000000-+3220009999"), DirectoryReader::kBlockSlot);
  std::atomic<bool> stop{false};
  std::atomic<int> reading{0};
  std::atomic<int> failures{0};
  std::vector<std::thread> readers;
  for (uint32_t i = 0; i < 3; ++i) {
    readers.emplace_back([&, i] {
      DirectoryReader reader(domain, directory, i);
      ++reading;
      while (!stop.load(std::memory_order_relaxed)) failures += reader.AskOnce() ? 0 : 1;
    });
  }
  while (reading < 3) std::this_thread::yield();
  std::mt19937 random(99);
  for (int i = 0; i < 100000; ++i) ChangeOnce(directory, random);
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(domain.Reclaim(), 0u);
}

}  // namespace
}  // namespace libroute
