#include "services/routed/inventory_file.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

class InventoryFileTest : public testing::Test {
 protected:
  InventoryFileTest() {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    engine_ = *Engine::Create(std::move(options));
  }
  ~InventoryFileTest() override { std::filesystem::remove(path_); }

  absl::Status Load(const std::string& text) {
    std::ofstream(path_) << text;
    return LoadInventory(path_, *engine_);
  }

  // The name of what bars a call from +32470000000.
  std::string Screened() {
    Call call;
    call.id = {"sw", 1, "c"};
    call.called = *E164Number::Parse("+3222000100");
    call.calling = *E164Number::Parse("+32470000000");
    Decision decision;
    EXPECT_TRUE(engine_->Decide(call, absl::UnixEpoch(), decision).ok());
    return decision.screened_by;
  }

  const std::string path_ = testing::TempDir() + "inventory_file_test.yaml";
  std::unique_ptr<Engine> engine_;
};

TEST_F(InventoryFileTest, SetsTheInventory) {
  EXPECT_TRUE(Load("network: ours\nbarred_callers: [{ name: fraud, numbers: \"+32470*\" }]").ok());
  EXPECT_EQ(Screened(), "fraud");
  EXPECT_TRUE(Load("network: ours").ok());
  EXPECT_EQ(Screened(), "");
}

TEST_F(InventoryFileTest, ABadFileLeavesTheOneBefore) {
  EXPECT_TRUE(Load("network: ours\nbarred_callers: [{ name: fraud, numbers: \"+32470*\" }]").ok());
  for (const char* bad : {"network: [", "network: ours\nnumbers: { number: x }", "networks: x"}) {
    EXPECT_EQ(Load(bad).code(), absl::StatusCode::kInvalidArgument) << bad;
    EXPECT_EQ(Screened(), "fraud");
  }
  std::filesystem::remove(path_);
  EXPECT_EQ(LoadInventory(path_, *engine_).code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace libroute
