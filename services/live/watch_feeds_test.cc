#include "services/live/watch_feeds.h"

#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/live/test_live.h"

namespace libroute {
namespace {

using testing::HasSubstr;

class Watching : public testing::Test {
 protected:
  static v1::WatchRequest Request() {
    v1::WatchRequest request;
    request.set_customer("customers/acme");
    return request;
  }
  std::shared_ptr<WatchFeed> Open(TestStream& stream, const v1::WatchRequest& request) {
    std::shared_ptr<WatchFeed> feed = feeds_.Connect(principal_, stream.end());
    const absl::Status status = feed->Take(request);
    EXPECT_TRUE(status.ok()) << status;
    return feed;
  }
  std::optional<v1::WatchResponse> Read(WatchFeed& feed) {
    for (const std::string& customer : live_.engine->TakeContactNews().customers) {
      feeds_.Note(customer);
    }
    v1::WatchResponse response;
    if (!feed.Next(response)) return std::nullopt;
    EXPECT_FALSE(v1::WatchResponse().SerializeAsString() == response.SerializeAsString());
    return response;
  }

  LiveEngine live_;
  Principal principal_ = Principal::WithAllRoles("test");
  WatchFeeds feeds_{*live_.engine, "i1"};
};

TEST_F(Watching, BeginsWithThePictureAndGoesOnWithWhatChanges) {
  TestStream stream;
  std::shared_ptr<WatchFeed> feed = Open(stream, Request());
  std::optional<v1::WatchResponse> told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  EXPECT_TRUE(told->full());
  EXPECT_EQ(told->agents_size(), 2);
  EXPECT_EQ(told->groups_size(), 2);
  EXPECT_FALSE(Read(*feed).has_value());
  live_.Call("c1");
  told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  EXPECT_FALSE(told->full());
  EXPECT_EQ(told->agents_size(), 0);
  ASSERT_EQ(told->groups_size(), 1);
  EXPECT_EQ(told->groups(0).group(), "desk");
  EXPECT_EQ(told->groups(0).calls_waiting(), 1u);
  live_.Start("bob", "+3222000202");
  told = Read(*feed);
  ASSERT_EQ(told->agents_size(), 1);
  EXPECT_EQ(told->agents(0).agent(), "bob");
  EXPECT_EQ(told->groups(0).group(), "second");
  feed->Close();
  live_.Call("c2");
  const int wakes = stream.wakes;
  Read(*feed);
  EXPECT_EQ(stream.wakes, wakes) << "who is gone is not woken";
}

TEST_F(Watching, ShowsWhatIsWantedAlone) {
  v1::WatchRequest request = Request();
  request.add_groups("second");
  request.add_agents("anna");
  TestStream stream;
  std::shared_ptr<WatchFeed> feed = Open(stream, request);
  std::optional<v1::WatchResponse> told = Read(*feed);
  ASSERT_EQ(told->agents_size(), 1);
  EXPECT_EQ(told->agents(0).agent(), "anna");
  ASSERT_EQ(told->groups_size(), 1);
  EXPECT_EQ(told->groups(0).group(), "second");
  live_.Call("c1");
  EXPECT_FALSE(Read(*feed).has_value());
}

TEST_F(Watching, GoesOnFromWhereItWas) {
  TestStream stream;
  std::shared_ptr<WatchFeed> feed = Open(stream, Request());
  v1::WatchRequest request = Request();
  request.set_resume_from(Read(*feed)->position());
  feed->Close();
  live_.Start("bob", "+3222000202");
  TestStream again;
  std::optional<v1::WatchResponse> told = Read(*Open(again, request));
  EXPECT_FALSE(told->full());
  ASSERT_EQ(told->agents_size(), 1);
  EXPECT_EQ(told->agents(0).agent(), "bob");
  // Another server, or the same one started again, knows nothing of that.
  WatchFeeds others(*live_.engine, "i2");
  std::shared_ptr<WatchFeed> other = others.Connect(principal_, again.end());
  EXPECT_TRUE(other->Take(request).ok());
  v1::WatchResponse response;
  ASSERT_TRUE(other->Next(response));
  EXPECT_TRUE(response.full());
  EXPECT_EQ(response.agents_size(), 2);
}

TEST_F(Watching, RefusesWhatIsNotThere) {
  TestStream stream;
  v1::WatchRequest request = Request();
  request.add_groups("third");
  EXPECT_THAT(feeds_.Connect(principal_, stream.end())->Take(request).message(),
              HasSubstr("groups[0]: the live plan has no group \"third\""));
  request = Request();
  request.add_agents("zoe");
  EXPECT_EQ(feeds_.Connect(principal_, stream.end())->Take(request).code(),
            absl::StatusCode::kNotFound);
  request = Request();
  request.set_customer("customers/other");
  EXPECT_EQ(feeds_.Connect(principal_, stream.end())->Take(request).code(),
            absl::StatusCode::kNotFound);
  Principal stranger;
  stranger.customer = "other";
  EXPECT_EQ(feeds_.Connect(stranger, stream.end())->Take(Request()).code(),
            absl::StatusCode::kPermissionDenied);
}

TEST_F(Watching, EndsWithThePlan) {
  TestStream stream;
  std::shared_ptr<WatchFeed> feed = Open(stream, Request());
  Read(*feed);
  EXPECT_TRUE(live_.engine->Withdraw("acme").ok());
  EXPECT_FALSE(Read(*feed).has_value());
  ASSERT_TRUE(stream.ended.has_value());
  EXPECT_EQ(stream.ended->code(), absl::StatusCode::kNotFound);
}

TEST_F(Watching, SupervisorsSeeTheirOwnUntilItIsNotTheirsAnyMore) {
  principal_ = Principal();
  principal_.name = "user sonja";
  principal_.supervised_customer = "acme";
  principal_.groups = {"second"};
  TestStream stream;
  std::shared_ptr<WatchFeed> feed = Open(stream, Request());
  std::optional<v1::WatchResponse> told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  ASSERT_EQ(told->groups_size(), 1);
  EXPECT_EQ(told->groups(0).group(), "second");
  ASSERT_EQ(told->agents_size(), 1);
  EXPECT_EQ(told->agents(0).agent(), "bob");
  AgentChange change;
  change.kind = AgentChange::Kind::kMembership;
  change.agent = "anna";
  change.name = "second";
  change.index = 100;
  change.by = "somebody";
  ASSERT_TRUE(live_.engine->ChangeAgent("acme", change, live_.now).ok());
  told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  EXPECT_FALSE(told->full());
  ASSERT_EQ(told->agents_size(), 1);
  EXPECT_EQ(told->agents(0).agent(), "anna");
  change.kind = AgentChange::Kind::kReset;
  ASSERT_TRUE(live_.engine->ChangeAgent("acme", change, live_.now).ok());
  told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  EXPECT_TRUE(told->full());
  ASSERT_EQ(told->agents_size(), 1);
  EXPECT_EQ(told->agents(0).agent(), "bob");
  // Nor may others be asked for.
  v1::WatchRequest request = Request();
  request.add_groups("desk");
  EXPECT_EQ(feeds_.Connect(principal_, stream.end())->Take(request).code(),
            absl::StatusCode::kPermissionDenied);
  request = Request();
  request.add_agents("anna");
  EXPECT_EQ(feeds_.Connect(principal_, stream.end())->Take(request).code(),
            absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace libroute
