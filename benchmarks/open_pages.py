"""500 open chat pages and 20 questions a second: how long replies take, and whether each came to its own page alone.

    python -m benchmarks.open_pages [--pages 500] [--rate 20] [--seconds 60]

The whole program runs, as a process of its own in the local mode over a database of its own. Each page is a browser
without script, with a stream of its own that tells it of what arrives.
"""

import argparse
import asyncio
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

PROJECT = Path(__file__).parents[1]
_TOKEN = re.compile(r'name="token" value="(\w+)"')
_QUESTION = re.compile(r"질문 \d+-\d+번")


@dataclass
class OpenPage:
    """A browser that has the page open. `seen` is what its stream has brought."""

    number: int
    client: httpx.AsyncClient
    token: str = ""
    asked: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    async def open(self) -> None:
        """Loads the page."""
        self.token = _TOKEN.findall((await self.client.get("/")).text)[0]

    async def ask(self) -> float:
        """Asks something that only this page asks; seconds until the reply was there."""
        question = f"질문 {self.number}-{len(self.asked)}번 예산이 얼마예요?"
        self.asked.append(question)
        fields = {"token": self.token, "form": str(len(self.asked)), "text": question, "after": "0"}
        begun = time.perf_counter()
        response = await self.client.post("/", data=fields, headers={"X-Requested-With": "script"})
        response.raise_for_status()
        return time.perf_counter() - begun

    async def follow(self) -> None:
        """Reads the stream until it is cancelled."""
        async with self.client.stream("GET", "/chat/events", timeout=None) as stream:
            async for line in stream.aiter_lines():
                self.seen += _QUESTION.findall(line)


@asynccontextmanager
async def program(folder: str) -> AsyncIterator[tuple[str, psutil.Process]]:
    """The running program; gives its address, and itself."""
    cache, knowledge = str(PROJECT / "data/cache"), str(PROJECT / "knowledge")
    settings = {"HTTP_PORT": "0", "KNOWLEDGE_DIR": knowledge, "CACHE_DIR": cache, "LOG_LEVEL": "error"}
    command = (sys.executable, str(PROJECT / "main.py"), "run")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env={**os.environ, **settings}, stdout=asyncio.subprocess.PIPE
    )
    try:
        told = ""
        while "console" not in told:
            told += (await process.stdout.readline()).decode() if process.stdout else ""
        yield re.findall(r"http://\S+:\d+", told)[0], psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def measure(pages: int, rate: float, seconds: float) -> None:
    """Runs it, and prints what was seen."""
    with tempfile.TemporaryDirectory() as folder:
        async with program(folder) as (address, running):
            opened = [OpenPage(number, _client(address, number)) for number in range(pages)]
            for page in opened:
                await page.open()
                await page.ask()  # a page listens once it has a chat
            following = [asyncio.create_task(page.follow()) for page in opened]
            await asyncio.sleep(3)
            before = _processor_seconds(running)
            times = await _ask_all(opened, rate, seconds)
            used = [after - earlier for after, earlier in zip(_processor_seconds(running), before, strict=True)]
            await asyncio.sleep(3)
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)
            await asyncio.gather(*(page.client.aclose() for page in opened))
    times.sort()
    lost = sum(len({_QUESTION.findall(each)[0] for each in page.asked} - set(page.seen)) for page in opened)
    foreign = sum(not seen.startswith(f"질문 {page.number}-") for page in opened for seen in page.seen)
    print(f"{pages} open pages, {len(times)} questions in {seconds:g} s")
    print(f"p50 {times[len(times) // 2] * 1000:.0f} ms, p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms")
    each = ", ".join(f"{part / len(times) * 1000:.1f} ms" for part in used)
    print(f"the processor's time for each question, of the assistant and of its matcher: {each}")
    print(f"not seen on their page: {lost}; on another's page: {foreign}")


def _processor_seconds(running: psutil.Process) -> list[float]:
    times = [process.cpu_times() for process in (running, *running.children())]
    return [time.user + time.system for time in times]


def _client(address: str, number: int) -> httpx.AsyncClient:
    """A browser at an address of its own: one address may not ask so much."""
    own = httpx.AsyncHTTPTransport(local_address=f"127.1.{number // 250}.{number % 250 + 1}")
    return httpx.AsyncClient(base_url=address, timeout=60, transport=own)


async def _ask_all(opened: list[OpenPage], rate: float, seconds: float) -> list[float]:
    draw, asking = random.Random(1), []
    for _ in range(int(rate * seconds)):
        asking.append(asyncio.create_task(draw.choice(opened).ask()))
        await asyncio.sleep(1 / rate)
    return list(await asyncio.gather(*asking))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    asyncio.run(measure(given.pages, given.rate, given.seconds))
