"""How long the console's pages take, and how large they are, among 100,000 recorded questions in 10,000 groups.

    python -m benchmarks.console_pages sqlite+aiosqlite:////tmp/filled.db

The database is filled when it has no questions. Milliseconds are those of the clock, and those of this process's
processor, which what else runs does not lengthen much; PostgreSQL's own are not among the latter.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC
from pathlib import Path

import httpx
import numpy as np

from benchmarks.filled_database import NOW, fill
from bot.dialogue.assistant import Assistant
from bot.follow_up.service import FollowUp
from bot.matcher_process.async_finder import InThread
from bot.records.groups import GroupFilter, GroupOrder, GroupState
from bot.storage.storage import Storage
from handlers.web.application import build_web
from handlers.web.server import serve_web
from handlers.web.services import ConsoleServices, PageServices, WebServices
from knowledge.finding import Limits
from knowledge.opening import open_finder

QUESTIONS, GROUPS, TIMES = 100_000, 10_000, 20
_KNOWLEDGE, _CACHE = Path("knowledge"), Path("data/cache")
_LISTS = {
    "to do, most waiting first": "",
    "all, page 40, oldest first": "state=all&page=40&order=oldest",
    "one topic": "topic=investment",
    "answers that did not help, with people waiting": "unhelpful=1&waiting=1",
    "two words": "state=all&text=수영장+요금",
    "a word that is everywhere": "text=요",
    "words that are nowhere": "text=없는말",
}


async def main(url: str) -> None:
    """Prints a line for each page."""
    knowledge, finder = open_finder(_KNOWLEDGE, Limits(), _CACHE)
    async with Storage.open(url) as storage:
        if not await storage.questions.open_count():
            await fill(storage, QUESTIONS, GROUPS, list(knowledge.entries))
        follow_up, found = FollowUp(storage, lambda: knowledge, lambda: NOW, UTC), InThread(knowledge, finder)
        console = ConsoleServices(follow_up, found, Assistant(found), _KNOWLEDGE)
        pages = PageServices("of this benchmark", lambda _: None, is_local=True)
        (largest,) = await follow_up.lists.first(GroupFilter(tuple(GroupState)), GroupOrder.COUNT, 1)
        paths = {name: f"/console?{query}" for name, query in _LISTS.items()}
        paths[f"a group of {largest.count} questions"] = f"/console/groups/{largest.number}"
        app = build_web(WebServices(pages=pages, console=console))
        async with serve_web(app, "127.0.0.1", 0) as address, httpx.AsyncClient(base_url=address, timeout=60) as client:
            for name, path in paths.items():
                print(await _measured(name, lambda path=path: client.get(path)))  # type: ignore[misc]  # a default that binds


async def _measured(name: str, get: Callable[[], Awaitable[httpx.Response]]) -> str:
    clock, processor, size = [], [], 0
    for _ in range(TIMES):
        started, used = time.perf_counter(), time.process_time()
        response = (await get()).raise_for_status()
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - used) * 1000)
        size = len(response.content)
    p50, p95 = np.percentile(clock, [50, 95])
    used50, used95 = np.percentile(processor, [50, 95])
    return (
        f"{name}: {p50:.0f} ms (p50), {p95:.0f} ms (p95); "
        f"of the processor {used50:.0f} and {used95:.0f} ms; {size / 1000:.0f} kB"
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
