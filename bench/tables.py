"""Runs the benchmarks in rounds that take turns, and prints tables.

Called by run.sh. Needs nothing but Python's own library.
"""

import argparse
import collections
import contextlib
import datetime
import io
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 9
ENGINE_SECONDS = 0.1
SERVER_SECONDS = 2.0
# As echo_load has it.
WARMUP_SECONDS = 0.5
OUTSTANDING = 64
CHANNELS = 4
OPEN_LOOP_RATE = 5000
# So few that the client has its questions in its cache, as it has the echo's.
CALLED = "+3223000000-+3223000999"
CALLING = "+32475100000-+32475100999"


def note(text):
    print(text, file=sys.stderr, flush=True)


class Spread:
    """The values of one thing in all rounds."""

    def __init__(self, values):
        self.values = sorted(values)
        self.median = statistics.median(self.values)

    def text(self, form):
        return f"{form(self.median)} | {form(self.values[0])} - {form(self.values[-1])}"


def number(value):
    if value >= 10000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def ratio(value):
    return f"{value:.3g}"


def table(title, heads, rows):
    print(f"\n### {title}\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + " --- |" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")


# --- the engine ---


def run_engine(options, rounds):
    """Times in ns by name, one value a round; and counters by name.

    Times are of the processor, so that others who use it meanwhile do not
    count. All rounds run in one process, in random order: what is built for a
    benchmark is built once.
    """
    command = [
        os.path.join(options.build, "bench/libroute_bench"),
        f"--benchmark_min_time={0.01 if options.quick else ENGINE_SECONDS}",
        f"--benchmark_repetitions={rounds}",
        "--benchmark_enable_random_interleaving=true",
        "--benchmark_out_format=json",
    ]
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run(pinned(1) + command + [f"--benchmark_out={out.name}"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        report = json.load(out)
    units = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    # In the order of the program, not of the rounds.
    listed = subprocess.run(command[:1] + ["--benchmark_list_tests"], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    times = {name.removesuffix("/iterations:1"): [] for name in listed.split()}
    counters = {}
    for run in report["benchmarks"]:
        if run["run_type"] != "iteration":
            continue
        if run.get("error_occurred"):
            sys.exit(f"{run['name']}: {run['error_message']}")
        name = run["name"].removesuffix("/iterations:1")
        per_batch = re.match(r"RouteBatch/(\d+)/", name)
        items = int(per_batch.group(1)) if per_batch else 1
        times[name].append(run["cpu_time"] * units[run["time_unit"]] / items)
        counters[name] = {key: run[key] for key in ("bytes", "bytes_per_number", "bytes_per_caller")
                          if key in run}
    return times, counters


def paired(values, base):
    """Ratios of the same round."""
    return Spread([value / other for value, other in zip(values, base)])


def workload(name):
    """Words for "Decide/20_nodes/voicemail/1_customers/1000000_numbers/at_random"."""
    nodes, ending, customers, numbers, calling = name.split("/")[-5:]
    count = int(numbers.split("_")[0])
    holders = int(customers.split("_")[0])
    words = f"{nodes.replace('_', ' ')}, {ending}, "
    if holders > 1:
        words += f"{holders:,} customers with a tree each"
    else:
        words += f"{count:,} number" + ("s" if count > 1 else "")
    if count * holders == 1:
        return words
    return words + (", one of them called" if calling == "one" else ", called at random")


def engine_tables(options, rounds):
    times, counters = run_engine(options, rounds)

    def rows(prefix, words):
        return [[words(name), Spread(values).text(number)]
                for name, values in times.items() if name.startswith(prefix)]

    heads = ["", "ns, median", "least - most"]
    table("A decision (`Engine::Decide`, into a decision of the caller's)", heads,
          rows("Decide/", workload))
    table("An answer: with sealing where another question follows (`Engine::Route`)", heads,
          rows("Route/", workload))
    compared = []
    for name, values in times.items():
        if name.startswith("RouteBatch/"):
            base = times["Route/" + name.split("/", 2)[2]]
            compared.append([f"{name.split('/')[1]} in a batch; {workload(name)}",
                             Spread(values).text(number), paired(base, values).text(ratio)])
    table("A batch (`Engine::RouteBatch`): per call, and how many times faster than one by one",
          heads + ["times faster, median", "least - most"], compared)
    table("Continuations", heads,
          rows("Seal", lambda name: f"seal ({counters['Seal']['bytes']:.0f} bytes)") +
          rows("Open", lambda name: "open and check"))
    if "Question/answered" in times:
        steps = {"parsed": "the request parsed", "answered": "and answered, in bytes",
                 "echo": "both for the empty echo"}
        table("A unary question to the server, without gRPC", heads,
              [[words, Spread(times["Question/" + step]).text(number)]
               for step, words in steps.items()])
    recorded = []
    for ending in ("voicemail", "dial"):
        base = times[f"Call/20_nodes/{ending}/no_records"]
        values = times[f"Call/20_nodes/{ending}/records"]
        recorded.append([f"20 nodes, {ending}, without records", Spread(base).text(number), " | "])
        recorded.append([f"20 nodes, {ending}, with records", Spread(values).text(number),
                         paired(values, base).text(ratio)])
    table("A call: its question and the report of its end", heads + ["times longer, median",
          "least - most"], recorded)
    limited = []
    for name, words in (("decide", "decided (`Engine::Decide`)"),
                        ("call", "asked about, with what it claims granted, and ended")):
        base = times[f"Limit/{name}/plain"]
        values = times[f"Limit/{name}/limited"]
        limited.append([words, Spread(base).text(number), Spread(values).text(number),
                        paired(values, base).text(ratio)])
    table("Limits: 20 nodes, dial; as it is, and behind a limit of calls and rate, to a watched "
          "destination with a limit", ["a call", "plain, ns, median", "least - most", "limited, median", "least - most",
           "times longer, median", "least - most"],
          limited)
    hot = [name for name in times if name.startswith("Limit/hot")]
    cold = [name for name in times if name.startswith("Limit/cold")]
    if hot and cold:
        table("A limited call on two threads at once", ["", "ns a call and thread, median", "least - most"], [
            ["to one number", Spread(times[hot[0]]).text(number)],
            ["each thread to its own", Spread(times[cold[0]]).text(number)],
            ["times longer", paired(times[hot[0]], times[cold[0]]).text(ratio)]])
    lookups = {
        "Schedule/timeline": "whether a schedule is open, and until when",
        "Schedule/timeline_every_5_minutes": "the same, of one that changes every five minutes",
        "Schedule/in_40_years": "the same, beyond its horizon: computed from the rules",
        "Schedule/compile": "a schedule compiled",
        "NumberKind/random_callers": "country and kind of a caller at random",
        "NumberSet/1000000_numbers": "whether a caller is among a million",
        "NumberText/national": "a number read as it is dialled in its country",
        "NumberText/tel_ported": "a ported number read from a tel URI",
        "NumberText/sip": "a number read from a SIP URI",
    }
    table("Look-ups", heads, [[words, Spread(times[name]).text(number)]
                              for name, words in lookups.items() if name in times])
    branches = {
        "time": "time: one schedule", "origin_number": "origin: one prefix",
        "origin_kind_and_country": "origin: kind and country",
        "origin_way": "origin: two cases, verstat and diverted",
        "destination_number": "destination: one prefix", "destination_kind": "destination: kind",
        "caller": "caller: one type", "share": "share: two", "status": "status of a site",
        "switch": "switch", "match_equals": "match: equals", "match_pattern": "match: a pattern",
        "when": "when: all of a time and any of two", "lookup": "lookup in a table of two",
        "set": "set: one attribute",
    }
    if "Branch/none" in times:
        bare = times["Branch/none"]
        rows = [["the action alone", Spread(bare).text(number), ""]]
        for name, words in branches.items():
            values = times[f"Branch/{name}"]
            beyond = [value - base for value, base in zip(values, bare)]
            rows.append([words, Spread(values).text(number), number(statistics.median(beyond))])
        table("One branch, alone, before a voicemail (`Engine::Decide`)",
              heads + ["of which the branch, median"], rows)
    files = {
        "CallerFile/find_number": "whether a caller is in a list of a million numbers from a file",
        "CallerFile/find_address": "whether a writer is in a list of a million addresses from a file",
        "CallerFile/read_1000000_numbers": "that list of numbers read",
        "CallerFile/read_1000000_addresses": "that list of addresses read",
        "CalendarFile/read": "a calendar of twelve holidays, eight of them by a rule, read",
    }
    table("Files of plans", heads, [[words, Spread(times[name]).text(number)]
                                    for name, words in files.items() if name in times])
    if "CallerFile/find_number" in counters:
        print(f"Callers from files: {counters['CallerFile/find_number']['bytes_per_caller']:.1f} bytes a "
              f"number, {counters['CallerFile/find_address']['bytes_per_caller']:.1f} an address of "
              "some 23 bytes.\n")
    if "LookAhead/8_steps/decide" in times:
        rows = []
        for how, words in (("decide", "eight decisions made ahead (`Engine::Decide`)"),
                           ("sealed", "the same with a continuation for each (`Engine::Route`)")):
            values = times[f"LookAhead/8_steps/{how}"]
            beyond = [value - base for value, base in zip(values, times[f"LookAhead/0_steps/{how}"])]
            rows.append([words, Spread(values).text(number), number(statistics.median(beyond))])
        table("Look-ahead", heads + ["beyond the decision alone, median"], rows)
    if "Why/with_reasons" in times:
        table("With the reasons (20 nodes, `Engine::Route`)", heads,
              [["the decision alone", Spread(times["Why/decision_alone"]).text(number)],
               ["with its explanation", Spread(times["Why/with_reasons"]).text(number)]])
    if "Prove/200_nodes" in times:
        milli = lambda value: number(value / 1e6)
        table("Proof before activation", ["", "ms, median", "least - most"],
              [["a plan of 200 nodes proved for two years (`Prove`)",
                Spread(times["Prove/200_nodes"]).text(milli)]])
    alternatives = []
    for nodes in ("3_nodes", "20_nodes"):
        base = times[f"Decide/{nodes}/voicemail/1_customers/1_numbers/one"]
        for kind in ("HandWritten", "LuaJIT"):
            for clock in ("calendar", "weekday_given"):
                values = times[f"{kind}/{nodes}/{clock}"]
                words = (f"{nodes.replace('_', ' ')}, "
                         f"{'C++ by hand' if kind == 'HandWritten' else 'LuaJIT'}, "
                         f"{clock.replace('_', ' ')}")
                alternatives.append([words, Spread(values).text(number),
                                     paired(values, base).text(ratio)])
    table("The same trees otherwise: time, and as a multiple of the engine's",
          heads + ["of Decide, median", "least - most"], alternatives)
    million = "BuildDirectory/1000000_numbers"
    small = "Publish/20_nodes/10_numbers"
    large = "Publish/1000000_numbers"
    milli = lambda value: number(value / 1e6)
    table("A million numbers", ["", "ms, median", "least - most"], [
        ["the directory built", Spread(times[million]).text(milli)],
        ["one plan with all of them checked and published", Spread(times[large]).text(milli)],
        ["a plan of 20 nodes and 10 numbers published beside them",
         Spread(times[small]).text(milli)],
    ])
    print(f"\nDirectory: {counters[million]['bytes_per_number']:.1f} bytes a number.")


# --- the server ---


def pinned(core):
    return ["taskset", "-c", str(core)] if os.cpu_count() > 1 else []


def processor_seconds(pid):
    """What a process has used so far."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(command, server_process):
    """What a load client says, and the processor time of both sides a call.

    Warm-up and the client's start are in the processor time; its share is put
    right by the length of both, so that servers can be compared.
    """
    server_before = processor_seconds(server_process.pid)
    client_before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    client_after = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = json.loads(out.strip().splitlines()[-1])
    calls = max(run["answers_per_second"], 1) * (run["seconds"] + WARMUP_SECONDS)
    run["server_us"] = (processor_seconds(server_process.pid) - server_before) / calls * 1e6
    used = sum(getattr(client_after, kind) - getattr(client_before, kind)
               for kind in ("ru_utime", "ru_stime"))
    run["client_us"] = used / calls * 1e6
    return run


@contextlib.contextmanager
def server(command, port_pattern):
    """A server on core 0: its port and process."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(pinned(0) + command, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield wait_for_port(process, log, port_pattern), process
        finally:
            process.terminate()
            process.wait()


def wait_for_port(process, log, port_pattern):
    for _ in range(100):
        log.seek(0)
        text = log.read()
        found = re.search(port_pattern, text)
        if found:
            return found.group(1)
        if process.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("a server did not start:\n" + text)


def route_load(options, door, *more):
    port, process = door
    seconds = str(0.5 if options.quick else SERVER_SECONDS)
    return measured(pinned(1) + [
        os.path.join(options.build, "services/routectl/routectl"), "bench",
        "--server", f"127.0.0.1:{port}", "--called", CALLED, "--calling", CALLING,
        "--channels", str(CHANNELS), "--duration", seconds,
        "--warmup", str(WARMUP_SECONDS), "--output", "json", *more], process)


def echo_load(options, door, request_bytes):
    port, process = door
    seconds = str(0.5 if options.quick else SERVER_SECONDS)
    return measured(pinned(1) + [
        os.path.join(options.build, "bench/echo_load"), f"127.0.0.1:{port}",
        str(request_bytes), str(OUTSTANDING), str(CHANNELS), seconds], process)


def server_rounds(options, rounds):
    runs = collections.defaultdict(list)
    routed = [os.path.join(options.build, "services/routed/routed"), "--listen", "127.0.0.1:0",
              "--plan", os.path.join(options.root, "bench/server_plan.yaml")]
    closed = ("--outstanding", str(OUTSTANDING))
    with server(routed, r"listening on 127\.0\.0\.1:(\d+)") as door:
        first = route_load(options, door, *closed)
        sizes = round(first["request_bytes"]), round(first["response_bytes"])
        echo = [os.path.join(options.build, "bench/echo_server"), "127.0.0.1:0", str(sizes[1])]
        with server(echo, r"listening on port (\d+)") as echo_door:
            echo_load(options, echo_door, sizes[0])
            for index in range(rounds):
                note(f"server: round {index + 1} of {rounds}")
                # In turn first and second, so that neither has the better place.
                for kind in ("echo", "unary") if index % 2 else ("unary", "echo"):
                    runs[kind].append(echo_load(options, echo_door, sizes[0]) if kind == "echo"
                                      else route_load(options, door, *closed))
                runs["stream"].append(route_load(options, door, "--stream", *closed))
                runs["hundred"].append(route_load(options, door, "--stream", "--per-message",
                                                  "100", "--outstanding", "16"))
                runs["open"].append(route_load(options, door, "--rate", str(OPEN_LOOP_RATE)))
    return runs, sizes


def server_tables(options, rounds):
    runs, sizes = server_rounds(options, rounds)
    names = {
        "echo": "empty echo, unary", "unary": "`Route`, unary, a dial with its seal",
        "stream": "`RouteStream`, a question a message",
        "hundred": "`RouteStream`, 100 questions a message, 16 messages outstanding",
        "open": f"`Route`, unary, open loop at {OPEN_LOOP_RATE} calls/s",
    }
    rows = []
    for kind, name in names.items():
        of = lambda field: [run[field] for run in runs[kind]]
        failed = sum(of("errors")) + sum(run["kinds"].get("refused", 0) for run in runs[kind])
        if failed:
            sys.exit(f"{name}: {failed} calls failed: {runs[kind][0]['first_error']}")
        rows.append([name, Spread(of("answers_per_second")).text(number)] +
                    [number(Spread(of(field)).median)
                     for field in ("p50_us", "p99_us", "p99_9_us", "server_us", "client_us")])
    table(f"Over gRPC: TCP on loopback, server on core 0, client on core 1, {OUTSTANDING} messages "
          f"outstanding on {CHANNELS} channels",
          ["", "calls/s, median", "least - most", "p50 us", "p99 us", "p99.9 us",
           "CPU us a call: server", "client"], rows)
    rates = {kind: [run["answers_per_second"] for run in runs[kind]] for kind in runs}
    share = paired(rates["unary"], rates["echo"])
    print(f"\nUnary `Route` makes {share.median:.3f} of the empty echo's calls/s "
          f"({share.values[0]:.3f} - {share.values[-1]:.3f} in {rounds} rounds, each compared "
          f"with the echo beside it); a question has {sizes[0]} bytes, an answer {sizes[1]}, in "
          f"both.")
    busy = paired([run["server_us"] for run in runs["echo"]],
                  [run["server_us"] for run in runs["unary"]])
    print(f"\nThe echo's server needs {busy.median:.3f} of the processor time that `Route`'s needs "
          f"({busy.values[0]:.3f} - {busy.values[-1]:.3f}): what the ratio above comes to where the "
          f"server is the slower of the two.")


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = re.search(r"model name\s*:\s*(.*)", info.read())
    compiler = subprocess.run(["c++", "--version"], stdout=subprocess.PIPE, text=True,
                              check=True).stdout.splitlines()[0]
    return f"{model.group(1) if model else os.uname().machine}, {os.cpu_count()} cores; {compiler}"


FIGURES = "<!-- What follows is written by bench/run.sh --readme. -->\n"


def replace_figures(readme, text):
    with open(readme, encoding="utf-8") as file:
        kept = file.read().split(FIGURES)[0]
    with open(readme, "w", encoding="utf-8") as file:
        file.write(kept + FIGURES + "\n" + text)


def main():
    parser = argparse.ArgumentParser(prog="bench/run.sh", description="Prints tables in Markdown.")
    parser.add_argument("--root", help=argparse.SUPPRESS)
    parser.add_argument("--build", required=True, metavar="DIR", help="the build directory")
    parser.add_argument("--quick", action="store_true", help="three short rounds")
    parser.add_argument("--only", choices=["engine", "server"])
    parser.add_argument("--readme", action="store_true",
                        help="put the tables into README.md instead of printing them")
    options = parser.parse_args()
    text = io.StringIO()
    with contextlib.redirect_stdout(text if options.readme else sys.stdout):
        print_tables(options)
    if options.readme:
        replace_figures(os.path.join(options.root, "bench/README.md"), text.getvalue())


def print_tables(options):
    rounds = 3 if options.quick else ROUNDS
    load = os.getloadavg()[0]
    if load > 0.5:
        note(f"warning: something else runs here (load {load:.1f}); figures will be worse")
    print(f"{machine()}. {datetime.date.today().isoformat()}, {rounds} rounds, "
          f"load {load:.1f} before.")
    print("Command: `bench/run.sh" + (" --quick`" if options.quick else "`"))
    if options.only != "server":
        note("engine: some minutes")
        engine_tables(options, rounds)
    if options.only != "engine":
        server_tables(options, rounds)


main()
