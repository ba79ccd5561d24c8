#!/usr/bin/env python3
"""Takes one request to the server, waits for its whole answer, kills the server with SIGKILL and loses the answer.

So the server has committed and the client does not know. Prints a line when it listens and one for each request.
Requests before the `--lose`th one get their answer.
"""

import argparse
import os
import signal
import socket
import ssl


def read_message(stream):
    """One HTTP/1.1 message with its body; None at the end of the connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = stream.recv(65536)
        if not part:
            return None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    if fields.get(b"transfer-encoding", b"").strip() == b"chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += stream.recv(65536)
    else:
        while len(body) < int(fields.get(b"content-length", b"0")):
            body += stream.recv(65536)
    return head + b"\r\n\r\n" + body


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--listen", type=int, required=True)
    options.add_argument("--server", type=int, required=True, help="the server's port")
    options.add_argument("--tls", required=True, help="the server's tls directory")
    options.add_argument("--kill", type=int, required=True, help="the server's process id")
    options.add_argument("--lose", type=int, default=1)
    given = options.parse_args()
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(given.tls + "/server.pem", given.tls + "/server-key.pem")
    theirs = ssl.create_default_context(cafile=given.tls + "/ca.pem")
    listener = socket.create_server(("127.0.0.1", given.listen))
    print("listening", flush=True)
    count = 0
    while True:
        plain, _ = listener.accept()
        try:
            client = ours.wrap_socket(plain, server_side=True)
        except (ssl.SSLError, OSError):
            # A client that only looks at the certificate.
            print("no handshake", flush=True)
            continue
        with client, theirs.wrap_socket(
            socket.create_connection(("127.0.0.1", given.server)), server_hostname="localhost"
        ) as server:
            while request := read_message(client):
                server.sendall(request)
                answer = read_message(server)
                count += 1
                path = request.split(b" ", 2)[1].decode()
                if count < given.lose:
                    print(f"passed {path}", flush=True)
                    client.sendall(answer)
                    continue
                os.kill(given.kill, signal.SIGKILL)
                print(f"lost {path} {answer.split(b' ', 2)[1].decode()}", flush=True)
                return


if __name__ == "__main__":
    main()
