#!/usr/bin/env python3
"""Measures what strangers cost, on a real kamd with TLS on loopback:

- the worst requests without a credential that are known (bodies of 16 MiB in 16 KiB of gzip, as JSON and as protobuf; bodies that
  are announced and never end; wrong credentials; greetings): processor time and memory of the server for each;
- beside as many of them a second as the machine makes, up to 1,000: how long an honest person's idle sync takes.

    python3 Benchmarks/strangers_bench.py --binaries .build-release/release
"""

import argparse
import gzip
import http.client
import os
import statistics
import tempfile
import threading
import time

import access_bench

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_kib(pid, what="VmRSS"):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(what + ":"))


def bodies():
    elements = 5_000_000
    changes = b'{"push":[{"changes":[' + b",".join([b"{}"] * elements) + b"]}]}"
    return {
        "JSON: 5,000,000 empty changes": ("application/json", gzip.compress(changes, 9)),
        "protobuf: 8,000,000 empty mutations": ("application/proto", gzip.compress(b"\x32\x00" * 8_000_000, 9)),
    }


class Stranger:
    """Asks without a credential, or with a wrong one, over a connection of its own each time: refusals end it."""

    def __init__(self, server, kind, body, bearer=None, method="Sync"):
        self.server, self.method = server, method
        self.head = {"Content-Type": kind}
        if kind != "application/json" or body[:1] != b"{":
            self.head["Content-Encoding"] = "gzip"
        if bearer:
            self.head["Authorization"] = "Bearer " + bearer
        self.body = body

    def ask(self):
        connection = http.client.HTTPSConnection("localhost", self.server.port, context=self.server.context, timeout=60)
        try:
            connection.request("POST", f"/kam.v1.SyncService/{self.method}", self.body, self.head)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()


def cost(server, name, stranger, count):
    pid = server.process.pid
    before, memory = processor_seconds(pid), resident_kib(pid)
    statuses = {}
    for _ in range(count):
        status = stranger.ask()
        statuses[status] = statuses.get(status, 0) + 1
    milliseconds = (processor_seconds(pid) - before) * 1000 / count
    grown = resident_kib(pid) - memory
    print(f"{name:44} {milliseconds:6.2f} ms of processor time each, memory {grown:+} KiB after {count}, answers {statuses}",
          flush=True)


def beside(server, strangers, seconds, rate, honest):
    """Honest idle syncs, while strangers ask as often as they can, up to `rate` a second in all."""
    stop = time.monotonic() + seconds
    asked = [0] * len(strangers)

    def attack(place):
        pause = len(strangers) / rate
        while time.monotonic() < stop:
            began = time.monotonic()
            strangers[place].ask()
            asked[place] += 1
            time.sleep(max(0, min(stop, began + pause) - time.monotonic()))

    threads = [threading.Thread(target=attack, args=(place,)) for place in range(len(strangers))]
    for thread in threads:
        thread.start()
    times = []
    while time.monotonic() < stop:
        began = time.monotonic()
        status, _ = honest()
        assert status == 200, status
        times.append(time.monotonic() - began)
        # Within what a person may ask in a minute.
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    times.sort()
    return sum(asked) / seconds, statistics.median(times), times[int(len(times) * 0.99)], len(times)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binaries", required=True)
    options.add_argument("--seconds", type=float, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        server = access_bench.Server(given.binaries, scratch)
        try:
            device = access_bench.Device(server, server.first_invite)
            assert device.join() == 200
            worst = bodies()
            strangers = [(name, Stranger(server, kind, body)) for name, (kind, body) in worst.items()]
            strangers += [
                ("a wrong credential", Stranger(server, "application/json", b"{}", "kamd1_1_" + "A" * 43)),
                ("a greeting", Stranger(server, "application/json", b"{}", method="Hello")),
            ]
            for name, stranger in strangers:
                cost(server, name, stranger, 200)
            for rate in (0.001, 1_000):
                made, median, last, count = beside(
                    server, [stranger for _, stranger in strangers] * 4, given.seconds, rate, device.sync)
                print(f"beside {made:5.0f} strangers a second: an honest idle sync takes {median * 1000:.1f} ms (median), "
                      f"{last * 1000:.1f} ms (99 of 100), {count} of them", flush=True)
            print(f"most memory of the server: {resident_kib(server.process.pid, 'VmHWM') >> 10} MiB")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
