#!/usr/bin/env python3
"""Times kam's commands on the sample organisation: 200 accounts, 10,000 tasks, 100,000 sales.

    make sample && python3 Benchmarks/sample_bench.py [--binaries .build-release/release] [--sample .sample]

Prints a table in Markdown. Whole processes, warm cache, the middle of several runs. The import goes into a server of its
own, which is thrown away; the sample is only read, except for the index of words that searching makes.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time


def timed(command, environment, runs, may_fail=False):
    """The middle of several runs, in milliseconds; the first, which warms the cache, is left out."""
    times = []
    for _ in range(runs + (1 if runs > 1 else 0)):
        began = time.perf_counter()
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        times.append((time.perf_counter() - began) * 1000)
        if done.returncode != 0 and not may_fail:
            raise SystemExit(f"{' '.join(command)}: {done.stderr.decode()}")
    return statistics.median(times[1:] if runs > 1 else times)


class Server:
    """A kamd that runs while it is needed."""

    def __init__(self, kamd, directory):
        self._kamd, self.directory, self._process = kamd, directory, None

    def __enter__(self):
        log = open(os.path.join(self.directory, "bench.log"), "wb")
        self._process = subprocess.Popen(
            [self._kamd, "serve", "--data", self.directory, "--address", "127.0.0.1"], stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while b" ready " not in open(log.name, "rb").read():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise SystemExit(open(log.name, encoding="utf-8").read())
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()

    def admin(self, *words):
        """The last line of what kamd prints: an invite."""
        done = subprocess.run(
            [self._kamd, *words, "--data", self.directory], capture_output=True, text=True, check=True)
        return done.stdout.strip().splitlines()[-1]


def free_port():
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Bench:
    """The sample, the programs, and the rows of the table."""

    def __init__(self, binaries, sample):
        self.kam, self.kamd = os.path.join(binaries, "kam"), os.path.join(binaries, "kamd")
        self.sample = sample
        self.rows = []

    def home(self, directory):
        """The environment of somebody's device."""
        return {**os.environ, "KAM_HOME": directory, "no_proxy": "localhost", "LANG": "C.UTF-8", "COLUMNS": "120"}

    def row(self, what, milliseconds):
        """Adds a line, and prints it at once."""
        self.rows.append((what, milliseconds))
        print(f"| {what} | {milliseconds:,.0f} ms |", flush=True)

    def reading(self):
        """Commands without network, on an executive's replica, which holds everything."""
        person = self.home(os.path.join(self.sample, "people", "helene"))
        account = self._an_account(person)
        self.row("`kam show ACCOUNT`", timed([self.kam, "show", account], person, 9))
        self.row("`kam find` for the first time: indexing", timed([self.kam, "find", "nothing-yet"], person, 1))
        for words in ["pump", "delivery late", "\"spare parts\""]:
            self.row(f"`kam find {words}`", timed([self.kam, "find", words], person, 9))
        self.row("`kam task list` (10,000)", timed([self.kam, "task", "list"], person, 5))
        self.row("`kam task list --account A`", timed([self.kam, "task", "list", "--account", account], person, 9))
        self.row("`kam task list --status open --department support`", timed(
            [self.kam, "task", "list", "--status", "open", "--department", "support"], person, 9))
        self.row("`kam sale list --account A`", timed([self.kam, "sale", "list", "--account", account], person, 9))
        self.row("`kam sale list --csv` (100,000)", timed([self.kam, "sale", "list", "--csv"], person, 1))
        with tempfile.TemporaryDirectory() as scratch:
            for name in ["all.jsonl", "all.sqlite"]:
                self.row(f"`kam export {name}`", timed([self.kam, "export", os.path.join(scratch, name)], person, 1))

    def figures(self):
        """Indicators over 200 accounts and 100,000 sales, on the same replica."""
        person = self.home(os.path.join(self.sample, "people", "helene"))
        account = self._an_account(person)
        for words in [
            ["kpi", account], ["kpi"], ["clv", account], ["clv"], ["clv", "--model", "probabilistic"], ["rank", "--by", "clv"],
            ["rank", "--by", "loyalty"], ["rank", "--by", "health"], ["abc"], ["segment", "who"], ["health"], ["targets"],
            ["strategy", "effectiveness"], ["product", "profitability"], ["service-request", "ageing"],
        ]:
            shown = " ".join("ACCOUNT" if word == account else word for word in words)
            self.row(f"`kam {shown}`", timed([self.kam, *words], person, 5))
        with tempfile.TemporaryDirectory() as scratch:
            page = os.path.join(scratch, "page.html")
            for subject, shown in [(account, "ACCOUNT"), ("portfolio", "portfolio")]:
                # Every run makes an edition of its own: what is frozen would only be copied.
                made = ["report", subject, "--period", "2026Q2", "--internal", "--out", page]
                self.row(f"`kam report {shown}`", timed([self.kam, *made, "--fresh"], person, 5))
                self.row(f"`kam report {shown}`, frozen before", timed([self.kam, *made], person, 5))

    def _an_account(self, person):
        listed = subprocess.run(
            [self.kam, "account", "list", "--stage", "loyal", "--csv"], env=person, capture_output=True, text=True, check=True)
        return listed.stdout.splitlines()[1].split(",")[2]

    def bootstrap(self):
        """A new device of the executive, from nothing."""
        server = Server(self.kamd, os.path.join(self.sample, "server"))
        with server, tempfile.TemporaryDirectory() as scratch:
            person = self.home(os.path.join(scratch, "home"))
            email = self._email("helene")
            invite = server.admin("invite", email)
            subprocess.run([self.kam, "join", "-"], input=invite, text=True, env=person, check=True, stdout=subprocess.DEVNULL)
            self.row("bootstrap of an executive's replica (`kam sync`)", timed([self.kam, "sync"], person, 1))
            self.row("`kam sync` with nothing to do", timed([self.kam, "sync"], person, 5))
            size = os.path.getsize(os.path.join(scratch, "home", "replica.sqlite"))
            print(f"| the replica's file | {size / 2**20:,.0f} MiB |", flush=True)

    def _email(self, name):
        shown = subprocess.run(
            [self.kam, "status", "--json"], env=self.home(os.path.join(self.sample, "people", name)), capture_output=True,
            text=True, check=True).stdout
        return next(part for part in shown.replace('"', " ").split() if "@" in part)

    def importing(self):
        """100,000 sales in one file, by an admin who manages all accounts."""
        with tempfile.TemporaryDirectory() as scratch:
            data = os.path.join(scratch, "server")
            made = subprocess.run(
                [self.kamd, "init", "--data", data, "--organization", "Bench", "--host", "localhost", "--port",
                 str(free_port()), "--admin", "ana@bench.example"], capture_output=True, text=True, check=True)
            person = self.home(os.path.join(scratch, "home"))
            sales = self._gather(scratch)
            with Server(self.kamd, data):
                subprocess.run([self.kam, "join", "-"], input=made.stdout.strip().splitlines()[-1], text=True, env=person,
                               check=True, stdout=subprocess.DEVNULL)
                timed([self.kam, "sync"], person, 1)
                for name in ["directory.jsonl", "accounts.jsonl"]:
                    timed([self.kam, "import", os.path.join(scratch, name), "--apply"], person, 1, may_fail=True)
                    timed([self.kam, "sync"], person, 1)
                self.row("`kam import sales.csv` (100,000, a dry run)", timed([self.kam, "import", sales], person, 1))
                self.row("`kam import sales.csv --apply`", timed([self.kam, "import", sales, "--apply"], person, 1))
                self.row("`kam sync` of the 100,000", timed([self.kam, "sync"], person, 1))
                self.row("the same import again", timed([self.kam, "import", sales, "--apply"], person, 1))

    def _gather(self, scratch):
        """All sales in one file; what they point to in two others. Accounts lose their managers, who are not here."""
        path = os.path.join(scratch, "sales.csv")
        directory, accounts, headed = [], [], False
        with open(path, "w", encoding="utf-8-sig", newline="") as sales:
            for folder, _, names in sorted(os.walk(os.path.join(self.sample, "files"))):
                for name in sorted(names):
                    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
                        lines = file.readlines()
                    if name.endswith("sales.csv"):
                        sales.writelines(lines[1:] if headed else lines)
                        headed = True
                    elif name.endswith("-product.jsonl") or name.endswith("-strategy.jsonl"):
                        directory += lines
                    elif name.endswith("-account.jsonl"):
                        accounts += lines
        for name, lines in [("directory.jsonl", directory), ("accounts.jsonl", accounts)]:
            with open(os.path.join(scratch, name), "w", encoding="utf-8") as file:
                for line in lines:
                    record = json.loads(line)
                    for field in ["manager", "parent", "owner"]:
                        record.pop(field, None)
                    file.write(json.dumps(record) + "\n")
        return path


def main():
    """Runs every part and prints the table."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--binaries", default=".build-release/release")
    words.add_argument("--sample", default=".sample")
    words.add_argument("--only", choices=["reading", "figures", "bootstrap", "importing"])
    given = words.parse_args()
    if not shutil.which(os.path.join(given.binaries, "kam")):
        raise SystemExit(f"There is no kam in {given.binaries}; run make release.")
    bench = Bench(os.path.abspath(given.binaries), os.path.abspath(given.sample))
    print("| what | time |\n| --- | ---: |", flush=True)
    for part in ["reading", "figures", "bootstrap", "importing"]:
        if given.only in (None, part):
            getattr(bench, part)()


if __name__ == "__main__":
    main()
