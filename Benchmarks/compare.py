#!/usr/bin/env python3
"""Measures kam and Taskwarrior in turns, prints a table, and writes everything to results/.

Benchmarks/run.sh builds what this needs and calls it.
"""

import argparse
import dataclasses
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile

import measuring
from kam_bench import Kam
from peer_bench import Taskwarrior


@dataclasses.dataclass
class Sizes:
    tasks: int = 10_000
    accounts: int = 200
    storm: int = 64
    storm_tasks: int = 1_000


# The peer's first push on the machine that the budgets were set on, seconds: how much slower this machine is.
PEER_FIRST_PUSH = 0.406

# What is measured, in words, and the budget in seconds for kam.
FIGURES = {
    "first_push": ("first push of 10,000 tasks", 0.400),
    "bootstrap": ("bootstrap into a fresh replica", 0.400),
    "push_one": ("push of one changed task", 0.040),
    "pull_one": ("pull of one changed task", 0.040),
    "nothing": ("sync with nothing to do", 0.030),
    "add": ("add a task", 0.025),
    "list": ("list one department (2,000 rows)", 0.060),
    "edit": ("edit a task", None),
}


class Comparison:
    def __init__(self, rigs, quiet, repetitions, rounds):
        self.rigs = rigs
        self.quiet = quiet
        self.repetitions = repetitions
        self.rounds = rounds
        self.runs = {rig.name: {figure: [] for figure in FIGURES} for rig in rigs}
        self.sizes = {rig.name: {} for rig in rigs}
        self.storms = {rig.name: [] for rig in rigs}

    def _time(self, rig, figure, action, attempts=4):
        done = self.quiet.measure(action, attempts)
        self.runs[rig.name][figure].append(done)

    def large(self):
        """First push and bootstrap, each round with an empty server."""
        for number in range(self.rounds):
            tell(f"first push and bootstrap, round {number + 1} of {self.rounds}")
            for rig in self.rigs:
                rig.new_round()
            for figure in ("first_push", "bootstrap"):
                for rig in self.rigs:
                    # Done once it is done: it cannot be taken again when it was disturbed.
                    self._time(rig, figure, getattr(rig, figure), attempts=1)
            for rig in self.rigs:
                rig.check_copies()

    def small(self):
        """One change there and back, nothing, then offline commands, on the last round's replicas."""
        for number in range(self.repetitions):
            tell(f"one change, round {number + 1} of {self.repetitions}")
            for figure in ("edit", "push_one", "pull_one", "nothing"):
                for rig in self.rigs:
                    action = getattr(rig, figure)
                    once = figure != "nothing"
                    self._time(rig, figure, (lambda: action(number)) if figure == "edit" else action,
                               attempts=1 if once else 4)
            for rig in self.rigs:
                rig.check_change(number)
        for number in range(self.repetitions):
            tell(f"add and list, round {number + 1} of {self.repetitions}")
            for rig in self.rigs:
                self._time(rig, "add", lambda: rig.add(number))
            for rig in self.rigs:
                self._time(rig, "list", rig.list)
                rows = self.runs[rig.name]["list"][-1].output.count(b"\n")
                if rows < 1_500 and rig.sizes.tasks == 10_000:
                    raise measuring.Failed(f"{rig.name} listed only {rows} lines")

    def costs(self):
        """Memory, disk and wire, in a round of its own that is not timed."""
        for rig in self.rigs:
            tell(f"memory, disk and wire of {rig.name}")
            rig.new_round()
            proxy = measuring.CountingProxy(rig.port)
            rig.through(proxy)
            sizes = self.sizes[rig.name]
            sizes["server_idle_kib"] = rig.server_resident_kib()

            def counted(figure, action, *words):
                proxy.reset()
                done = action(*words, watches_peak=True)
                sizes[figure] = {"sent": proxy.sent, "received": proxy.received, "client_peak_kib": done.peak_kib,
                                 "server_peak_kib": rig.server_peak_kib()}

            counted("first_push", rig.first_push)
            counted("bootstrap", rig.bootstrap)
            (server, server_blocks), (client, client_blocks) = rig.disk()
            sizes["disk"] = {"server": server, "server_blocks": server_blocks, "client": client,
                             "client_blocks": client_blocks}
            rig.check_copies()
            counted("edit", rig.edit, 0)
            counted("push_one", rig.push_one)
            counted("pull_one", rig.pull_one)
            counted("nothing", rig.nothing)
            counted("add", rig.add, 0)
            counted("list", rig.list)
            rig.through(None)

    def many(self, turns, count, tasks_each):
        for rig in self.rigs:
            tell(f"{count} clients at once, set-up of {rig.name}")
            rig.new_round()
            rig.prepare_storm(count, tasks_each)
        for turn in range(turns):
            tell(f"{count} clients at once, turn {turn + 1} of {turns}")
            for rig in self.rigs:
                self.quiet.wait()
                self.storms[rig.name].append(rig.storm(count, turn))

    # --- Results ---

    def document(self):
        def one(name):
            figures = {}
            for figure, runs in self.runs[name].items():
                if runs:
                    figures[figure] = {
                        "seconds": measuring.summary([run.seconds for run in runs]),
                        "client_cpu": measuring.summary([run.cpu for run in runs]),
                        "server_cpu": measuring.summary([run.server_cpu for run in runs]),
                        "all": [[round(run.seconds, 5), run.was_quiet] for run in runs],
                    }
            storm = {key: measuring.summary([turn[key] for turn in self.storms[name]])
                     for key in (self.storms[name][0] if self.storms[name] else {})}
            return {"figures": figures, "sizes": self.sizes[name], "storm": storm}

        return {rig.name: one(rig.name) for rig in self.rigs}


