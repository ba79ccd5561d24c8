#!/usr/bin/env python3
"""An HTTPS server that gives every request the same answer, and prints each request it is sent in one line of JSON."""

import argparse
import http.server
import json
import socket
import ssl
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        print(json.dumps({"path": self.path, "headers": dict(self.headers), "body": body.hex()}), flush=True)
        answer = self.server.given.body.encode()
        self.send_response(self.server.given.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        print(json.dumps({"error": str(sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1])}), flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--listen", type=int, required=True)
    options.add_argument("--tls", required=True, help="a server's tls directory")
    options.add_argument("--status", type=int, default=400)
    options.add_argument("--body", default="{}")
    given = options.parse_args()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(given.tls + "/server.pem", given.tls + "/server-key.pem")
    server = Server(("127.0.0.1", given.listen), Handler)
    server.given = given
    # The handshake is made by the request's own thread: one that fails does not end the server.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(json.dumps({"listening": given.listen}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
