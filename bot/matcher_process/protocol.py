"""What a process and its child say to each other: messages, each a length and so many bytes of pickle.

Both ends are this program, and the pipes between them have no third end, so that pickle is safe here.
"""

from __future__ import annotations

import pickle
import traceback
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from bot.errors import AssistantError, FindingError
from knowledge.base import Entry, KnowledgeBase
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from asyncio import StreamReader
    from collections.abc import Callable, Mapping

    from bot.matcher_process.knowledge_opener import Opening

_LENGTH = Struct("!Q")
HEAD = Struct("!Bq")
"""To the server that forks, and back: a `Command` and a number, such as that of a process."""


class Command(IntEnum):
    """What a server is to do, or that it could not: with the length of a `Prepare` behind it, pipes, a process."""

    PREPARE = 1
    FORK = 2
    WAIT = 3
    DONE = 4
    FAILED = 5


@dataclass(frozen=True, slots=True)
class Prepare:
    """To the server that forks, first: what its children will open."""

    opening: Opening
    folder: Path


@dataclass(frozen=True, slots=True)
class Begin:
    """To the child, first: what it is to load, and the settings of its log."""

    opening: Opening
    folder: Path
    log: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """To the child: run the method, and answer under that number."""

    number: int
    method: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """From the child, first: this is what it answers from."""

    knowledge: KnowledgeBase


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """From the child, first and last: it could not load, for the reason that `error` builds anew."""

    kind: type[Exception]
    arguments: tuple[Any, ...]
    attributes: Mapping[str, Any]

    @classmethod
    def because(cls, error: Exception) -> Self:
        """An error of the rooms as it is; of any other the kind and the place alone, as it may hold anything."""
        if not isinstance(error, KnowledgeError | AssistantError):
            error = FindingError(f"the knowledge base could not be loaded: {place_of(error)}")
        return cls(type(error), error.args, vars(error))

    def error(self) -> Exception:
        """The error as it was raised, without calling it: its parameters are not what exceptions keep."""
        error = self.kind.__new__(self.kind, *self.arguments)
        vars(error).update(self.attributes)
        return error


@dataclass(frozen=True, slots=True)
class Answered:
    """From the child: what a method returned."""

    number: int
    answer: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """From the child: a method raised; `problem` says what and where, without any word of a citizen."""

    number: int
    problem: str


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised: all of it that is sure to hold nothing private."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


class Codec:
    """Turns messages into frames and back.

    Once both ends have the `knowledge`, its entries travel as their ids, and come out as the receiver's own.
    """

    def __init__(self, knowledge: KnowledgeBase | None = None) -> None:
        self._entries = knowledge.entries if knowledge else {}

    def frame(self, message: object) -> bytes:
        """The message as a frame. Raises what pickling raises, such as PicklingError."""
        buffer = BytesIO()
        buffer.write(_LENGTH.pack(0))
        _Pickler(buffer, self._entries).dump(message)
        data = buffer.getbuffer()
        _LENGTH.pack_into(data, 0, len(data) - _LENGTH.size)
        return buffer.getvalue()

    def message(self, body: bytes) -> Any:
        """The message that a frame's body holds."""
        return _Unpickler(BytesIO(body), self._entries).load()


class _Pickler(pickle.Pickler):
    def __init__(self, file: BytesIO, entries: Mapping[str, Entry]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._entries = entries

    def persistent_id(self, obj: Any) -> str | None:
        # Entries that are not in the knowledge base, such as a matcher's own, travel whole.
        return obj.id if type(obj) is Entry and obj.id in self._entries else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BytesIO, entries: Mapping[str, Entry]) -> None:
        super().__init__(file)
        self._entries = entries

    def persistent_load(self, pid: str) -> Entry:
        return self._entries[pid]


async def read_body(stream: StreamReader) -> bytes:
    """The body of the next frame. Raises IncompleteReadError when the other end has closed."""
    (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
    return await stream.readexactly(length)


def read_body_now(stream: BinaryIO) -> bytes | None:
    """The same for a thread that may wait; None when the other end has closed."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None
