#include "libroute/contact/contact_center.h"

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

TEST(ContactCenter, CountsContactsFromOne) {
  ContactCenter center;
  EXPECT_EQ(*center.Enter(Request("a"), kNow), 1u);
  EXPECT_EQ(*center.Enter(Request("b"), kNow), 2u);
  EXPECT_EQ(center.size(), 2u);
}

TEST(ContactCenter, KeepsTheContactOfACallInAnotherGroup) {
  ContactCenter center;
  EXPECT_EQ(*center.Enter(Request("a"), kNow), 1u);
  EXPECT_EQ(*center.Enter(Request("a", "level-2"), kNow + absl::Seconds(60)), 1u);
  EXPECT_EQ(center.NextDeadline(), kNow + absl::Seconds(120) + ContactCenter::kGrace);
}

TEST(ContactCenter, ExpiresWhatIsNotHeardOfInOrderOfEntering) {
  ContactCenter center;
  for (const char* name : {"c", "a", "b"}) ASSERT_TRUE(center.Enter(Request(name), kNow).ok());
  absl::Time deadline = center.NextDeadline();
  EXPECT_TRUE(center.Renew({"sw", 1, "a"}, kNow + absl::Seconds(30)));
  EXPECT_TRUE(center.Expire(deadline - absl::Seconds(1)).empty());
  EXPECT_THAT(center.Expire(deadline),
              testing::ElementsAre(CallId{"sw", 1, "c"}, CallId{"sw", 1, "b"}));
  EXPECT_EQ(center.size(), 1u);
}

TEST(ContactCenter, LeavesOnce) {
  ContactCenter center;
  ASSERT_TRUE(center.Enter(Request("a"), kNow).ok());
  EXPECT_TRUE(center.Leave({"sw", 1, "a"}));
  EXPECT_FALSE(center.Leave({"sw", 1, "a"}));
  EXPECT_FALSE(center.Renew({"sw", 1, "a"}, kNow));
  EXPECT_EQ(center.NextDeadline(), absl::InfiniteFuture());
}

}  // namespace
}  // namespace libroute
