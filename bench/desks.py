#!/usr/bin/env python3
"""How much memory `routed` needs for desks that are connected.

  bench/desks.py [--build DIR] [--desks N,N,...] [--channels N]

Starts a server for each number of desks, with a plan of as many agents in one group, has
each desk log in by an AgentService.Session of its own, and prints what the server has in
memory (resident) with the plan, and with all desks connected. Needs the targets routed and
desks_load.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def plan(desks):
    names = [f"a{i}" for i in range(desks)]
    return json.dumps({
        "customer": "acme",
        "numbers": [{"number": "+3222000100", "tree": "main"}],
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
        (folder / "acme.json").write_text(plan(desks))
        config = folder / "routed.yaml"
        config.write_text('listen: ["127.0.0.1:0"]\nplans: [acme.json]\nagents: true\n')
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
                [build / "bench/desks_load", address, "acme", str(desks), str(channels)],
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
    parser.add_argument("--channels", type=int, default=20)
    options = parser.parse_args()
    print("| desks | with the plan | all connected | a desk | log-ins a second |")
    print("| --- | --- | --- | --- | --- |")
    for desks in map(int, options.desks.split(",")):
        seconds, before, after = measure(options.build, desks, options.channels)
        print(f"| {desks:,} | {before:.0f} MiB | {after:.0f} MiB | "
              f"{(after - before) * 1024 / desks:.1f} KiB | {desks / max(seconds, 0.1):,.0f} |",
              flush=True)


if __name__ == "__main__":
    main()
