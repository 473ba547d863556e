#include "services/request/proto_time.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

google::protobuf::Timestamp Timestamp(int64_t seconds, int nanos) {
  google::protobuf::Timestamp message;
  message.set_seconds(seconds);
  message.set_nanos(nanos);
  return message;
}

google::protobuf::Duration Duration(int64_t seconds, int nanos) {
  google::protobuf::Duration message;
  message.set_seconds(seconds);
  message.set_nanos(nanos);
  return message;
}

TEST(ProtoTime, ComesBackAsItWasWritten) {
  for (absl::Time time :
       {absl::UnixEpoch(), absl::FromUnixNanos(1700000000123456789), absl::FromUnixNanos(-1)}) {
    google::protobuf::Timestamp message;
    WriteTime(time, &message);
    EXPECT_GE(message.nanos(), 0);
    EXPECT_EQ(*ReadTime(message), time);
  }
}

TEST(ProtoTime, IsRefusedOutsideOfItsRange) {
  EXPECT_TRUE(ReadTime(Timestamp(-62135596800, 0)).ok());
  EXPECT_TRUE(ReadTime(Timestamp(253402300799, 999999999)).ok());
  EXPECT_FALSE(ReadTime(Timestamp(-62135596801, 0)).ok());
  EXPECT_FALSE(ReadTime(Timestamp(253402300800, 0)).ok());
  EXPECT_FALSE(ReadTime(Timestamp(0, 1000000000)).ok());
  EXPECT_FALSE(ReadTime(Timestamp(0, -1)).ok());
}

TEST(ProtoDuration, IsNeverNegative) {
  EXPECT_EQ(*ReadDuration(Duration(1, 500000000)), absl::Milliseconds(1500));
  EXPECT_FALSE(ReadDuration(Duration(-1, 0)).ok());
  EXPECT_FALSE(ReadDuration(Duration(0, -1)).ok());
  EXPECT_FALSE(ReadDuration(Duration(315576000001, 0)).ok());
  EXPECT_FALSE(CheckDuration(Duration(0, 1000000000)).ok());
}

}  // namespace
}  // namespace libroute