def judged(seconds, budget, slowness):
    """Whether a time keeps its budget: as it is, or as it would be on the machine the budget was set on."""
    if seconds <= budget:
        return "met"
    return "met as a ratio" if seconds <= budget * slowness else "MISSED"


def table(document, sizes):
    """The figures beside each other, as Markdown."""
    names = [name for name in ("kam", "taskwarrior") if name in document]
    lines = []

    def row(*cells):
        lines.append("| " + " | ".join(cells) + " |")

    def ratio(values):
        return f"{values[1] / values[0]:.1f}×" if len(values) == 2 and values[0] else ""

    slowness = 1.0
    if len(names) == 2 and "first_push" in document[names[1]]["figures"]:
        slowness = document[names[1]]["figures"]["first_push"]["seconds"]["median"] / PEER_FIRST_PUSH
        lines += [f"By the peer's first push this machine takes {slowness:.2f} times as long as that of the budgets.", ""]
    row("time, median (least–most)", *names, "peer / kam", "budget")
    row("---", *["---:" for _ in names], "---:", "---")
    for figure, (words, budget) in FIGURES.items():
        found = [document[name]["figures"].get(figure) for name in names]
        if not all(found):
            continue
        times = [entry["seconds"] for entry in found]
        allowed = ""
        if budget:
            allowed = f"{budget * 1000:.0f} ms: {judged(times[0]['median'], budget, slowness)}"
        row(words, *[f"{milliseconds(t['median'])} ({milliseconds(t['min'])}–{milliseconds(t['max'])}) ms" for t in times],
            ratio([t["median"] for t in times]), allowed)
    lines.append("")
    row("processor time, median: client + server", *names, "peer / kam")
    row("---", *["---:" for _ in names], "---:")
    for figure, (words, _) in FIGURES.items():
        found = [document[name]["figures"].get(figure) for name in names]
        if not all(found):
            continue
        both = [(entry["client_cpu"]["median"], entry["server_cpu"]["median"]) for entry in found]
        row(words, *[f"{milliseconds(c)} + {milliseconds(s)} ms" for c, s in both], ratio([c + s for c, s in both]))
    if all(document[name]["sizes"] for name in names):
        lines.append("")
        row("size", *names, "peer / kam")
        row("---", *["---:" for _ in names], "---:")
        for words, read, unit in _sizes(sizes.tasks):
            values = [read(document[name]["sizes"]) for name in names]
            row(words, *[f"{value:,.{1 if value < 10 else 0}f} {unit}" for value in values], ratio(values))
    if all(document[name]["storm"] for name in names):
        lines.append("")
        row(f"{sizes.storm} clients at once, one change each", *names, "ratio")
        row("---", *["---:" for _ in names], "---:")
        rates = [document[name]["storm"]["per_second"]["median"] for name in names]
        row("syncs a second", *[f"{rate:.1f}" for rate in rates], f"{rates[0] / rates[-1]:.1f}×")
        for key, words in (("p50", "middle"), ("max", "longest")):
            values = [document[name]["storm"][key]["median"] for name in names]
            row(f"{words} sync", *[f"{milliseconds(value)} ms" for value in values], ratio(values))
    return "\n".join(lines)


