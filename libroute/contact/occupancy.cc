#include "libroute/contact/occupancy.h"

#include <algorithm>

namespace libroute::contact {

void Occupancy::MoveTo(uint32_t piece) {
  if (piece <= last_piece_) return;
  const uint32_t passed = std::min<uint32_t>(piece - last_piece_, kPieces);
  for (uint32_t i = 0; i < passed; ++i) busy_[(piece - i) % kPieces] = 0;
  last_piece_ = piece;
}

void Occupancy::AddBusy(Micros from, Micros to) {
  from = std::max(from, to - kPieces * kPiece);
  while (from < to) {
    const Micros piece = from / kPiece;
    const Micros end = std::min(to, (piece + 1) * kPiece);
    MoveTo(static_cast<uint32_t>(piece));
    uint16_t& busy = busy_[piece % kPieces];
    busy = static_cast<uint16_t>(std::min<Micros>(busy + (end - from) / 100'000, 3000));
    from = end;
  }
}

uint32_t Occupancy::PerMille(Micros now) const {
  const uint32_t piece = static_cast<uint32_t>(now / kPiece);
  uint32_t busy = 0;
  for (uint32_t i = 0; i < kPieces && i <= last_piece_; ++i) {
    // The pieces that are still within the half hour.
    if (last_piece_ - i + kPieces > piece) busy += busy_[(last_piece_ - i) % kPieces];
  }
  const Micros tenths = (kPieces - 1) * 3000 + now % kPiece / 100'000;
  return static_cast<uint32_t>(busy * 1000 / tenths);
}

}  // namespace libroute::contact
