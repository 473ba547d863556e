#ifndef LIBROUTE_CONTACT_OCCUPANCY_H_
#define LIBROUTE_CONTACT_OCCUPANCY_H_

#include <array>
#include <cstdint>

#include "libroute/contact/deadlines.h"

namespace libroute::contact {

// How much of the last half hour a person was busy, counted in six pieces of
// five minutes that start at whole five minutes: 16 bytes. A value type.
class Occupancy {
 public:
  // Times do not go back from one call to the next.
  void AddBusy(Micros from, Micros to);
  // Of the present piece and the five before it, in parts of a thousand.
  uint32_t PerMille(Micros now) const;

 private:
  static constexpr int kPieces = 6;
  static constexpr Micros kPiece = 300'000'000;

  // Forgets what is too old for a time in `piece`.
  void MoveTo(uint32_t piece);

  // In tenths of a second, by piece modulo kPieces.
  std::array<uint16_t, kPieces> busy_{};
  uint32_t last_piece_ = 0;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_OCCUPANCY_H_
