#ifndef TESTS_PROPERTY_RANDOM_MAIL_H_
#define TESTS_PROPERTY_RANDOM_MAIL_H_

#include <random>

#include "libroute/call/email.h"
#include "libroute/v1/plan.pb.h"

// Random plans with mailboxes, and e-mails to them.
namespace libroute {

// A plan of customer `acme` whose trees have all kinds of nodes that e-mails may come to,
// and that has no errors. Calls follow the same trees in every other one.
v1::Plan RandomMailPlan(std::mt19937& random);

// What is known of the world of such a plan.
v1::Given RandomMailWorld(std::mt19937& random);

// How things stand in a group.
v1::GroupFigures RandomFigures(std::mt19937& random);

// An e-mail to one of its mailboxes.
Email RandomEmail(std::mt19937& random, int message_id);

}  // namespace libroute

#endif  // TESTS_PROPERTY_RANDOM_MAIL_H_
