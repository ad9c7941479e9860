"""Answers that staff keep to give them again, in the database."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.records.groups import SavedReply, StaffMember
from bot.storage.database import Database
from bot.storage.follow_up.groups import NUMBERS
from bot.storage.follow_up.tables import SAVED_REPLIES
from bot.storage.stored_values import storable


class KeptReplies:
    """Keeps saved replies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self) -> list[SavedReply]:
        """All of them, the newest first."""
        query = select(SAVED_REPLIES).order_by(SAVED_REPLIES.c.number.desc())

        def work(connection: Connection) -> list[SavedReply]:
            return [
                SavedReply(row.number, row.text, StaffMember(row.by_id, row.by_name), row.at)
                for row in connection.execute(query)
            ]

        return await self._database.read(work)

    async def add(self, text: str, by: StaffMember, at: datetime) -> int:
        """The number under which the text is kept; a text that is kept already stays as it is."""
        values = {"text": storable(text), "by_id": storable(by.id), "by_name": storable(by.name), "at": at}
        insert = self._database.backend.insert(SAVED_REPLIES).values(values).returning(SAVED_REPLIES.c.number)
        known = select(SAVED_REPLIES.c.number).where(SAVED_REPLIES.c.text == values["text"]).limit(1)

        def work(connection: Connection) -> int:
            number = connection.execute(known).scalar()
            return int(number if number is not None else connection.execute(insert).scalar_one())

        return await self._database.write(work)

    async def remove(self, number: int) -> bool:
        """Destroys one; False when there is none of that number."""
        if number not in NUMBERS:
            return False
        chosen = delete(SAVED_REPLIES).where(SAVED_REPLIES.c.number == number)

        def work(connection: Connection) -> bool:
            return connection.execute(chosen).rowcount == 1

        return await self._database.write(work)
