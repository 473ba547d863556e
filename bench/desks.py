#!/usr/bin/env python3
"""How much memory `routed` needs for desks that are connected.

  bench/desks.py [--build DIR] [--desks N,N,...]

Starts a server for each number of desks, with plans of as many agents, 10,000 in a group of
each customer at most, has each desk log in by an AgentService.Session of its own, and prints
what the server has in memory (resident) with the plans, and with all desks connected. Needs
the targets routed and desks_load.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


AGENTS_OF_A_CUSTOMER = 10_000


def plan(customer, agents):
    names = [f"a{i}" for i in range(agents)]
    return json.dumps({
        "customer": f"c{customer}",
        "numbers": [{"number": f"+3222{customer:06}", "tree": "main"}],
        "agents": {name: {} for name in names},
        "groups": {"desk": {"agents": names}},
        "trees": {"main": {"agents": {"group": "desk", "otherwise": {"release": {}}}}},
    })


def resident_mib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


def measure(build, desks, channels):
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        (folder / "plans").mkdir()
        for customer, first in enumerate(range(0, desks, AGENTS_OF_A_CUSTOMER)):
            agents = min(AGENTS_OF_A_CUSTOMER, desks - first)
            (folder / f"plans/c{customer}.json").write_text(plan(customer, agents))
        config = folder / "routed.yaml"
        config.write_text('listen: ["127.0.0.1:0"]\nplans: [plans]\nagents: true\n')
        server = subprocess.Popen([build / "services/routed/routed", "--config", config],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for line in server.stdout:
                found = re.search(r"(127\.0\.0\.1:[1-9]\d*)", line)
                if found:
                    address = found.group(1)
                if " ready" in line:
                    break
            else:
                sys.exit("desks.py: the server has not started")
            with_plan = resident_mib(server.pid)
            load = subprocess.Popen(
                [build / "bench/desks_load", address, str(desks), str(channels)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            told = load.stdout.readline()
            if not told:
                sys.exit("desks.py: the desks have not connected")
            connected = resident_mib(server.pid)
            load.stdin.close()
            load.wait()
            return json.loads(told)["seconds"], with_plan, connected
        finally:
            server.terminate()
            server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--desks", default="1000,10000,100000")
    options = parser.parse_args()
    print("| desks | with the plan | all connected | a desk | log-ins a second |")
    print("| --- | --- | --- | --- | --- |")
    for desks in map(int, options.desks.split(",")):
        # A connection for each 500, as several programs would have them.
        seconds, before, after = measure(options.build, desks, max(1, desks // 500))
        print(f"| {desks:,} | {before:.0f} MiB | {after:.0f} MiB | "
              f"{(after - before) * 1024 / desks:.1f} KiB | {desks / max(seconds, 0.1):,.0f} |",
              flush=True)


if __name__ == "__main__":
    main()
