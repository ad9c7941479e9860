"""Keeps the cards in the staff group as the groups of questions are, a few calls a minute.

What becomes of a call is written down together with its end, or not at all, by its reference:
`card:CHAT:GROUP:REVISION`, `newcards:CHAT:FIRST:LAST` (a message that lists new groups), and `prompt:CHAT:GROUP:KIND`.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from telegram.error import BadRequest, Forbidden

from bot.delivery import Closed, Outbox, OutgoingCall, Sent
from bot.records.errors import UnknownGroupError
from bot.records.groups import UNDO_FOR, Group
from bot.storage.follow_up.cards import Card, Prompt
from bot.storage.outbox import OnEnd
from handlers.telegram.outbox.api_errors import says
from handlers.telegram.staff.group_card import CardContent, can_undo, content_call, content_of
from handlers.telegram.staff.markup import literal, shortened, text_call
from handlers.telegram.staff.staff_group import PromptKind, StaffGroup
from handlers.telegram.staff.staff_messages import listed_text, number_buttons

MADE_ANEW = -1
"""The revision of a card whose message is gone, although its topic may be there."""
_LOOKED_AT = 200
MOST_NEW_CARDS = 5
"""When more groups are new at once, one message lists them, and each card is opened by whoever wants it."""
_MOST_LISTED = 30
_MOST_NUMBERS = 500
"""That a list is looked through for, when nobody could see it."""
_SECONDS_BETWEEN_EDITS = 3.0
_LONGEST_CALL = 60.0
"""Seconds after which a call is no longer waited for whose end nobody told: another process may have made it."""
_PAUSE_AFTER_FAILURE = 60.0
_TOLD_BY_THEN = timedelta(seconds=15)
"""After an answer is sent: then the card says how many citizens were told, and again until all are."""
_GONE = "message-gone"
_LONGEST_TOPIC_NAME = 100
_TOPICS_TRIED_AGAIN_SECONDS = 600.0
_TOPIC_IS_THERE = ("not_modified", "not modified")

logger = logging.getLogger(__name__)


class CardBoard:
    """Has cards made, edited and made anew. Only one process at a time should refresh."""

    def __init__(self, staff: StaffGroup) -> None:
        self._staff = staff
        self._topics = ForumTopics(staff)
        self._under_way: dict[int, float] = {}
        self._edited: dict[int, float] = {}
        self._paused_until = 0.0

    async def refresh(self, outbox: Outbox) -> int:
        """Has shown what is due and fits into the group's pace; how many calls that were.

        Raises StorageError, and TelegramError when Telegram cannot be asked for a topic.
        """
        await self._staff.follow_migration()
        if self._staff.seconds() < self._paused_until:
            return 0
        done = await self._remove_orphans(outbox) + await self._retire(outbox)
        new, changed = await self._due()
        for group, card in changed:
            done += await self._show(outbox, group, card)
        if len(new) > MOST_NEW_CARDS:
            return done + await self._list(outbox, new[:_MOST_LISTED])
        for group in new:
            done += await self._show(outbox, group, Card(group.number, self._staff.chat, None, None, 0))
        return done

    async def _due(self) -> tuple[list[Group], list[tuple[Group, Card]]]:
        """Groups that the chat has never shown, and cards that are behind."""
        chat, cards = self._staff.chat, self._staff.store.cards
        new: list[Group] = []
        changed: list[tuple[Group, Card]] = []
        for number in await cards.stale(chat, _LOOKED_AT, self._staff.now()):
            group, card = await self._staff.desk.group(number), await cards.get(number, chat)
            if card is None:
                new.append(group)
            elif card.message or card.revision == MADE_ANEW:
                changed.append((group, card))
            elif number not in self._under_way:
                await cards.catch_up(number, chat, group.revision)
        return new, changed

    async def _show(self, outbox: Outbox, group: Group, card: Card) -> int:
        """Has one card sent or edited, if it may be now."""
        now = self._staff.seconds()
        is_busy = self._under_way.get(group.number, -_LONGEST_CALL) > now - _LONGEST_CALL
        is_too_soon = self._edited.get(group.number, -_SECONDS_BETWEEN_EDITS) > now - _SECONDS_BETWEEN_EDITS
        if is_busy or is_too_soon or self._staff.budget.left() < (1 if card.message else 2):
            return 0
        thread = card.thread if card.message else await self._topics.place(group, card.thread)
        await self._put(outbox, group, Card(group.number, card.chat, card.message, thread, group.revision))
        return 1

    async def _put(self, outbox: Outbox, group: Group, card: Card) -> None:
        """Has the card shown as the group is now."""
        content = await content_of(group, self._staff)
        call = content_call(content, card, self._staff)
        card = replace(card, again_at=self._again_at(content))
        async with self._staff.follow_up.workspace.storage.unit():
            await self._staff.store.cards.set(card)
            await outbox.add([call], self._staff.now())
        now = self._staff.seconds()
        self._under_way[group.number] = self._edited[group.number] = now
        self._staff.budget.spend()

    def _again_at(self, content: CardContent) -> datetime | None:
        """When the card says or offers something that is not true any more, though nobody does anything."""
        group, now = content.group, self._staff.now()
        ends = [group.last.deed.at + UNDO_FOR] if group.last and can_undo(group, self._staff) else []
        if content.is_being_told:
            ends.append(max(group.standing.send_at or now, now) + _TOLD_BY_THEN)
        return min(ends, default=None)

    async def _retire(self, outbox: Outbox) -> int:
        """Takes the button away from what was said of acts that can be undone no more; of how many messages."""
        staff, done = self._staff, 0
        prompts, kind = staff.store.prompts, PromptKind.CONFIRMED
        for said in await prompts.of_kind(staff.chat, kind, staff.budget.left()):
            call = await self._retired(said)
            if call:
                async with staff.follow_up.workspace.storage.unit():
                    await prompts.remove(said.chat, said.message)
                    await outbox.add([call], staff.now())
                staff.budget.spend()
                done += 1
        return done

    async def _retired(self, said: Prompt) -> OutgoingCall | None:
        """The message without its button, or what was undone; None while it is true as it stands."""
        place: dict[str, Any] = {"chat_id": said.chat, "message_id": said.message}
        try:
            last = (await self._staff.desk.group(said.group)).last
        except UnknownGroupError:
            last = None
        if last is None:
            html = literal(self._staff.words.undone.format(number=said.group))
            return text_call(said.chat, html, method="editMessageText", message_id=said.message)
        if last.deed.at > said.at or self._staff.now() >= last.deed.at + UNDO_FOR:
            return OutgoingCall(said.chat, "editMessageReplyMarkup", place)
        return None

    async def _list(self, outbox: Outbox, groups: list[Group]) -> int:
        """One message for many new groups."""
        if self._staff.budget.left() < 1:
            return 0
        staff, words = self._staff, self._staff.words
        html = "\n".join([literal(words.many_new.format(count=len(groups))), *listed_text(groups, staff)])
        numbers = [group.number for group in groups]
        reference = f"newcards:{staff.chat}:{min(numbers)}:{max(numbers)}"
        call = text_call(staff.chat, html, number_buttons(groups), reference=reference)
        async with staff.follow_up.workspace.storage.unit():
            for group in groups:
                await staff.store.cards.set(Card(group.number, staff.chat, None, None, group.revision))
            await outbox.add([call], staff.now())
        staff.budget.spend()
        return 1

    async def _remove_orphans(self, outbox: Outbox) -> int:
        """What a card shows of citizens' words goes when their questions are destroyed; of how many cards."""
        staff, removed = self._staff, 0
        for card in await staff.store.cards.orphans(staff.chat, max(0, staff.budget.left() - 1)):
            async with staff.follow_up.workspace.storage.unit():
                await staff.store.cards.remove(card.group, card.chat)
                if card.message:
                    await outbox.add([self._destroyed(card)], staff.now())
                    staff.budget.spend()
                    removed += 1
        return removed

    def _destroyed(self, card: Card) -> OutgoingCall:
        html = literal(self._staff.words.destroyed)
        place: dict[str, Any] = {"message_id": card.message, "message_thread_id": card.thread or 0}  # never sent anew
        return text_call(card.chat, html, method="editMessageText", **place)

    @property
    def listeners(self) -> Mapping[str, OnEnd]:
        """What the outbox needs as its `on_end`."""
        return {"card": self._card_ended, "newcards": self._list_ended, "prompt": self._prompt_ended}

    async def _card_ended(self, reference: str, end: Sent | Closed) -> None:
        _, named, group, revision = reference.split(":")
        chat = await self._chat_now(named)
        card = await self._staff.store.cards.get(int(group), chat)
        if isinstance(end, Sent):
            await self._shown(card or Card(int(group), chat, None, None, int(revision)), end, int(revision))
        elif card:
            await self._not_shown(card, end)
        self._under_way.pop(int(group), None)

    async def _chat_now(self, named: str) -> int:
        """The number of the chat that a reference names: the call may have gone to where the group went on."""
        return await self._staff.store.prompts.chat_now(int(named))

    async def _shown(self, card: Card, end: Sent, revision: int) -> None:
        if end.message and end.message != card.message:
            await self._staff.store.cards.set(replace(card, message=end.message, revision=revision))

    async def _not_shown(self, card: Card, end: Closed) -> None:
        if end.reason == _GONE:
            await self._staff.store.cards.set(replace(card, message=None, revision=MADE_ANEW))
            return
        self._failed(end.reason)
        if card.message is None:
            await self._staff.store.cards.remove(card.group, card.chat)

    async def _list_ended(self, reference: str, end: Sent | Closed) -> None:
        """A list that nobody could see lists nothing: its groups are shown another time."""
        _, named, first, last = reference.split(":")
        chat = await self._chat_now(named)
        if isinstance(end, Sent):
            return
        self._failed(end.reason)
        for group in range(int(first), min(int(last), int(first) + _MOST_NUMBERS) + 1):
            card = await self._staff.store.cards.get(group, chat)
            if card and card.message is None and card.revision != MADE_ANEW:
                await self._staff.store.cards.remove(group, chat)

    async def _prompt_ended(self, reference: str, end: Sent | Closed) -> None:
        _, named, group, kind = reference.split(":")
        chat = await self._chat_now(named)
        if isinstance(end, Sent) and end.message:
            await self._staff.store.prompts.set(Prompt(chat, end.message, int(group), kind, self._staff.now()))

    def _failed(self, reason: str) -> None:
        logger.warning(
            "A card could not be put into the staff group %d (%s); tried again in a minute. "
            "Is the bot in it, and is STAFF_CHAT_ID its number? `main.py doctor` looks",
            self._staff.chat,
            reason,
        )
        self._paused_until = self._staff.seconds() + _PAUSE_AFTER_FAILURE


