"""Keeps the cards in the group as the groups of questions are, a few calls a minute."""

import logging
from datetime import datetime, timedelta
from typing import Any

from bot.delivery import Outbox, OutgoingCall
from bot.records.groups import Group
from bot.storage.follow_up.cards import Card
from handlers.telegram.staff.card_calls import content_call, text_call
from handlers.telegram.staff.card_text import content_of
from handlers.telegram.staff.listening import MADE_ANEW, Listening
from handlers.telegram.staff.lists import listed_text, number_buttons
from handlers.telegram.staff.markup import literal
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.staff.topics import Topics

_LOOKED_AT = 200
MOST_NEW_CARDS = 5
"""When more groups are new at once, one message lists them, and each card is opened by whoever wants it."""
_MOST_LISTED = 30
_SECONDS_BETWEEN_EDITS = 3.0
_LONGEST_CALL = 60.0
"""Seconds after which a call is no longer waited for whose end nobody told: another process may have made it."""
_PAUSE_AFTER_FAILURE = 60.0
_TOLD_BY_THEN = timedelta(seconds=15)
"""After an answer is sent: then the card says how many citizens were told, and again until all are."""

logger = logging.getLogger(__name__)


class Refreshing:
    """Has cards made, edited and made anew. Only one process at a time should."""

    def __init__(self, room: StaffRoom, outbox: Outbox, listening: Listening) -> None:
        self._room = room
        self._outbox = outbox
        self._topics = Topics(room)
        self._under_way: dict[int, float] = {}
        self._edited: dict[int, float] = {}
        self._again: dict[int, datetime] = {}
        """When a group's card is to be shown once more, because more citizens were told by then."""
        self._paused_until = 0.0
        listening.ended = self._ended
        listening.failed = self._failed

    async def refresh(self) -> int:
        """Has shown what is due and fits into the group's pace; how many calls that were.

        Raises StorageError, and TelegramError when Telegram cannot be asked for a topic.
        """
        await self._room.follow_move()
        if self._room.pace.seconds() < self._paused_until:
            return 0
        done = await self._remove_orphans()
        new, changed = await self._due()
        for group, card in changed:
            done += await self._show(group, card)
        if len(new) > MOST_NEW_CARDS:
            return done + await self._list(new[:_MOST_LISTED])
        for group in new:
            done += await self._show(group, Card(group.number, self._room.chat, None, None, 0))
        return done

    async def _due(self) -> tuple[list[Group], list[tuple[Group, Card]]]:
        """Groups that the chat has never shown, and cards that are behind."""
        chat, cards = self._room.chat, self._room.store.cards
        new: list[Group] = []
        changed: list[tuple[Group, Card]] = []
        for number in [*await cards.stale(chat, _LOOKED_AT), *self._repeated()]:
            group, card = await self._room.follow_up.desk.group(number), await cards.get(number, chat)
            if card is None:
                new.append(group)
            elif card.message or card.revision == MADE_ANEW:
                changed.append((group, card))
            elif number not in self._under_way:
                await cards.catch_up(number, chat, group.revision)
        return new, changed

    def _repeated(self) -> list[int]:
        now = self._room.now()
        due = [number for number, at in self._again.items() if at <= now]
        for number in due:
            del self._again[number]
        return due

    async def _show(self, group: Group, card: Card) -> int:
        """Has one card sent or edited, if it may be now."""
        now = self._room.pace.seconds()
        is_busy = self._under_way.get(group.number, -_LONGEST_CALL) > now - _LONGEST_CALL
        is_too_soon = self._edited.get(group.number, -_SECONDS_BETWEEN_EDITS) > now - _SECONDS_BETWEEN_EDITS
        if is_busy or is_too_soon or self._room.pace.room() < (1 if card.message else 2):
            return 0
        thread = card.thread if card.message else await self._topics.place(group, card.thread)
        await self.put(group, Card(group.number, card.chat, card.message, thread, group.revision))
        return 1

    async def put(self, group: Group, card: Card) -> None:
        """Has the card shown as the group is now."""
        content = await content_of(group, self._room)
        call = content_call(content, card, self._room)
        if content.is_being_told:
            self._again[group.number] = (
                max(group.standing.send_at or self._room.now(), self._room.now()) + _TOLD_BY_THEN
            )
        async with self._room.follow_up.workspace.storage.unit():
            await self._room.store.cards.set(card)
            await self._outbox.add([call], self._room.now())
        now = self._room.pace.seconds()
        self._under_way[group.number] = self._edited[group.number] = now
        self._room.pace.spend()

    async def _list(self, groups: list[Group]) -> int:
        """One message for many new groups."""
        if self._room.pace.room() < 1:
            return 0
        room, words = self._room, self._room.words
        html = "\n".join([literal(words.many_new.format(count=len(groups))), *listed_text(groups, room)])
        numbers = [group.number for group in groups]
        reference = f"newcards:{room.chat}:{min(numbers)}:{max(numbers)}"
        call = text_call(room.chat, html, number_buttons(groups), reference=reference)
        async with room.follow_up.workspace.storage.unit():
            for group in groups:
                await room.store.cards.set(Card(group.number, room.chat, None, None, group.revision))
            await self._outbox.add([call], room.now())
        room.pace.spend()
        return 1

    async def _remove_orphans(self) -> int:
        """What a card shows of citizens' words goes when their questions are destroyed; of how many cards."""
        room, removed = self._room, 0
        for card in await room.store.cards.orphans(room.chat, max(0, room.pace.room() - 1)):
            async with room.follow_up.workspace.storage.unit():
                await room.store.cards.remove(card.group, card.chat)
                if card.message:
                    await self._outbox.add([self._destroyed(card)], room.now())
                    room.pace.spend()
                    removed += 1
        return removed

    def _destroyed(self, card: Card) -> OutgoingCall:
        html = literal(self._room.words.destroyed)
        place: dict[str, Any] = {"message_id": card.message, "message_thread_id": card.thread or 0}  # never sent anew
        return text_call(card.chat, html, method="editMessageText", **place)

    def _ended(self, group: int) -> None:
        self._under_way.pop(group, None)

    def _failed(self, reason: str) -> None:
        logger.warning("A card could not be put into the staff group (%s); tried again in a minute", reason)
        self._paused_until = self._room.pace.seconds() + _PAUSE_AFTER_FAILURE
