#include "libroute/seal/sealer.h"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/seal/codec.h"

namespace libroute {
namespace {

CallId TestCall() {
  return {"sw1", 7, "call-1"};
}

SealKeys KeysOf(std::initializer_list<char> fills) {
  SealKeys keys;
  for (char fill : fills) keys.keys.push_back(std::string(SealKeys::kKeyBytes, fill));
  return keys;
}

std::unique_ptr<Sealer> MakeSealer(std::initializer_list<char> fills) {
  return *Sealer::Create(KeysOf(fills));
}

Continuation RandomContinuation(std::mt19937_64& random, int attributes) {
  Continuation c;
  c.customer = std::string(random() % 64 + 1, 'c');
  c.revision = absl::StrCat(absl::Hex(random(), absl::kZeroPad16), "0123456789abcdef");
  c.position = static_cast<uint32_t>(random());
  c.step = random() % 1000;
  c.state.called = *E164Number::Parse("+3222000100");
  c.state.calling = *E164Number::Parse("+32475123456");
  c.state.calling_privacy = static_cast<Privacy>(random() % 3 + 1);
  c.state.arrival_micros = static_cast<int64_t>(random() >> 8) - (int64_t{1} << 54);
  c.state.seed = CallSeed(TestCall());
  c.state.correlation = NewCorrelation(c.state.seed);
  if (random() % 2 == 0) c.state.correlation = {random(), random()};
  c.purpose = static_cast<Continuation::Purpose>(random() % 2);
  c.state.verstat = static_cast<Verstat>(random() % 4);
  c.state.attestation = static_cast<Attestation>(random() % 4);
  if (random() % 2 == 0) c.state.location = *NetworkLocation::Parse("208011D9E03A");
  c.state.routing_number = RoutingNumber::Parse(
      std::array<const char*, 4>{"", "+12025440000", "C01", "+FFFFFFFFFFFFFFF"}[random() % 4]);
  c.state.ingress = static_cast<int16_t>(random() % 100) - 1;
  c.state.diversions = static_cast<uint8_t>(random() % 3 * 100);
  if (c.state.diversions > 0) {
    c.state.diverted_by = *E164Number::Parse("+3222000199");
    c.state.diverted_because = DiversionReason::kNoAnswer;
    for (uint64_t i = random() % 3; i > 0; --i) {
      c.state.diverted_before.push_back(*E164Number::Parse("+3222000198"));
    }
  }
  c.state.looped = random() % 2 == 0;
  c.state.direction = static_cast<Direction>(random() % 3 + 1);
  if (c.state.direction != Direction::kInbound) {
    if (random() % 2 == 0) c.state.line = *E164Number::Parse("+3222000101");
    if (random() % 2 == 0) {
      c.state.called = E164Number();
      c.state.dialled = *Digits::Parse("*44");
    }
  }
  c.state.answered = random() % 2 == 0;
  c.state.talked = random() % 2 == 0;
  c.state.failure_open = random() % 2 == 0;
  if (random() % 2 == 0) {
    c.state.recovery = static_cast<int16_t>(random() % 32);
    c.state.recovery_drill = random() % 2 == 0;
  }
  if (random() % 2 == 0) {
    c.state.callback.until = absl::ToUnixSeconds(absl::FromUnixMicros(c.state.arrival_micros)) +
                             static_cast<int64_t>(random() % 100'000);
    if (random() % 2 == 0) {
      c.state.callback.number = *E164Number::Parse("+32475123457");
      c.state.callback.tried = static_cast<uint8_t>(random() % 5);
    }
  }
  c.state.failed.Add(Outcome::kBusy);
  c.state.global_sip = 603;
  c.state.last_failure = Outcome::kRejected;
  c.state.attempts = static_cast<uint16_t>(random());
  c.state.tried_targets = static_cast<uint32_t>(random());
  c.state.node_failed.Add(Outcome::kNoAnswer);
  c.state.prompt_plays = static_cast<uint8_t>(random());
  c.state.caller_type = static_cast<int16_t>(random() % 100) - 1;
  c.state.priority = static_cast<int32_t>(random() % 201) - 100;
  for (int i = 0; i < attributes; ++i) {
    c.state.attributes.emplace_back(random() % 100000, random() % 100000);
  }
  for (int i = attributes % 4; i > 0; --i) {
    c.state.collected.push_back(
        {static_cast<uint32_t>(random() % 100000), *Digits::Parse("0031*"), random() % 2 == 0});
  }
  return c;
}

void ExpectSame(const Continuation& a, const Continuation& b) {
  EXPECT_EQ(a.customer, b.customer);
  EXPECT_EQ(a.revision, b.revision);
  EXPECT_EQ(a.position, b.position);
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.state.called, b.state.called);
  EXPECT_EQ(a.state.direction, b.state.direction);
  EXPECT_EQ(a.state.dialled, b.state.dialled);
  EXPECT_EQ(a.state.line, b.state.line);
  EXPECT_EQ(a.state.calling, b.state.calling);
  EXPECT_EQ(a.state.calling_privacy, b.state.calling_privacy);
  EXPECT_EQ(a.state.arrival_micros, b.state.arrival_micros);
  EXPECT_EQ(a.state.seed, b.state.seed);
  EXPECT_EQ(a.state.correlation, b.state.correlation);
  EXPECT_EQ(a.purpose, b.purpose);
  EXPECT_EQ(a.state.diversions, b.state.diversions);
  EXPECT_EQ(a.state.diverted_by, b.state.diverted_by);
  EXPECT_EQ(a.state.diverted_because, b.state.diverted_because);
  EXPECT_EQ(a.state.diverted_before, b.state.diverted_before);
  EXPECT_EQ(a.state.looped, b.state.looped);
  EXPECT_EQ(a.state.verstat, b.state.verstat);
  EXPECT_EQ(a.state.attestation, b.state.attestation);
  EXPECT_EQ(a.state.location, b.state.location);
  EXPECT_EQ(a.state.routing_number, b.state.routing_number);
  EXPECT_EQ(a.state.ingress, b.state.ingress);
  EXPECT_EQ(a.state.answered, b.state.answered);
  EXPECT_EQ(a.state.talked, b.state.talked);
  EXPECT_EQ(a.state.failure_open, b.state.failure_open);
  EXPECT_EQ(a.state.recovery, b.state.recovery);
  EXPECT_EQ(a.state.recovery_drill, b.state.recovery_drill);
  EXPECT_EQ(a.state.callback, b.state.callback);
  EXPECT_EQ(a.state.failed, b.state.failed);
  EXPECT_EQ(a.state.global_sip, b.state.global_sip);
  EXPECT_EQ(a.state.last_failure, b.state.last_failure);
  EXPECT_EQ(a.state.attempts, b.state.attempts);
  EXPECT_EQ(a.state.tried_targets, b.state.tried_targets);
  EXPECT_EQ(a.state.target_order, b.state.target_order);
  EXPECT_EQ(a.state.node_began, b.state.node_began);
  EXPECT_EQ(a.state.stage, b.state.stage);
  EXPECT_EQ(a.state.node_failed, b.state.node_failed);
  EXPECT_EQ(a.state.prompt_plays, b.state.prompt_plays);
  EXPECT_EQ(a.state.caller_type, b.state.caller_type);
  EXPECT_EQ(a.state.priority, b.state.priority);
  EXPECT_TRUE(a.state.attributes == b.state.attributes);
  EXPECT_TRUE(a.state.collected == b.state.collected);
}

TEST(Sealer, OpensWhatItSealed) {
  std::mt19937_64 random(1);
  std::unique_ptr<Sealer> sealer = MakeSealer({'k'});
  for (int i = 0; i < 200; ++i) {
    Continuation c = RandomContinuation(random, i % 33);
    std::string sealed;
    ASSERT_TRUE(sealer->Seal(TestCall(), c, sealed).ok());
    ASSERT_LE(sealed.size(), Sealer::kMaxBytes);
    absl::StatusOr<Continuation> opened = sealer->Open(TestCall(), sealed);
    ASSERT_TRUE(opened.ok()) << opened.status();
    ExpectSame(c, *opened);
  }
}

// The limits of plans: 24 attributes, of which 8 are collected; texts and nodes
// that plans have room for.
Continuation LargestContinuation() {
  constexpr uint32_t kLargest = (1u << 21) - 1;
  std::mt19937_64 random(7);
  Continuation c = RandomContinuation(random, 0);
  c.customer = std::string(64, 'c');
  c.position = kLargest;
  c.step = 1000;
  c.state.correlation = {1, 2};
  c.state.routing_number = RoutingNumber::Parse("+123456789ABCDEF");
  c.state.location = *NetworkLocation::Parse("0123456789012345678901234567890");
  // Sixteen targets in reverse, the last of five rounds.
  c.state.target_order = TargetOrder::FromPacked(0x0123456789ABCDEF);
  c.state.tried_targets = 0xFFFF;
  c.state.stage = 4u << 16 | 0xFFFF;
  c.state.ingress = INT16_MAX;
  c.state.direction = Direction::kOutbound;
  c.state.line = *E164Number::Parse("+32220001011234");
  c.state.diversions = 255;
  c.state.failed = OutcomeSet::FromBits(UINT16_MAX);
  c.state.node_failed = OutcomeSet::FromBits(UINT16_MAX);
  c.state.global_sip = UINT16_MAX;
  c.state.attempts = UINT16_MAX;
  c.state.arrival_micros =
      absl::ToUnixMicros(absl::FromCivil(absl::CivilYear(2200), absl::UTCTimeZone()));
  c.state.node_began = c.state.arrival_micros / 1'000'000;
  c.state.caller_type = INT16_MAX;
  // A plan has 32 recovery plans.
  c.state.recovery = 31;
  c.state.priority = -100;
  for (uint32_t i = 0; i < 16; ++i) c.state.attributes.emplace_back(kLargest, kLargest);
  for (uint32_t i = 0; i < 8; ++i) {
    c.state.collected.push_back({kLargest, *Digits::Parse("123456789012345"), true});
  }
  // The caller was called back, and reached after the longest time.
  c.state.callback = Callback::ReachedAt(c.state.arrival_micros / 1'000'000 + 8 * 24 * 3600);
  return c;
}

void ExpectRoomFor(const Continuation& c) {
  std::string sealed;
  std::unique_ptr<Sealer> sealer = MakeSealer({'k'});
  absl::Status status = sealer->Seal(TestCall(), c, sealed);
  ASSERT_TRUE(status.ok()) << status;
  absl::StatusOr<Continuation> opened = sealer->Open(TestCall(), sealed);
  ASSERT_TRUE(opened.ok()) << opened.status();
  ExpectSame(c, *opened);
}

TEST(Sealer, HasRoomForAllThatACallMayCarry) {
  ExpectRoomFor(LargestContinuation());
}

TEST(Sealer, HasRoomForAPromiseToCallBack) {
  Continuation c = LargestContinuation();
  // The node keeps nothing else of its own.
  c.state.LeaveNode();
  c.state.stage = 2;
  c.state.callback = {*E164Number::Parse("+123456789012345"),
                      c.state.arrival_micros / 1'000'000 + 8 * 24 * 3600, 5};
  ExpectRoomFor(c);
}

TEST(Sealer, KeepsAsManyOfThoseWhoDivertedTheCallAsThereIsRoomFor) {
  std::unique_ptr<Sealer> sealer = MakeSealer({'k'});
  for (int attributes : {0, 20, 24}) {
    std::mt19937_64 random(7);
    Continuation c = RandomContinuation(random, 0);
    for (int i = 0; i < attributes; ++i) c.state.attributes.emplace_back(1u << 20, 1u << 20);
    for (int i = 0; i < (attributes == 0 ? 0 : 8); ++i) {
      c.state.collected.push_back({1u << 20, *Digits::Parse("1"), true});
    }
    c.state.diversions = 20;
    c.state.diverted_before.clear();
    for (int i = 0; i < 19; ++i) {
      c.state.diverted_before.push_back(
          E164Number::FromDigits(*Digits::Parse(absl::StrCat(int64_t{3222000100} + i))));
    }
    std::string sealed;
    ASSERT_TRUE(sealer->Seal(TestCall(), c, sealed).ok());
    absl::StatusOr<Continuation> opened = sealer->Open(TestCall(), sealed);
    ASSERT_TRUE(opened.ok()) << opened.status();
    const std::vector<E164Number>& kept = opened->state.diverted_before;
    ASSERT_LE(kept.size(), 19u);
    EXPECT_TRUE(std::equal(kept.begin(), kept.end(), c.state.diverted_before.begin()))
        << "the latest, in order";
    const bool is_full = sealed.size() + 8 > Sealer::kMaxBytes;
    EXPECT_TRUE(kept.size() == 19 || is_full) << kept.size() << " " << sealed.size();
    EXPECT_EQ(kept.size() == 19, attributes == 0);
  }
}

// Else whoever may explain a call could try all codes until one looks the same.
TEST(Sealer, HidesASecretOtherwiseForExplain) {
  std::mt19937_64 random(9);
  Continuation c = RandomContinuation(random, 0);
  // Else they come last.
  c.state.diverted_before.clear();
  c.state.collected = {{3, *Digits::Parse("4711"), true}};
  c.purpose = Continuation::Purpose::kRoute;
  std::string real, explained;
  std::unique_ptr<Sealer> sealer = MakeSealer({'a'});
  ASSERT_TRUE(sealer->Seal(TestCall(), c, real).ok());
  c.purpose = Continuation::Purpose::kExplain;
  ASSERT_TRUE(sealer->Seal(TestCall(), c, explained).ok());
  // Before the MAC of 16 bytes stand the two words of the one secret.
  ASSERT_EQ(real.size(), explained.size());
  EXPECT_NE(real.substr(real.size() - 32, 16), explained.substr(explained.size() - 32, 16));
}

TEST(Sealer, ShowsNobodyASecret) {
  std::mt19937_64 random(8);
  Continuation c = RandomContinuation(random, 0);
  c.state.collected = {{3, *Digits::Parse("11111111"), true}};
  std::unique_ptr<Sealer> sealer = MakeSealer({'a'});
  std::string sealed, in_clear;
  ASSERT_TRUE(sealer->Seal(TestCall(), c, sealed).ok());
  EXPECT_EQ(sealed.find("\x11\x11"), std::string::npos);
  c.state.collected[0].secret = false;
  ASSERT_TRUE(sealer->Seal(TestCall(), c, in_clear).ok());
  EXPECT_NE(in_clear.find("\x11\x11"), std::string::npos);
  // Whoever opens it with a key that became the previous one still can.
  absl::StatusOr<Continuation> opened = MakeSealer({'b', 'a'})->Open(TestCall(), sealed);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->state.collected[0].digits, *Digits::Parse("11111111"));
}

TEST(Sealer, RefusesEveryChangedOrMissingByte) {
  std::mt19937_64 random(2);
  std::unique_ptr<Sealer> sealer = MakeSealer({'k'});
  std::string sealed;
  ASSERT_TRUE(sealer->Seal(TestCall(), RandomContinuation(random, 3), sealed).ok());
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string forged = sealed;
    forged[i] ^= 1 << (random() % 8);
    EXPECT_FALSE(sealer->Open(TestCall(), forged).ok()) << i;
    EXPECT_FALSE(sealer->Open(TestCall(), sealed.substr(0, i)).ok()) << i;
  }
  EXPECT_FALSE(sealer->Open(TestCall(), sealed + "x").ok());
  EXPECT_FALSE(sealer->Open(TestCall(), "").ok());
  EXPECT_FALSE(sealer->Open(TestCall(), std::string(5000, 'x')).ok());
}

