"""All that is particular to PostgreSQL: a server, and advisory locks on it."""

import asyncio
import errno
import hashlib
import re
import time
from contextlib import aclosing, suppress
from pathlib import Path
from ssl import SSLError

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage.systems.backend import Result, Work

_SCHEMA_LOCK = 5_062_120
"""Any number will do, as long as every instance uses the same."""
_WRITERS = 12
_READERS = 4
"""With the connections of its locks, an instance keeps below 20 of the 100 that a server has unless told otherwise."""
_PATIENCE = 60.0
"""Seconds for a statement; a server that was cut off the network never answers."""
_PATIENCE_WITH_SCHEMA = "SET LOCAL lock_timeout = '50s'"
"""Another instance may be migrating."""
_LONGEST_IDLE = 60_000
"""Milliseconds after which the server ends a transaction of an instance that does nothing, and so frees its rows."""


_TOO_MANY_CLIENTS = "53300"
_TOO_MANY_PAUSE = 0.05
_NUMBER = re.compile(r"\[Errno (\d+)\]")
_STARTS_OR_STOPS = "57P03"
_PASSING = {"57P01", "57P02", _STARTS_OR_STOPS, _TOO_MANY_CLIENTS}
"""The server stops, crashed, starts, or has too many clients."""
_OTHER_OPTIONS = {"host", "port", "user", "password", "target_session_attrs"}
_TLS = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}


def _understood(url: URL) -> URL:
    """The address as asyncpg understands it: `sslmode`, as the server's own tools write it, is its `ssl`."""
    query = dict(url.query)
    tls = query.pop("sslmode", None) or query.pop("ssl", None)
    if unknown := sorted(query.keys() - _OTHER_OPTIONS):
        names = ", ".join(unknown)
        raise StorageError(f"DATABASE_URL has what is not understood after its question mark: {names}; leave it out")
    if tls is not None and tls not in _TLS:
        raise StorageError(f"the sslmode in DATABASE_URL is none; write one of: {', '.join(sorted(_TLS))}")
    return url.set(query=query | ({"ssl": tls} if tls else {}))


