#include "libroute/report/decision_text.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "libroute/schedule/zone.h"
#include "libroute/v1/decision.pb.h"
#include "libroute/v1/explanation.pb.h"

namespace libroute {
namespace {

std::string Text(const std::string& decision) {
  v1::Decision message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(decision, &message)) << decision;
  return absl::StrCat("\n", DecisionText(message, *LoadZone("Europe/Brussels")));
}

// The line that says what is to be done.
std::string ActionLine(const std::string& decision) {
  const std::string text = Text(decision);
  return text.substr(1, text.find('\n', 1) - 1);
}

TEST(DecisionText, SaysWhatIsToBeDoneAndWhy) {
  EXPECT_EQ(Text(R"pb(
              dial {
                legs {
                  number: "+3222000111"
                  destination: "front"
                  site: "north"
                  setup_timeout { seconds: 6 }
                  ring_timeout { seconds: 20 }
                  presented { privacy: PRIVACY_RESTRICTED }
                  number_kind: NUMBER_KIND_FIXED
                  country: "BE"
                  operator: "first"
                  operator_source: OPERATOR_SOURCE_ASSUMED
                }
                legs {
                  uri: "sip:desk@example.com"
                  setup_timeout { seconds: 6 }
                  ring_timeout { seconds: 90 }
                  diversion { number: "+3222000100" reason: DIVERSION_REASON_BUSY count: 1 }
                }
                order: LEG_ORDER_IN_ORDER
              }
              answer_state: ANSWER_STATE_UNANSWERED
              attributes { key: "tier" value: "gold" }
              attributes { key: "language" value: "fr" }
              customer: "acme"
              revision: "5d41402abc4b2a76b9719d911017c592"
              depends_on: [ DEPENDENCE_CALL, DEPENDENCE_TIME ]
              use_if_unreachable_until { seconds: 1795449600 }
              node: "trees.desk.time.cases[0].then"
              caller_type: "vip"
              screened_by: "premium"
              priority: 10
            )pb"),
            R"(
dial         +3222000111 (front, site north), setup 6s, ring 20s, caller hidden, fixed in BE, operator first (assumed)
then         sip:desk@example.com, setup 6s, ring 1m30s, diverted by +3222000100 (busy)
call         unanswered, caller type vip, priority 10
attributes   language=fr, tier=gold
decided by   trees.desk.time.cases[0].then of acme, revision 5d41402abc4b
screened by  the carrier: premium
made from    call, time
holds until  Mon 2026-11-23 17:00:00 CET
)");
}

TEST(DecisionText, SaysHowMessagesTakeKeys) {
  EXPECT_EQ(ActionLine(R"pb(announce {
                              message: "hello"
                              max_duration { seconds: 9 }
                              interruptible: true
                            })pb"),
            "announce     hello, at most 9s, until a key is pressed");
  EXPECT_EQ(ActionLine(R"pb(menu {
                              message: "choose"
                              keys: "1"
                              timeout { seconds: 4 }
                              max_digits: 1
                              tries_left: 1
                              to_the_end: true
                            })pb"),
            "menu         choose, keys 1, timeout 4s, 1 try left, keys count from its end");
  EXPECT_EQ(ActionLine(R"pb(collect {
                              message: "pin"
                              min_digits: 4
                              max_digits: 4
                              timeout { seconds: 4 }
                              tries_left: 2
                              to_the_end: true
                            })pb"),
            "collect      pin, 4 digits, timeout 4s, 2 tries left, keys count from its end");
}

TEST(DecisionText, SaysWhoHasAnEmail) {
  EXPECT_EQ(Text(R"pb(assigned { agent: "anna" }
                      answer_state: ANSWER_STATE_UNANSWERED
                      customer: "acme"
                      depends_on: DEPENDENCE_GROUP)pb"),
            R"(
assigned     to anna
call         unanswered
decided by   the contact centre of acme
made from    group
holds until  another revision is published
)");
}

