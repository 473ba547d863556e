#include "libroute/readers/attachment_reader.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/number/caller_list.h"
#include "libroute/schedule/rules.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Files by path, as a disk would have them.
class Disk {
 public:
  void Put(const std::string& path, std::string bytes) { files_[path] = std::move(bytes); }

  AttachmentReading Read(const v1::Plan& plan, absl::string_view directory = "plans",
                         const AttachmentLimits& limits = AttachmentLimits()) {
    AttachmentReader reader(limits);
    return Read(plan, directory, reader);
  }
  AttachmentReading Read(const v1::Plan& plan, absl::string_view directory,
                         AttachmentReader& reader) {
    asked_.clear();
    const auto read = [this](const std::string& path, size_t) -> absl::StatusOr<std::string> {
      asked_.push_back(path);
      const auto file = files_.find(path);
      if (file == files_.end()) return absl::NotFoundError(path + ": no such file");
      return file->second;
    };
    return reader.Read(plan, directory, read);
  }

  const std::vector<std::string>& asked() const { return asked_; }

 private:
  std::map<std::string, std::string> files_;
  std::vector<std::string> asked_;
};

v1::Plan PlanOf(const std::string& vip, const std::string& holidays = "") {
  v1::Plan plan;
  if (!vip.empty()) (*plan.mutable_caller_types())["vip"].set_file(vip);
  if (!holidays.empty()) (*plan.mutable_calendars())["be"].set_ics(holidays);
  return plan;
}

std::vector<std::string> Issues(const AttachmentReading& reading) {
  std::vector<std::string> texts;
  for (const Issue& issue : reading.issues) {
    texts.push_back(absl::StrCat(issue.code, " ", issue.path, " ", issue.position.file, ":",
                                 issue.position.line));
  }
  return texts;
}

constexpr absl::string_view kCalendar =
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nEND:VEVENT\nEND:VCALENDAR\n";

TEST(ReadAttachments, ReadsWhatThePlanNames) {
  Disk disk;
  disk.Put("plans/lists/vip.csv", "+32475123456\n");
  disk.Put("plans/be.ics", std::string(kCalendar));
  const AttachmentReading reading = disk.Read(PlanOf("lists/vip.csv", "be.ics"));
  EXPECT_THAT(Issues(reading), IsEmpty());
  ASSERT_THAT(reading.attachments.files, SizeIs(2));
  EXPECT_EQ(reading.attachments.files[0].name, "be.ics");
  EXPECT_EQ(reading.attachments.files[1].name, "lists/vip.csv");
  // By sha256sum.
  EXPECT_EQ(reading.attachments.files[1].sha256,
            "a85a3bcac3368481e80637f9ca913d453af5d528c7ce765efe6152b5e966cf03");
  EXPECT_TRUE(
      reading.attachments.callers.at("vip")->numbers.Contains(*Digits::Parse("32475123456")));
  EXPECT_THAT(reading.attachments.calendars.at("be")->closed, SizeIs(1));
}

TEST(ReadAttachments, ReadsAFileOnceForAllThatNameIt) {
  Disk disk;
  disk.Put("vip.csv", "+32475123456,+32475123457\n");
  v1::Plan plan = PlanOf("vip.csv");
  (*plan.mutable_caller_types())["home"].set_file("vip.csv");
  (*plan.mutable_caller_types())["home"].set_column("2");
  const AttachmentReading reading = disk.Read(plan, "");
  EXPECT_THAT(Issues(reading), IsEmpty());
  EXPECT_THAT(disk.asked(), ElementsAre("vip.csv"));
  EXPECT_THAT(reading.attachments.files, SizeIs(1));
  EXPECT_TRUE(
      reading.attachments.callers.at("home")->numbers.Contains(*Digits::Parse("32475123457")));
}

TEST(ReadAttachments, ReadsTables) {
  Disk disk;
  disk.Put("offices.csv", "zip,office,fax\n1000,brussels,12\n");
  v1::Plan plan;
  v1::Table& table = (*plan.mutable_tables())["offices"];
  table.set_file("offices.csv");
  table.set_key("zip");
  table.set_value("office");
  AttachmentReader reader;
  const AttachmentReading reading = disk.Read(plan, "", reader);
  EXPECT_THAT(Issues(reading), IsEmpty());
  EXPECT_EQ(reading.attachments.tables.at("offices")->at("1000"), "brussels");
  EXPECT_EQ(disk.Read(plan, "", reader).attachments.tables.at("offices"),
            reading.attachments.tables.at("offices"));
  table.set_value("fax");
  EXPECT_EQ(disk.Read(plan, "", reader).attachments.tables.at("offices")->at("1000"), "12");
  table.set_value("phone");
  EXPECT_THAT(Issues(disk.Read(plan, "", reader)),
              ElementsAre("unknown-name tables.offices.file offices.csv:1"));
  table.set_file("offices.ics");
  EXPECT_THAT(Issues(disk.Read(plan, "", reader)),
              ElementsAre("bad-file-name tables.offices.file :0"));
}

