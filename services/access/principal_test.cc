#include "services/access/principal.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

Principal Switch(std::vector<std::string> ingresses) {
  Principal principal;
  principal.name = "certificate sbc-1";
  principal.switch_name = "sbc-1";
  principal.ingresses = std::move(ingresses);
  return principal;
}

TEST(Principal, WithAllRolesMayDoEverything) {
  Principal principal = Principal::WithAllRoles("loopback");
  EXPECT_TRUE(CheckSwitch(principal, "any").ok());
  EXPECT_TRUE(CheckIngress(principal, "any").ok());
  EXPECT_TRUE(CheckCustomer(principal, "any").ok());
}

TEST(Principal, SwitchSpeaksForItselfOnly) {
  Principal principal = Switch({"north"});
  EXPECT_TRUE(CheckSwitch(principal, "sbc-1").ok());
  EXPECT_EQ(CheckSwitch(principal, "sbc-2"),
            absl::PermissionDeniedError(
                "certificate sbc-1 is the network switch \"sbc-1\", not \"sbc-2\""));
  EXPECT_TRUE(absl::IsPermissionDenied(CheckCustomer(principal, "acme")));
}

TEST(Principal, SwitchIsBoundToItsIngresses) {
  EXPECT_TRUE(CheckIngress(Switch({"north", "south"}), "south").ok());
  EXPECT_FALSE(CheckIngress(Switch({"north"}), "south").ok());
  EXPECT_FALSE(CheckIngress(Switch({"north"}), "").ok());
  EXPECT_TRUE(CheckIngress(Switch({}), "").ok());
  EXPECT_FALSE(CheckIngress(Switch({}), "north").ok());
}

TEST(Principal, CustomerActsForItselfOnly) {
  Principal principal;
  principal.name = "certificate acme";
  principal.customer = "acme";
  EXPECT_TRUE(CheckCustomer(principal, "acme").ok());
  EXPECT_FALSE(CheckCustomer(principal, "other").ok());
  EXPECT_FALSE(CheckSwitch(principal, "acme").ok());
}

TEST(Principal, NobodyActsForACustomerWithoutName) {
  Principal nobody;
  EXPECT_FALSE(CheckCustomer(nobody, "").ok());
  EXPECT_FALSE(CheckSwitch(nobody, "").ok());
}

TEST(Principal, OperatorActsForEveryCustomerButIsNoSwitch) {
  Principal principal;
  principal.is_operator = true;
  EXPECT_TRUE(CheckCustomer(principal, "acme").ok());
  EXPECT_FALSE(CheckSwitch(principal, "sbc-1").ok());
}

}  // namespace
}  // namespace libroute