TEST(Sealer, BindsToTheCall) {
  std::mt19937_64 random(3);
  std::unique_ptr<Sealer> sealer = MakeSealer({'k'});
  std::string sealed;
  ASSERT_TRUE(sealer->Seal(TestCall(), RandomContinuation(random, 0), sealed).ok());
  EXPECT_FALSE(sealer->Open({"sw1", 7, "call-2"}, sealed).ok());
  EXPECT_FALSE(sealer->Open({"sw1", 8, "call-1"}, sealed).ok());
  EXPECT_FALSE(sealer->Open({"sw2", 7, "call-1"}, sealed).ok());
  // The same letters, divided otherwise.
  EXPECT_FALSE(sealer->Open({"sw1c", 7, "all-1"}, sealed).ok());
}

TEST(Sealer, OpensWithPreviousKeys) {
  std::mt19937_64 random(4);
  std::string sealed;
  ASSERT_TRUE(MakeSealer({'a'})->Seal(TestCall(), RandomContinuation(random, 1), sealed).ok());
  EXPECT_TRUE(MakeSealer({'b', 'a'})->Open(TestCall(), sealed).ok());
  EXPECT_FALSE(MakeSealer({'b'})->Open(TestCall(), sealed).ok());
}

TEST(Sealer, SealsTheSameToTheSameBytes) {
  std::mt19937_64 random(5);
  Continuation c = RandomContinuation(random, 2);
  std::string first, second;
  ASSERT_TRUE(MakeSealer({'a'})->Seal(TestCall(), c, first).ok());
  ASSERT_TRUE(MakeSealer({'a', 'b'})->Seal(TestCall(), c, second).ok());
  EXPECT_EQ(first, second);
}

