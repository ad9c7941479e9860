"""Citizens who want to be told, what staff asked them back, and what they wrote, in the database."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, func, select, text, update

from bot.errors import UnknownQuestionError
from bot.records.errors import NotTheAskerError
from bot.records.groups import AskBack, GroupState, Note, StaffMember
from bot.records.questions import Asker, AskerState, QuestionState, new_receipt
from bot.storage.database import Database, storable, storable_number
from bot.storage.digests import DigestKey, citizen_digest, digest_of
from bot.storage.follow_up.groups import NUMBERS
from bot.storage.follow_up.tables import ASK_BACKS, ASKERS, GROUPS, NOTES
from bot.storage.tables import DEAD, INBOX, QUESTIONS, VOTES
from knowledge.base import Language

_ENDED = {"chat": None, "message": None}
"""Where a citizen is, destroyed."""
_DIGEST_BYTES = 32
_DISCONNECT = (
    update(QUESTIONS)
    .where(QUESTIONS.c.number == bindparam("of"))
    .values(origin_digest=bindparam("nobody"), citizen_digest=None, chosen_entry=None)
)
"""Leaves of a question what nobody can find whose it is by, also with both keys of the digests."""
_COLUMNS = (
    *ASKERS.c,
    QUESTIONS.c.text,
    QUESTIONS.c.state.label("question_state"),
    QUESTIONS.c.asked_at,
    QUESTIONS.c.group_number,
)
_ASKERS = select(*_COLUMNS).join(QUESTIONS, QUESTIONS.c.number == ASKERS.c.question_number)
_NOTED_SINCE = (NOTES.c.question_number == ASKERS.c.question_number) & (NOTES.c.at >= ASK_BACKS.c.send_at)
_UNANSWERED = (
    select(ASKERS.c.question_number)
    .join(ASK_BACKS, ASK_BACKS.c.number == ASKERS.c.asked_back)
    .where(ASKERS.c.citizen_digest == bindparam("citizen"), ASK_BACKS.c.send_at > bindparam("since"))
    .where(ASKERS.c.asked_back_message.is_not(None), ASKERS.c.state == AskerState.WAITING)
    .where(~select(NOTES.c.number).where(_NOTED_SINCE).exists())
    .order_by(ASKERS.c.asked_back.desc())
    .limit(1)
)
"""It is looked for with every message of a citizen, so it is put together once."""


class Askers:
    """Keeps who wants to be told. Whose question it is stays a digest; where to reply to is kept as long as needed."""

    def __init__(self, database: Database, key: DigestKey) -> None:
        self._database = database
        self._key = key

    async def add(
        self, question: int, channel: str, chat: int, message: int, *, language: Language, now: datetime
    ) -> Asker:
        """The citizen who asked the question is to be told; one who withdrew is again. Known ones stay as they are.

        Raises UnknownQuestionError, and NotTheAskerError when another message asked it.
        """
        origin, citizen = f"{channel}:{chat}:{message}", self.citizen(channel, chat)
        values = {"chat": chat, "message": message, "state": AskerState.WAITING, "reason": None, "ended_at": None}
        fixed = {"citizen_digest": citizen, "channel": channel, "language": language, "asked_back": 0}
        new = {"question_number": question, "created_at": now, **fixed, **values}
        insert = self._database.backend.insert(ASKERS).on_conflict_do_nothing()
        known = ASKERS.c.question_number == question
        again = update(ASKERS).where(known & (ASKERS.c.state == AskerState.WITHDRAWN)).values(values)

        def work(connection: Connection) -> Asker:
            self._require_origin(connection, question, origin)
            connection.execute(again)
            while (row := connection.execute(_ASKERS.where(known)).one_or_none()) is None:
                connection.execute(insert, {**new, "receipt": new_receipt()})  # somebody may have such a receipt
            return _asker(row)

        return await self._database.write(work)

    async def of_citizen(self, channel: str, chat: int) -> list[Asker]:
        """All of a citizen's own, the newest first."""
        query = _ASKERS.where(ASKERS.c.citizen_digest == self.citizen(channel, chat))
        return await self._found(query.order_by(ASKERS.c.number.desc()))

    async def withdraw(self, receipt: str, channel: str, chat: int, now: datetime) -> Asker | None:
        """The citizen does not want to be told any more; None when they have no such receipt."""
        theirs = (ASKERS.c.receipt == receipt) & (ASKERS.c.citizen_digest == self.citizen(channel, chat))
        stoppable = theirs & ASKERS.c.state.in_([AskerState.WAITING, AskerState.TELLING, AskerState.FAILED])
        values = {**_ENDED, "state": AskerState.WITHDRAWN, "ended_at": now}

        def work(connection: Connection) -> Asker | None:
            connection.execute(update(ASKERS).where(stoppable).values(values))
            row = connection.execute(_ASKERS.where(theirs)).one_or_none()
            return _asker(row) if row else None

        return await self._database.write(work)

    async def forget(self, channel: str, chat: int) -> int:
        """Destroys all that is known of the citizen; of how many questions that was."""
        citizen = self.citizen(channel, chat)
        theirs = select(ASKERS.c.question_number).where(ASKERS.c.citizen_digest == citizen)
        asked = QUESTIONS.c.citizen_digest == citizen
        # Of what nobody could handle the reason is kept for whoever looks into it.
        unhandled = text(DEAD) & (INBOX.c.channel == channel) & (INBOX.c.chat == storable_number(chat))

        def work(connection: Connection) -> int:
            connection.execute(delete(NOTES).where(NOTES.c.question_number.in_(theirs)))
            connection.execute(delete(VOTES).where(VOTES.c.citizen_digest == citizen))
            for number in connection.execute(select(QUESTIONS.c.number).where(asked)).scalars().all():
                connection.execute(_DISCONNECT, {"of": number, "nobody": secrets.token_bytes(_DIGEST_BYTES)})
            connection.execute(update(INBOX).where(unhandled).values(chat=0, body=None))
            return connection.execute(delete(ASKERS).where(ASKERS.c.citizen_digest == citizen)).rowcount

        destroyed = await self._database.write(work)
        self._database.has_deleted = True
        self._database.forgotten.set()
        return destroyed

    async def of_group(self, group: int, states: Sequence[AskerState], limit: int | None = None) -> list[Asker]:
        """The askers of the group's questions that stand so, the oldest first."""
        query = _ASKERS.where((QUESTIONS.c.group_number == group) & ASKERS.c.state.in_(states))
        return await self._found(query.order_by(ASKERS.c.number).limit(limit))

    async def groups_due(self, now: datetime, channels: Sequence[str]) -> list[int]:
        """The numbers of groups whose askers in these channels may be told."""
        due = (GROUPS.c.send_at <= now) & GROUPS.c.state.in_([GroupState.ANSWERED, GroupState.DISMISSED])
        waiting = (ASKERS.c.state == AskerState.WAITING) & ASKERS.c.channel.in_(channels)
        query = (
            select(GROUPS.c.number)
            .distinct()
            .join(QUESTIONS, QUESTIONS.c.group_number == GROUPS.c.number)
            .join(ASKERS, ASKERS.c.question_number == QUESTIONS.c.number)
            .where(due & waiting)
            .order_by(GROUPS.c.number)
        )
        return [row[0] for row in await self._database.rows(query)]

    async def waiting(
        self, group: int, channels: Sequence[str], limit: int, *, before: int | None = None
    ) -> list[Asker]:
        """Askers of the group in these channels who wait, the oldest first.

        With `before`, only those who were not sent this question of staff or a later one.
        """
        waiting = (ASKERS.c.state == AskerState.WAITING) & ASKERS.c.channel.in_(channels)
        query = _ASKERS.where((QUESTIONS.c.group_number == group) & waiting)
        if before is not None:
            query = query.where(ASKERS.c.asked_back < before)
        return await self._found(query.order_by(ASKERS.c.number).limit(limit))

    async def begin(self, numbers: Sequence[int]) -> None:
        """The answer is on its way to them."""
        await self._update(ASKERS.c.number.in_(numbers), {"state": AskerState.TELLING})

    async def asked_back(self, numbers: Sequence[int], ask_back: int) -> None:
        """They were sent this question of staff."""
        await self._update(ASKERS.c.number.in_(numbers), {"asked_back": ask_back})

    async def asked_back_in(self, number: int, message: int) -> None:
        """A question of staff reached them in this message."""
        await self._update(ASKERS.c.number == number, {"asked_back_message": message})

    async def question_asked_back_in(self, channel: str, chat: int, message: int) -> int | None:
        """The citizen's question that staff asked back about in this message, if they did."""
        theirs = ASKERS.c.citizen_digest == self.citizen(channel, chat)
        query = select(ASKERS.c.question_number).where(theirs, ASKERS.c.asked_back_message == message)
        found: int | None = await self._database.scalar(query)
        return found

    async def told(self, number: int, now: datetime) -> None:
        """The answer has reached them: where they are is destroyed."""
        on_its_way = (ASKERS.c.number == number) & (ASKERS.c.state == AskerState.TELLING)
        await self._update(on_its_way, {**_ENDED, "state": AskerState.TOLD, "ended_at": now})

    async def failed(self, number: int, reason: str, now: datetime) -> None:
        """They could not be reached."""
        reachable = (ASKERS.c.number == number) & ASKERS.c.state.in_([AskerState.WAITING, AskerState.TELLING])
        await self._update(reachable, {"state": AskerState.FAILED, "reason": storable(reason), "ended_at": now})
        await self._group_changed(number, now)

    async def moved(self, channel: str, old: int, new: int) -> None:
        """A chat has a new id: its citizen is found and reached under it."""
        theirs = ASKERS.c.citizen_digest == self.citizen(channel, old)
        await self._update(theirs, {"citizen_digest": self.citizen(channel, new)})
        asked = QUESTIONS.c.citizen_digest == self.citizen(channel, old)
        followed = update(QUESTIONS).where(asked).values(citizen_digest=self.citizen(channel, new))
        await self._database.execute(followed)
        await self._update((ASKERS.c.channel == channel) & (ASKERS.c.chat == old), {"chat": new})

    async def counts(self, group: int) -> dict[AskerState, int]:
        """How many citizens of the group who want to be told stand how."""
        query = (
            select(ASKERS.c.state, func.count(ASKERS.c.citizen_digest.distinct()).label("citizens"))
            .join(QUESTIONS, QUESTIONS.c.number == ASKERS.c.question_number)
            .where(QUESTIONS.c.group_number == group)
            .group_by(ASKERS.c.state)
        )
        return {AskerState(row.state): row.citizens for row in await self._database.rows(query)}

    async def _group_changed(self, asker: int, now: datetime) -> None:
        """Staff should see that somebody could not be reached."""
        question = select(ASKERS.c.question_number).where(ASKERS.c.number == asker).scalar_subquery()
        group = select(QUESTIONS.c.group_number).where(QUESTIONS.c.number == question).scalar_subquery()
        change = update(GROUPS).where(GROUPS.c.number == group)
        await self._database.execute(change.values(revision=GROUPS.c.revision + 1, changed_at=now))

    async def _update(self, chosen: ColumnElement[bool], values: dict[str, Any]) -> None:
        await self._database.execute(update(ASKERS).where(chosen).values(values))

    async def _found(self, query: Select[Any]) -> list[Asker]:
        return [_asker(row) for row in await self._database.rows(query)]

    def _require_origin(self, connection: Connection, question: int, origin: str) -> None:
        """Somebody else's question would be quoted to whoever asks to be told, so it must be their own."""
        if question not in NUMBERS:
            raise UnknownQuestionError(question)
        query = select(QUESTIONS.c.origin_digest).where(QUESTIONS.c.number == question)
        digest = connection.execute(query).scalar_one_or_none()
        if digest is None:
            raise UnknownQuestionError(question)
        if digest != digest_of(origin, self._key):
            raise NotTheAskerError(question)

    def citizen(self, channel: str, chat: int) -> bytes:
        """What is kept of who talks in that chat."""
        return citizen_digest(channel, chat, self._key)


