"""Whether the assistant is paused, in the database, for all instances."""

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, select

from bot.records.groups import Deed
from bot.storage.database import Database
from bot.storage.stored_values import storable
from bot.storage.tables import DEPLOYMENT

_NAME = "paused"
_DEED = TypeAdapter(Deed)


class KeptPause:
    """Keeps who paused the assistant, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self) -> Deed | None:
        """Who paused it; None while it answers."""
        query = select(DEPLOYMENT.c.value).where(DEPLOYMENT.c.name == _NAME)

        def work(connection: Connection) -> Deed | None:
            kept = connection.execute(query).scalar()
            return _DEED.validate_json(kept) if kept else None

        return await self._database.read(work)

    async def begin(self, deed: Deed) -> None:
        """It is paused from now on; one that is paused already stays as it is."""
        insert = self._database.backend.insert(DEPLOYMENT).on_conflict_do_nothing()
        values = {"name": _NAME, "value": storable(_DEED.dump_json(deed).decode())}

        def work(connection: Connection) -> None:
            connection.execute(insert, values)

        await self._database.write(work)

    async def end(self) -> bool:
        """It answers again; False when it was not paused."""

        def work(connection: Connection) -> bool:
            return connection.execute(delete(DEPLOYMENT).where(DEPLOYMENT.c.name == _NAME)).rowcount == 1

        return await self._database.write(work)
