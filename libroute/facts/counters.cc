#include "libroute/facts/counters.h"

namespace libroute {

Counter* CounterBoard::FindOrMake(absl::string_view name) {
  MutexLock lock(mutex_);
  Counter*& counter = index_[name];
  if (counter == nullptr) counter = &counters_.emplace_back();
  return counter;
}

CounterView::CounterView(const std::vector<std::string>& names, CounterBoard& board) {
  counters_.reserve(names.size());
  for (const std::string& name : names) counters_.push_back(board.FindOrMake(name));
}

}  // namespace libroute
