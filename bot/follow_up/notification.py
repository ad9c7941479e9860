"""Tells everyone who wants to be told, in portions: a crash in the middle tells nobody twice and forgets nobody."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.delivery import Closed, Outbox, OutgoingCall, Sent
from bot.errors import AssistantError
from bot.follow_up.citizen_desk import reply_of
from bot.follow_up.workspace import Workspace
from bot.records.groups import UNFINISHED, AskBack, Group, GroupState
from bot.records.questions import Asker
from knowledge.errors import KnowledgeError

PORTION = 20
"""Citizens told in one transaction."""
SECONDS_BETWEEN = 2.0
ASKED_BACK_FOR = timedelta(days=7)
"""Whoever asks to be told so long after a question of staff gets it too."""
_ANSWER, _ASK_BACK = "asker", "askback"
"""The words before the colon of references: of answers and closing notices, and of questions to citizens."""

logger = logging.getLogger(__name__)


class NoticeKind(StrEnum):
    """What a citizen is told."""

    ANSWER = "answer"
    CLOSED = "closed"
    """Staff decided that this place gives no answer."""
    QUESTION = "question"
    """Staff need to know more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one citizen is told; `text` is staff's, letter by letter, or says why a question was closed."""

    kind: NoticeKind
    text: str
    group: int = 0
    """The group whose answer it is."""
    entry_id: str | None = None
    """The entry that was linked, whose answer it is."""


class Notices(Protocol):
    """Renders what citizens are told, for one channel."""

    def calls(self, asker: Asker, notice: Notice) -> Sequence[OutgoingCall]:
        """One call or more, in order, to `asker.chat`, in the asker's language and quoting their question."""
        ...


class NoticeDoor(Protocol):
    """How the citizens of one channel are told."""

    async def tell(self, asker: Asker, notice: Notice, reference: str, now: datetime) -> None:
        """Has the citizen told, in the unit it is called in; the end is reported under the reference."""
        ...


@dataclass(frozen=True, slots=True)
class OutboxDoor:
    """Tells the citizens of a channel through its outbox, which reports the end; implements `NoticeDoor`."""

    notices: Notices
    outbox: Outbox

    async def tell(self, asker: Asker, notice: Notice, reference: str, now: datetime) -> None:
        """Puts the calls into the outbox; the last one has the reference."""
        *first, last = self.notices.calls(asker, notice)
        await self.outbox.add([*first, replace(last, reference=reference)], now)


class Notification:
    """Tells citizens through the doors, a mapping of channels. Only one process at a time needs to."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    async def tell_due(self, doors: Mapping[str, NoticeDoor]) -> int:
        """Sends what is due on its way; to how many citizens. Raises StorageError."""
        told = 0
        for number in await self._store.askers.groups_due(self._workspace.clock(), list(doors)):
            while portion := await self._tell_portion(number, doors):
                told += portion
        now = self._workspace.clock()
        for asked in await self._store.asking_back.due(now, now - ASKED_BACK_FOR):
            while portion := await self._ask_portion(asked, doors):
                told += portion
        return told

    async def tell_regularly(self, doors: Mapping[str, NoticeDoor], pause: float = SECONDS_BETWEEN) -> None:
        """Tells citizens soon after answers may be sent, until it is cancelled."""
        while True:
            try:
                await self.tell_due(doors)
            except (AssistantError, KnowledgeError) as error:
                logger.warning("Citizens could not be told; tried again later: %s", error)
            await asyncio.sleep(pause)

    async def call_ended(self, reference: str, end: Sent | Closed) -> None:
        """Writes down what became of a call that this room asked for; given to the outbox as its `on_end`."""
        kind, _, rest = reference.partition(":")
        asker = int(rest.partition(":")[0])
        if isinstance(end, Closed):
            await self._store.askers.failed(asker, end.reason, self._workspace.clock())
        elif kind == _ANSWER:
            await self._store.askers.told(asker, self._workspace.clock())
        elif end.message is not None:
            await self._store.askers.asked_back_in(asker, end.message)

    @property
    def listeners(self) -> dict[str, Callable[[str, Sent | Closed], Awaitable[None]]]:
        """What the outbox of each telling door needs as its `on_end`."""
        return {_ANSWER: self.call_ended, _ASK_BACK: self.call_ended}

    async def _tell_portion(self, number: int, doors: Mapping[str, NoticeDoor]) -> int:
        """How many citizens of the group are on their way to be told now."""
        async with self._workspace.storage.unit():
            (group,) = await self._store.groups.lock(number)
            now, send_at = self._workspace.clock(), group.standing.send_at
            if send_at is None or send_at > now or group.state not in _TOLD_OF:
                return 0
            askers = await self._store.askers.waiting(number, list(doors), PORTION)
            await self._store.askers.begin([asker.number for asker in askers])
            for asker in askers:
                await self._send(asker, self._notice(group, asker), f"{_ANSWER}:{asker.number}", doors)
            if askers:
                await self._store.groups.sending_began(number, now)
            return len(askers)

    def _notice(self, group: Group, asker: Asker) -> Notice:
        said = reply_of(group, self._workspace.knowledge().about, asker.language)
        if said is None or said.answered_at is None:
            return Notice(NoticeKind.CLOSED, said.text if said else "")
        return Notice(NoticeKind.ANSWER, said.text, group.number, said.entry_id)

    async def _ask_portion(self, asked: AskBack, doors: Mapping[str, NoticeDoor]) -> int:
        async with self._workspace.storage.unit():
            (group,) = await self._store.groups.lock(asked.group)
            if group.state not in UNFINISHED or not await self._store.asking_back.exists(asked.number):
                return 0
            askers = await self._store.askers.waiting(asked.group, list(doors), PORTION, before=asked.number)
            await self._store.askers.asked_back([asker.number for asker in askers], asked.number)
            notice = Notice(NoticeKind.QUESTION, asked.text)
            for asker in askers:
                await self._send(asker, notice, f"{_ASK_BACK}:{asker.number}:{asked.number}", doors)
            return len(askers)

    async def _send(self, asker: Asker, notice: Notice, reference: str, doors: Mapping[str, NoticeDoor]) -> None:
        await doors[asker.channel].tell(asker, notice, reference, self._workspace.clock())


_TOLD_OF = (GroupState.ANSWERED, GroupState.DISMISSED)
