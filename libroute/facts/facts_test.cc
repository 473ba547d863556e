#include "libroute/facts/facts.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

constexpr int64_t kNow = 1'800'000'000;

FactNames Names() { return {{"desk"}, {"brussels"}, {"meeting"}, {"level-1"}}; }

TEST(FactView, KnowsNothingByDefault) {
  FactView view;
  EXPECT_EQ(view.destination(0, kNow), Status::kUp);
  EXPECT_EQ(view.site(3, kNow), Status::kUp);
  EXPECT_FALSE(view.switch_on(0, kNow));
  EXPECT_EQ(view.group(0, kNow), GroupState::kNoneFree);
}

TEST(FactView, SeesWhatIsStatedAfterItWasMade) {
  FactBoard board;
  FactView view(Names(), board);
  board.Set(FactKind::kSite, "brussels", static_cast<uint8_t>(Status::kDown), FactCell::kForever);
  board.Set(FactKind::kSwitch, "meeting", FactView::kSwitchOn, FactCell::kForever);
  board.Set(FactKind::kGroup, "level-1", static_cast<uint8_t>(GroupState::kNoAgents),
            FactCell::kForever);
  EXPECT_EQ(view.site(0, kNow), Status::kDown);
  EXPECT_TRUE(view.switch_on(0, kNow));
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
