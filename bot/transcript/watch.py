"""Notices that chats have changed, for the pages on which they are open: one query for all of them."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field

from bot.errors import StorageError
from bot.storage.transcripts import Transcripts

SECONDS_BETWEEN = 1.0

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Followed:
    """An open chat: its revision, and how many pages follow it."""

    revision: int = 0
    pages: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class TranscriptWatch:
    """Wakes pages whose chats have changed, whichever process changed them; `run` must be running."""

    def __init__(self, transcripts: Transcripts, seconds: float = SECONDS_BETWEEN) -> None:
        self._transcripts = transcripts
        self._seconds = seconds
        self._followed: dict[int, _Followed] = {}
        self._hurried: set[int] = set()
        self._look = asyncio.Event()
        self._is_over = False

    @property
    def pages(self) -> int:
        """How many pages follow a chat."""
        return sum(followed.pages for followed in self._followed.values())

    def hurry(self, chat: int) -> None:
        """The chat has changed, or is to be looked at soon."""
        if chat in self._followed:
            self._hurried.add(chat)
            self._look.set()

    async def changes(self, chat: int, after: int) -> AsyncGenerator[int, None]:
        """Each revision of the chat that is newer than `after`, as it is noticed; those between may be passed over.

        It ends when `run` does: the page comes again, to whoever runs then.
        """
        followed = self._followed.setdefault(chat, _Followed())
        followed.pages += 1
        self.hurry(chat)
        try:
            while not self._is_over:
                if followed.revision > after:
                    after = followed.revision
                    yield after
                else:
                    followed.changed.clear()
                    await followed.changed.wait()
        finally:
            followed.pages -= 1
            if not followed.pages:
                self._followed.pop(chat, None)

    async def run(self) -> None:
        """Looks until it is cancelled: regularly at every open chat, at once at those that are in a hurry."""
        self._is_over = False
        try:
            await self._look_regularly()
        finally:
            self._is_over = True
            for followed in self._followed.values():
                followed.changed.set()

    async def _look_regularly(self) -> None:
        clock = asyncio.get_running_loop().time
        regular = clock() + self._seconds
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(regular):
                    await self._look.wait()
            is_regular = clock() >= regular
            chats = [chat for chat in (self._followed if is_regular else self._hurried) if chat in self._followed]
            self._hurried.clear()
            self._look.clear()
            if is_regular:
                regular = clock() + self._seconds
            if chats:
                await self._look_at(chats)

    async def _look_at(self, chats: list[int]) -> None:
        try:
            revisions = await self._transcripts.revisions(chats)
        except StorageError as error:
            logger.warning("Open pages cannot be told of new messages for a while: %s", error)
            return
        for chat, revision in revisions.items():
            followed = self._followed.get(chat)
            if followed and revision > followed.revision:
                followed.revision = revision
                followed.changed.set()
