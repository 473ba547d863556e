#include "services/load/questions.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <random>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/pattern.h"
#include "libroute/v1/route.pb.h"

namespace libroute {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr size_t kMaxQuestions = 65536;
// Where the serial number goes; it occurs in nothing else of a question.
constexpr char kPlaceholder = '@';

// The digits of a number, as an integer and back.
uint64_t IntegerOf(Digits digits) {
  uint64_t integer = 0;
  for (int i = 0; i < digits.size(); ++i) integer = integer * 10 + digits.digit(i);
  return integer;
}

// Numbers as ranges of integers.
class NumberSource {
 public:
  static absl::StatusOr<NumberSource> Parse(const std::vector<std::string>& patterns) {
    NumberSource source;
    for (const std::string& text : patterns) {
      absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(text);
      if (!pattern.ok()) return pattern.status();
      if (pattern->kind() == NumberPattern::Kind::kPrefix) {
        return absl::InvalidArgumentError(absl::StrCat(
            "\"", text, "\" says nothing of the length; expected a number, or a range such as ",
            "+3222000100-+3222000199"));
      }
      const uint64_t first = IntegerOf(pattern->first());
      source.ranges_.push_back({first, IntegerOf(pattern->last()) - first + 1});
      source.size_ += source.ranges_.back().count;
    }
    return source;
  }

  uint64_t size() const { return size_; }

  // "" when there are none.
  std::string At(uint64_t index) const {
    for (const Range& range : ranges_) {
      if (index < range.count) return absl::StrCat("+", range.first + index);
      index -= range.count;
    }
    return "";
  }

  // So many of them in random order: all in turn, or some by chance when there
  // are more.
  std::vector<std::string> Draw(size_t count, std::mt19937_64& random) const {
    std::vector<std::string> drawn;
    for (size_t i = 0; i < count; ++i) {
      const uint64_t index = size_ == 0 ? 0 : (size_ <= count ? i : random()) % size_;
      drawn.push_back(At(index));
    }
    std::shuffle(drawn.begin(), drawn.end(), random);
    return drawn;
  }

 private:
  struct Range {
    uint64_t first;
    uint64_t count;
  };
  std::vector<Range> ranges_;
  uint64_t size_ = 0;
};

QuestionTemplate TemplateOf(const v1::RouteRequest& request) {
  QuestionTemplate question;
  question.bytes = request.SerializeAsString();
  size_t at = question.bytes.find(kPlaceholder);
  while (at != std::string::npos) {
    question.serials.push_back(at);
    at = question.bytes.find(kPlaceholder, at + kSerialDigits);
  }
  return question;
}

v1::RouteRequest QuestionOf(const CallPatterns& patterns, QuestionUse use) {
  const std::string serial(kSerialDigits, kPlaceholder);
  v1::RouteRequest request;
  if (use == QuestionUse::kStream) request.set_request_id(serial);
  v1::CallId& id = *request.mutable_call_id();
  id.set_switch_(patterns.switch_name);
  id.set_epoch(patterns.epoch);
  id.set_reference(serial);
  request.mutable_call()->set_direction(v1::DIRECTION_INBOUND);
  request.mutable_call()->set_ingress(patterns.ingress);
  return request;
}

// Reads the length of a field and calls read() with the input limited to it.
template <typename Read>
bool Within(CodedInputStream& input, Read read) {
  uint32_t size = 0;
  if (!input.ReadVarint32(&size)) return false;
  const CodedInputStream::Limit limit = input.PushLimit(static_cast<int>(size));
  const bool ok = read(input) && input.Skip(input.BytesUntilLimit());
  input.PopLimit(limit);
  return ok;
}

AnswerKind KindOf(CodedInputStream& decision) {
  while (const uint32_t tag = decision.ReadTag()) {
    const int field = WireFormatLite::GetTagFieldNumber(tag);
    if (field <= v1::Decision::kMoreDigitsFieldNumber) return field;
    if (!WireFormatLite::SkipField(&decision, tag)) break;
  }
  return kOther;
}

bool ReadAnswer(CodedInputStream& input, AnswerSeen& seen) {
  while (const uint32_t tag = input.ReadTag()) {
    switch (WireFormatLite::GetTagFieldNumber(tag)) {
      case v1::RouteResponse::kRequestIdFieldNumber: {
        std::string id;
        if (!WireFormatLite::ReadBytes(&input, &id)) return false;
        if (!absl::SimpleAtoi(id, &seen.serial)) seen.serial = 0;
        break;
      }
      case v1::RouteResponse::kDecisionFieldNumber:
        if (!Within(input, [&](CodedInputStream& decision) {
              seen.kind = KindOf(decision);
              return true;
            })) {
          return false;
        }
        break;
      case v1::RouteResponse::kErrorFieldNumber:
        seen.kind = kRefused;
        [[fallthrough]];
      default:
        if (!WireFormatLite::SkipField(&input, tag)) return false;
    }
  }
  return true;
}

CodedInputStream InputOf(absl::string_view bytes) {
  return CodedInputStream(reinterpret_cast<const uint8_t*>(bytes.data()),
                          static_cast<int>(bytes.size()));
}

}  // namespace

absl::StatusOr<std::vector<QuestionTemplate>> MakeQuestions(const CallPatterns& patterns,
                                                            QuestionUse use) {
  absl::StatusOr<NumberSource> called = NumberSource::Parse(patterns.called);
  if (!called.ok()) return called.status();
  absl::StatusOr<NumberSource> calling = NumberSource::Parse(patterns.calling);
  if (!calling.ok()) return calling.status();
  const size_t count = static_cast<size_t>(
      std::min<uint64_t>(std::max<uint64_t>(called->size(), calling->size()), kMaxQuestions));
  std::mt19937_64 random(1);
  const std::vector<std::string> called_numbers = called->Draw(count, random);
  const std::vector<std::string> calling_numbers = calling->Draw(count, random);
  v1::RouteRequest request = QuestionOf(patterns, use);
  std::vector<QuestionTemplate> questions;
  for (size_t i = 0; i < count; ++i) {
    request.mutable_call()->set_called(called_numbers[i]);
    request.mutable_call()->set_calling(calling_numbers[i]);
    questions.push_back(TemplateOf(request));
  }
  return questions;
}

void ReadUnaryAnswer(absl::string_view bytes, std::vector<AnswerSeen>& seen) {
  CodedInputStream input = InputOf(bytes);
  AnswerSeen answer;
  if (!ReadAnswer(input, answer)) answer.kind = kOther;
  seen.push_back(answer);
}

void ReadStreamAnswers(absl::string_view bytes, std::vector<AnswerSeen>& seen) {
  CodedInputStream input = InputOf(bytes);
  while (const uint32_t tag = input.ReadTag()) {
    if (WireFormatLite::GetTagFieldNumber(tag) != v1::RouteStreamResponse::kResponsesFieldNumber) {
      if (!WireFormatLite::SkipField(&input, tag)) return;
      continue;
    }
    AnswerSeen answer;
    if (!Within(input, [&](CodedInputStream& one) { return ReadAnswer(one, answer); })) return;
    seen.push_back(answer);
  }
}

absl::string_view AnswerKindName(AnswerKind kind) {
  if (kind == kRefused) return "refused";
  const auto* field = v1::Decision::descriptor()->FindFieldByNumber(kind);
  return field == nullptr ? "other" : absl::string_view(field->name().data(), field->name().size());
}

}  // namespace libroute
