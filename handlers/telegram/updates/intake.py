"""Takes updates in: each is stored before Telegram is told that it arrived."""

import asyncio
import json
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from enum import Enum

from bot.delivery import Inbox, ReceivedUpdate
from bot.errors import StorageError
from bot.journal import Journal, KeptUpdate
from bot.metrics import Metrics
from handlers.telegram.bot import Bot
from handlers.telegram.json_document import read_json
from handlers.telegram.outbox.call_delivery import MessageNumbers
from handlers.telegram.staff.staff_group import StaffGroup
from handlers.telegram.updates.raw_updates import (
    Json,
    bounded,
    characters_of,
    chat_of,
    key_of,
    private_message_id,
    received,
    sent_at,
    unreadable,
)

logger = logging.getLogger(__name__)

FLOOD_MARK = "flood"
"""Stands in a stored update that is only to be told that it was too many."""
ANSWERED_MARK = "answered"
"""Stands in a stored update whose citizen has the reply already: what is left is to record the question."""
_SERVED_AT_MOST = 10_000


class DegradedResult(Enum):
    """What became of an update without the database."""

    NONE = "none"
    """It waits."""
    DONE = "done"
    """It was answered, and needs nothing more."""
    ANSWERED = "answered"
    """It was answered, and its question is still to be recorded."""


_STORING_SECONDS = 5.0
"""A database that takes longer is taken to be away."""
_EMPTYING_SECONDS = 1.0
_AWAY_SECONDS = 2.0


