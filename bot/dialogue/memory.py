"""What was asked last in a conversation, so that '그럼 언제?' is understood with it."""

import asyncio
import logging
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import StorageError
from bot.masking import mask

MOST_CHARACTERS = 300
"""Of what is remembered; the newest words come first in it."""
_PATIENCE = 1.0
"""Seconds; an answer waits no longer for a memory."""

logger = logging.getLogger(__name__)


class Conversations(Protocol):
    """Keeps a text for each conversation, which has a name such as `telegram:<chat>`.

    Each method raises StorageError when the database cannot be used.
    """

    async def recall(self, conversation: str, now: datetime) -> str | None:
        """What was remembered of the conversation, unless its time is over at `now`."""
        ...

    async def remember(self, conversation: str, text: str, until: datetime) -> None:
        """Keeps the text until then, in the place of what was remembered before."""
        ...

    async def forget(self, conversation: str) -> None:
        """Destroys what was remembered; nothing happens where there is nothing."""
        ...


class PassingConversations:
    """Keeps conversations for as long as this process runs: for a terminal, and for tests.

    The conversations that were quiet longest are forgotten first when there are too many.
    """

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    async def recall(self, conversation: str, now: datetime) -> str | None:
        """What was remembered of the conversation, unless its time is over."""
        text, until = self._kept.get(conversation, (None, now))
        if until <= now:
            return None
        self._kept.move_to_end(conversation)
        return text

    async def remember(self, conversation: str, text: str, until: datetime) -> None:
        """Keeps the text, in the place of what was remembered before."""
        self._kept[conversation] = (text, until)
        self._kept.move_to_end(conversation)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    async def forget(self, conversation: str) -> None:
        """Destroys what was remembered."""
        self._kept.pop(conversation, None)


class Memory:
    """Remembers a masked, bounded text for `lasting`. Its writes are a part of the unit that they are called in."""

    def __init__(self, conversations: Conversations, lasting: timedelta) -> None:
        self._conversations = conversations
        self._lasting = lasting

    async def recall(self, conversation: str, now: datetime) -> str | None:
        """What the next question is read with, where something is remembered.

        It never fails: where the database does not say it, or not soon, the question is read by itself.
        """
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._conversations.recall(conversation, now)
        except StorageError as error:
            logger.warning("A question was read without the one before it: %s", error)
        except TimeoutError:
            logger.warning("A question was read without the one before it: the database took over %s s", _PATIENCE)
        return None

    async def remember(self, conversation: str, text: str, now: datetime) -> None:
        """Has the next question read with this text. Raises StorageError."""
        # A number that crosses the boundary is masked as a whole before it is cut.
        bounded = mask(text[: 2 * MOST_CHARACTERS])[:MOST_CHARACTERS]
        await self._conversations.remember(conversation, bounded, now + self._lasting)

    async def forget(self, conversation: str) -> None:
        """Has the next question read by itself. Raises StorageError."""
        await self._conversations.forget(conversation)
