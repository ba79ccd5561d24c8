#!/usr/bin/env python3
"""Many devices redeem one invite at the same moment, each with a secret of its own.

Reads the invite from standard input. Prints JSON: how many answers of each HTTP status.
"""

import argparse
import base64
import collections
import hashlib
import http.client
import json
import ssl
import sys
import threading
import uuid


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--ca", required=True)
    options.add_argument("--devices", type=int, default=200)
    given = options.parse_args()
    text = sys.stdin.read().strip().split(".", 1)[1]
    invite = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    context = ssl.create_default_context(cafile=given.ca)
    gate = threading.Barrier(given.devices)
    answers = []

    def join():
        line = http.client.HTTPSConnection("localhost", given.port, context=context, timeout=60)
        line.connect()
        body = json.dumps({
            "protocol": 2, "schema": 1, "invite": invite["id"], "inviteSecret": invite["secret"], "deviceName": "x",
            "deviceSecretSha256": base64.b64encode(hashlib.sha256(uuid.uuid4().bytes).digest()).decode()})
        gate.wait(60)
        line.request("POST", "/kam.v1.SyncService/Join", body, {"Content-Type": "application/json"})
        answers.append(line.getresponse().status)

    threads = [threading.Thread(target=join) for _ in range(given.devices)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(collections.Counter(map(str, answers))))


if __name__ == "__main__":
    main()
