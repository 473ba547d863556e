#include "tests/property/mutate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace libroute {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string RandomText(std::mt19937& random) {
  constexpr const char* kTexts[] = {"",
                                    "t0",
                                    "t1",
                                    "s0",
                                    "vip",
                                    "d0",
                                    "north",
                                    "g0",
                                    "g1",
                                    "ann",
                                    "fr",
                                    "fr and",
                                    "called",
                                    "+3222000100",
                                    "+32*",
                                    "+32470100001",
                                    "sip:x@example.net",
                                    "2026-12-25",
                                    "09:00",
                                    "24:00",
                                    "UTC",
                                    "nonsense",
                                    "a b",
                                    "1"};
  return kTexts[random() % std::size(kTexts)];
}

// One new value for a field that is no message.
void Alter(Message& message, const FieldDescriptor* field, std::mt19937& random) {
  const Reflection& reflection = *message.GetReflection();
  if (field->is_repeated()) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      reflection.AddString(&message, field, RandomText(random));
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      reflection.AddEnumValue(&message, field, static_cast<int>(random() % 12) - 2);
    }
    return;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, field, RandomText(random));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, field, static_cast<int>(random() % 12) - 2);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, field, random() % 2 == 0);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, field, static_cast<int32_t>(random() % 300) - 150);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&message, field, random() % 8 == 0 ? 101 : random() % 12);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, field, static_cast<int64_t>(random() % 400) - 20);
    default:
      return;
  }
}

// The elements of a repeated field of messages, entries of maps by their keys:
// protobuf keeps these in another order in each process.
std::vector<Message*> Elements(Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<Message*> elements;
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    elements.push_back(reflection.MutableRepeatedMessage(&message, field, i));
  }
  if (!field->is_map()) return elements;
  const FieldDescriptor* key = field->message_type()->map_key();
  std::sort(elements.begin(), elements.end(), [key](const Message* a, const Message* b) {
    return a->GetReflection()->GetString(*a, key) < b->GetReflection()->GetString(*b, key);
  });
  return elements;
}

// A random message within `message`, or itself.
Message& SomeMessage(Message& message, std::mt19937& random) {
  Message* at = &message;
  while (random() % 8 != 0) {
    std::vector<const FieldDescriptor*> fields;
    at->GetReflection()->ListFields(*at, &fields);
    std::erase_if(fields, [](const FieldDescriptor* f) { return f->message_type() == nullptr; });
    if (fields.empty()) break;
    const FieldDescriptor* field = fields[random() % fields.size()];
    if (!field->is_repeated()) {
      at = at->GetReflection()->MutableMessage(at, field);
    } else {
      const std::vector<Message*> elements = Elements(*at, field);
      at = elements[random() % elements.size()];
    }
  }
  return *at;
}

}  // namespace

void Mutate(Message& message, std::mt19937& random, int changes) {
  for (; changes > 0; --changes) {
    Message& at = SomeMessage(message, random);
    const google::protobuf::Descriptor* fields = at.GetDescriptor();
    if (fields->field_count() == 0) continue;
    const FieldDescriptor* field =
        fields->field(static_cast<int>(random() % fields->field_count()));
    if (fields->options().map_entry() && field->number() == 1) continue;
    const Reflection& reflection = *at.GetReflection();
    if (field->message_type() == nullptr) {
      if (random() % 3 == 0) reflection.ClearField(&at, field);
      Alter(at, field, random);
    } else if (!field->is_repeated()) {
      if (random() % 2 == 0) reflection.ClearField(&at, field);
    } else if (int size = reflection.FieldSize(at, field); size > 0 && !field->is_map()) {
      int index = static_cast<int>(random() % size);
      if (random() % 2 == 0) {
        reflection.SwapElements(&at, field, index, size - 1);
        reflection.RemoveLast(&at, field);
      } else {
        Message* copy = reflection.AddMessage(&at, field);
        copy->CopyFrom(reflection.GetRepeatedMessage(at, field, index));
      }
    } else if (random() % 4 == 0) {
      reflection.ClearField(&at, field);
    }
  }
}

}  // namespace libroute