TEST(ReadAttachments, WithoutFilesAsksForNothing) {
  Disk disk;
  EXPECT_THAT(Issues(disk.Read(v1::Plan())), IsEmpty());
  EXPECT_THAT(disk.asked(), IsEmpty());
}

TEST(ReadAttachments, RefusesNamesThatLeaveTheDirectory) {
  Disk disk;
  for (const char* name : {"/etc/vip.csv", "../vip.csv", "a/../../vip.csv", "..", ".", "a//vip.csv",
                           "./vip.csv", "vip.csv/", "a\\vip.csv", "C:vip.csv", "a\nb.csv",
                           "vip.txt", "other.yaml", "vip", "be.ics"}) {
    const AttachmentReading reading = disk.Read(PlanOf(name));
    EXPECT_THAT(Issues(reading), ElementsAre("bad-file-name caller_types.vip.file :0")) << name;
  }
  EXPECT_THAT(Issues(disk.Read(PlanOf(std::string(300, 'a') + ".csv"))),
              ElementsAre("bad-file-name caller_types.vip.file :0"));
  EXPECT_THAT(Issues(disk.Read(PlanOf("", "be.csv"))),
              ElementsAre("bad-file-name calendars.be.ics :0"));
  EXPECT_THAT(disk.asked(), IsEmpty());
}

TEST(ReadAttachments, SaysWhatIsMissingAndWhatIsWrong) {
  Disk disk;
  disk.Put("plans/vip.csv", "+32475123456\n12\n");
  const AttachmentReading reading = disk.Read(PlanOf("vip.csv", "be.ics"));
  EXPECT_THAT(Issues(reading), ElementsAre("unreadable-file calendars.be.ics :0",
                                           "bad-file caller_types.vip.file plans/vip.csv:1",
                                           "bad-row caller_types.vip.file plans/vip.csv:2"));
  EXPECT_THAT(reading.issues[0].message, HasSubstr("no such file"));
  EXPECT_THAT(reading.attachments.callers, IsEmpty());
}

TEST(ReadAttachments, KeepsItsLimits) {
  Disk disk;
  disk.Put("plans/vip.csv", "+32475123456\n");
  disk.Put("plans/be.ics", std::string(kCalendar));
  const v1::Plan plan = PlanOf("vip.csv", "be.ics");
  AttachmentLimits limits;
  limits.max_csv_bytes = 12;
  EXPECT_THAT(Issues(disk.Read(plan, "plans", limits)),
              ElementsAre("too-large caller_types.vip.file :0"));
  limits = AttachmentLimits();
  limits.max_total_bytes = kCalendar.size() + 12;
  EXPECT_THAT(Issues(disk.Read(plan, "plans", limits)),
              ElementsAre("too-large caller_types.vip.file :0"));
  limits = AttachmentLimits();
  limits.max_files = 1;
  EXPECT_THAT(Issues(disk.Read(plan, "plans", limits)),
              ElementsAre("too-long caller_types.vip.file :0"));
}

TEST(ReadAttachments, HoldsOneCopyOfWhatDoesNotChange) {
  Disk disk;
  disk.Put("vip.csv", "+32475123456\n+32475123456\n");
  disk.Put("be.ics", std::string(kCalendar));
  AttachmentReader reader;
  v1::Plan plan = PlanOf("vip.csv", "be.ics");
  const AttachmentReading first = disk.Read(plan, "", reader);
  const AttachmentReading again = disk.Read(plan, "", reader);
  EXPECT_EQ(again.attachments.callers.at("vip"), first.attachments.callers.at("vip"));
  EXPECT_EQ(again.attachments.calendars.at("be"), first.attachments.calendars.at("be"));
  EXPECT_THAT(Issues(again), ElementsAre("repeated-callers caller_types.vip.file vip.csv:1"));
  // Another column is another list, and so is another text.
  (*plan.mutable_caller_types())["vip"].set_column("1");
  EXPECT_NE(disk.Read(plan, "", reader).attachments.callers.at("vip"),
            first.attachments.callers.at("vip"));
  disk.Put("vip.csv", "+32475123457\n");
  const AttachmentReading changed = disk.Read(PlanOf("vip.csv"), "", reader);
  EXPECT_THAT(Issues(changed), IsEmpty());
  EXPECT_TRUE(
      changed.attachments.callers.at("vip")->numbers.Contains(*Digits::Parse("32475123457")));
  EXPECT_NE(changed.attachments.files[0].sha256, first.attachments.files[1].sha256);
}

TEST(ReadAttachments, ParsesAgainWhatWasWrong) {
  Disk disk;
  disk.Put("vip.csv", "12\n");
  AttachmentReader reader;
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(Issues(disk.Read(PlanOf("vip.csv"), "", reader)), SizeIs(2));
  }
}

TEST(DirectoryOf, IsWhatComesBeforeTheName) {
  EXPECT_EQ(DirectoryOf("acme.yaml"), "");
  EXPECT_EQ(DirectoryOf("plans/acme.yaml"), "plans");
  EXPECT_EQ(DirectoryOf("/a/b/acme.yaml"), "/a/b");
  EXPECT_EQ(DirectoryOf("/acme.yaml"), "/");
}

}  // namespace
}  // namespace libroute
