"""What was asked last in a conversation, so that '그럼 언제?' is understood with it."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.errors import StorageError
from bot.masking import mask

MOST_CHARACTERS = 300
"""Of what is remembered; the newest words come first in it."""
_PATIENCE = 1.0
"""Seconds; an answer waits no longer for a memory."""
_Result = TypeVar("_Result")

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
    """Remembers a masked, bounded text for `lasting`.

    It never fails: where it cannot remember, each question is read by itself.
    """

    def __init__(self, conversations: Conversations, lasting: timedelta) -> None:
        self._conversations = conversations
        self._lasting = lasting

    async def recall(self, conversation: str, now: datetime) -> str | None:
        """What the next question is read with, where something is remembered."""
        recalling = self._conversations.recall(conversation, now)
        return await _forgiving(recalling, "A question was read without the one before it")

    async def remember(self, conversation: str, text: str, now: datetime) -> None:
        """Has the next question read with this text."""
        # A number that crosses the boundary is masked as a whole before it is cut.
        bounded = mask(text[: 2 * MOST_CHARACTERS])[:MOST_CHARACTERS]
        remembering = self._conversations.remember(conversation, bounded, now + self._lasting)
        await _forgiving(remembering, "A question was not remembered for the next one")

    async def forget(self, conversation: str) -> None:
        """Has the next question read by itself."""
        await _forgiving(self._conversations.forget(conversation), "A conversation was not ended")


async def _forgiving(work: Awaitable[_Result], consequence: str) -> _Result | None:
    """What the work returns, or None when the database does not do it, or not soon."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await work
    except StorageError as error:
        logger.warning("%s: %s", consequence, error)
    except TimeoutError:
        logger.warning("%s: the database took over %s seconds", consequence, _PATIENCE)
    return None
