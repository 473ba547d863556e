#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/compiled_conference.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kAccess =
    "conference_access: { message: number, code_message: code, otherwise: { release: {} } }";

std::vector<std::string> ConferenceIssues(absl::string_view conference) {
  return IssuesOf(kAccess, absl::StrCat("conferences: { room: ", conference, " }"));
}

TEST(PlanConferences, AcceptsWhatIsComplete) {
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234" }] })"), IsEmpty());
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234", role: listener }],
                              start: "2026-12-01T14:00:00", end: "2026-12-01T15:00:00",
                              time_zone: Europe/Paris, opens_before: 10m, capacity: 10000,
                              record: true, introduction: rules,
                              confirmation: "{name}: {access}, {number}#{code}# {{{when}}" })"),
              IsEmpty());
}

TEST(PlanConferences, ReportsWhatIsMissingOrWrong) {
  EXPECT_THAT(ConferenceIssues("{}"), ElementsAre("error missing conferences.room.number",
                                            "error missing conferences.room.codes"));
  EXPECT_THAT(
      ConferenceIssues(R"({ number: "1*", codes: [{}, { code: "123" }, { code: "12a4" }],
                              capacity: 10001, start: "2026-12-01T14:00:00" })"),
      ElementsAre("error bad-value conferences.room.number", "error missing conferences.room.end",
                  "error missing conferences.room.codes[0].code",
                  "error bad-value conferences.room.codes[1].code",
                  "error bad-value conferences.room.codes[2].code",
                  "error bad-value conferences.room.capacity"));
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234" }, { code: "1234" }],
                              start: "2026-12-01", end: "2026-12-01T14:00:00Z" })"),
              ElementsAre("error bad-time conferences.room.start",
                          "error duplicate-code conferences.room.codes[1].code"));
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234" }], time_zone: Europe/Nowhere,
                              start: "2026-12-01T14:00:00", end: "2026-12-01T14:00:00Z" })"),
              ElementsAre("error bad-time-zone conferences.room.start"));
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234" }],
                              start: "2026-12-01T14:00:00", end: "2026-12-01T13:00:00Z" })"),
              ElementsAre("error bad-value conferences.room.end"));
}

TEST(PlanConferences, ReportsAConfirmationThatCannotBeFilledIn) {
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234" }], confirmation: "{pin}" })"),
              ElementsAre("error bad-value conferences.room.confirmation"));
  EXPECT_THAT(ConferenceIssues(absl::StrCat("{ number: \"1\", codes: [{ code: \"1234\" }], confirmation: \"",
                                            std::string(4097, 'x'), "\" }")),
              ElementsAre("error too-long conferences.room.confirmation"));
}

TEST(PlanConferences, WarnsOfWhatMayBeForgotten) {
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234" }], record: true })"),
              ElementsAre("warning unannounced-recording conferences.room.record"));
  EXPECT_THAT(ConferenceIssues(R"({ number: "1", codes: [{ code: "1234" }],
                              start: "2026-11-01T14:00:00", end: "2026-11-01T15:00:00" })"),
              ElementsAre("warning is-over conferences.room.end"));
}

TEST(PlanConferences, NumbersAreDifferent) {
  EXPECT_THAT(IssuesOf(kAccess, R"(
conferences:
  one: { number: "1", codes: [{ code: "1234" }] }
  two: { number: "1", codes: [{ code: "1234" }] }
)"),
              ElementsAre("error duplicate-number conferences.two.number"));
}

TEST(CompiledConference, KnowsItsCodesAndNoOthers) {
  CompiledConference conference;
  conference.codes = {{*Digits::Parse("1234"), ConferenceRole::kParticipant},
                      {*Digits::Parse("999999999999999"), ConferenceRole::kListener}};
  EXPECT_EQ(conference.RoleOf(*Digits::Parse("1234")), ConferenceRole::kParticipant);
  EXPECT_EQ(conference.RoleOf(*Digits::Parse("999999999999999")), ConferenceRole::kListener);
  for (const char* other : {"", "1", "1235", "12340", "123", "99999999999999", "0000", "8234"}) {
    EXPECT_EQ(conference.RoleOf(*Digits::Parse(other)), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace libroute
