"""What follows from how the staff group's calls ended; it is written down together with the end, or not at all.

References: `card:CHAT:GROUP:REVISION`, `newcards:CHAT:FIRST:LAST` (a message that lists new groups), and
`prompt:CHAT:GROUP:KIND`.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.delivery import Closed, Sent
from bot.storage.follow_up.cards import Card
from bot.storage.follow_up.prompts import Prompt
from handlers.telegram.staff.room import StaffRoom

MADE_ANEW = -1
"""The revision of a card whose message is gone, although its topic may be there."""
_GONE = "message-gone"
_MOST_LISTED = 500

logger = logging.getLogger(__name__)
Listener = Callable[[str, Sent | Closed], Awaitable[None]]


class Listening:
    """Keeps which message is which card or prompt. `ended` and `failed` are told of a group's call that is over."""

    def __init__(self, room: StaffRoom) -> None:
        self._room = room
        self.ended: Callable[[int], None] = lambda _: None
        self.failed: Callable[[str], None] = lambda _: None

    @property
    def listeners(self) -> Mapping[str, Listener]:
        """What the outbox needs as its `on_end`."""
        return {"card": self._card_ended, "newcards": self._list_ended, "prompt": self._prompt_ended}

    async def _card_ended(self, reference: str, end: Sent | Closed) -> None:
        _, chat, group, revision = reference.split(":")
        card = await self._room.store.cards.get(int(group), int(chat))
        if isinstance(end, Sent):
            await self._shown(card or Card(int(group), int(chat), None, None, int(revision)), end, int(revision))
        elif card:
            await self._not_shown(card, end)
        self.ended(int(group))

    async def _shown(self, card: Card, end: Sent, revision: int) -> None:
        if end.message and end.message != card.message:
            await self._room.store.cards.set(replace(card, message=end.message, revision=revision))

    async def _not_shown(self, card: Card, end: Closed) -> None:
        if end.reason == _GONE:
            await self._room.store.cards.set(replace(card, message=None, revision=MADE_ANEW))
            return
        self.failed(end.reason)
        if card.message is None:
            await self._room.store.cards.remove(card.group, card.chat)

    async def _list_ended(self, reference: str, end: Sent | Closed) -> None:
        """A list that nobody could see lists nothing: its groups are shown another time."""
        _, chat, first, last = reference.split(":")
        if isinstance(end, Sent):
            return
        self.failed(end.reason)
        for group in range(int(first), min(int(last), int(first) + _MOST_LISTED) + 1):
            card = await self._room.store.cards.get(group, int(chat))
            if card and card.message is None and card.revision != MADE_ANEW:
                await self._room.store.cards.remove(group, int(chat))

    async def _prompt_ended(self, reference: str, end: Sent | Closed) -> None:
        _, chat, group, kind = reference.split(":")
        if isinstance(end, Sent) and end.message:
            await self._room.store.prompts.set(Prompt(int(chat), end.message, int(group), kind, self._room.now()))
