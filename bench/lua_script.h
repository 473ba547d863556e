#ifndef LIBROUTE_BENCH_LUA_SCRIPT_H_
#define LIBROUTE_BENCH_LUA_SCRIPT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "bench/hand_written.h"

struct lua_State;

namespace libroute::bench {

// The trees of plans.h as a script for LuaJIT, as one would embed it in a
// switch. Thread-compatible.
class LuaScript {
 public:
  LuaScript();
  ~LuaScript();
  LuaScript(const LuaScript&) = delete;
  LuaScript& operator=(const LuaScript&) = delete;

  struct Question {
    absl::string_view called;
    absl::string_view calling;
    double seed = 0;
  };

  // Calls the script's function of that name ("three", "twenty"): the script
  // finds out weekday and hour by os.date. The name of the mailbox, empty for
  // a refusal; valid until the next call.
  absl::string_view RouteAt(const char* function, const Question& question, int64_t unix_seconds);

  // The same with weekday and hour given ("three_given", "twenty_given").
  absl::string_view RouteGiven(const char* function, const Question& question,
                               const LocalTime& time);

 private:
  void PushQuestion(const char* function, const Question& question);
  absl::string_view CallFunction(int arguments);

  lua_State* state_;
};

}  // namespace libroute::bench

#endif  // LIBROUTE_BENCH_LUA_SCRIPT_H_
