#ifndef LIBROUTE_TREE_NODES_AGENTS_CALLBACK_H_
#define LIBROUTE_TREE_NODES_AGENTS_CALLBACK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libroute/call/callback.h"
#include "libroute/call/decision.h"
#include "libroute/tree/compiled_message.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Callback;
}  // namespace v1
class NodeScope;

// How an agents node calls back those who need not wait. What is promised to one call is in
// CallState::callback.
class AgentsCallback {
 public:
  static AgentsCallback Read(const v1::Callback& written, NodeScope& scope);

  char key() const { return key_; }
  absl::Duration offer_after() const { return offer_after_; }
  MessageIndex message() const { return message_; }

  // The caller wants to be called at this number, as it was given; empty: at the one that
  // calls. InvalidArgument, and nothing promised, for one that is not called.
  absl::Status Promise(const std::string& number, Frame& frame) const;

  // Why nobody calls the number that is promised; empty: somebody may.
  std::string WhyNotCalled(const Frame& frame) const;
  // As the switch is told.
  CallbackPromise PromiseOf(const Frame& frame) const;
  Leg LegOf(const Frame& frame) const;
  // The caller was not reached: whether that is tried again, after a rest.
  bool TriesAgain(Frame& frame) const;

 private:
  char key_ = '1';
  absl::Duration offer_after_;
  MessageIndex message_ = kNoMessage;
  absl::Duration within_;
  int attempts_ = 2;
  absl::Duration retry_after_;
  absl::Duration ring_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_AGENTS_CALLBACK_H_