class PostgreSQL:
    """A database on a PostgreSQL server."""

    writers = _WRITERS
    shared = True

    def __init__(self, url: URL, busy_timeout: float) -> None:
        self._url = _understood(url)
        self._timeout = busy_timeout
        self._engine: AsyncEngine

    @property
    def place(self) -> str:
        """The address without its password, and without its query, which may hold another one."""
        return self._url.set(query={}).render_as_string(hide_password=True)

    def open(self) -> None:
        """Gets ready to connect, noticing connections that a restarted server has dropped."""
        limits = {
            "lock_timeout": str(int(self._timeout * 1000)),
            "idle_in_transaction_session_timeout": str(_LONGEST_IDLE),
        }
        options = {"timeout": self._timeout, "command_timeout": _PATIENCE, "server_settings": limits}
        size = {"pool_size": _READERS, "max_overflow": _WRITERS + _READERS, "pool_timeout": self._timeout}
        try:
            self._engine = create_async_engine(self._url, pool_pre_ping=True, connect_args=options, **size)
        except ModuleNotFoundError:
            raise StorageError("PostgreSQL needs asyncpg; install it with: pip install asyncpg") from None

    async def close(self) -> None:
        """Ends every connection."""
        await self._engine.dispose()

    async def read(self, work: Work[Result]) -> Result:
        """What the work returns."""
        async with aclosing(await self.connected()) as connection:
            return await connection.run_sync(work)

    def lock(self, name: str) -> "AdvisoryLock":
        """A lock of a session of its own."""
        return AdvisoryLock(self._engine, name)

    async def give_back(self, connection: AsyncConnection) -> None:
        """Takes back a connection; what was committed counts, whatever becomes of it."""
        with suppress(OSError, SQLAlchemyError):
            await connection.close()

    async def run(self, connection: AsyncConnection, work: Work[Result]) -> Result:
        """What the work returns."""
        return await connection.run_sync(work)

    async def connected(self) -> AsyncConnection:
        """A connection; where the server has none left for this role or database, the next one that comes free."""
        until = time.monotonic() + self._timeout
        while True:
            try:
                return await self._engine.connect()
            except Exception as error:
                if _state(error) != _TOO_MANY_CLIENTS or time.monotonic() > until:
                    raise
            await asyncio.sleep(_TOO_MANY_PAUSE)

    def insert(self, table: Table) -> Insert:
        """INSERT as PostgreSQL has it."""
        return insert(table)

    def lock_schema(self, connection: Connection) -> None:
        """Takes an advisory lock, which ends with the transaction."""
        connection.execute(text(_PATIENCE_WITH_SCHEMA))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SCHEMA_LOCK})

    async def destroy_deleted(self) -> bool:
        """Nothing to do: the server's autovacuum reclaims what is deleted."""
        return True

    async def backup(self, target: Path) -> None:
        """Refuses: the server's own tool does this better."""
        raise StorageError(f"PostgreSQL is backed up with its own tool: pg_dump --format=custom --file={target} ...")

    def is_away(self, error: BaseException) -> bool:
        """Whether the server does not answer, starts or stops, or has no connection left; not that it refuses this."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, OSError):  # a TLS that is refused or not trusted has no number of the system
            is_system = (cause.errno is not None and not isinstance(cause, SSLError)) or _is_refused(cause)
            return isinstance(cause, TimeoutError) or is_system
        return isinstance(error, NoConnectionFreeError) or _state(error) in _PASSING

    def is_gone(self, error: BaseException) -> bool:
        """Whether nothing listens at the server's address, or it says itself that it starts or stops."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        return _is_refused(cause) or _state(error) == _STARTS_OR_STOPS

    def explanation(self, error: BaseException) -> str | None:
        """The server's own words, in one line."""
        if isinstance(error, OSError | TimeoutError):
            return f"the database {self.place} cannot be reached; see whether the server runs and DATABASE_URL is right"
        if isinstance(error, NoConnectionFreeError):
            return f"the database {self.place} is busy; try again"
        if isinstance(error, DBAPIError):
            return f"the database {self.place} cannot be used: {_first_line(error.orig)}"
        if type(error).__module__.startswith("asyncpg."):
            return f"the database {self.place} cannot be used: {_first_line(error)}"
        return None


def _state(error: BaseException) -> str | None:
    """The server's code for what is wrong."""
    return getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None)


def _is_refused(error: BaseException | None) -> bool:
    """Whether nothing listens there; of a name with several addresses, such as `localhost`, at none of them."""
    numbers = _NUMBER.findall(str(error)) if isinstance(error, OSError) and error.errno is None else []
    all_refused = bool(numbers) and set(numbers) == {str(errno.ECONNREFUSED)}
    return all_refused or isinstance(error, ConnectionRefusedError | FileNotFoundError)


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__).rpartition(">: ")[2]


_TAKE = text("SELECT pg_try_advisory_lock(:number)")
_LOOK = text("SELECT 1")


class AdvisoryLock:
    """Implements `ExclusiveLock`. The server frees it when the connection, which it keeps to itself, ends."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        digest = hashlib.sha256(name.encode()).digest()
        self._number = int.from_bytes(digest[:8], signed=True)
        self._connection: AsyncConnection | None = None

    async def take(self) -> bool:
        """Whether this has the lock now; raises the driver's errors."""
        if self._connection is None:
            self._connection = await self._engine.connect()
        try:
            taken = bool((await self._connection.execute(_TAKE, {"number": self._number})).scalar_one())
        except BaseException:
            await self.release()
            raise
        if not taken:  # a server may have few connections
            connection, self._connection = self._connection, None
            await connection.close()
        return taken

    async def is_held(self) -> bool:
        """Whether the connection that took the lock still is; raises the driver's errors when it is not."""
        return self._connection is not None and (await self._connection.execute(_LOOK)).scalar_one() == 1

    async def release(self) -> None:
        """Ends the connection, and the lock with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, SQLAlchemyError):
                await connection.invalidate()
            await connection.close()
