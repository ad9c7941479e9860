"""What a conversation was about: what was asked last, for '그럼 언제?', and what was offered, for '2번' and '네'."""

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.dialogue.interpreter import Interpretation
from bot.dialogue.small_talk import Talk
from bot.errors import StorageError
from bot.event_loop import aside
from bot.masking import mask

logger = logging.getLogger(__name__)

MOST_CHARACTERS = 300
"""Of what is remembered; the newest words come first in it."""
_PATIENCE = 1.0
"""Seconds; an answer waits no longer for a memory."""


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
        bounded = (await aside(mask, text[: 2 * MOST_CHARACTERS]))[:MOST_CHARACTERS]
        await self._conversations.remember(conversation, bounded, now + self._lasting)

    async def forget(self, conversation: str) -> None:
        """Has the next question read by itself. Raises StorageError."""
        await self._conversations.forget(conversation)


ANSWERS_TO_SUGGESTIONS = frozenset((Talk.CHOICE, Talk.YES, Talk.NO, Talk.OTHERWISE))
"""What may be said to suggestions."""
_LIKELY = "+"
"""Before the id of the entry whose answer was shown: no id begins with it."""
_MOST_OF_THE_QUESTION = 60
"""Characters by which it is known again."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The ids of the entries that were suggested for the recorded question `number` (0: it was not recorded).

    `likely` is the one whose answer was shown at once; the others, `entries`, are the ones to choose from.
    """

    number: int
    entries: tuple[str, ...]
    likely: str | None = None


def write_offer(offer: Offer, question: str | None) -> str:
    """An offer made to a question, as it is remembered."""
    likely = [f"{_LIKELY}{offer.likely}"] if offer.likely else []
    return f"{offer.number} {' '.join([*likely, *offer.entries])}\n{(question or '')[:_MOST_OF_THE_QUESTION]}"


def read_offer(remembered: str | None, question: str | None) -> Offer | None:
    """The offer that was made; None where there was none, or another question than this was the last one."""
    written, _, asked = (remembered or "").partition("\n")
    number, *entries = written.split() or ("",)
    if not number.isdigit() or asked.strip() != (question or "")[:_MOST_OF_THE_QUESTION].strip():
        return None
    likely = next((entry.removeprefix(_LIKELY) for entry in entries if entry.startswith(_LIKELY)), None)
    return Offer(int(number), tuple(entry for entry in entries if not entry.startswith(_LIKELY)), likely)


def chosen_of(said: Interpretation, offer: Offer) -> str | None:
    """The entry that is chosen: by its number, or by a yes to the likely one or to the only one; None where none is."""
    if said.talk is Talk.YES and offer.likely:
        return offer.likely
    if said.talk is Talk.YES and len(offer.entries) == 1:
        return offer.entries[0]
    if said.talk is Talk.CHOICE and said.chosen and said.chosen <= len(offer.entries):
        return offer.entries[said.chosen - 1]
    return None