TEST(DecisionText, SaysThatTheEndIsAskedAbout) {
  EXPECT_EQ(Text(R"pb(wait {
                        group: "team"
                        max_wait { seconds: 60 }
                      }
                      answer_state: ANSWER_STATE_ANSWERED
                      ask_after: true)pb"),
            R"(
wait         for group team, at most 1m
after        asks again when the called side has ended the call
call         answered
decided by   no plan
holds until  another revision is published
)");
}

TEST(DecisionText, SaysThatCallersAreCalledBack) {
  EXPECT_EQ(Text(R"pb(wait {
                        group: "team"
                        callback {
                          key: "1"
                          after { seconds: 30 }
                        }
                      }
                      answer_state: ANSWER_STATE_ANSWERED)pb"),
            R"(
wait         for group team
offers       to be called back who presses 1, after 30s
call         answered
decided by   no plan
holds until  another revision is published
)");
  EXPECT_EQ(Text(R"pb(wait {
                        group: "team"
                        promise {
                          number: "+32475123456"
                          attempts_left: 1
                          until { seconds: 1795431600 }
                          rests_until { seconds: 1795424700 }
                        }
                      }
                      answer_state: ANSWER_STATE_ANSWERED)pb"),
            R"(
wait         for group team
called back  at +32475123456, until 2026-11-23T11:00:00Z, 1 try left, not before 2026-11-23T09:05:00Z
call         answered
decided by   no plan
holds until  another revision is published
)");
}

TEST(DecisionText, SaysWhatCallersHearWhoWait) {
  EXPECT_EQ(Text(R"pb(wait {
                        group: "team"
                        waited { seconds: 45 }
                        announcements {
                          message: "busy"
                          after { seconds: 30 }
                          every { seconds: 60 }
                          says_position: true
                        }
                        announcements {
                          after {}
                          says_position: true
                          says_expected_wait: true
                        }
                        announcements {
                          message: "soon"
                          after { seconds: 120 }
                        }
                      })pb"),
            R"(
wait         for group team, has waited 45s
hears        after 30s, then each 1m: busy and the position
and          at once: the position and the expected wait
and          after 2m: soon
decided by   no plan
holds until  another revision is published
)");
}

TEST(DecisionText, NamesTheRecoveryPlan) {
  EXPECT_NE(Text("release {} recovery_plan: \"fire\"").find("recovery plan  fire\n"),
            std::string::npos);
  EXPECT_NE(Text("release {} recovery_plan: \"fire\" recovery_drill: true")
                .find("recovery plan  fire, a drill\n"),
            std::string::npos);
}

TEST(DecisionText, SaysThatNoPlanDecided) {
  EXPECT_EQ(Text(R"pb(pass_through { reason: PASS_THROUGH_REASON_NOT_SUBSCRIBED }
                      answer_state: ANSWER_STATE_UNANSWERED)pb"),
            R"(
pass through  not_subscribed
call          unanswered
decided by    no plan
holds until   another revision is published
)");
}