def _sizes(tasks):
    mebi = 1024
    return [
        ("wire up, first push, per task", lambda s: s["first_push"]["sent"] / tasks, "B"),
        ("wire down, first push, per task", lambda s: s["first_push"]["received"] / tasks, "B"),
        ("wire up, bootstrap, per task", lambda s: s["bootstrap"]["sent"] / tasks, "B"),
        ("wire down, bootstrap, per task", lambda s: s["bootstrap"]["received"] / tasks, "B"),
        ("wire up + down, push of one change", lambda s: s["push_one"]["sent"] + s["push_one"]["received"], "B"),
        ("wire up + down, pull of one change", lambda s: s["pull_one"]["sent"] + s["pull_one"]["received"], "B"),
        ("wire up + down, nothing to do", lambda s: s["nothing"]["sent"] + s["nothing"]["received"], "B"),
        ("server's disk per task", lambda s: s["disk"]["server"] / tasks, "B"),
        ("fresh replica's disk per task", lambda s: s["disk"]["client"] / tasks, "B"),
        ("server's memory, idle", lambda s: s["server_idle_kib"] / mebi, "MiB"),
        ("server's memory, peak", lambda s: s["nothing"]["server_peak_kib"] / mebi, "MiB"),
        ("client's memory, first push", lambda s: s["first_push"]["client_peak_kib"] / mebi, "MiB"),
        ("client's memory, bootstrap", lambda s: s["bootstrap"]["client_peak_kib"] / mebi, "MiB"),
        ("client's memory, one change", lambda s: s["push_one"]["client_peak_kib"] / mebi, "MiB"),
        ("client's memory, list", lambda s: s["list"]["client_peak_kib"] / mebi, "MiB"),
    ]


def milliseconds(seconds):
    value = seconds * 1000
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def tell(words):
    if sys.stderr.isatty():
        print(f"\r\033[K{words} …", end="", file=sys.stderr, flush=True)
    else:
        print(f"{words} …", file=sys.stderr, flush=True)


def _first_line(*command):
    try:
        said = subprocess.run(command, capture_output=True, text=True).stdout
    except FileNotFoundError:
        return ""
    return next((line.strip() for line in said.splitlines() if line.strip()), "")


def circumstances(quiet):
    model = ""
    with open("/proc/cpuinfo") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "")
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "processor": model, "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}",
        "taskwarrior": _first_line("task", "--version"), "taskd": _first_line("taskd", "--version"),
        "kam_revision": _first_line("git", "describe", "--always", "--dirty"),
        "samples_disturbed": quiet.disturbed, "seconds_waited_for_quiet": round(quiet.waited),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binaries", required=True, help="where kam and kamd are")
    parser.add_argument("--results", help="directory for the JSON file")
    parser.add_argument("--repetitions", type=int, default=15, help="of short operations")
    parser.add_argument("--rounds", type=int, default=5, help="of first push and bootstrap")
    parser.add_argument("--turns", type=int, default=4, help="of many clients at once; 0 leaves them out")
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for a quiet machine, each time")
    parser.add_argument("--only", choices=["kam", "taskwarrior"], help="measure one side")
    parser.add_argument("--machine", default=f"{os.cpu_count()}cores-{platform.machine()}", help="a name for the file")
    given = parser.parse_args()
    sizes = Sizes()
    quiet = measuring.Quiet(given.patience)
    with tempfile.TemporaryDirectory(prefix="kam-benchmark-") as scratch:
        rigs = []
        if given.only != "taskwarrior":
            rigs.append(Kam(scratch, given.binaries, sizes))
        if given.only != "kam":
            rigs.append(Taskwarrior(scratch, sizes))
        comparison = Comparison(rigs, quiet, given.repetitions, given.rounds)
        try:
            if given.rounds:
                comparison.large()
                comparison.small()
            comparison.costs()
            if given.turns:
                comparison.many(given.turns, sizes.storm, sizes.storm_tasks)
        finally:
            for rig in rigs:
                rig.close()
    document = {"circumstances": circumstances(quiet), **comparison.document()}
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    print(table(document, sizes))
    if quiet.disturbed:
        print(f"\n{quiet.disturbed} samples were taken while the machine did other work too.")
    if given.results:
        os.makedirs(given.results, exist_ok=True)
        name = f"{document['circumstances']['date'][:10]}-{given.machine}.json"
        with open(os.path.join(given.results, name), "w") as file:
            json.dump(document, file, indent=1)
            file.write("\n")
        print(f"\nWritten to {os.path.join(given.results, name)}")


if __name__ == "__main__":
    try:
        main()
    except measuring.Failed as failure:
        sys.exit(f"{failure}")
