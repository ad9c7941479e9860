"""Runs the server by itself; the first line it prints is its address, in JSON."""

import argparse
import asyncio
import json
import signal
import sys

from tests.bot_api.server import served
from tests.bot_api.service import BotApi


async def _serve(port: int, seed: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with served(BotApi(seed), port) as address:
        sys.stdout.write(json.dumps(address) + "\n")
        sys.stdout.flush()
        await stopped.wait()


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bot_api", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="a free one by default")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn at random")
    chosen = parser.parse_args()
    asyncio.run(_serve(chosen.port, chosen.seed))


if __name__ == "__main__":
    _main()
