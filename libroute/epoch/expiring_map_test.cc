#include "libroute/epoch/expiring_map.h"

#include <map>
#include <random>
#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

using Map = ExpiringMap<int, std::string>;

std::optional<std::string> ValueOf(Map& map, int key, absl::Time now) {
  return map.Find(key, now, [](std::string& value, absl::Time&) { return value; });
}

void Put(Map& map, int key, std::string value, absl::Time until) {
  map.FindOrAdd(key, until, [&](std::string& known, absl::Time& known_until) {
    known = value;
    known_until = std::max(known_until, until);
    return true;
  });
}

TEST(ExpiringMap, FindsWhatIsNotOver) {
  Map map;
  EXPECT_EQ(map.NextDeadline(), absl::InfiniteFuture());
  Put(map, 1, "one", kNow + absl::Seconds(5));
  EXPECT_EQ(ValueOf(map, 1, kNow), "one");
  EXPECT_EQ(ValueOf(map, 2, kNow), std::nullopt);
  EXPECT_EQ(ValueOf(map, 1, kNow + absl::Seconds(5)), std::nullopt);
  EXPECT_EQ(map.NextDeadline(), kNow + absl::Seconds(5));
}

TEST(ExpiringMap, ShowsWhoAddsWhatIsOverAndNotDropped) {
  Map map;
  Put(map, 1, "one", kNow);
  map.FindOrAdd(1, kNow + absl::Seconds(9), [&](std::string& value, absl::Time& until) {
    EXPECT_EQ(value, "one");
    EXPECT_EQ(until, kNow);
    until = kNow + absl::Seconds(9);
    return true;
  });
  EXPECT_EQ(ValueOf(map, 1, kNow + absl::Seconds(8)), "one");
}

TEST(ExpiringMap, HoldsNoMoreThanItMay) {
  ExpiringMap<int, int> map(2);
  auto add = [&](int key) {
    return map.FindOrAdd(key, kNow, [](int&, absl::Time&) { return true; }).has_value();
  };
  EXPECT_TRUE(add(1));
  EXPECT_TRUE(add(2));
  EXPECT_FALSE(add(3));
  EXPECT_TRUE(add(2));
  EXPECT_TRUE(map.Remove(1, [](int) {}));
  EXPECT_TRUE(add(3));
}

// A map without tricks: what is over is found by looking at all.
struct Reference {
  std::map<int, std::pair<std::string, absl::Time>> entries;

  int DropOver(absl::Time now) {
    int dropped = 0;
    for (auto it = entries.begin(); it != entries.end();) {
      const bool is_over = it->second.second <= now;
      dropped += is_over;
      it = is_over ? entries.erase(it) : std::next(it);
    }
    return dropped;
  }
};

TEST(ExpiringMap, DropsWhatTheReferenceDrops) {
  std::mt19937 random(7);
  auto below = [&](int bound) { return static_cast<int>(random() % bound); };
  Map map;
  Reference reference;
  absl::Time now = kNow;
  for (int i = 0; i < 20'000; ++i) {
    const int key = below(200);
    const absl::Time until = now + absl::Milliseconds(1 + below(3000));
    switch (below(4)) {
      case 0: {
        Put(map, key, std::to_string(i), until);
        auto [it, added] = reference.entries.try_emplace(key, std::to_string(i), until);
        it->second = {std::to_string(i), std::max(it->second.second, until)};
        break;
      }
      case 1:
        EXPECT_EQ(map.Remove(key, [](const std::string&) {}), reference.entries.erase(key) > 0);
        break;
      case 2: {
        auto found = reference.entries.find(key);
        const bool is_there = found != reference.entries.end() && found->second.second > now;
        EXPECT_EQ(ValueOf(map, key, now),
                  is_there ? std::optional(found->second.first) : std::nullopt);
        break;
      }
      case 3: {
        now += absl::Milliseconds(below(100));
        int dropped = 0;
        map.Expire(now, [&](int dropped_key, const std::string& value) {
          ++dropped;
          EXPECT_EQ(reference.entries.at(dropped_key).first, value);
        });
        EXPECT_EQ(dropped, reference.DropOver(now));
        break;
      }
    }
    ASSERT_EQ(map.size(), reference.entries.size());
  }
  for (int rounds = 0; !map.empty(); ++rounds) {
    ASSERT_LT(rounds, 1000);
    map.Expire(map.NextDeadline(), [](int, const std::string&) {});
  }
  EXPECT_EQ(map.NextDeadline(), absl::InfiniteFuture());
}

}  // namespace
}  // namespace libroute
