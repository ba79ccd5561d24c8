#!/usr/bin/env python3
"""Carries connections to the server at so many bytes a second in each direction, all of them together.

Prints a line when it listens.
"""

import argparse
import asyncio


class Direction:
    """What one direction of the line may carry; everybody waits in turn."""

    def __init__(self, rate):
        self.rate = rate
        self.turn = asyncio.Lock()

    async def carry(self, count):
        async with self.turn:
            await asyncio.sleep(count / self.rate)


async def pump(reader, writer, direction):
    try:
        # Little at a time, as a slow line delivers it.
        while part := await reader.read(max(64, direction.rate // 20)):
            await direction.carry(len(part))
            writer.write(part)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--listen", type=int, required=True)
    options.add_argument("--server", type=int, required=True, help="the server's port")
    options.add_argument("--rate", type=int, required=True, help="bytes a second in each direction")
    given = options.parse_args()
    there, back = Direction(given.rate), Direction(given.rate)

    async def serve(reader, writer):
        try:
            # Small windows, or the kernel would hold a minute's worth of the line.
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", given.server, limit=4096)
        except OSError:
            writer.close()
            return
        await asyncio.gather(pump(reader, far_writer, there), pump(far_reader, writer, back))

    server = await asyncio.start_server(serve, "127.0.0.1", given.listen, limit=4096)
    print("listening", flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
