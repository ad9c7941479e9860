"""Messages between a process and its child: a length, and so many bytes of pickle.

Both ends are this program, and the pipes between them have no third end, so that pickle is safe here.
"""

import asyncio
import pickle
from collections.abc import Mapping
from io import BytesIO
from struct import Struct
from typing import Any, BinaryIO

from knowledge.base import Entry, KnowledgeBase

_LENGTH = Struct("!Q")


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


async def read_body(stream: asyncio.StreamReader) -> bytes:
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
