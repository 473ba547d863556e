#include "libroute/facts/line_features.h"

#include "gtest/gtest.h"
#include "libroute/facts/facts.h"

namespace libroute {
namespace {

TEST(LineCell, KeepsEachFeatureByItself) {
  LineCell cell;
  for (LineFeature feature : kLineFeatures) EXPECT_EQ(cell.Get(feature), FeatureSetting());
  for (absl::string_view text :
       {"+3222000", "+999999999999999", "+100000000000000", "+3290000000"}) {
    const FeatureSetting on = {FeatureSetting::State::kOn, *E164Number::Parse(text)};
    cell.Set(LineFeature::kForwardBusy, on);
    EXPECT_EQ(cell.Get(LineFeature::kForwardBusy), on) << text;
    const FeatureSetting off = {FeatureSetting::State::kOff, on.to};
    cell.Set(LineFeature::kForwardBusy, off);
    EXPECT_EQ(cell.Get(LineFeature::kForwardBusy), off) << text;
  }
  cell.Set(LineFeature::kDoNotDisturb, {FeatureSetting::State::kOn});
  EXPECT_EQ(cell.Get(LineFeature::kForwardAlways), FeatureSetting());
  EXPECT_EQ(cell.Get(LineFeature::kDoNotDisturb).state, FeatureSetting::State::kOn);
}

TEST(FactBoard, KeepsWhatIsSwitchedForLinesThatPlansName) {
  FactBoard board;
  LineSettings settings;
  settings[LineFeature::kForwardAlways] = {FeatureSetting::State::kOn,
                                           *E164Number::Parse("+32470000001")};
  board.SetLine("ann", settings);
  FactNames names;
  names.lines = {"ann", "bob"};
  const FactView view(names, board);
  EXPECT_EQ(view.line(0, LineFeature::kForwardAlways), settings[LineFeature::kForwardAlways]);
  EXPECT_EQ(view.line(1, LineFeature::kForwardAlways), FeatureSetting());
  EXPECT_EQ(board.Line("ann"), settings);
  EXPECT_EQ(board.Line("nobody"), LineSettings());
  EXPECT_EQ(FactView().line(0, LineFeature::kForwardAlways), FeatureSetting());
}

}  // namespace
}  // namespace libroute
