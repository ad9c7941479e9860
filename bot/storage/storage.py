"""The storage as the other rooms see it."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    suppress,
)
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, delete, select

from bot.errors import StorageAwayError, StorageError
from bot.storage.database import Database
from bot.storage.digests import DigestKey, deployment_key, key_file_beside
from bot.storage.follow_up.askers import Askers, AskingBack
from bot.storage.follow_up.cards import Cards, Prompts
from bot.storage.follow_up.drafts import Drafts, Wordings
from bot.storage.follow_up.group_search import GroupSearch, Reminders
from bot.storage.follow_up.groups import Groups
from bot.storage.follow_up.members import Members
from bot.storage.follow_up.staff_records import Audit, KeptPause, KeptReplies, SignIn
from bot.storage.inbox import KeptInbox
from bot.storage.leader_election import lead, owning
from bot.storage.migrations.revisions import NEWEST
from bot.storage.outbox import KeptOutbox, OnEnd
from bot.storage.purge import Purged, past_their_time, purge, purge_follow_up, stored_texts
from bot.storage.questions import KeptConversations, Questions, Tallies
from bot.storage.restoration import after_restore, copy_all
from bot.storage.systems import backend_of
from bot.storage.tables import DEPLOYMENT, INBOX, OUTBOX, QUESTIONS
from bot.storage.transcripts import Transcripts, purge_transcripts

logger = logging.getLogger(__name__)

_BUSY_TIMEOUT = 5.0
_WAITING_SECONDS = 1.0
_PROOF_BYTES = 4096
_PROOF_SECONDS = 2.0
_NO_NUMBER = -1
_SECONDS_TO_TELL = 2.0
"""In which whoever is forgotten is told so: where they were told goes with the rest."""
_SECONDS_BETWEEN_PURGES = 60
"""What conversations were about is promised to be kept for minutes, not longer."""


class Storage:
    """An open database, migrated to what this program needs."""

    def __init__(self, database: Database, key: DigestKey) -> None:
        self.questions = Questions(database, key)
        self.conversations = KeptConversations(database, key)
        self.follow_up = FollowUpStore(database, key)
        self.sign_in = SignIn(database, key)
        self.transcripts = Transcripts(database, key)
        self.revision = NEWEST
        """The version of the tables."""
        self.unit = database.unit
        """Makes all that is read and written in its context one transaction: all of it happens or nothing.

        It begins with the first write; on SQLite nobody else can write from then on, so compute first, then write. An
        exception that leaves the context undoes it. It raises StorageError at its end, and then nothing happened, when
        anything in it failed, even if that was caught. One unit inside another is a part of it.
        """
        self.offline = database.offline
        """Lets everything that is read or written in its context raise StorageError at once, without waiting."""
        self._database = database
        self._key = key

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        *,
        busy_timeout: float = _BUSY_TIMEOUT,
        create: bool = True,
        key_file: Path | None = None,
        new_key: bool = False,
    ) -> AsyncIterator[Self]:
        """The storage at that address for the time of the context; made when it is not there yet.

        The key of its digests is in `key_file`, by default in one beside an SQLite file; `new_key` is as with `anew` of
        `deployment_key`.

        Raises StorageError when it cannot be used, or is a missing file that must not be made (`create`), and
        NewerSchemaError when a newer program has written it. Whoever else is writing to it is waited for up to
        `busy_timeout` seconds.
        """
        database = Database(backend_of(url, busy_timeout, create=create), busy_timeout)
        try:
            key_file = key_file or key_file_beside(database)
            yield cls(database, await deployment_key(database, key_file, anew=new_key))
        finally:
            await database.close()

    @classmethod
    @asynccontextmanager
    async def open_when_there(cls, url: str, key_file: Path | None = None) -> AsyncIterator[Self]:
        """The same, for what runs for long: a server that cannot be reached is waited for. Raises StorageError."""
        async with AsyncExitStack() as stack:
            while True:
                try:
                    storage = await stack.enter_async_context(cls.open(url, key_file=key_file))
                    break
                except StorageAwayError as error:
                    logger.warning("Waiting for the database: %s", error)
                    await asyncio.sleep(_WAITING_SECONDS)
            yield storage

    @property
    def failures(self) -> int:
        """How often the database could not be used since this process began."""
        return self._database.failures

    async def prove_writing(self) -> None:
        """Writes about as much as an update takes, and keeps it. Raises StorageError when that cannot be done now.

        So it does while another program keeps messages from being written: what deletes no row waits for its lock too.
        """
        row = {"name": "last-proof-of-writing", "value": secrets.token_hex(_PROOF_BYTES)}
        insert = self._database.backend.insert(DEPLOYMENT)
        upsert = insert.on_conflict_do_update(index_elements=[DEPLOYMENT.c.name], set_={"value": row["value"]})

        def work(connection: Connection) -> None:
            for table in (INBOX, OUTBOX, QUESTIONS):
                connection.execute(delete(table).where(table.c.number == _NO_NUMBER))
            connection.execute(upsert, row)

        await self._database.write(work, patience=_PROOF_SECONDS)

    def inbox(self, channel: str) -> KeptInbox:
        """The updates of a channel such as `telegram`."""
        return KeptInbox(self._database, self._key, channel)

    def outbox(self, channel: str, on_end: Mapping[str, OnEnd] | None = None) -> KeptOutbox:
        """The calls of a channel such as `telegram`.

        `on_end` says who is told how calls ended that have a reference: {"notice": told} for those like `notice:12`.
        What `await told(reference, end)` writes to the storage counts together with the end, or not at all.
        """
        return KeptOutbox(self._database, channel, on_end or {})

    async def made_once(self, name: str, make: Callable[[], str]) -> str:
        """What is kept under the name for this deployment, such as a secret; made by `make` at the first time."""
        insert = self._database.backend.insert(DEPLOYMENT).on_conflict_do_nothing()

        def work(connection: Connection) -> str:
            connection.execute(insert, {"name": name, "value": make()})
            return str(connection.execute(select(DEPLOYMENT.c.value).where(DEPLOYMENT.c.name == name)).scalar_one())

        return await self._database.write(work)

    async def lead(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Runs `work` while no other process on this database does so under that name, such as `receiving`.

        It waits for the lead, and returns when the work does. When the lead is lost, it cancels the work and waits for
        the lead anew. Raises what the work raises.
        """
        await lead(self._database, name, work)

    def own(self) -> AbstractAsyncContextManager[None]:
        """Makes this process the one assistant on an SQLite file for the time of the context; waits for another to end.

        Only what runs for long and handles updates needs it; commands work beside. On PostgreSQL, which several
        assistants share, it does nothing.
        """
        return owning(self._database)

    async def purge(self, now: datetime, retention_days: int) -> Purged:
        """Destroys what is past its time at `now`: questions and their follow-up, conversations, sessions,
        updates, calls.

        Raises StorageError.
        """
        purged = await purge(self._database, now, retention_days)
        retention = timedelta(days=retention_days)
        followed = await purge_follow_up(self._database, now, retention)
        followed += await purge_transcripts(self._database, now, retention)
        signed_in = await self.sign_in.purge(now)
        if purged != Purged(0, 0) or followed or signed_in or self._database.has_deleted:
            await self._database.destroy_deleted()
        return purged

    async def copy_to(self, target: "Storage") -> dict[str, int]:
        """Copies everything to an empty PostgreSQL database, or nothing; how many rows of each table.

        Raises StorageError, as when an assistant runs on this one.
        """
        return await copy_all(self._database, target._database)  # noqa: SLF001  # of the same class

    async def after_restore(self, now: datetime) -> tuple[int, int]:
        """What is to be done to a PostgreSQL database that was restored; how many calls and updates are under way.

        Raises StorageError, as when an assistant runs on it.
        """
        return await after_restore(self._database, now)

    def texts(self) -> AsyncIterator[tuple[str, str]]:
        """Every text that is kept, and where it stands. Raises StorageError."""
        return stored_texts(self._database)

    async def purge_regularly(
        self, retention_days: int, now: Callable[[], datetime], pause: float = _SECONDS_BETWEEN_PURGES
    ) -> None:
        """Destroys what is past its time at once and then every minute, until it is cancelled.

        Where somebody wants to be forgotten, what they said is out of the database's files some seconds later.
        """
        while True:
            try:
                purged = await self.purge(now(), retention_days)
                logger.debug("Destroyed: %s", purged)
            except StorageError as error:
                logger.warning("What is past its time could not be destroyed; tried again later: %s", error)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._database.forgotten.wait()
                    await asyncio.sleep(_SECONDS_TO_TELL)
            self._database.forgotten.clear()

    async def expired(self, now: datetime, retention_days: int) -> dict[str, int]:
        """How many rows of which table should have been destroyed by `now`. Raises StorageError."""
        return await past_their_time(self._database, now, retention_days)

    @property
    def file(self) -> Path | None:
        """The file of the database; None where a server keeps it."""
        return None if self._database.backend.shared else Path(self._database.backend.place)

    async def backup(self, target: Path) -> None:
        """Copies the database to a new file while it is in use; raises StorageError."""
        await self._database.backend.backup(target)


class FollowUpStore:
    """Everything that is kept of the follow-up; each part joins the unit it is called in, and raises StorageError."""

    def __init__(self, database: Database, key: DigestKey) -> None:
        self.groups = Groups(database)
        self.search = GroupSearch(database)
        self.members = Members(database)
        self.askers = Askers(database, key)
        self.asking_back = AskingBack(database)
        self.audit = Audit(database)
        self.drafts = Drafts(database)
        self.wordings = Wordings(database)
        self.tallies = Tallies(database, key)
        self.cards = Cards(database)
        self.reminders = Reminders(database)
        self.prompts = Prompts(database)
        self.pauses = KeptPause(database)
        self.saved_replies = KeptReplies(database)