class Intake:
    """Stores updates. While it cannot, it has them answered without storing anything, as far as that is possible."""

    def __init__(
        self,
        inbox: Inbox,
        clock: Callable[[], datetime],
        *,
        bot: Bot,
        numbers: MessageNumbers,
        metrics: Metrics,
        staff: StaffGroup | None,
        journal: Journal | None,
    ) -> None:
        """`numbers` are told of each private message. In the chat of `staff` names and numbers are kept as they are
        written, and no message is too many.
        """
        self.news = asyncio.Event()
        """Set when there may be updates to handle."""
        self.goes_on: Callable[[], bool] = lambda: False
        """Whether what is new is soon handled here; else others are to have it at once."""
        self._inbox = inbox
        self._clock = clock
        self._bot = bot
        self._numbers = numbers
        self._metrics = metrics
        self._staff = staff
        self._floods = FloodGuard()
        self._journal = journal
        self._emptying = asyncio.Lock()
        self._away_until = 0.0
        kept = journal.entries if journal else []
        self._served: OrderedDict[str, None] = OrderedDict((entry.update.key, None) for entry in kept if entry.served)
        self._answered: OrderedDict[str, None] = OrderedDict(
            (entry.update.key, None) for entry in kept if ANSWERED_MARK in json.loads(entry.update.body)
        )
        """The keys of those whose question is still to be recorded."""
        self._serving: set[str] = set()
        self.serve: Callable[[Json, bool], Awaitable[DegradedResult]] | None = None
        """Answers an update without the database and says whether it could; such an update is stored as done when the
        database is back. It is told whether what it answers is sure to be recorded later.
        """
        self.last_at: datetime | None = None
        """When Telegram was last heard of."""

    async def take(self, updates: Sequence[Json]) -> None:
        """Stores the updates, safe from a loss of power. Raises StorageError when that cannot be done now."""
        self.last_at = self._clock()
        taken = [update for update in map(self._judged, map(bounded, updates)) if update is not None]
        try:
            self._require_not_away()
            await self._store_in_time(taken)
            self._away_until = 0.0
        except StorageError:
            self._away_until = self._away_until or time.monotonic() + _AWAY_SECONDS
            await self._serve_unstored(taken)
            if not self._journal:
                raise
            await self._journal.add(await asyncio.to_thread(self._entries, taken))
        for update in taken:
            self._numbers.came_in(private_message_id(update))
        self.news.set()

    def caught_up(self) -> None:
        """Nothing is left at Telegram that came before this process began."""
        self._numbers.caught_up.set()

    async def take_raw(self, body: bytes) -> None:
        """Stores an update that came as the JSON of an object, however odd that is. Raises StorageError."""
        try:
            update = read_json(body)
        except ValueError:
            update = None
        await self.take([update if isinstance(update, dict) else unreadable({}, "no JSON object")])

    async def serve_stored(self, update: Json, *, is_undone: bool) -> None:
        """Answers an update that is stored, and that cannot be handled as the database cannot be used any more.

        What others could handle meanwhile is left to them: nobody could tell them that it is answered. Where nobody can
        they leave it to this process, which has it, until it has stored that; but for what may be handled all the same,
        unless it `is_undone`.
        """
        key = key_of(update)
        if not self._journal or self._is_begun(key):
            return
        if self._inbox.is_shared and not (is_undone and await self._inbox.is_gone()):
            return
        await self._serve_unstored([update])
        if self._is_begun(key):
            with suppress(StorageError):  # this process knows it all the same
                await self._journal.add(await asyncio.to_thread(self._entries, [update]))

    def is_being_answered(self, update: Json) -> bool:
        """Whether the update is being answered without storing anything at this moment."""
        return key_of(update) in self._serving

    def was_answered(self, update: Json) -> bool:
        """Whether the update was answered without storing anything, so that nobody must answer it again."""
        return key_of(update) in self._served

    def is_to_be_recorded(self, update: Json) -> bool:
        """Whether the update was answered without storing anything, and only its question is to be recorded."""
        return ANSWERED_MARK in update or key_of(update) in self._answered

    async def empty_journal_regularly(self) -> None:
        """Stores what the journal keeps as soon as the database can be used, until it is cancelled."""
        while True:
            with suppress(StorageError):  # it is kept where it is
                await self._empty_journal()
            await asyncio.sleep(_EMPTYING_SECONDS)

    def _require_not_away(self) -> None:
        """Raises StorageError for a moment after the database failed: not everybody has to wait to find that out."""
        if self._journal and time.monotonic() < self._away_until:
            raise StorageError("the database failed a moment ago; it is tried again soon")
        self._away_until = 0.0

    async def _store_in_time(self, updates: list[Json]) -> None:
        """Stores the updates. Raises StorageError; then they are not stored later either, but by a commit under way."""
        storing = asyncio.ensure_future(self._store_after_journal(updates, lambda: not is_late))
        is_late = False
        try:
            await asyncio.wait({storing}, timeout=_STORING_SECONDS)
            is_late = not storing.done()
        finally:
            storing.cancel()
        if is_late:
            raise StorageError(f"the database did not answer within {_STORING_SECONDS:g} seconds")
        storing.result()

    async def _store_after_journal(self, updates: list[Json], is_wanted: Callable[[], bool]) -> None:
        await self._empty_journal()
        await self._store(updates, is_wanted)

    async def _empty_journal(self) -> None:
        """Stores what came while the database could not be used, in order and before anything newer."""
        if not self._journal or not self._journal.entries:
            return
        async with self._emptying:
            entries = list(self._journal.entries)
            for served in (True, False):
                updates = [entry.update for entry in entries if entry.served is served]
                stored = await self._inbox.add(updates, self._clock(), done=served, again=not served)
                self._metrics.updates_received += 0 if served else stored
            await self._journal.forget(len(entries))
        logger.info("The database can be used again: %d updates that came meanwhile are stored", len(entries))
        self.news.set()

    def _entries(self, updates: Sequence[Json]) -> list[KeptUpdate]:
        """The updates as the journal keeps them, without those that it has, such as one that was brought again."""
        known = self._in_journal()
        kept = ((update, self._received(update)) for update in updates if key_of(update) not in known)
        return [KeptUpdate(received, key_of(update) in self._served) for update, received in kept]

    def _in_journal(self) -> set[str]:
        return {entry.update.key for entry in self._journal.entries} if self._journal else set()

    async def _store(self, updates: list[Json], is_wanted: Callable[[], bool]) -> None:
        fresh = [update for update in updates if key_of(update) not in self._served]
        if fresh:
            received = await self._stored(fresh)
            self._metrics.updates_received += await self._inbox.add(
                received, self._clock(), own=self.goes_on(), is_wanted=is_wanted
            )
        done = [update for update in updates if key_of(update) in self._served]
        if done:
            await self._inbox.add(await self._stored(done), self._clock(), done=True)

    async def _stored(self, updates: Iterable[Json]) -> list[ReceivedUpdate]:
        """The updates as they are stored, masked in a thread: a hundred long texts must not hold up everybody else."""
        return await asyncio.to_thread(lambda: list(map(self._received, updates)))

    def _received(self, update: Json) -> ReceivedUpdate:
        """The update as it is stored; one that cannot be made ready for that must not keep the others out."""
        if key_of(update) in self._answered:
            update = update | {ANSWERED_MARK: True}
        try:
            return received(update, of_staff=self._is_staff_chat(chat_of(update)), own_name=self._own_name())
        except Exception as error:
            logger.exception("An update cannot be made ready to be stored")
            return received(unreadable(update, type(error).__name__))

    def _is_staff_chat(self, chat: int) -> bool:
        return self._staff is not None and chat == self._staff.chat

    def _own_name(self) -> str:
        """The user name of the bot; empty before Telegram has told it."""
        try:
            return self._bot.username
        except RuntimeError:
            return ""

    def _judged(self, update: Json) -> Json | None:
        """The update, marked when its citizen is to be told that it was too many; None when they were told."""
        chat = chat_of(update)
        sent = sent_at(update) or (int(self._clock().timestamp()) if "callback_query" in update else 0)
        if not sent or self._is_staff_chat(chat):
            return update
        verdict = self._floods.judge(chat, sent, key_of(update), characters_of(update))
        if verdict is Verdict.TOO_MANY:
            return None
        return update | {FLOOD_MARK: True} if verdict is Verdict.TELL else update

    async def _serve_unstored(self, updates: list[Json]) -> None:
        in_journal = self._in_journal()  # what is there is handled from there
        keys = {key: update for update in updates if (key := key_of(update)) not in in_journal}
        todo = {key: update for key, update in keys.items() if not self._is_begun(key)}
        self._serving |= todo.keys()
        try:
            await asyncio.gather(*(self._serve_one(key, update) for key, update in todo.items()))
        finally:
            self._serving -= todo.keys()

    def _is_begun(self, key: str) -> bool:
        return key in self._served or key in self._answered or key in self._serving

    async def _serve_one(self, key: str, update: Json) -> None:
        service = await self.serve(update, self._journal is not None) if self.serve else DegradedResult.NONE
        if service is not DegradedResult.NONE:
            kept = self._served if service is DegradedResult.DONE else self._answered
            kept[key] = None
            if len(kept) > _SERVED_AT_MOST:
                kept.popitem(last=False)


