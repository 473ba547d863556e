#ifndef LIBROUTE_TREE_COMPILED_GATEWAYS_H_
#define LIBROUTE_TREE_COMPILED_GATEWAYS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libroute/call/gateway.h"
#include "libroute/tree/compiled_limit.h"

namespace libroute {

// What is looked at before a gateway is used.
struct CompiledGateway {
  std::string name;
  // What attempts show of it, if that is written.
  std::unique_ptr<const CompiledWatch> watch;
  bool disabled = false;
};

// Gateways to the same places.
struct CompiledGatewayGroup {
  // As a leg has it.
  GatewayGroup ways;
  // Of each of them: index into the plan's gateways.
  std::vector<int> gateways;
  // Of each of them; empty: they are tried as they are written.
  std::vector<uint32_t> weights;
  // The written hash of the group's path.
  uint64_t key = 0;
  // Some of them are.
  bool is_watched = false;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILED_GATEWAYS_H_
