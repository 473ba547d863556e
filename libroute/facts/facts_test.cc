#include "libroute/facts/facts.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

constexpr int64_t kNow = 1'800'000'000;

FactNames Names() { return {{"desk"}, {"brussels"}, {"meeting"}, {"level-1"}}; }

absl::Time At(int64_t seconds) {
  return absl::FromUnixSeconds(seconds);
}

// A plan with one switch.
FactNames SeasonOf(std::vector<std::string> values) {
  FactNames names;
  names.switches = {"season"};
  names.switch_values = {std::move(values)};
  return names;
}

TEST(FactView, KnowsNothingByDefault) {
  FactView view;
  EXPECT_EQ(view.destination(0, kNow), Status::kUp);
  EXPECT_EQ(view.site(3, kNow), Status::kUp);
  EXPECT_EQ(view.switch_value(0, kNow), 0);
  EXPECT_EQ(view.group(0, kNow), GroupState::kNoneFree);
}

TEST(FactView, SeesWhatIsStatedAfterItWasMade) {
  FactBoard board;
  FactView view(Names(), board);
  board.Set(FactKind::kSite, "brussels", static_cast<uint8_t>(Status::kDown), FactCell::kForever);
  board.SetSwitch("meeting", {At(kNow), "on"});
  board.Set(FactKind::kGroup, "level-1", static_cast<uint8_t>(GroupState::kNoAgents),
            FactCell::kForever);
  EXPECT_EQ(view.site(0, kNow), Status::kDown);
  EXPECT_EQ(view.switch_value(0, kNow), 1);
  EXPECT_EQ(view.group(0, kNow), GroupState::kNoAgents);
  EXPECT_EQ(view.destination(0, kNow), Status::kUp);
}

TEST(FactView, ForgetsWhenTheLeaseEnds) {
  FactBoard board;
  FactView view(Names(), board);
  board.Set(FactKind::kDestination, "desk", static_cast<uint8_t>(Status::kBusy), kNow + 60);
  EXPECT_EQ(view.destination(0, kNow + 59), Status::kBusy);
  EXPECT_EQ(view.destination(0, kNow + 60), Status::kUp);
}

TEST(Switches, StandAtTheirFirstValueUntilSomebodySaysOtherwise) {
  FactBoard board;
  FactView view(SeasonOf({"winter", "spring", "summer"}), board);
  EXPECT_EQ(view.switch_value(0, kNow), 0);
  board.SetSwitch("season", {At(kNow), "summer", At(kNow + 60)});
  EXPECT_EQ(view.switch_value(0, kNow + 59), 2);
  EXPECT_EQ(view.switch_value(0, kNow + 60), 0);
}

TEST(Switches, KeepWhatTheyWereSetToByNameWhateverPlansCallTheirValues) {
  FactBoard board;
  FactView first(SeasonOf({"winter", "spring", "summer"}), board);
  board.SetSwitch("season", {At(kNow), "spring"});
  FactView reordered(SeasonOf({"summer", "winter", "spring"}), board);
  EXPECT_EQ(reordered.switch_value(0, kNow), 2);
  EXPECT_EQ(first.switch_value(0, kNow), 1);
  FactView renamed(SeasonOf({"cold", "mild", "hot"}), board);
  EXPECT_EQ(renamed.switch_value(0, kNow), 0);
  FactView plain(SeasonOf({}), board);
  EXPECT_EQ(plain.switch_value(0, kNow), 0);
  FactView back(SeasonOf({"winter", "spring"}), board);
  EXPECT_EQ(back.switch_value(0, kNow), 1);
}

TEST(Switches, OffAndOnMeanTheSameWithAndWithoutOtherValues) {
  FactBoard board;
  FactView plain(SeasonOf({}), board);
  board.SetSwitch("season", {At(kNow), "on"});
  FactView more(SeasonOf({"off", "half", "on"}), board);
  EXPECT_EQ(plain.switch_value(0, kNow), 1);
  EXPECT_EQ(more.switch_value(0, kNow), 2);
}

TEST(Switches, NeverMakeAnotherValueOfOneThatIsSetHoweverManyPlansThereWere) {
  FactBoard board;
  FactView first(SeasonOf({"kept", "other"}), board);
  board.SetSwitch("season", {At(kNow), "other", At(kNow + 60)});
  for (int i = 0; i < 1000; ++i) {
    FactView view(SeasonOf({"a" + std::to_string(i), "b" + std::to_string(i)}), board);
    ASSERT_EQ(view.switch_value(0, kNow), 0) << i;
    ASSERT_EQ(first.switch_value(0, kNow), 1) << i;
  }
  FactView again(SeasonOf({"kept", "other"}), board);
  EXPECT_EQ(again.switch_value(0, kNow), 1);
  EXPECT_EQ(again.switch_value(0, kNow + 60), 0);
  board.SetSwitch("season", {At(kNow), "kept"});
  EXPECT_EQ(again.switch_value(0, kNow), 0);
}

TEST(Switches, RememberTheirLastChanges) {
  FactBoard board;
  FactView view(SeasonOf({}), board);
  EXPECT_FALSE(board.SwitchAt("season", kNow).value.has_value());
  for (int i = 0; i < 25; ++i) {
    board.SetSwitch("season", {At(kNow + i), i % 2 == 0 ? "on" : "off", At(kNow + 100), "ann"});
  }
  const FactBoard::Switch known = board.SwitchAt("season", kNow + 30);
  EXPECT_EQ(known.value, "on");
  EXPECT_EQ(known.until, At(kNow + 100));
  ASSERT_EQ(known.history.size(), FactHistory::kMost);
  EXPECT_EQ(known.history.front(), (FactChange{At(kNow + 24), "on", At(kNow + 100), "ann"}));
  EXPECT_EQ(known.history.back().at, At(kNow + 5));
  EXPECT_FALSE(board.SwitchAt("season", kNow + 100).value.has_value());
  board.KeepHistoryOf({});
  EXPECT_TRUE(board.SwitchAt("season", kNow).history.empty());
  EXPECT_EQ(board.SwitchAt("season", kNow).value, "on");
}

TEST(FactBoard, KindsHaveNamesOfTheirOwn) {
  FactBoard board;
  EXPECT_NE(board.Cell(FactKind::kSite, "x"), board.Cell(FactKind::kDestination, "x"));
  EXPECT_EQ(board.Cell(FactKind::kSite, "x"), board.Cell(FactKind::kSite, "x"));
}

TEST(FactBoard, ExpiresOnlyWhatIsOver) {
  FactBoard board;
  board.Set(FactKind::kSite, "a", 3, kNow + 10);
  board.Set(FactKind::kSite, "b", 3, kNow + 20);
  board.Set(FactKind::kSwitch, "c", 2, FactCell::kForever);
  EXPECT_EQ(board.NextExpiry(kNow), kNow + 10);
  auto expired = board.Expire(kNow + 10);
  ASSERT_EQ(expired.size(), 1u);
  EXPECT_EQ(expired[0].second, "a");
  EXPECT_EQ(board.NextExpiry(kNow + 10), kNow + 20);
  EXPECT_EQ(board.Expire(kNow + 30).size(), 1u);
  EXPECT_EQ(board.NextExpiry(kNow + 30), FactCell::kForever);
}

}  // namespace
}  // namespace libroute
