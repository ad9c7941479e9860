"""What the doctor finds: whether each part of an installation can do its work."""

import asyncio
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from pathlib import Path

from bot.errors import AssistantError
from bot.storage.storage import Storage
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError

_PORT_SECONDS = 3.0
_LOW_BYTES, _FULL_BYTES = 1_000_000_000, 100_000_000


class Grade(Enum):
    """How well a part is."""

    WELL = "well"
    DOUBTFUL = "doubtful"
    ILL = "ill"


class Sign(StrEnum):
    """What can be found. The word before the dot is the part that it is about."""

    SETTINGS = "settings.read"
    LOCAL_MODE = "telegram.none"
    BOT = "telegram.bot"
    TOKEN_REFUSED = "telegram.refused"  # noqa: S105  # no password
    UNREACHABLE = "telegram.unreachable"
    NO_GROUP = "group.none"
    GROUP = "group.member"
    NOT_IN_GROUP = "group.stranger"
    NO_TOPIC_RIGHT = "group.topics"
    POLLING = "webhook.polling"
    WEBHOOK = "webhook.set"
    WEBHOOK_ELSEWHERE = "webhook.elsewhere"
    WEBHOOK_FAILS = "webhook.fails"
    CLOCK = "clock.right"
    CLOCK_WRONG = "clock.wrong"
    DATABASE = "database.open"
    DATABASE_ILL = "database.fails"
    KNOWLEDGE = "knowledge.loaded"
    KNOWLEDGE_ILL = "knowledge.faulty"
    DISK = "disk.free"
    DISK_LOW = "disk.low"
    DISK_FULL = "disk.full"
    PORT_FREE = "port.free"
    PORT_OURS = "port.ours"
    PORT_TAKEN = "port.taken"

    @property
    def part(self) -> str:
        """The part that it is about."""
        return self.value.partition(".")[0]

    @property
    def grade(self) -> Grade:
        """How well that part is then."""
        if self in _ILL:
            return Grade.ILL
        return Grade.DOUBTFUL if self in _DOUBTFUL else Grade.WELL


_ILL = frozenset((
    Sign.TOKEN_REFUSED, Sign.UNREACHABLE, Sign.NOT_IN_GROUP, Sign.WEBHOOK_ELSEWHERE, Sign.WEBHOOK_FAILS,
    Sign.CLOCK_WRONG, Sign.DATABASE_ILL, Sign.KNOWLEDGE_ILL, Sign.DISK_FULL, Sign.PORT_TAKEN,
))  # fmt: skip
_DOUBTFUL = frozenset((Sign.NO_GROUP, Sign.NO_TOPIC_RIGHT, Sign.DISK_LOW))


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One sign, and what the sentence about it names."""

    sign: Sign
    values: Mapping[str, object] = field(default_factory=dict)


async def diagnose_database(storage: AbstractAsyncContextManager[Storage]) -> Diagnosis:
    """Whether the database can be opened and written to, by doing it."""
    try:
        async with storage as opened:
            await opened.made_once("written-by-doctor", lambda: "once")
            return Diagnosis(Sign.DATABASE, {"revision": opened.revision, "open": await opened.questions.open_count()})
    except AssistantError as error:
        return Diagnosis(Sign.DATABASE_ILL, {"reason": error})


def diagnose_knowledge(load: Callable[[], KnowledgeBase]) -> Diagnosis:
    """Whether the knowledge base can be served."""
    try:
        return Diagnosis(Sign.KNOWLEDGE, {"entries": len(load().entries)})
    except KnowledgeError as error:
        faults = str(error).splitlines()
        return Diagnosis(Sign.KNOWLEDGE_ILL, {"reason": faults[0], "count": len(faults)})


def diagnose_disk(folder: Path) -> Diagnosis:
    """Whether there is room for what is written into the folder, or into the nearest one above that exists."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    sign = Sign.DISK_FULL if free < _FULL_BYTES else Sign.DISK_LOW if free < _LOW_BYTES else Sign.DISK
    return Diagnosis(sign, {"folder": there, "megabytes": free // 1_000_000})


async def diagnose_port(host: str, port: int) -> Diagnosis:
    """Whether the pages can be served at that address, or are."""
    address = {"address": f"{host}:{port}"}
    try:
        async with asyncio.timeout(_PORT_SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            is_ours = b" 200 " in await reader.readline()
            writer.close()
    except (OSError, TimeoutError) as error:
        is_free = isinstance(error, ConnectionRefusedError)
        return Diagnosis(Sign.PORT_FREE if is_free else Sign.PORT_TAKEN, address)
    return Diagnosis(Sign.PORT_OURS if is_ours else Sign.PORT_TAKEN, address)
