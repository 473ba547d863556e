// libroute with its readers: the plan is a YAML file.

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "conversation.h"
#include "libroute/readers/plan_reader.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: with_readers PLAN.yaml CALLED\n"
                 "e.g.   with_readers desk.yaml +3222000100\n";
    return 2;
  }
  std::ifstream file(argv[1]);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const libroute::ReadResult read = libroute::ReadPlan(text, argv[1]);
  for (const libroute::Issue& issue : read.issues) {
    std::cerr << libroute::FormatIssue(issue) << "\n";
  }
  if (!file || libroute::HasErrors(read.issues)) return 1;

  const absl::Time now = absl::Now();
  absl::StatusOr<std::unique_ptr<libroute::Engine>> engine = MakeEngine();
  if (!engine.ok() || !PublishPlan(**engine, *read.plan, now)) return 1;
  const absl::StatusOr<std::string> last = RouteBusyCall(**engine, argv[2], now);
  if (!last.ok()) {
    std::cerr << last.status() << "\n";
    return 1;
  }
  std::cout << "The call ends at: " << *last << "\n";
}
