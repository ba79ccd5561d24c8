#!/usr/bin/env python3
"""Measures what access costs and how fast it ends, on a real kamd with TLS on loopback:

- a sync by a person who sees 2,000 scopes, with one change: time of the server's answer and its bytes;
- from a revocation to the first refused request and to the end of the device's stream, for 200 devices;
- honest joins while an address guesses invites as fast as it may.

    python3 Benchmarks/access_bench.py --binaries .build-release/release
"""

import argparse
import base64
import hashlib
import http.client
import json
import os
import socket
import ssl
import statistics
import struct
import subprocess
import tempfile
import threading
import time
import uuid

import measuring


def new_id():
    """A UUID of version 7."""
    value = (int(time.time() * 1000) << 80) | (uuid.uuid4().int & ((1 << 76) - 1))
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


class Server:
    def __init__(self, binaries, scratch):
        self.kamd = os.path.join(binaries, "kamd")
        self.data = os.path.join(scratch, "server")
        self.port = measuring.free_port()
        self.first_invite = self.run("init", "--organization", "Bench", "--host", "localhost", "--port", str(self.port),
                                     "--admin", "ada@bench.example")
        self.process = subprocess.Popen([self.kamd, "serve", "--data", self.data, "--address", "0.0.0.0"],
                                        stderr=subprocess.DEVNULL)
        measuring.wait_for_port(self.port)
        self.context = ssl.create_default_context(cafile=self.data + "/tls/ca.pem")

    def run(self, *words):
        done = subprocess.run([self.kamd, *words, "--data", self.data], capture_output=True, text=True, check=True)
        return done.stdout.strip().splitlines()[-1]

    def user(self, name):
        return self.run("user", "add", f"{name}@bench.example", "--name", name)

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Device:
    """One joined device with a connection of its own."""

    def __init__(self, server, invite, source="127.0.0.1"):
        self.server = server
        text = invite.split(".", 1)[1]
        self.invite = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        self.line = http.client.HTTPSConnection("localhost", server.port, context=server.context, timeout=60,
                                                source_address=(source, 0))
        self.headers = {"Content-Type": "application/json"}
        self.secret = base64.urlsafe_b64encode(uuid.uuid4().bytes * 2).decode().rstrip("=")

    def join(self):
        status, joined = self.call("Join", {
            "protocol": 2, "schema": 1, "invite": self.invite["id"], "inviteSecret": self.invite["secret"],
            "deviceSecretSha256": base64.b64encode(hashlib.sha256(self.secret.encode()).digest()).decode()})
        if status == 200:
            self.replica, self.person = joined["replica"], joined["user"]
            self.token = f"kamd1_{self.replica}_{self.secret}"
            self.headers["Authorization"] = f"Bearer {self.token}"
            self.sequence = 0
        return status

    def call(self, method, body):
        self.line.request("POST", "/kam.v1.SyncService/" + method, json.dumps(body), self.headers)
        answer = self.line.getresponse()
        self.answer_bytes = answer.read()
        return answer.status, json.loads(self.answer_bytes)

    def sync(self, mutations=(), **more):
        push = []
        for scope, changes in mutations:
            self.sequence += 1
            push.append({"sequence": str(self.sequence), "id": new_id(), "scope": scope, "changes": changes,
                         "stamp": {"hlc": str(int(time.time() * 1000) << 16), "replica": self.replica}})
        return self.call("Sync", {"protocol": 2, "schema": 1, "replica": self.replica, "push": push, **more})


def quantiles(seconds):
    ordered = sorted(seconds)
    return {"median_ms": round(statistics.median(ordered) * 1000, 1), "max_ms": round(ordered[-1] * 1000, 1),
            "samples": len(ordered)}


