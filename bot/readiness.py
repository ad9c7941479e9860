"""Whether the assistant can do its work now: each part is asked to do some of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.errors import FindingError, StorageError
from bot.matcher_process.async_finder import AsyncFinder, answers
from bot.matcher_process.supervisor import MatcherProcess
from bot.metrics import Levels
from bot.storage.storage import Storage

logger = logging.getLogger(__name__)

Probe = Callable[[], Awaitable[str]]
"""Has a part do something; what keeps it from that, in words that anybody may read, or nothing where all is well."""

_SECONDS = 3.0


class Readiness:
    """Asks all parts at once. A part that does not answer within so many `seconds` is not well."""

    def __init__(self, parts: Mapping[str, Probe], seconds: float = _SECONDS) -> None:
        self._parts = parts
        self._seconds = seconds
        self._problems: dict[str, str] = {}

    async def problems(self) -> dict[str, str]:
        """What keeps each part from its work; empty where it is well. A part that changes is told in the log."""
        found = dict(zip(self._parts, await asyncio.gather(*map(self._problem, self._parts.values())), strict=True))
        for name, problem in found.items():
            if problem != self._problems.get(name, ""):
                logger.warning("Not ready, %s: %s", name, problem) if problem else logger.info("Ready again: %s", name)
        self._problems = found
        return found

    async def _problem(self, probe: Probe) -> str:
        try:
            async with asyncio.timeout(self._seconds):
                return await probe()
        except TimeoutError:
            return f"no answer within {self._seconds:g} seconds"


async def problem_of_database(storage: Storage) -> str:
    """Has something written and kept."""
    try:
        await storage.prove_writing()
    except StorageError as error:
        logger.warning("Nothing can be written: %s", error)
        return "nothing can be written to it; the log says why"
    return ""


async def problem_of_knowledge(finder: AsyncFinder) -> str:
    """Has the process that looks questions up answer."""
    try:
        _ = finder.knowledge
    except FindingError:
        return "it is being loaded"
    try:
        await finder.ask(answers)
    except FindingError as error:
        logger.warning("No question can be looked up: %s", error)
        return "no question can be looked up in it; the log says why"
    return ""


async def levels_of(storage: Storage, finder: MatcherProcess, now: datetime) -> Levels:
    """How things stand where nothing comes in or goes out through a channel. Raises StorageError."""
    questions = await storage.questions.waiting(now)
    try:
        entries: int | None = len(finder.knowledge.entries)
    except FindingError:  # it is being loaded
        entries = None
    return Levels(
        questions_open=questions.count,
        questions_oldest_seconds=(now - questions.oldest).total_seconds() if questions.oldest else 0.0,
        questions_open_longer=questions.longer_than,
        matcher_memory_bytes=finder.memory_bytes,
        knowledge_entries=entries,
    )
