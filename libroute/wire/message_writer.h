#ifndef LIBROUTE_WIRE_MESSAGE_WRITER_H_
#define LIBROUTE_WIRE_MESSAGE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libroute/call/digits.h"

namespace libroute {

// Writes a protobuf message field by field as bytes (the proto3 wire format:
// protobuf.dev/programming-guides/encoding), without an object in between. What
// is answered millions of times is written this way; everything else by the
// classes that protoc makes.
//
//   MessageWriter out;
//   out.Text(v1::Leg::kSiteFieldNumber, leg.site);
//   out.Message(v1::Leg::kPresentedFieldNumber, [&] { ... });
//   send(out.bytes());
//
// As proto3 has it, fields that are empty or zero are not written, but for
// messages, which are there as soon as they are named. The same calls give the
// same bytes.
//
// Thread-compatible. Allocates only while its buffer grows; Clear keeps it.
class MessageWriter {
 public:
  MessageWriter() = default;
  MessageWriter(const MessageWriter&) = delete;
  MessageWriter& operator=(const MessageWriter&) = delete;

  void Clear() { size_ = 0; }
  // Valid until the next call of a method that is not const.
  absl::string_view bytes() const { return absl::string_view(buffer_.get(), size_); }

  // A string or bytes field.
  void Text(int field, absl::string_view text) {
    if (!text.empty()) Bytes(field, text);
  }
  // The same, there even when it is empty: a field of a oneof, an element of a
  // repeated field, or a message that is written already.
  void Bytes(int field, absl::string_view content);

  // uint32, uint64, bool and enum fields.
  void Unsigned(int field, uint64_t value) {
    if (value == 0) return;
    Reserve(kMaxVarint);
    Tag(field, kVarint);
    Varint(value);
  }
  // int32 and int64 fields.
  void Signed(int field, int64_t value) { Unsigned(field, static_cast<uint64_t>(value)); }
  template <typename Value>
  void Enum(int field, Value value) {
    Unsigned(field, static_cast<uint64_t>(value));
  }

  // A repeated field of enums or unsigned integers.
  void Packed(int field, absl::Span<const uint8_t> values);

  // A string field with "+" and the digits.
  void Number(int field, E164Number number);

  // A google.protobuf.Duration, there even when it is zero.
  void Duration(int field, absl::Duration duration);

  // A message field: `fields()` writes what is in it.
  template <typename Fields>
  void Message(int field, Fields fields) {
    Reserve(1);
    Tag(field, kLengthDelimited);
    const size_t start = ++size_;
    fields();
    PutLength(start);
  }

 private:
  enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2 };

  static constexpr size_t kMaxVarint = 10;

  // Makes room for a tag or a length, and `size` bytes.
  void Reserve(size_t size) {
    if (capacity_ < size_ + size + kMaxVarint) Grow(size + kMaxVarint);
  }
  void Grow(size_t size);

  void Tag(int field, WireType type) { Varint(static_cast<uint32_t>(field) << 3 | type); }
  // There must be room.
  void Varint(uint64_t value) {
    while (value >= 0x80) {
      buffer_[size_++] = static_cast<char>(value | 0x80);
      value >>= 7;
    }
    buffer_[size_++] = static_cast<char>(value);
  }
  // What was written from `start` on is a message: puts its length into the
  // byte before, moving it when one byte does not do.
  void PutLength(size_t start);

  std::unique_ptr<char[]> buffer_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_WIRE_MESSAGE_WRITER_H_
