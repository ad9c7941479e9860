"""How long the console's lists take among 100,000 recorded questions in 10,000 groups.

    python -m benchmarks.group_lists sqlite+aiosqlite:////tmp/filled.db

The database is filled when it has no questions. Nothing else should run meanwhile.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.filled_database import NOW, fill
from bot.follow_up.service import FollowUp
from bot.records.group_filter import GroupFilter, GroupOrder
from bot.records.groups import GroupState
from bot.storage.storage import Storage
from knowledge.loading.loader import load_knowledge

QUESTIONS, GROUPS, TIMES = 100_000, 10_000, 20
_EVERY = tuple(GroupState)
_LISTS = {
    "unfinished, most waiting first": (GroupFilter(), GroupOrder.WAITING, 1),
    "all, page 40, oldest first": (GroupFilter(_EVERY), GroupOrder.OLDEST, 40),
    "one topic": (GroupFilter(topic="investment"), GroupOrder.DUE, 1),
    "answers that did not help, with people waiting": (
        GroupFilter(unhelpful=True, waited_for=True),
        GroupOrder.NEWEST,
        1,
    ),
    "two words": (GroupFilter(_EVERY, text="수영장 요금"), GroupOrder.COUNT, 1),
    "a word that is everywhere": (GroupFilter(_EVERY, text="요"), GroupOrder.COUNT, 1),
    "words that are nowhere": (GroupFilter(text="없는말"), GroupOrder.COUNT, 1),
}


async def main(url: str) -> None:
    """Prints a line for each list."""
    knowledge = load_knowledge(Path("knowledge"))
    async with Storage.open(url) as storage:
        if not await storage.questions.open_count():
            await fill(storage, QUESTIONS, GROUPS, list(knowledge.entries))
        follow_up = FollowUp(storage, lambda: knowledge, lambda: NOW, UTC)
        for name, (chosen, order, number) in _LISTS.items():
            print(await _times(name, partial(follow_up.lists.page, chosen, order, number)))
        largest = (await follow_up.lists.page(GroupFilter(_EVERY), GroupOrder.COUNT)).groups[0]
        print(await _times(f"group of {largest.count} questions", partial(_read_group, follow_up, largest.number)))


async def _read_group(follow_up: FollowUp, number: int) -> None:
    desk = follow_up.desk
    await desk.group(number)
    await desk.questions(number)
    await desk.askers(number)
    await desk.notes(number)
    await desk.audit(50, number)


async def _times(name: str, step: Callable[[], Awaitable[object]]) -> str:
    milliseconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        await step()
        milliseconds.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return f"{name}: {p50:.0f} ms (p50), {p95:.0f} ms (p95)"


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