def many_scopes(server, ada):
    """Ada founds 999 accounts: with the directory, 1,999 scopes."""
    accounts = [new_id() for _ in range(999)]
    for start in range(0, len(accounts), 100):
        status, _ = ada.sync([(f"plan/{account}", [{"record": account, "kind": "KIND_ACCOUNT", "create": True, "set": {
            "account": {"name": f"Account {account[-4:]}"}}}]) for account in accounts[start:start + 100]], maxRecords=1)
        assert status == 200
    eva = Device(server, server.run("user", "add", "eva@bench.example", "--name", "Eva", "--role", "executive"))
    assert eva.join() == 200
    checkpoint, more = "", True
    while more:
        _, answer = eva.sync(checkpoint=checkpoint)
        checkpoint, more = answer.get("checkpoint", checkpoint), answer.get("more", False)
    times, sizes = [], []
    for number in range(50):
        status, _ = ada.sync([(f"plan/{accounts[number]}", [{"record": accounts[number], "kind": "KIND_ACCOUNT", "set": {
            "account": {"industry": f"Industry {number}"}}}])], maxRecords=1)
        assert status == 200
        began = time.perf_counter()
        _, answer = eva.sync(checkpoint=checkpoint)
        times.append(time.perf_counter() - began)
        sizes.append(len(eva.answer_bytes))
        assert sum(len(page["records"]) for page in answer["pages"]) == 1
        checkpoint = answer["checkpoint"]
    return {**quantiles(times), "answer_bytes": int(statistics.median(sizes)), "checkpoint_bytes": len(checkpoint) * 3 // 4}


def revocation(server, count=200):
    devices = []
    for number in range(count):
        device = Device(server, server.user(f"r{number}"))
        assert device.join() == 200
        devices.append(device)
    ended, refused, began = [None] * count, [None] * count, [None] * count

    def watch(place, device, ready):
        plain = socket.create_connection(("127.0.0.1", server.port))
        plain.settimeout(60)
        line = server.context.wrap_socket(plain, server_hostname="localhost")
        body = b"\0" + struct.pack(">I", 2) + b"{}"
        line.sendall(b"POST /kam.v1.SyncService/Watch HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                     b"Content-Type: application/connect+json\r\nAuthorization: Bearer " + device.token.encode()
                     + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        line.recv(4096)
        ready.release()
        while line.recv(65536):
            pass
        ended[place] = time.monotonic() - began[place]

    ready = threading.Semaphore(0)
    threads = [threading.Thread(target=watch, args=(place, device, ready)) for place, device in enumerate(devices)]
    for thread in threads:
        thread.start()
    for _ in threads:
        ready.acquire()
    for place, device in enumerate(devices):
        server.run("device", "revoke", str(device.replica))
        began[place] = time.monotonic()
        status, _ = device.sync()
        assert status == 401, status
        refused[place] = time.monotonic() - began[place]
    for thread in threads:
        thread.join()
    return {"refused": quantiles(refused), "stream_ended": quantiles(ended)}


def joins_under_attack(server):
    """One address guesses; honest people join from others."""
    stop, guesses, answers = threading.Event(), [0], {}

    def attack():
        fake = Device(server, server.first_invite, source="127.0.0.66")
        while not stop.is_set():
            fake.invite["id"] = new_id()
            status = fake.join()
            guesses[0] += 1
            answers[status] = answers.get(status, 0) + 1

    attackers = [threading.Thread(target=attack) for _ in range(4)]
    for thread in attackers:
        thread.start()
    times = []
    for number in range(50):
        honest = Device(server, server.user(f"h{number}"), source=f"127.0.1.{number + 1}")
        began = time.monotonic()
        assert honest.join() == 200
        times.append(time.monotonic() - began)
    stop.set()
    for thread in attackers:
        thread.join()
    return {**quantiles(times), "guesses": guesses[0], "guesses_answered": answers}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binaries", required=True, help="where kamd is")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kam-access-") as scratch:
        server = Server(given.binaries, scratch)
        try:
            ada = Device(server, server.first_invite)
            assert ada.join() == 200
            print(json.dumps({"sync_2000_scopes": many_scopes(server, ada), "revocation": revocation(server),
                              "joins_under_attack": joins_under_attack(server)}, indent=1))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
