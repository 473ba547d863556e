#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"
#include "libroute/tree/dial_address.h"
#include "libroute/tree/plan_compiler.h"
#include "libroute/tree/weighted_order.h"

// Gateways, and what is reached by them.
namespace libroute {

void PlanCompiler::NameGateways() {
  // Where each is written first.
  std::map<std::string, std::string> written;
  for (const std::string& name : gateway_group_names_.names()) {
    const v1::GatewayGroup& group = written_.gateways().at(name);
    for (int i = 0; i < group.gateways_size(); ++i) {
      const std::string path = IndexPath(KeyPath("gateways", name) + ".gateways", i) + ".name";
      const std::string& gateway = group.gateways(i).name();
      if (!IsName(gateway, path)) continue;
      const auto [first, is_new] = written.emplace(gateway, path);
      if (is_new) continue;
      Error(path, "duplicate",
            absl::StrCat("there is another gateway ", Quoted(gateway), ", see ", first->second));
    }
  }
  gateway_names_ = NameIndex(written);
}

void PlanCompiler::CompileGateways() {
  plan_->gateways_.resize(gateway_names_.names().size());
  for (const std::string& name : gateway_group_names_.names()) {
    plan_->gateway_groups_.push_back(
        CompileGatewayGroup(written_.gateways().at(name), name, KeyPath("gateways", name)));
  }
  for (const std::string& name : site_names_.names()) {
    plan_->site_gateways_.push_back(
        FindGateways(written_.sites().at(name).via(), KeyPath("sites", name) + ".via"));
  }
}

int PlanCompiler::FindGateways(const std::string& name, const std::string& path) {
  if (name.empty()) return CompiledPlan::kNoGateways;
  const int found = Lookup(gateway_group_names_, "group of gateways", name, path);
  if (found >= 0) used_gateways_.insert(found);
  return found;
}

CompiledGatewayGroup PlanCompiler::CompileGatewayGroup(const v1::GatewayGroup& written,
                                                       const std::string& name,
                                                       const std::string& path) {
  CompiledGatewayGroup group;
  group.ways.name = name;
  group.key = StableHash(path);
  if (written.gateways().empty() || written.gateways_size() > GatewayOrder::kMost) {
    Error(path + ".gateways", written.gateways().empty() ? "missing" : "too-long",
          absl::StrCat("a group has 1 to ", GatewayOrder::kMost, " gateways, not ",
                       written.gateways_size()));
  }
  if (!v1::GatewayGroup::Order_IsValid(written.order())) {
    Error(path + ".order", "bad-value", "gateways are tried in_order or weighted");
  }
  const bool is_weighted = written.order() == v1::GatewayGroup::ORDER_WEIGHTED;
  for (int i = 0; i < std::min(written.gateways_size(), GatewayOrder::kMost); ++i) {
    const v1::GatewayGroup::Gateway& gateway = written.gateways(i);
    const std::string field = IndexPath(path + ".gateways", i);
    const int index = gateway_names_.Find(gateway.name());
    // Names that are wrong were reported.
    if (index < 0) continue;
    plan_->gateways_[static_cast<size_t>(index)] = CompileGateway(gateway, field);
    group.ways.gateways.push_back({gateway.name(), gateway.uri()});
    group.gateways.push_back(index);
    group.is_watched |= gateway.has_watch();
    if (is_weighted) {
      const uint32_t weight = gateway.weight() == 0 ? 1 : gateway.weight();
      group.weights.push_back(ReadWeight(weight, [&](std::string what) {
        Error(field + ".weight", "bad-weights", std::move(what));
      }));
    } else if (gateway.weight() != 0) {
      Error(field + ".weight", "bad-weights",
            "weights are for order: weighted; write that as well");
    }
  }
  for (int i = 0; i < written.try_next_on_size(); ++i) {
    const uint32_t status = written.try_next_on(i);
    if (status == 403 || status == 404 || status == 480) {
      group.ways.try_next_on.push_back(static_cast<uint16_t>(status));
    } else {
      Error(IndexPath(path + ".try_next_on", i), "bad-value",
            absl::StrCat("403, 404 or 480, not ", status,
                         ": what others mean for the next gateway is fixed"));
    }
  }
  return group;
}

CompiledGateway PlanCompiler::CompileGateway(const v1::GatewayGroup::Gateway& written,
                                             const std::string& path) {
  CompiledGateway gateway;
  gateway.name = written.name();
  gateway.disabled = written.disabled();
  if (written.has_watch()) {
    gateway.watch = std::make_unique<const CompiledWatch>(
        CompileWatch("gateway " + written.name(), written.watch(), path + ".watch"));
  }
  if (written.uri().empty()) {
    Error(path + ".uri", "missing", "a gateway needs a SIP URI, e.g. uri: \"sip:gw1.example.net\"");
    return gateway;
  }
  const absl::StatusOr<DialAddress> parsed = ParseDialAddress(written.uri());
  if (!parsed.ok()) {
    Error(path + ".uri", "bad-address", std::string(parsed.status().message()));
  } else if (parsed->number.has_value() || absl::StrContains(written.uri(), '@')) {
    Error(path + ".uri", "bad-address",
          absl::StrCat(Quoted(written.uri()),
                       " is not a gateway: write its SIP URI without a user, e.g. "
                       "sip:gw1.example.net"));
  }
  return gateway;
}

}  // namespace libroute
