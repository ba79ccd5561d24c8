#!/usr/bin/env python3
"""The official Connect client for Python against a kam server: Hello, Join, Sync and Watch.

Reads the invite from standard input; prints one JSON document of what it saw. PYTHONPATH must lead to the modules
that `protoc -I Protocol --python_out=DIR kam/v1/model.proto kam/v1/sync.proto` makes.
"""

import argparse
import base64
import hashlib
import json
import queue
import secrets
import sys
import threading
import time
import uuid

from connectrpc.client import ConnectClientSync
from connectrpc.compat import google_protobuf_binary_codec, google_protobuf_json_codec
from connectrpc.errors import ConnectError
from connectrpc.method import IdempotencyLevel, MethodInfo, StreamType
from google.protobuf.json_format import MessageToDict
from kam.v1 import model_pb2, sync_pb2
from pyqwest import SyncClient, SyncHTTPTransport


def method(name, request, answer, stream=StreamType.UNARY, idempotency=IdempotencyLevel.UNKNOWN):
    return MethodInfo(
        name=name, service_name="kam.v1.SyncService", input=request, output=answer, idempotency_level=idempotency,
        stream_type=stream)


HELLO = method(
    "Hello", sync_pb2.HelloRequest, sync_pb2.HelloResponse, idempotency=IdempotencyLevel.NO_SIDE_EFFECTS)
JOIN = method("Join", sync_pb2.JoinRequest, sync_pb2.JoinResponse)
SYNC = method("Sync", sync_pb2.SyncRequest, sync_pb2.SyncResponse)
WATCH = method("Watch", sync_pb2.WatchRequest, sync_pb2.WatchEvent, StreamType.SERVER_STREAM)
CODECS = {"proto": google_protobuf_binary_codec, "json": google_protobuf_json_codec}


def read_invite(text):
    encoded = text.strip().removeprefix("kam-invite.")
    return json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))


def uuid7(milliseconds):
    number = (milliseconds << 80) | secrets.randbits(80)
    number = number & ~(0xF << 76) | (0x7 << 76)
    return str(uuid.UUID(int=number & ~(0x3 << 62) | (0x2 << 62)))


class Replica:
    """As little of a replica as an edit and a pull need."""

    def __init__(self, client):
        self.client = client
        self.mutations = 0
        self.checkpoint = b""
        self.records = {}
        self.scopes = []

    def call(self, rpc, request, **options):
        return self.client.execute_unary(request=request, method=rpc, headers=self.headers, **options)

    def join(self, invite):
        secret = secrets.token_hex(32)
        self.headers = {}
        answer = self.call(
            JOIN,
            sync_pb2.JoinRequest(
                protocol=2, schema=1, invite=invite["id"], invite_secret=invite["secret"],
                device_secret_sha256=hashlib.sha256(secret.encode()).digest(), device_name="Python"))
        self.number = answer.replica
        self.epoch = answer.epoch
        self.headers = {"authorization": f"Bearer kamd1_{answer.replica}_{secret}"}
        return answer

    def sync(self, *mutations, max_records=0):
        push, results = list(mutations), []
        while True:
            answer = self.call(
                SYNC,
                sync_pb2.SyncRequest(
                    protocol=2, schema=1, epoch=self.epoch, replica=self.number, checkpoint=self.checkpoint, push=push,
                    max_records=max_records))
            results += answer.results
            push = []
            if answer.HasField("manifest"):
                self.scopes = [entry.scope for entry in answer.manifest.entries]
            for page in answer.pages:
                for record in page.records:
                    self.records[record.id] = record
            self.checkpoint = answer.checkpoint or self.checkpoint
            if not answer.more:
                return results

    def mutation(self, scope, summary, *changes):
        now = time.time_ns() // 1_000_000
        self.mutations += 1
        return sync_pb2.Mutation(
            sequence=self.mutations, id=uuid7(now), scope=scope, summary=summary,
            stamp=sync_pb2.Stamp(hlc=now << 16, replica=self.number), changes=changes)


def story(invite, codec, http):
    client = ConnectClientSync(invite["url"], codec=CODECS[codec](), http_client=http, timeout_ms=20_000)
    replica = Replica(client)
    replica.headers = {}
    request = sync_pb2.HelloRequest(protocol=2, schema=1)
    hello = replica.call(HELLO, request)
    by_get = replica.call(HELLO, request, use_get=True)
    joined = replica.join(invite)
    # Small pages, so that there are several.
    replica.sync(max_records=3)
    task = next(r for r in replica.records.values() if r.body.HasField("task"))
    scope = next(s for s in replica.scopes if s.startswith("plan/"))
    edit = sync_pb2.Change(
        record=task.id, kind=model_pb2.KIND_TASK,
        set=model_pb2.RecordBody(task=model_pb2.Task(title=f"Edited in {codec}")), base=[
            sync_pb2.RegisterStamps(stamp=group.stamp, registers=[1]) for group in task.stamps if 1 in group.registers])
    results = replica.sync(replica.mutation(scope, "edited from Python", edit))
    hint = hint_after_edit(client, replica, scope, task.id)
    try:
        stranger = Replica(client)
        stranger.headers, stranger.number, stranger.epoch = {}, 1, ""
        stranger.sync()
        refusal = None
    except ConnectError as error:
        refusal = error.code.value
    return {
        "organization": hello.organization, "sameByGet": hello.limits == by_get.limits,
        "mutationsPerRequest": hello.limits.mutations_per_request, "email": joined.email, "replica": joined.replica,
        "outcomes": [sync_pb2.Outcome.Name(result.outcome) for result in results],
        "task": MessageToDict(replica.records[task.id].body.task), "hint": hint, "refusal": refusal,
    }


def hint_after_edit(client, replica, scope, task):
    """Whether Watch tells of an edit. Nobody knows when the stream has begun, so edits go on until one is heard of."""
    heard = queue.Queue()

    def listen():
        try:
            for event in client.execute_server_stream(
                request=sync_pb2.WatchRequest(checkpoint=replica.checkpoint), method=WATCH, headers=replica.headers
            ):
                if event.HasField("scope"):
                    return heard.put(event.scope.scope == scope)
        except ConnectError as error:
            heard.put(str(error))

    threading.Thread(target=listen, daemon=True).start()
    for number in range(100):
        note = model_pb2.RecordBody(task=model_pb2.Task(progress_note=f"Note {number}"))
        replica.sync(
            replica.mutation(
                scope, "noted from Python", sync_pb2.Change(record=task, kind=model_pb2.KIND_TASK, set=note)))
        try:
            return heard.get(timeout=0.1)
        except queue.Empty:
            pass
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--codec", choices=CODECS, required=True)
    options.add_argument("--ca", required=True, help="the server's authority, PEM")
    given = options.parse_args()
    with open(given.ca, "rb") as file:
        transport = SyncHTTPTransport(tls_ca_cert=file.read(), timeout=20)
    print(json.dumps(story(read_invite(sys.stdin.read()), given.codec, SyncClient(transport))))


if __name__ == "__main__":
    main()
