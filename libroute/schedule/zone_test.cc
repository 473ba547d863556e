#include "libroute/schedule/zone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace libroute {
namespace {

TEST(LoadZone, LoadsIanaNames) {
  for (const char* name : {"Europe/Brussels", "UTC", "America/Argentina/Buenos_Aires",
                           "America/Port-au-Prince", "Etc/GMT+5", "Australia/Lord_Howe"}) {
    absl::StatusOr<absl::TimeZone> zone = LoadZone(name);
    ASSERT_TRUE(zone.ok()) << zone.status();
    EXPECT_EQ(zone->name(), name);
  }
}

TEST(LoadZone, RefusesWhatIsNotAnIanaName) {
  for (const std::string& name : {std::string(),
                                  std::string("localtime"),
                                  std::string("posixrules"),
                                  std::string("/usr/share/zoneinfo/Europe/Brussels"),
                                  std::string("../zoneinfo/UTC"),
                                  std::string("Europe/../Europe/Brussels"),
                                  std::string("Europe//Brussels"),
                                  std::string("Europe/Brussels/"),
                                  std::string(":Europe/Brussels"),
                                  std::string("Fixed/UTC+01:00:00"),
                                  std::string("+01:00"),
                                  std::string("libc:localtime"),
                                  std::string("right/Europe/Brussels"),
                                  std::string("posix/Europe/Brussels"),
                                  std::string("tzdata.zi"),
                                  std::string("Europe"),
                                  std::string("Europe/Brussels\0x", 17),
                                  std::string("Europe/Brüssel"),
                                  std::string(1'000'000, 'a'),
                                  std::string("Mars/Base")}) {
    absl::StatusOr<absl::TimeZone> zone = LoadZone(name);
    EXPECT_EQ(zone.status().code(), absl::StatusCode::kInvalidArgument) << name.substr(0, 80);
    EXPECT_LT(zone.status().message().size(), 500u);
  }
}

TEST(LoadZone, SaysWhatIsWrongAndWhatWouldBeRight) {
  EXPECT_EQ(LoadZone("Europe/Brussel").status().message(),
            "no time zone \"Europe/Brussel\" in this machine's zone data; write an IANA name, e.g. "
            "\"Europe/Brussels\" or \"UTC\"");
  EXPECT_EQ(LoadZone("localtime").status().message(),
            "\"localtime\" is not the name of a time zone; write an IANA name, e.g. "
            "\"Europe/Brussels\" or \"UTC\"");
}

TEST(ZoneFingerprint, IsThatOfTheZonesChanges) {
  const uint64_t brussels = ZoneFingerprint(*LoadZone("Europe/Brussels"));
  EXPECT_EQ(brussels, ZoneFingerprint(*LoadZone("Europe/Brussels")));
  EXPECT_NE(brussels, ZoneFingerprint(*LoadZone("Europe/London")));
  EXPECT_NE(ZoneFingerprint(*LoadZone("Etc/GMT+5")), ZoneFingerprint(*LoadZone("Etc/GMT+6")));
  EXPECT_EQ(ZoneFingerprint(*LoadZone("Etc/UTC")), ZoneFingerprint(absl::UTCTimeZone()));
}

// FNV-1a of eight zero bytes: the fingerprint may be stored, so it must not
// change from build to build.
TEST(ZoneFingerprint, HasItsWrittenForm) {
  EXPECT_EQ(ZoneFingerprint(absl::UTCTimeZone()), 0xA8C7F832281A39C5u);
}

}  // namespace
}  // namespace libroute
