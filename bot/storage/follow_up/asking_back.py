"""What staff asked those who had asked, and what these wrote, in the database."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.records.askers import AskerState
from bot.records.groups import AskBack, Note, StaffMember
from bot.storage.database import Database
from bot.storage.follow_up.tables import ASK_BACKS, ASKERS, NOTES
from bot.storage.stored_values import storable
from bot.storage.tables import QUESTIONS


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

        def work(connection: Connection) -> int:
            return int(connection.execute(insert).scalar_one())

        return await self._database.write(work)

    async def remove(self, number: int) -> None:
        """It is not asked after all."""

        def work(connection: Connection) -> None:
            connection.execute(delete(ASK_BACKS).where(ASK_BACKS.c.number == number))

        await self._database.write(work)

    async def due(self, now: datetime, since: datetime) -> list[AskBack]:
        """Those that may be sent, the oldest first; those that may be since before `since` are past."""
        chosen = (ASK_BACKS.c.send_at <= now) & (ASK_BACKS.c.send_at > since)
        query = select(ASK_BACKS).where(chosen).order_by(ASK_BACKS.c.number)

        def work(connection: Connection) -> list[AskBack]:
            return [
                AskBack(row.number, row.group_number, row.text, StaffMember(row.by_id, row.by_name), row.send_at)
                for row in connection.execute(query)
            ]

        return await self._database.read(work)

    async def exists(self, number: int) -> bool:
        """Whether it is still to be asked."""
        query = select(ASK_BACKS.c.number).where(ASK_BACKS.c.number == number)

        def work(connection: Connection) -> bool:
            return connection.execute(query).scalar_one_or_none() is not None

        return await self._database.read(work)

    async def add_note(self, question: int, text: str, at: datetime) -> None:
        """Keeps what the citizen wrote."""
        insert = self._database.backend.insert(NOTES)
        values = {"question_number": question, "text": storable(text), "at": at}

        def work(connection: Connection) -> None:
            connection.execute(insert.values(values))

        await self._database.write(work)

    async def unanswered(self, citizen: bytes, since: datetime) -> int | None:
        """The newest of the citizen's questions that staff asked back about since then, without a note after that."""
        asked = ASK_BACKS.c.number == ASKERS.c.asked_back
        later = (NOTES.c.question_number == ASKERS.c.question_number) & (NOTES.c.at >= ASK_BACKS.c.send_at)
        reached = ASKERS.c.asked_back_message.is_not(None) & (ASKERS.c.state == AskerState.WAITING)
        query = (
            select(ASKERS.c.question_number)
            .join(ASK_BACKS, asked)
            .where(ASKERS.c.citizen_digest == citizen, reached, ASK_BACKS.c.send_at > since)
            .where(~select(NOTES.c.number).where(later).exists())
            .order_by(ASKERS.c.asked_back.desc())
            .limit(1)
        )

        def work(connection: Connection) -> int | None:
            return connection.execute(query).scalar()

        return await self._database.read(work)

    async def last_note(self, question: int) -> Note | None:
        """The newest note on a question, if it has one."""
        query = select(NOTES, QUESTIONS.c.group_number).join(QUESTIONS, QUESTIONS.c.number == NOTES.c.question_number)
        query = query.where(NOTES.c.question_number == question).order_by(NOTES.c.number.desc()).limit(1)

        def work(connection: Connection) -> Note | None:
            row = connection.execute(query).first()
            return Note(row.group_number or 0, question, row.text, row.at) if row else None

        return await self._database.read(work)

    async def remove_note(self, note: Note) -> None:
        """Destroys it."""
        chosen = (NOTES.c.question_number == note.question) & (NOTES.c.text == note.text) & (NOTES.c.at == note.at)

        def work(connection: Connection) -> None:
            connection.execute(delete(NOTES).where(chosen))

        await self._database.write(work)

    async def notes(self, group: int) -> list[Note]:
        """What citizens of the group wrote, in that order."""
        query = (
            select(NOTES)
            .join(QUESTIONS, QUESTIONS.c.number == NOTES.c.question_number)
            .where(QUESTIONS.c.group_number == group)
            .order_by(NOTES.c.number)
        )

        def work(connection: Connection) -> list[Note]:
            return [Note(group, row.question_number, row.text, row.at) for row in connection.execute(query)]

        return await self._database.read(work)
