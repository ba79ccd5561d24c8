#!/usr/bin/env python3
"""Holds idle connections and Watch streams open until the server ends them.

Reads the credential from standard input. Prints "open" when all of them are, and then how each stream ended.
"""

import argparse
import socket
import ssl
import struct
import sys


def connect(given):
    context = ssl.create_default_context(cafile=given.ca)
    plain = socket.create_connection(("127.0.0.1", given.port))
    plain.settimeout(60)
    return context.wrap_socket(plain, server_hostname="localhost")


def watch(given, token):
    connection = connect(given)
    body = b"\0" + struct.pack(">I", 2) + b"{}"
    connection.sendall(
        b"POST /kam.v1.SyncService/Watch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/connect+json\r\n"
        b"Connect-Protocol-Version: 1\r\nConnection: close\r\nAuthorization: Bearer " + token.encode() + b"\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body)
    return connection


def read_to_end(connection):
    data = b""
    try:
        while part := connection.recv(65536):
            data += part
    except (ssl.SSLEOFError, ConnectionResetError) as error:
        return data, type(error).__name__
    return data, "closed"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--ca", required=True)
    options.add_argument("--streams", type=int, default=3)
    options.add_argument("--idle", type=int, default=5)
    given = options.parse_args()
    token = sys.stdin.read().strip()
    idle = [connect(given) for _ in range(given.idle)]
    streams = [watch(given, token) for _ in range(given.streams)]
    heads = []
    for stream in streams:
        head = b""
        while b"\r\n\r\n" not in head:
            part = stream.recv(4096)
            if not part:
                sys.exit(f"a stream was refused: {head!r}")
            head += part
        heads.append(head.split(b" ", 2)[1].decode())
    print("open " + " ".join(heads), flush=True)
    for stream in streams:
        data, ending = read_to_end(stream)
        print(f"ended {ending} {data!r}", flush=True)
    for connection in idle:
        print(f"idle {read_to_end(connection)[1]}", flush=True)


if __name__ == "__main__":
    main()
