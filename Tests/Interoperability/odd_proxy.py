#!/usr/bin/env python3
"""A proxy that opens no tunnel, in ways that a real one has only on bad days. Prints a line when it listens, and how many
connections it has had after each."""

import argparse
import asyncio

ANSWERS = {
    "closes": b"",
    "garbage": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "long": b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000,
    "teapot": b"HTTP/1.1 418 I'm a teapot\r\ncontent-length: 3\r\n\r\nno\n",
    "login": b"HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Negotiate\r\ncontent-length: 0\r\n\r\n",
}


async def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--listen", type=int, required=True)
    options.add_argument("--does", choices=["silent", *ANSWERS], required=True)
    given = options.parse_args()
    count = 0

    async def serve(reader, writer):
        nonlocal count
        count += 1
        print("connections", count, flush=True)
        try:
            await reader.readuntil(b"\r\n\r\n")
            if given.does == "silent":
                await asyncio.sleep(3_600)
            writer.write(ANSWERS[given.does])
            await writer.drain()
            if given.does in ("garbage", "long"):
                await asyncio.sleep(3_600)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", given.listen)
    print("listening", flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
