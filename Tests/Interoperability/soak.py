#!/usr/bin/env python3
"""What a month does to a server, in minutes: it is killed under load, its disk turns bits, its directory goes away.

Each part stops at the first broken promise. Prints one line a part; ends with 1 when something was broken.
"""

import argparse
import base64
import hashlib
import http.client
import json
import os
import random
import secrets
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import uuid


class Broken(Exception):
    """A promise that was not kept."""


def expect(is_true, what):
    if not is_true:
        raise Broken(what)


# MARK: - A server and its devices


class Server:
    def __init__(self, kamd, directory):
        self.kamd, self.directory, self.process = kamd, directory, None
        self.database = directory + "/canonical.sqlite"
        self.log_path = directory + ".log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        made = self.run("init", "--organization", "Soak", "--host", "localhost", "--port", str(self.port), "--admin",
                        "ana@soak.example")
        expect(made.returncode == 0, f"init: {made.stderr}")
        self.invite = made.stdout.split()[-1]

    def run(self, *words):
        return subprocess.run([self.kamd, *words, "--data", self.directory], capture_output=True, text=True, timeout=120)

    def start(self):
        """Returns whether it serves; else it has ended."""
        with open(self.log_path, "w") as log:
            self.process = subprocess.Popen(
                [self.kamd, "serve", "--data", self.directory, "--address", "127.0.0.1"], stdout=log, stderr=log)
        return self.waits_for("info ready", 60)

    def log(self):
        with open(self.log_path, errors="replace") as log:
            return log.read()

    def waits_for(self, text, seconds):
        """Returns whether it came; false when the server ended before."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            ended = self.process.poll() is not None
            if text in self.log():
                return True
            if ended:
                return False
            time.sleep(0.02)
        raise Broken(f"not within {seconds} s: {text}\n{self.log()}")

    def end(self, how):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(60)


class Device:
    def __init__(self, server, invite):
        self.server, self.line, self.sequence, self.last, self.epoch = server, None, 0, 0, ""
        self.context = ssl.create_default_context(cafile=server.directory + "/tls/ca.pem")
        self.token = None
        text = invite.split(".", 1)[1]
        invite = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        secret = secrets.token_hex(32)
        joined = self.call("Join", {
            "protocol": 2, "schema": 1, "invite": invite["id"], "inviteSecret": invite["secret"], "deviceName": "soak",
            "deviceSecretSha256": base64.b64encode(hashlib.sha256(secret.encode()).digest()).decode()})
        self.number, self.epoch = joined["replica"], joined["epoch"]
        self.token = f"kamd1_{self.number}_{secret}"

    def call(self, method, body):
        """Raises OSError or HTTPException when the line breaks, Broken when the answer is not one."""
        if self.line is None:
            self.line = http.client.HTTPSConnection("localhost", self.server.port, context=self.context, timeout=20)
        try:
            self.line.request("POST", "/kam.v1.SyncService/" + method, json.dumps(body), {
                "Content-Type": "application/json", **({"Authorization": "Bearer " + self.token} if self.token else {})})
            answer = self.line.getresponse()
            text = answer.read()
        except Exception:
            self.hang_up()
            raise
        if answer.status in (429, 503):
            raise ConnectionError(text.decode())
        expect(answer.status == 200, f"{method}: {answer.status} {text[:300]}")
        return json.loads(text)

    def hang_up(self):
        if self.line is not None:
            self.line.close()
        self.line = None

    def mutation(self, scope, change):
        self.sequence += 1
        self.last = max(time.time_ns() // 1_000_000 << 16, self.last + 1)
        return {"sequence": str(self.sequence), "id": new_id(), "scope": scope, "summary": "soak",
                "stamp": {"hlc": str(self.last), "replica": self.number}, "changes": [change]}

    def account(self, name):
        record = new_id()
        return "plan/" + record, self.mutation("plan/" + record, {
            "record": record, "kind": "KIND_ACCOUNT", "create": True,
            "set": {"account": {"name": name, "stage": "CUSTOMER_STAGE_BUYER"}}})

    def task(self, scope, title, **fields):
        return self.mutation(scope, {
            "record": new_id(), "kind": "KIND_TASK", "create": True,
            "set": {"task": {"title": title, "department": "DEPARTMENT_CODE_SALES", "status": "TASK_STATUS_OPEN", **fields}}})

    def push(self, mutations):
        """Returns once they are acknowledged."""
        self.call("Sync", {
            "protocol": 2, "schema": 1, "epoch": self.epoch, "replica": self.number, "push": mutations, "maxRecords": 1})


def new_id():
    """A UUID of version 7."""
    number = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    return str(uuid.UUID(int=number & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62))


def contents(path):
    """Every table's rows, from a copy."""
    with tempfile.TemporaryDirectory() as place:
        for suffix in ("", "-wal"):
            if os.path.exists(path + suffix):
                shutil.copy(path + suffix, place + "/copy" + suffix)
        database = sqlite3.connect(place + "/copy")
        try:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            found = {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for name in names}
            # In which scope an entry is filed is in no chain; everything else of it is.
            found["history's scopes"] = sorted(map(repr, database.execute("SELECT number, scope FROM history")))
            found["history"] = sorted(map(repr, database.execute(
                "SELECT number, record, server_ms, entry, erased_hash, chain FROM history")))
            return found
        finally:
            database.close()


