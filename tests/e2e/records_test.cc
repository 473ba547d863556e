// Records of calls, from the switch's questions and reports to lines in files.

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "libroute/v1/record.pb.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::Not;

class RecordsEndToEnd : public testing::Test {
 protected:
  RecordsEndToEnd() {
    std::filesystem::create_directory(Calls());
    directory_.Write("acme.yaml", kAcmePlan);
  }

  std::string Calls() const { return directory_.Path("calls"); }
  std::vector<std::string> Arguments(const std::string& records = "{ directory: calls }") const {
    const std::string config = directory_.Write(
        "c.yaml",
        absl::StrCat("plans: acme.yaml\nlisten: '127.0.0.1:0'\nrecords: ", records, "\n"));
    return {"--config", config};
  }
  // All lines of all files.
  std::string Text() const {
    std::ostringstream text;
    for (const auto& entry : std::filesystem::directory_iterator(Calls())) {
      EXPECT_EQ(entry.path().extension(), ".jsonl") << entry.path();
      text << std::ifstream(entry.path()).rdbuf();
    }
    return text.str();
  }
  // By reference.
  std::map<std::string, v1::CallRecord> Read() const {
    std::map<std::string, v1::CallRecord> records;
    const std::string text = Text();
    for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
      v1::CallRecord record;
      EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(std::string(line), &record).ok())
          << line;
      EXPECT_TRUE(records.emplace(record.call_id().reference(), record).second) << line;
    }
    return records;
  }
  static void Stop(RoutedProcess& routed) {
    routed.Signal(SIGTERM);
    EXPECT_EQ(routed.AwaitExit(), 0) << routed.output();
  }

  TempDirectory directory_;
};

v1::CallReport ReleasedReport(const v1::RouteRequest& question) {
  v1::CallReport report;
  *report.mutable_call_id() = question.call_id();
  v1::CallReport::Released& released = *report.mutable_released();
  released.set_by(v1::RELEASED_BY_CALLED);
  released.set_q850_cause(16);
  released.mutable_ringing()->set_seconds(4);
  released.mutable_talking()->set_seconds(61);
  return report;
}

TEST_F(RecordsEndToEnd, AreLinesOfJson) {
  RoutedProcess routed(Arguments());
  Client client(routed.Address());
  v1::RouteRequest first = FirstQuestion("r");
  first.mutable_call()->set_calling_privacy(v1::PRIVACY_RESTRICTED);
  const v1::Decision dial = client.Ask(first);
  const v1::RouteRequest second = AfterSip(first, dial, 486);
  ASSERT_EQ(client.Ask(second).dial().legs(0).number(), "+3222000112");
  v1::ReportRequest request;
  *request.add_reports() = ReleasedReport(first);
  *request.add_reports() = ReleasedReport(first);
  v1::ReportResponse response;
  ASSERT_TRUE(client.route().Report(NewContext().get(), request, &response).ok());
  // Its end was not reported.
  client.Ask(FirstQuestion("open"));
  Stop(routed);

  EXPECT_THAT(routed.output(), HasSubstr("2 records of calls written, 0 lost"));
  EXPECT_THAT(Text().substr(0, Text().find('\n')), Not(HasSubstr("+32470000000")));
  std::map<std::string, v1::CallRecord> records = Read();
  ASSERT_EQ(records.size(), 2u);
  const v1::CallRecord& record = records["r"];
  EXPECT_TRUE(record.complete());
  EXPECT_EQ(record.end(), v1::RECORD_END_RELEASED);
  EXPECT_EQ(record.correlation_id(), dial.correlation_id());
  EXPECT_EQ(record.customer(), "acme");
  EXPECT_EQ(record.revision(), dial.revision());
  EXPECT_EQ(record.called(), "+3222000100");
  EXPECT_EQ(record.calling_privacy(), v1::PRIVACY_RESTRICTED);
  EXPECT_EQ(record.released_by(), v1::RELEASED_BY_CALLED);
  EXPECT_EQ(record.talking().seconds(), 61);
  ASSERT_EQ(record.legs_size(), 2);
  EXPECT_EQ(record.legs(0).outcome(), v1::OUTCOME_BUSY);
  EXPECT_EQ(record.legs(0).sip_status(), 486u);
  EXPECT_EQ(record.legs(0).site(), "north");
  EXPECT_EQ(record.legs(1).attempt_id(), "1.0");
  EXPECT_EQ(record.legs(1).outcome(), v1::OUTCOME_ANSWERED);
  EXPECT_EQ(record.legs(1).charged_number(), "+3222000100");
  EXPECT_EQ(records["open"].end(), v1::RECORD_END_STOPPED);
  EXPECT_FALSE(records["open"].complete());
  EXPECT_EQ(records["open"].calling(), "+32470000000");
}

TEST_F(RecordsEndToEnd, GoToFilesThatFollowOneAnother) {
  for (int run = 0; run < 2; ++run) {
    RoutedProcess routed(Arguments("{ directory: calls, max_file: 4096 }"));
    Client client(routed.Address());
    for (int i = 0; i < 20; ++i) {
      client.Ask(FirstQuestion(absl::StrCat(run, "-", i), "+3222999999"));
    }
    Stop(routed);
  }
  EXPECT_EQ(Read().size(), 40u);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(Calls())) {
    EXPECT_LE(entry.file_size(), 4096u);
    ++files;
  }
  EXPECT_GE(files, 4);
}

TEST_F(RecordsEndToEnd, AreAskedForByTheDecision) {
  RoutedProcess routed(Arguments());
  Client client(routed.Address());
  EXPECT_THAT(client.Ask(FirstQuestion("m", "+3222000102")).report(),
              testing::ElementsAre(v1::REPORT_KIND_RELEASED));
  EXPECT_THAT(client.Ask(FirstQuestion("p", "+3222999999")).report(), testing::IsEmpty());
}

TEST_F(RecordsEndToEnd, NeedADirectoryThatIsThere) {
  std::vector<std::string> arguments = Arguments("{ directory: nothing }");
  RoutedProcess routed(arguments);
  EXPECT_NE(routed.AwaitExit(), 0);
  EXPECT_THAT(routed.output(), HasSubstr("nothing is not a directory; make it first"));
  arguments.push_back("--check-config");
  RoutedProcess check(arguments);
  EXPECT_NE(check.AwaitExit(), 0);
  EXPECT_THAT(check.output(), HasSubstr("nothing is not a directory; make it first"));
}

TEST_F(RecordsEndToEnd, AreWrittenByOneServerAlone) {
  std::vector<std::string> arguments = Arguments();
  RoutedProcess routed(arguments);
  routed.Address();
  RoutedProcess other(arguments);
  EXPECT_NE(other.AwaitExit(), 0);
  EXPECT_THAT(other.output(), HasSubstr("another server writes to"));
  // Whoever checks does not write.
  arguments.push_back("--check-config");
  EXPECT_EQ(RoutedProcess(arguments).AwaitExit(), 0);
}

}  // namespace
}  // namespace libroute