def _asker(row: Row[Any]) -> Asker:
    return Asker(
        number=row.number,
        question=row.question_number,
        text=row.text,
        language=row.language,
        receipt=row.receipt,
        state=AskerState(row.state),
        question_state=QuestionState(row.question_state),
        channel=row.channel,
        chat=row.chat,
        message=row.message,
        asked_at=row.asked_at,
        group=row.group_number,
        reason=row.reason,
    )


class AskingBack:
    """Keeps questions to citizens, and their notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, group: int, text: str, by: StaffMember, send_at: datetime) -> int:
        """The number of a new question to those who asked in the group."""
        values = {
            "group_number": group,
            "text": storable(text),
            "by_id": storable(by.id),
            "by_name": storable(by.name),
            "send_at": send_at,
        }
        insert = self._database.backend.insert(ASK_BACKS).values(values).returning(ASK_BACKS.c.number)
        return int(await self._database.returned(insert))

    async def remove(self, number: int) -> None:
        """It is not asked after all."""
        await self._database.execute(delete(ASK_BACKS).where(ASK_BACKS.c.number == number))

    async def due(self, now: datetime, since: datetime) -> list[AskBack]:
        """Those that may be sent, the oldest first; those that may be since before `since` are past."""
        chosen = (ASK_BACKS.c.send_at <= now) & (ASK_BACKS.c.send_at > since)
        query = select(ASK_BACKS).where(chosen).order_by(ASK_BACKS.c.number)
        return [
            AskBack(row.number, row.group_number, row.text, StaffMember(row.by_id, row.by_name), row.send_at)
            for row in await self._database.rows(query)
        ]

    async def exists(self, number: int) -> bool:
        """Whether it is still to be asked."""
        query = select(ASK_BACKS.c.number).where(ASK_BACKS.c.number == number)
        return await self._database.scalar(query) is not None

    async def add_note(self, question: int, text: str, at: datetime) -> None:
        """Keeps what the citizen wrote."""
        insert = self._database.backend.insert(NOTES)
        values = {"question_number": question, "text": storable(text), "at": at}
        await self._database.execute(insert.values(values))

    async def unanswered(self, citizen: bytes, since: datetime) -> int | None:
        """The newest of the citizen's questions that staff asked back about since then, without a note after that."""
        whose = {"citizen": citizen, "since": since}
        found: int | None = await self._database.scalar(_UNANSWERED, whose)
        return found

    async def last_note(self, question: int) -> Note | None:
        """The newest note on a question, if it has one."""
        query = select(NOTES, QUESTIONS.c.group_number).join(QUESTIONS, QUESTIONS.c.number == NOTES.c.question_number)
        query = query.where(NOTES.c.question_number == question).order_by(NOTES.c.number.desc()).limit(1)
        row = await self._database.row(query)
        return Note(row.group_number or 0, question, row.text, row.at) if row else None

    async def remove_note(self, note: Note) -> None:
        """Destroys it."""
        chosen = (NOTES.c.question_number == note.question) & (NOTES.c.text == note.text) & (NOTES.c.at == note.at)
        await self._database.execute(delete(NOTES).where(chosen))

    async def notes(self, group: int) -> list[Note]:
        """What citizens of the group wrote, in that order."""
        query = (
            select(NOTES)
            .join(QUESTIONS, QUESTIONS.c.number == NOTES.c.question_number)
            .where(QUESTIONS.c.group_number == group)
            .order_by(NOTES.c.number)
        )
        return [Note(group, row.question_number, row.text, row.at) for row in await self._database.rows(query)]