def titles(server):
    """How often each word that starts with “edit-” is in the server's history."""
    database = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)
    try:
        found = {}
        for (entry,) in database.execute("SELECT entry FROM history WHERE entry IS NOT NULL"):
            at = entry.find(b"edit-")
            if at >= 0:
                word = entry[at:at + 21].decode()
                found[word] = found.get(word, 0) + 1
        return found
    finally:
        database.close()


# MARK: - The parts


def kills(server, devices, scope, rounds):
    """kill -9 under four devices that push: nothing acknowledged is lost, nothing is there twice."""
    acknowledged, stop = [], threading.Event()

    def work(device):
        waiting = []
        while not stop.is_set():
            if not waiting:
                words = [f"edit-{secrets.token_hex(8)}" for _ in range(random.randrange(1, 6))]
                waiting = [(word, device.task(scope, word)) for word in words]
            try:
                device.push([mutation for _, mutation in waiting])
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            acknowledged.extend(word for word, _ in waiting)
            waiting = []

    threads = [threading.Thread(target=work, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    try:
        for _ in range(rounds):
            time.sleep(random.uniform(0.05, 1.0))
            server.end(signal.SIGKILL)
            expect(server.start(), f"after a kill: {server.log()}")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    expect(server.end(signal.SIGTERM) == 0, "the last stop")
    found = titles(server)
    lost = [word for word in acknowledged if word not in found]
    twice = [word for word, count in found.items() if count > 1]
    expect(not lost and not twice, f"{len(lost)} of {len(acknowledged)} acknowledged edits lost, {len(twice)} applied twice")
    verified = server.run("audit", "verify")
    expect(verified.returncode == 0, verified.stdout)
    return f"{rounds} kills under load: {len(acknowledged)} acknowledged edits, none lost, none twice"


def flips(server, pristine, rounds):
    """One bit of the database turned: it is found, or nothing that people can see differs."""
    right = contents(pristine + "/canonical.sqlite")
    counts = {"not started": 0, "ended while serving": 0, "found by verify only": 0, "harmless": 0}
    missed = {}
    for _ in range(rounds):
        shutil.rmtree(server.directory)
        shutil.copytree(pristine, server.directory)
        at, bit = random.randrange(os.path.getsize(server.database)), random.randrange(8)
        with open(server.database, "r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1 << bit]))
        try:
            now = contents(server.database)
            changed = [name for name in set(right) | set(now) if right.get(name) != now.get(name)]
        except (sqlite3.Error, UnicodeDecodeError):
            now, changed = {}, ["not readable"]
        if not server.start():
            counts["not started"] += 1
            expect(server.process.wait() in (1, 70), f"byte {at} bit {bit}: ends with {server.process.wait()}")
        elif not server.waits_for("read through and is whole", 60):
            counts["ended while serving"] += 1
            expect(server.process.wait() == 70, f"byte {at} bit {bit}: ends with {server.process.wait()}")
        elif server.run("audit", "verify").returncode != 0:
            counts["found by verify only"] += 1
        elif not changed:
            counts["harmless"] += 1
        else:
            for name in changed:
                missed[name] = missed.get(name, 0) + 1
            # What is summed up or chained must not be missed.
            expect(not {"record", "scope", "history", "audit", "not readable"} & set(changed),
                   f"byte {at} bit {bit}: not found, and differs in {changed}: "
                   + " ".join(row for name in changed for row in set(now[name]) ^ set(right[name])))
        server.end(signal.SIGKILL)
    return f"{rounds} turned bits: {counts}, missed in tables that nothing sums up: {missed}"


def vanishing(server, pristine, device, scope, rounds):
    """The directory is deleted, moved or written over under a device that pushes: nothing is acknowledged into nowhere."""
    for number in range(rounds):
        how = ["delete", "move", "write over"][number % 3]
        shutil.rmtree(server.directory, ignore_errors=True)
        shutil.copytree(pristine, server.directory)
        expect(server.start(), server.log())
        device.hang_up()
        device.push([device.task(scope, "while all is well")])
        if how == "delete":
            os.remove(server.database)
        elif how == "move":
            shutil.rmtree(server.directory + ".moved", ignore_errors=True)
            os.rename(server.directory, server.directory + ".moved")
        else:
            # All of it in the database and nothing in the log, or the copy would be what is there already.
            server.end(signal.SIGTERM)
            expect(server.start(), server.log())
            expect(server.waits_for("read through and is whole", 60), server.log())
            with open(pristine + "/canonical.sqlite", "rb") as copy, open(server.database, "r+b") as file:
                file.write(copy.read())
        acknowledged = 0
        for _ in range(20):
            try:
                device.push([device.task(scope, "after it went")])
                acknowledged += 1
            except (OSError, http.client.HTTPException):
                pass
        expect(acknowledged == 0, f"{how}: {acknowledged} of 20 edits acknowledged into nowhere")
        expect(server.process.wait(30) == 70, f"{how}: it ends with {server.process.returncode}")
    return f"{rounds} times deleted, moved or written over: the server ended each time, nothing acknowledged afterwards"


def inits(kamd, place, rounds):
    """kamd init killed at any moment can be repeated."""
    for number in range(rounds):
        directory = f"{place}/init-{number}"
        words = [kamd, "init", "--data", directory, "--organization", "Soak", "--host", "localhost", "--admin",
                 "ana@soak.example"]
        began = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0, 0.15))
        began.kill()
        began.wait()
        # A directory with a configuration is a finished one, whose invite an admin asks for again.
        if os.path.exists(directory + "/kamd.json"):
            words = [kamd, "invite", "ana@soak.example", "--data", directory]
        again = subprocess.run(words, capture_output=True, text=True, timeout=60)
        expect(again.returncode == 0 and "kam-invite." in again.stdout, f"repeated: {again.stderr}")
        shutil.rmtree(directory)
    return f"{rounds} killed inits: each could be repeated"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kamd", required=True)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--flips", type=int, default=100)
    options.add_argument("--vanish", type=int, default=9)
    options.add_argument("--inits", type=int, default=40)
    options.add_argument("--seed", type=int, default=secrets.randbits(32))
    given = options.parse_args()
    random.seed(given.seed)
    print(f"seed {given.seed}", flush=True)
    place = tempfile.mkdtemp(prefix="kam-soak-")
    server = None
    try:
        print(inits(given.kamd, place, given.inits), flush=True)
        server = Server(given.kamd, place + "/server")
        expect(server.start(), server.log())
        devices = [Device(server, server.invite)]
        scope, founding = devices[0].account("Globex")
        devices[0].push([founding])
        for _ in range(3):
            devices.append(Device(server, server.run("invite", "ana@soak.example").stdout.split()[-1]))
        for number in range(5):
            devices[0].push([devices[0].task(scope, f"task {number}.{row}", detail="words " * random.randrange(1, 60))
                             for row in range(50)])
        expect(server.end(signal.SIGTERM) == 0, "a clean stop")
        pristine, sequence = place + "/pristine", devices[0].sequence
        shutil.copytree(server.directory, pristine)
        print(flips(server, pristine, given.flips), flush=True)
        print(vanishing(server, pristine, devices[0], scope, given.vanish), flush=True)
        shutil.rmtree(server.directory, ignore_errors=True)
        shutil.copytree(pristine, server.directory)
        devices[0].sequence = sequence
        expect(server.start(), server.log())
        print(kills(server, devices, scope, given.kills), flush=True)
    except Broken as what:
        print(f"BROKEN (--seed {given.seed}): {what}", file=sys.stderr)
        sys.exit(1)
    finally:
        if server is not None and server.process is not None and server.process.poll() is None:
            server.process.kill()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
