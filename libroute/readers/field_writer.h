#ifndef LIBROUTE_READERS_FIELD_WRITER_H_
#define LIBROUTE_READERS_FIELD_WRITER_H_

#include <cstdint>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "libroute/readers/duration_reader.h"

namespace libroute {

// Sets one field of a message by reflection, or adds to it when it is
// repeated. The type of what is written must be the field's. Views both.
class FieldWriter {
 public:
  FieldWriter(const google::protobuf::FieldDescriptor& field, google::protobuf::Message& message)
      : field_(field), message_(message), reflection_(*message.GetReflection()) {}

  void Write(int32_t value);
  void Write(int64_t value);
  void Write(uint32_t value);
  void Write(uint64_t value);
  void Write(double value);
  void Write(float value);
  void Write(bool value);
  void Write(const std::string& value);
  void Write(const google::protobuf::EnumValueDescriptor* value);
  // Of a google.protobuf.Duration or Timestamp.
  void Write(SecondsAndNanos value);

  // The message of a message field, added or made present.
  google::protobuf::Message& WriteMessage();

  // Zero, empty text, or an empty message.
  void WriteDefault();

 private:
  const google::protobuf::FieldDescriptor& field_;
  google::protobuf::Message& message_;
  const google::protobuf::Reflection& reflection_;
};

}  // namespace libroute

#endif  // LIBROUTE_READERS_FIELD_WRITER_H_