TEST(Sealer, NeedsProperKeys) {
  EXPECT_FALSE(Sealer::Create(SealKeys()).ok());
  EXPECT_FALSE(Sealer::Create(SealKeys{{"short"}}).ok());
  EXPECT_FALSE(Sealer::Create(KeysOf({1, 2, 3, 4, 5, 6, 7, 8, 9})).ok());
}

TEST(ByteWriter, WritesNothingMoreWhenThereIsNoRoom) {
  char room[4];
  ByteWriter out(absl::MakeSpan(room));
  out.Text("abc");
  EXPECT_TRUE(out.ok());
  out.Byte(1);
  EXPECT_FALSE(out.ok());
  EXPECT_EQ(out.bytes(), absl::string_view("\3abc"));
}

TEST(Sealer, RefusesWhatWouldBeTooLong) {
  std::mt19937_64 random(6);
  std::unique_ptr<Sealer> sealer = MakeSealer({'k'});
  std::string sealed = "before";
  EXPECT_TRUE(absl::IsInternal(sealer->Seal(TestCall(), RandomContinuation(random, 100), sealed)));
  EXPECT_EQ(sealed, "before");
}

TEST(ByteReader, StopsAtTheEnd) {
  char room[16];
  ByteWriter out(absl::MakeSpan(room));
  out.Varint(300);
  out.Signed(-5);
  out.Text("abc");
  ASSERT_TRUE(out.ok());
  ByteReader in(out.bytes());
  EXPECT_EQ(in.Varint(), 300u);
  EXPECT_EQ(in.Signed(), -5);
  EXPECT_EQ(in.Text(), "abc");
  EXPECT_TRUE(in.done());
  EXPECT_EQ(in.Byte(), 0);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(ByteReader(std::string(11, '\xff')).Varint(), 0u);
}

}  // namespace
}  // namespace libroute
