#include "services/routed/options.h"

#include <CLI/CLI.hpp>

namespace libroute {
namespace {

constexpr char kAbout[] =
    "routed answers network switches over gRPC where calls go, as plan files say.";

constexpr char kMore[] = R"(
Examples:
  routed --plan acme.yaml
      On 127.0.0.1:7070, for this machine only; whoever connects may do
      everything.
  routed --plan plans/ --listen 127.0.0.1:0 --listen unix:/run/routed.sock
      All plans below a directory, on a port that the system chooses (the log
      says which) and on a Unix socket.
  routed --make-key /etc/routed/keys
  routed --config /etc/routed/routed.yaml
      As configured: TLS, who may do what, ingresses. What can be written there
      is in proto/libroute/v1/config.proto.

Signals:
  HUP         reads the inventory and the plans again, customer by customer: a
              bad plan leaves the live one in place, a customer whose file is gone
              is withdrawn
  TERM, INT   answers what was asked, for at most 10 seconds, and stops

Exit codes:
  0  stopped when told to, or the check found nothing wrong
  1  the configuration or every plan is bad, or an address cannot be had
  2  the command line is wrong
)";

}  // namespace

std::variant<Options, int> ParseCommandLine(int argc, char** argv) {
  Options options;
  CLI::App app(kAbout, "routed");
  app.footer(kMore);
  app.add_option("-p,--plan", options.plans,
                 "A plan file, or a directory with plan files; may be repeated")
      ->type_name("FILE|DIR")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("-l,--listen", options.listen,
                 "Where to listen; may be repeated; 127.0.0.1:7070 by default")
      ->type_name("HOST:PORT|unix:PATH")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--inventory", options.inventory,
                 "What the carrier knows of its numbers, and its screening (YAML or JSON)")
      ->type_name("FILE");
  app.add_option("-c,--config", options.config, "The configuration file (YAML or JSON)")
      ->type_name("FILE");
  app.add_option("-k,--key-file", options.key_file,
                 "Keys for calls to survive a restart; without it they are random")
      ->type_name("FILE");
  app.add_flag("--insecure", options.is_insecure,
               "Listen without TLS on addresses that others can reach");
  app.add_flag("--check-config", options.only_checks,
               "Check configuration, keys and plans, and stop");
  app.add_option("--make-key", options.new_key_file, "Make a new key file, and stop")
      ->type_name("FILE");
  app.set_version_flag("--version", LIBROUTE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  return options;
}

}  // namespace libroute