MOST_MESSAGES = 100
SECONDS = 10
"""No citizen types a hundred questions in ten seconds; a program that does gets its first hundred answered."""
_CHARACTERS_OF_ONE = 250
_MOST_CHARACTERS = 1000
"""What is beyond is not looked at."""
_CHATS_WATCHED = 10_000


class Verdict(Enum):
    """What becomes of a message."""

    TAKEN = "taken"
    TELL = "tell"
    """The first that is too many: it gets the notice."""
    TOO_MANY = "too many"


class FloodGuard:
    """Counts each chat's messages by the time they were sent, so that a backlog after an outage is no flood."""

    def __init__(self, most: int = MOST_MESSAGES, seconds: int = SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._sent: OrderedDict[int, deque[tuple[int, str, int]]] = OrderedDict()
        self._told: OrderedDict[int, tuple[int, str]] = OrderedDict()

    def judge(self, chat: int, sent_at: int, key: str, characters: int = 0) -> Verdict:
        """What becomes of the message of that key and length; the same message again gets the same verdict.

        A long message counts as several, as it costs as much as they do.
        """
        sent = self._of(chat)
        while sent and sent[0][0] <= sent_at - self._seconds:
            sent.popleft()
        if any(key == known for _, known, _ in sent):
            return Verdict.TAKEN
        if sum(weight for _, _, weight in sent) < self._most:
            sent.append((sent_at, key, 1 + min(characters, _MOST_CHARACTERS) // _CHARACTERS_OF_ONE))
            return Verdict.TAKEN
        return self._too_many(chat, sent_at, key)

    def _too_many(self, chat: int, sent_at: int, key: str) -> Verdict:
        told_at, told_for = self._told.get(chat, (sent_at - self._seconds, ""))
        if told_for != key and told_at > sent_at - self._seconds:
            return Verdict.TOO_MANY
        self._told[chat] = (sent_at, key)
        if len(self._told) > _CHATS_WATCHED:
            self._told.popitem(last=False)
        return Verdict.TELL

    def _of(self, chat: int) -> deque[tuple[int, str, int]]:
        sent = self._sent.setdefault(chat, deque())
        self._sent.move_to_end(chat)
        if len(self._sent) > _CHATS_WATCHED:
            self._sent.popitem(last=False)
        return sent
