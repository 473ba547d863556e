#include "libroute/readers/field_writer.h"

namespace libroute {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void FieldWriter::Write(int32_t value) {
  field_.is_repeated() ? reflection_.AddInt32(&message_, &field_, value)
                       : reflection_.SetInt32(&message_, &field_, value);
}

void FieldWriter::Write(int64_t value) {
  field_.is_repeated() ? reflection_.AddInt64(&message_, &field_, value)
                       : reflection_.SetInt64(&message_, &field_, value);
}

void FieldWriter::Write(uint32_t value) {
  field_.is_repeated() ? reflection_.AddUInt32(&message_, &field_, value)
                       : reflection_.SetUInt32(&message_, &field_, value);
}

void FieldWriter::Write(uint64_t value) {
  field_.is_repeated() ? reflection_.AddUInt64(&message_, &field_, value)
                       : reflection_.SetUInt64(&message_, &field_, value);
}

void FieldWriter::Write(double value) {
  field_.is_repeated() ? reflection_.AddDouble(&message_, &field_, value)
                       : reflection_.SetDouble(&message_, &field_, value);
}

void FieldWriter::Write(float value) {
  field_.is_repeated() ? reflection_.AddFloat(&message_, &field_, value)
                       : reflection_.SetFloat(&message_, &field_, value);
}

void FieldWriter::Write(bool value) {
  field_.is_repeated() ? reflection_.AddBool(&message_, &field_, value)
                       : reflection_.SetBool(&message_, &field_, value);
}

void FieldWriter::Write(const std::string& value) {
  field_.is_repeated() ? reflection_.AddString(&message_, &field_, value)
                       : reflection_.SetString(&message_, &field_, value);
}

void FieldWriter::Write(const google::protobuf::EnumValueDescriptor* value) {
  field_.is_repeated() ? reflection_.AddEnum(&message_, &field_, value)
                       : reflection_.SetEnum(&message_, &field_, value);
}

Message& FieldWriter::WriteMessage() {
  return field_.is_repeated() ? *reflection_.AddMessage(&message_, &field_)
                              : *reflection_.MutableMessage(&message_, &field_);
}

void FieldWriter::Write(SecondsAndNanos value) {
  Message& time = WriteMessage();
  const google::protobuf::Descriptor& type = *time.GetDescriptor();
  FieldWriter(*type.FindFieldByName("seconds"), time).Write(value.seconds);
  FieldWriter(*type.FindFieldByName("nanos"), time).Write(value.nanos);
}

void FieldWriter::WriteDefault() {
  switch (field_.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Write(int32_t{0});
    case FieldDescriptor::CPPTYPE_INT64:
      return Write(int64_t{0});
    case FieldDescriptor::CPPTYPE_UINT32:
      return Write(uint32_t{0});
    case FieldDescriptor::CPPTYPE_UINT64:
      return Write(uint64_t{0});
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Write(0.0);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Write(0.0f);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Write(false);
    case FieldDescriptor::CPPTYPE_STRING:
      return Write(std::string());
    case FieldDescriptor::CPPTYPE_ENUM:
      return Write(field_.enum_type()->value(0));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      WriteMessage();
  }
}

}  // namespace libroute
