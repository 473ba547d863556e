#include "libroute/contact/waiting_calls.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

ContactRequest Request(const std::string& reference, const std::string& group = "level-1") {
  ContactRequest request;
  request.call = {"sw", 1, reference};
  request.group = group;
  request.max_wait = absl::Seconds(60);
  return request;
}

TEST(WaitingCalls, CountsContactsFromOne) {
  WaitingCalls calls;
  EXPECT_EQ(*calls.Enter(Request("a"), kNow), 1u);
  EXPECT_EQ(*calls.Enter(Request("b"), kNow), 2u);
  EXPECT_EQ(calls.size(), 2u);
}

TEST(WaitingCalls, KeepsTheContactOfACallInAnotherGroup) {
  WaitingCalls calls;
  EXPECT_EQ(*calls.Enter(Request("a"), kNow), 1u);
  EXPECT_EQ(*calls.Enter(Request("a", "level-2"), kNow + absl::Seconds(60)), 1u);
  EXPECT_EQ(calls.NextDeadline(), kNow + absl::Seconds(120) + WaitingCalls::kGrace);
}

TEST(WaitingCalls, ExpiresWhatIsNotHeardOfInOrderOfEntering) {
  WaitingCalls calls;
  for (const char* name : {"c", "a", "b"}) ASSERT_TRUE(calls.Enter(Request(name), kNow).ok());
  absl::Time deadline = calls.NextDeadline();
  EXPECT_TRUE(calls.Renew({"sw", 1, "a"}, kNow + absl::Seconds(30)));
  EXPECT_TRUE(calls.Expire(deadline - absl::Seconds(1)).empty());
  EXPECT_THAT(calls.Expire(deadline),
              testing::ElementsAre(CallId{"sw", 1, "c"}, CallId{"sw", 1, "b"}));
  EXPECT_EQ(calls.size(), 1u);
}

TEST(WaitingCalls, LeavesOnce) {
  WaitingCalls calls;
  ASSERT_TRUE(calls.Enter(Request("a"), kNow).ok());
  EXPECT_TRUE(calls.Leave({"sw", 1, "a"}));
  EXPECT_FALSE(calls.Leave({"sw", 1, "a"}));
  EXPECT_FALSE(calls.Renew({"sw", 1, "a"}, kNow));
  EXPECT_EQ(calls.NextDeadline(), absl::InfiniteFuture());
}

}  // namespace
}  // namespace libroute
