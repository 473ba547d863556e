#include "libroute/wire/message_writer.h"

#include <algorithm>

namespace libroute {
namespace {

size_t VarintSize(uint64_t value) {
  size_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}

}  // namespace

void MessageWriter::Grow(size_t size) {
  constexpr size_t kFirstCapacity = 1024;
  const size_t capacity = std::max({kFirstCapacity, 2 * capacity_, size_ + size});
  std::unique_ptr<char[]> grown(new char[capacity]);
  if (size_ > 0) std::memcpy(grown.get(), buffer_.get(), std::min(size_, capacity_));
  buffer_ = std::move(grown);
  capacity_ = capacity;
}

void MessageWriter::Bytes(int field, absl::string_view content) {
  Reserve(kMaxVarint + content.size());
  Tag(field, kLengthDelimited);
  Varint(content.size());
  if (!content.empty()) std::memcpy(buffer_.get() + size_, content.data(), content.size());
  size_ += content.size();
}

void MessageWriter::Packed(int field, absl::Span<const uint8_t> values) {
  if (values.empty()) return;
  Message(field, [&] {
    Reserve(2 * values.size());
    for (uint8_t value : values) Varint(value);
  });
}

void MessageWriter::Number(int field, E164Number number) {
  if (!number.has_value()) return;
  const Digits digits = number.digits();
  char text[1 + Digits::kMaxLength];
  char* end = text;
  *end++ = '+';
  for (int i = 0; i < digits.size(); ++i) *end++ = static_cast<char>('0' + digits.digit(i));
  Bytes(field, absl::string_view(text, static_cast<size_t>(end - text)));
}

void MessageWriter::Duration(int field, absl::Duration duration) {
  constexpr int kSecondsField = 1;
  constexpr int kNanosField = 2;
  constexpr int64_t kNanosPerSecond = 1'000'000'000;
  const int64_t nanos = absl::ToInt64Nanoseconds(duration);
  Message(field, [&] {
    Signed(kSecondsField, nanos / kNanosPerSecond);
    Signed(kNanosField, nanos % kNanosPerSecond);
  });
}

void MessageWriter::PutLength(size_t start) {
  const size_t length = size_ - start;
  const size_t more = VarintSize(length) - 1;
  if (more > 0) {
    Reserve(more);
    char* message = buffer_.get() + start;
    std::memmove(message + more, message, length);
  }
  size_ = start - 1;
  Varint(length);
  size_ += length;
}

}  // namespace libroute
