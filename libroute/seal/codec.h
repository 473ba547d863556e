#ifndef LIBROUTE_SEAL_CODEC_H_
#define LIBROUTE_SEAL_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace libroute {

// Writes numbers and texts as bytes: variable-length integers of 7 bits a
// byte, fixed ones little-endian. After the first thing that there was no room
// for, ok() is false and nothing more is written.
class ByteWriter {
 public:
  explicit ByteWriter(absl::Span<char> room)
      : begin_(room.data()), next_(begin_), end_(begin_ + room.size()) {}

  bool ok() const { return ok_; }
  // How many bytes may still be written.
  size_t room() const { return ok_ ? static_cast<size_t>(end_ - next_) : 0; }
  absl::string_view bytes() const {
    return absl::string_view(begin_, static_cast<size_t>(next_ - begin_));
  }

  void Byte(uint8_t value) {
    if (HasRoom(1)) *next_++ = static_cast<char>(value);
  }
  void Varint(uint64_t value) {
    while (value >= 0x80) {
      Byte(static_cast<uint8_t>(value) | 0x80);
      value >>= 7;
    }
    Byte(static_cast<uint8_t>(value));
  }
  // Small negative numbers stay short.
  void Signed(int64_t value) {
    Varint((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
  }
  void Fixed64(uint64_t value) {
    char bytes[8];
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
    Raw(absl::string_view(bytes, 8));
  }
  void Text(absl::string_view text) {
    Varint(text.size());
    Raw(text);
  }
  void Raw(absl::string_view bytes) {
    if (bytes.empty() || !HasRoom(bytes.size())) return;
    std::memcpy(next_, bytes.data(), bytes.size());
    next_ += bytes.size();
  }

 private:
  bool HasRoom(size_t size) {
    ok_ = ok_ && size <= static_cast<size_t>(end_ - next_);
    return ok_;
  }

  char* begin_;
  char* next_;
  char* end_;
  bool ok_ = true;
};

// Reads what ByteWriter wrote. After the first thing that is not there, ok()
// is false and everything reads as zero.
class ByteReader {
 public:
  explicit ByteReader(absl::string_view bytes) : left_(bytes) {}

  bool ok() const { return ok_; }
  // Everything was read, and all of it was there.
  bool done() const { return ok_ && left_.empty(); }

  uint8_t Byte() {
    absl::string_view byte = Raw(1);
    return byte.empty() ? 0 : static_cast<uint8_t>(byte[0]);
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      uint8_t byte = Byte();
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    ok_ = false;
    return 0;
  }
  int64_t Signed() {
    uint64_t value = Varint();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  uint64_t Fixed64() {
    absl::string_view bytes = Raw(8);
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      value |= static_cast<uint64_t>(static_cast<uint8_t>(bytes[i])) << (8 * i);
    }
    return value;
  }
  absl::string_view Text() { return Raw(Varint()); }
  absl::string_view Raw(size_t size) {
    if (!ok_ || size > left_.size()) {
      ok_ = false;
      return absl::string_view();
    }
    absl::string_view bytes = left_.substr(0, size);
    left_.remove_prefix(size);
    return bytes;
  }

 private:
  absl::string_view left_;
  bool ok_ = true;
};

}  // namespace libroute

#endif  // LIBROUTE_SEAL_CODEC_H_