TEST(DecisionText, HasALineForEachAction) {
  EXPECT_EQ(ActionLine(R"(dial { legs { number: "+3222000111" } legs { number: "+3222000112" }
                                 order: LEG_ORDER_TOGETHER })"),
            "dial         +3222000111, setup 0, ring 0");
  EXPECT_EQ(ActionLine(R"(announce { message: "closed" max_duration { seconds: 30 } })"),
            "announce     closed, at most 30s");
  EXPECT_EQ(ActionLine(R"(menu { message: "hello" keys: ["1", "*"] timeout { seconds: 5 }
                                 tries_left: 1 })"),
            "menu         hello, keys 1 *, timeout 5s, 1 try left");
  EXPECT_EQ(ActionLine("more_digits { min_digits: 10 max_digits: 11 }"),
            "more digits  until there are 10 to 11");
  EXPECT_EQ(ActionLine(R"(collect { message: "account" min_digits: 4 max_digits: 8
                                    terminator: "#" timeout { seconds: 5 } tries_left: 3 })"),
            "collect      account, 4 to 8 digits ended by #, timeout 5s, 3 tries left");
  EXPECT_EQ(ActionLine(R"(collect { message: "pin" min_digits: 4 max_digits: 4 secret: true
                                    timeout { seconds: 5 } tries_left: 1 })"),
            "collect      pin, 4 secret digits, timeout 5s, 1 try left");
  EXPECT_EQ(ActionLine(R"(wait { group: "team" max_wait { seconds: 60 } position: 3
                              expected_wait { seconds: 40 } expected_wait_most { seconds: 90 } })"),
            "wait         for group team, at most 1m, at place 3, expected 40s, hardly more than "
            "1m30s");
  EXPECT_EQ(ActionLine(R"(wait { group: "team" max_wait { seconds: 60 } contact: "c1"
                                 message: "jazz" })"),
            "wait         for group team, at most 1m, hears jazz, contact c1");
  EXPECT_EQ(ActionLine(R"(voicemail { mailbox: "desk" reason: DIVERSION_REASON_NO_ANSWER })"),
            "voicemail    desk (no_answer)");
  EXPECT_EQ(ActionLine(R"(wait { group: "desk" contact: "c1" })"),
            "wait         for group desk, contact c1");
  EXPECT_EQ(ActionLine(R"(auto_reply { message: "thanks" })"), "auto reply   thanks");
  EXPECT_EQ(ActionLine(R"(forward_email { to: "a@b.example" })"), "forward      to a@b.example");
  EXPECT_EQ(ActionLine("discard { reason: DISCARD_REASON_AUTO_SUBMITTED }"),
            "discard      auto_submitted");
  EXPECT_EQ(ActionLine(R"(assigned { agent: "anna" finished: true })"),
            "assigned     to anna, who is done with it");
  EXPECT_EQ(ActionLine(R"(conference { conference: "board" })"), "conference   board");
  EXPECT_EQ(ActionLine("reject { sip_status: 486 q850_cause: 17 }"),
            "reject       SIP 486, cause 17");
  EXPECT_EQ(ActionLine("release { q850_cause: 16 reason: RELEASE_REASON_PLAN }"),
            "release      cause 16 (plan)");
  EXPECT_EQ(ActionLine(R"(pass_through { reason: PASS_THROUGH_REASON_EMERGENCY place: "Liege" })"),
            "pass through  emergency, place Liege");
  EXPECT_EQ(ActionLine(""), "nothing      no action this program knows");
}

TEST(ExplanationText, ShowsEachNodeWhatWasComparedAndWhereItLed) {
  v1::Explanation explanation;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        visits {
          path: "trees.desk"
          kind: "time"
          branch: "otherwise"
          why: "no schedule is open"
          comparisons { subject: "arrival Sun" against: "schedule hours" finding: "closed" }
          comparisons {
            subject: "arrival Sun"
            against: "schedule night"
            matched: true
            finding: "open"
          }
        }
        visits {
          path: "trees.desk.time.otherwise"
          kind: "switch"
          branch: "cases[0]"
          why: "flood is on"
          later: [ "cases[1]", "cases[2]" ]
        }
        visits { path: "trees.desk.reject" kind: "reject" why: "refuses with 480/20" }
        notes: "call.originating_line is not used yet"
      )pb",
      &explanation));
  EXPECT_EQ(absl::StrCat("\n", ExplanationText(explanation)), R"(
time    trees.desk
          - arrival Sun, schedule hours: closed
          + arrival Sun, schedule night: open
          -> otherwise: no schedule is open
switch  trees.desk.time.otherwise
          -> cases[0]: flood is on; later in order: cases[1], cases[2]
reject  trees.desk.reject
          => refuses with 480/20
note    call.originating_line is not used yet
)");
}

TEST(DecisionText, SaysByWhichGateways) {
  EXPECT_EQ(
      ActionLine(R"pb(dial {
                        legs {
                          number: "+3222000100"
                          site: "paris"
                          setup_timeout { seconds: 6 }
                          ring_timeout { seconds: 20 }
                          gateways { name: "g1" uri: "sip:gw1.example.net" }
                          gateways { name: "g2" uri: "sip:gw2.example.net" }
                          try_next_on: [ 404, 480 ]
                        }
                      })pb"),
      "dial         +3222000100 (site paris), by g1 or g2 (the next one also after 404, 480), "
      "setup 6s, ring 20s");
}

}  // namespace
}  // namespace libroute
