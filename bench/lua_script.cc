#include "bench/lua_script.h"

#include <cstdio>
#include <cstdlib>

#include "lua.hpp"

namespace libroute::bench {
namespace {

constexpr char kScript[] = R"lua(
local down = { desk = false, branch = false, depot = false }
local on = { flood = false, meeting = false, strike = false }
local holidays = { [1225] = true, [101] = true }
local blocked = { ["+32475000001"] = true, ["+32475000002"] = true }
local supplier = { ["+32475000003"] = true, ["+32475000004"] = true }
local partner = { ["+32475000005"] = true }
local sub = string.sub

local function working(wday, date) return wday >= 1 and wday <= 5 and not holidays[date] end
local function between(wday, minute, date, from, to)
  return working(wday, date) and minute >= from * 60 and minute < to * 60
end
local function night(wday, minute, date)
  return (working(wday, date) and minute >= 1320) or
         (working((wday + 6) % 7, date) and minute < 360)
end

function three_given(called, calling, seed, wday, minute, date)
  if not between(wday, minute, date, 9, 17) then return "" end
  if blocked[calling] or sub(calling, 1, 4) == "+881" then return "" end
  return "desk"
end

local function rest(called, calling, seed, wday, minute, date)
  if supplier[calling] then return "" end
  if down.branch then return "" end
  if on.strike then return "" end
  if called == "+3228000000" then return "" end
  if night(wday, minute, date) then return "" end
  if sub(calling, 1, 3) == "+31" or sub(calling, 1, 4) == "+352" then return "" end
  if partner[calling] or sub(calling, 1, 4) == "+883" then return "" end
  if down.depot then return "" end
  if seed % 100 < 50 then return "desk" else return "desk" end
end

function twenty_given(called, calling, seed, wday, minute, date)
  if not between(wday, minute, date, 9, 17) then return "" end
  if sub(calling, 1, 3) == "+33" or sub(calling, 1, 3) == "+49" then return "" end
  if blocked[calling] or sub(calling, 1, 4) == "+881" then return "" end
  if called == "+3229000000" then return "" end
  if down.desk then return "" end
  if on.flood then return "" end
  if between(wday, minute, date, 12, 13) then return "" end
  if sub(calling, 1, 3) == "+44" then return "" end
  if on.meeting then return "" end
  if seed % 97 < 48 then
    return rest(called, calling, seed, wday, minute, date)
  else
    return rest(called, calling, seed, wday, minute, date)
  end
end

local function at(route, called, calling, seed, now)
  local t = os.date("*t", now)
  return route(called, calling, seed, t.wday - 1, t.hour * 60 + t.min, t.month * 100 + t.day)
end
function three(called, calling, seed, now) return at(three_given, called, calling, seed, now) end
function twenty(called, calling, seed, now) return at(twenty_given, called, calling, seed, now) end
)lua";

[[noreturn]] void Fail(lua_State* state) {
  std::fprintf(stderr, "lua: %s\n", lua_tostring(state, -1));
  std::abort();
}

}  // namespace

LuaScript::LuaScript() : state_(luaL_newstate()) {
  luaL_openlibs(state_);
  if (luaL_dostring(state_, kScript) != 0) Fail(state_);
}

LuaScript::~LuaScript() {
  lua_close(state_);
}

void LuaScript::PushQuestion(const char* function, const Question& question) {
  lua_settop(state_, 0);
  lua_getglobal(state_, function);
  lua_pushlstring(state_, question.called.data(), question.called.size());
  lua_pushlstring(state_, question.calling.data(), question.calling.size());
  lua_pushnumber(state_, question.seed);
}

absl::string_view LuaScript::CallFunction(int arguments) {
  if (lua_pcall(state_, arguments, 1, 0) != 0) Fail(state_);
  size_t size = 0;
  const char* text = lua_tolstring(state_, -1, &size);
  return absl::string_view(text, size);
}

absl::string_view LuaScript::RouteAt(const char* function, const Question& question,
                                     int64_t unix_seconds) {
  PushQuestion(function, question);
  lua_pushnumber(state_, static_cast<double>(unix_seconds));
  return CallFunction(4);
}

absl::string_view LuaScript::RouteGiven(const char* function, const Question& question,
                                        const LocalTime& time) {
  PushQuestion(function, question);
  lua_pushnumber(state_, time.weekday);
  lua_pushnumber(state_, time.minute);
  lua_pushnumber(state_, time.date);
  return CallFunction(6);
}

}  // namespace libroute::bench
