#!/usr/bin/env python3
"""Many devices claim the same tasks at the same moments, over TLS, each with a connection of its own.

Reads invites from standard input: the account's manager first, then one for each claimer. Prints JSON: rounds, claims,
rounds with exactly one winner, losers who were told the winner, seconds.
"""

import argparse
import base64
import hashlib
import http.client
import json
import ssl
import sys
import threading
import time
import uuid


def new_id():
    """A UUID of version 7."""
    value = (int(time.time() * 1000) << 80) | (uuid.uuid4().int & ((1 << 76) - 1))
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


class Device:
    def __init__(self, given, invite):
        text = invite.strip().split(".", 1)[1]
        self.invite = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        context = ssl.create_default_context(cafile=given.ca)
        self.line = http.client.HTTPSConnection("localhost", given.port, context=context, timeout=60)
        self.headers = {"Content-Type": "application/json"}
        self.secret = base64.urlsafe_b64encode(uuid.uuid4().bytes * 2).decode().rstrip("=")
        joined = self.call("Join", {
            "protocol": 2, "schema": 1, "invite": self.invite["id"], "inviteSecret": self.invite["secret"],
            "deviceSecretSha256": base64.b64encode(hashlib.sha256(self.secret.encode()).digest()).decode(),
            "deviceName": "racer"})
        self.replica, self.person = joined["replica"], joined["user"]
        self.headers["Authorization"] = f"Bearer kamd1_{self.replica}_{self.secret}"
        self.sequence = 0

    def call(self, method, body):
        self.line.request("POST", "/kam.v1.SyncService/" + method, json.dumps(body), self.headers)
        answer = self.line.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method}: {answer.status} {data!r}")
        return json.loads(data)

    def push(self, scope, changes, guards=()):
        self.sequence += 1
        return self.call("Sync", {
            "protocol": 2, "schema": 1, "replica": self.replica, "maxRecords": 1,
            "push": [{
                "sequence": str(self.sequence), "id": new_id(), "scope": scope,
                "stamp": {"hlc": str(int(time.time() * 1000) << 16), "replica": self.replica},
                "changes": changes, "guards": list(guards)}]})["results"][0]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--ca", required=True)
    options.add_argument("--rounds", type=int, default=1000)
    given = options.parse_args()
    manager, *racers = [Device(given, line) for line in sys.stdin if line.strip()]
    account = new_id()
    scope = f"plan/{account}"
    tasks = [new_id() for _ in range(given.rounds)]
    manager.push(scope, [{"record": account, "kind": "KIND_ACCOUNT", "create": True,
                          "set": {"account": {"name": "Race", "slug": "race"}}}])
    for start in range(0, len(tasks), 100):
        made = manager.push(scope, [
            {"record": task, "kind": "KIND_TASK", "create": True,
             "set": {"task": {"title": "Pack", "department": "DEPARTMENT_CODE_LOGISTICS", "status": "TASK_STATUS_OPEN"}}}
            for task in tasks[start:start + 100]])
        assert made["outcome"] == "OUTCOME_APPLIED", made
    gate = threading.Barrier(len(racers))
    results = [[None] * len(racers) for _ in tasks]

    failures = []

    def race(place, device):
        try:
            for number, task in enumerate(tasks):
                gate.wait(60)
                results[number][place] = device.push(
                    scope, [{"record": task, "kind": "KIND_TASK", "set": {"task": {"claimedBy": device.person}}}],
                    [{"record": task, "register": 14, "unset": True}])
        except threading.BrokenBarrierError:
            pass
        except Exception as error:
            failures.append(f"claimer {place}, round {number}: {error!r}")
            gate.abort()

    began = time.monotonic()
    threads = [threading.Thread(target=race, args=pair) for pair in enumerate(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    if failures:
        sys.exit("\n".join(failures))
    decided, told = 0, 0
    for row in results:
        winners = [racers[place].person for place, result in enumerate(row) if result["outcome"] == "OUTCOME_APPLIED"]
        decided += len(winners) == 1
        for result in row:
            if result["outcome"] == "OUTCOME_GUARD_FAILED":
                other = result["effects"][0]["other"]
                told += winners == [other["user"]] and int(other["stamp"]["hlc"]) > 0
    print(json.dumps({"rounds": len(tasks), "claimers": len(racers), "decided": decided, "told": told,
                      "seconds": round(seconds, 2)}))


if __name__ == "__main__":
    main()
