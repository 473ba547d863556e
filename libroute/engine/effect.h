#ifndef LIBROUTE_ENGINE_EFFECT_H_
#define LIBROUTE_ENGINE_EFFECT_H_

#include <string>

namespace libroute {

// Something that came about because time passed.
struct Effect {
  enum class Kind {
    // The horizon of a schedule was moved on.
    kHorizonMoved,
    // A fact is not known any more; a hand switch went back.
    kFactExpired,
    // A recovery plan is off: its time is over, or the live plan does not have it.
    kRecoveryOff,
    // A contact was given back because its call was not heard of.
    kContactExpired,
    // The places of a call were given back because it was not heard of.
    kLeaseEnded,
  };
  Kind kind = Kind::kHorizonMoved;
  // Empty where no single customer is concerned.
  std::string customer;
  // In words, for a log.
  std::string text;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_EFFECT_H_
