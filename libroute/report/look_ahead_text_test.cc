#include "libroute/report/look_ahead_text.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "libroute/v1/look_ahead.pb.h"

namespace libroute {
namespace {

TEST(LookAheadText, ShowsWhereEachThingLeadsAndWhatIsDoneThere) {
  v1::LookAhead ahead;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(R"pb(
    next { outcomes: [ OUTCOME_BUSY, OUTCOME_NO_ANSWER ] step: 1 }
    next { outcomes: [ OUTCOME_FAILURE ] ask: ASK_CLAIM }
    steps {
      decision { announce { message: "busy" max_duration { seconds: 30 } } }
      next { happened: HAPPENED_PLAYED step: 2 }
    }
    steps {
      decision { voicemail { mailbox: "desk" reason: DIVERSION_REASON_BUSY } }
      reason_by_outcome: true
    }
    steps { decision { release { sip_status: 480 q850_cause: 31 reason: RELEASE_REASON_ATTEMPTS_FAILED } } })pb", &ahead));
  EXPECT_EQ(absl::StrCat("\n", LookAheadText(ahead)), R"(
busy, no_answer  -> 1
failure          -> ask again (claim)
1  announce  busy, at most 30s
   played  -> 2
2  voicemail  desk (busy)
   (the reason is that of the last outcome)
3  release  SIP 480, cause 31 (attempts_failed)
   (the codes are those of the best response of all attempts)
)");
  EXPECT_EQ(LookAheadText(v1::LookAhead()), "");
}

}  // namespace
}  // namespace libroute