class ForumTopics:
    """Gives each card a topic of its own where the group is a forum and the bot may manage topics.

    Where that cannot be done, it is tried again only after ten minutes.
    """

    def __init__(self, staff: StaffGroup) -> None:
        self._staff = staff
        self._impossible_until: dict[int, float] = {}

    async def place(self, group: Group, known: int | None) -> int | None:
        """The topic for the group's card: the one that is known, if it is still there, or a new one.

        None where cards are plain messages of the group. Raises TelegramError when Telegram cannot be asked now.
        """
        if known and await self._lasts(group, known):
            return known
        if self._staff.seconds() < self._impossible_until.get(self._staff.chat, 0.0):
            return None
        return await self._make(group)

    async def _make(self, group: Group) -> int | None:
        staff = self._staff
        staff.budget.spend()
        try:
            made = await staff.ask("createForumTopic", {"chat_id": None, "name": self._name(group)})
        except (BadRequest, Forbidden) as error:
            logger.info("Cards of the staff group are plain messages: %s", error.message)
            self._impossible_until[staff.chat] = staff.seconds() + _TOPICS_TRIED_AGAIN_SECONDS
            return None
        thread = made.get("message_thread_id") if isinstance(made, dict) else None
        return thread if isinstance(thread, int) else None

    async def _lasts(self, group: Group, thread: int) -> bool:
        """Whether the topic is there: giving it the name that it has changes nothing."""
        arguments = {"chat_id": self._staff.chat, "message_thread_id": thread, "name": self._name(group)}
        self._staff.budget.spend()
        try:
            await self._staff.ask("editForumTopic", arguments)
        except (BadRequest, Forbidden) as error:
            return says(error, *_TOPIC_IS_THERE)
        return True

    def _name(self, group: Group) -> str:
        name = self._staff.words.topic.format(number=group.number, title=group.title)
        return shortened(name, _LONGEST_TOPIC_NAME)
