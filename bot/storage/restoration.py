"""Puts a whole database into the place of another: a backup back, or everything to another system.

Nothing is given, sent or handled a second time. What happened after a backup was made is known from the database that
is replaced, where that can still be read: its numbers are not given again, what was under way in the backup and has
ended since is not begun anew, and what was confirmed to Telegram since and has not ended goes on.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, Table, bindparam, delete, func, insert, select, text
from sqlalchemy.engine import make_url

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.digests import deployment_key
from bot.storage.follow_up import tables as _follow_up_tables  # noqa: F401  # they are a part of METADATA then
from bot.storage.migrations.revisions import NEWEST
from bot.storage.systems import backend_of
from bot.storage.systems.sqlite import SQLite
from bot.storage.tables import DEPLOYMENT, INBOX, METADATA, WAITING, UtcTime

_BUSY_TIMEOUT = 5.0
_LEFT_OVERS = ("-wal", "-shm", "-journal")
_NUMBERS_SKIPPED = 100_000
"""Where the replaced database does not say which numbers were given, so many are left out: nobody gives more a day."""

_SEQUENCES = """
UPDATE sqlite_sequence
SET seq = max(seq, (SELECT given.seq FROM was.sqlite_sequence given WHERE given.name = sqlite_sequence.name))
WHERE name IN (SELECT name FROM was.sqlite_sequence);
INSERT INTO sqlite_sequence (name, seq)
SELECT name, seq FROM was.sqlite_sequence WHERE name NOT IN (SELECT name FROM main.sqlite_sequence);
"""
_ENDED_SINCE = """
UPDATE outbox SET state = 'closed', reason = 'restored', ended_at = :now, chat = 0, arguments = NULL, plain = NULL
WHERE ended_at IS NULL AND number NOT IN (SELECT number FROM was.outbox WHERE ended_at IS NULL);
UPDATE inbox SET state = 'done', body = NULL, chat = 0 WHERE state = 'waiting'
AND key_digest NOT IN (SELECT key_digest FROM was.inbox WHERE state = 'waiting');
UPDATE askers
SET (state, ended_at, chat) = (SELECT state, ended_at, chat FROM was.askers told WHERE told.number = askers.number)
WHERE ended_at IS NULL AND number IN (SELECT number FROM was.askers WHERE ended_at IS NOT NULL);
"""
_FORGOTTEN = """(
SELECT number FROM questions WHERE citizen_digest IS NOT NULL AND EXISTS (
SELECT 1 FROM was.questions since
WHERE since.number = questions.number AND since.asked_at = questions.asked_at AND since.citizen_digest IS NULL))"""
_FORGOTTEN_SINCE = f"""
DELETE FROM votes WHERE citizen_digest IN (SELECT citizen_digest FROM questions WHERE number IN {_FORGOTTEN});
DELETE FROM notes WHERE question_number IN {_FORGOTTEN};
DELETE FROM askers WHERE question_number IN {_FORGOTTEN};
UPDATE questions SET citizen_digest = NULL, chosen_entry = NULL,
origin_digest = (SELECT origin_digest FROM was.questions since WHERE since.number = questions.number)
WHERE number IN {_FORGOTTEN};
"""  # noqa: S608  # of constants alone
"""Citizens who had themselves forgotten since stay so."""
_BEGUN_SINCE = """
INSERT INTO inbox (channel, key_digest, chat, body, state, attempts, reason, received_at, message)
SELECT channel, key_digest, chat, body, state, attempts, reason, received_at, message FROM was.inbox since
WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE channel = since.channel AND key_digest = since.key_digest)
ORDER BY since.number;
INSERT INTO outbox (channel, chat, method, arguments, plain, state, attempts, due_at, after, message, created_at)
SELECT channel, chat, method, arguments, plain, state, attempts, due_at, after, message, created_at
FROM was.outbox since WHERE ended_at IS NULL AND reference IS NULL AND number NOT IN (SELECT number FROM outbox)
ORDER BY since.number;
"""
"""Calls with a reference are about work of staff that is gone with the time since."""
_HAVE_THE_SAME_KEY = """
SELECT count(*) = 2
FROM main.deployment was JOIN restored.deployment now ON now.name = was.name AND now.value = was.value
WHERE was.name IN ('origin-key', 'digest-key-proof')
"""
_DOUBTFUL = """
UPDATE outbox SET state = 'sending', attempts = CASE WHEN attempts < 1 THEN 1 ELSE attempts END, due_at = :now,
after = coalesce(after, (SELECT max(message) FROM outbox), 0) WHERE ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of it: `replaced` is the file that the former database is kept in, None where there was none.

    `calls` are looked for at the next start, since they may have been sent; `updates` wait to be handled.
    `is_compared` says whether the former database told what happened since.
    """

    replaced: Path | None
    calls: int
    updates: int
    is_compared: bool


async def restore(
    url: str, backup: Path, now: datetime, key_file: Path | None = None, *, new_key: bool = False
) -> Restored:
    """Puts the backup into the place of the SQLite database at that address.

    `key_file` holds the key of its digests; by default it is the file beside the database. With `new_key` the backup is
    brought under it, whatever it was under before. Raises StorageError, and has
    changed nothing then: when an assistant runs on the database, when the backup is not of this program, is damaged,
    was written by a newer version or under another key, and when there is no room.
    """
    database = backend_of(url, _BUSY_TIMEOUT)
    if not isinstance(database, SQLite):
        raise StorageError(
            "PostgreSQL is restored with its own tool: pg_restore --clean --dbname=... FILE, "
            "then `database after-restore`"
        )
    file = Path(database.place)
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = database.lock("owner")
    if not await lock.take():
        raise StorageError(f"an assistant is running on {file}; stop it, then restore")
    try:
        return await _restore(file, backup, now, key_file or Path(f"{file}.key"), new_key=new_key)
    except sqlite3.Error as error:
        raise StorageError(f"{backup} could not be restored, and nothing was changed: {error}") from None
    except OSError as error:
        raise StorageError(f"{backup} could not be restored: {error.strerror}") from None
    finally:
        await lock.release()


async def _restore(file: Path, backup: Path, now: datetime, key_file: Path, *, new_key: bool) -> Restored:
    _require_backup(backup, file)
    new = file.with_name(f"{file.name}.restoring")
    _remove(new)
    try:
        _copy(backup, new)
        await _bring_up_to_date(new, key_file, new_key=new_key)
        is_compared = _is_comparable(file, new)
        calls, updates = _carry_over(new, file if is_compared else None, now)
        replaced = _replace(file, new, now)
    finally:
        _remove(new)
    return Restored(replaced, calls, updates, is_compared)


def _require_backup(backup: Path, file: Path) -> None:
    if not backup.is_file():
        raise StorageError(f"there is no backup {str(backup)!r}; name the file that `database backup` made")
    if file.exists() and backup.samefile(file):
        raise StorageError(f"{backup} is the database itself; name a backup of it")
    try:
        with closing(_opened(backup)) as connection:
            (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StorageError(f"{backup} is no backup of this program: {error}") from None
    if fault != "ok":
        raise StorageError(f"the backup {backup} is damaged ({fault}); take another one")


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _copy(backup: Path, new: Path) -> None:
    """Through SQLite, which reads what is still in the log of a copied file too."""
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(new)) as target:
        source.backup(target)


async def _bring_up_to_date(new: Path, key_file: Path, *, new_key: bool) -> None:
    url = make_url("sqlite+aiosqlite://").set(database=str(new)).render_as_string()
    database = Database(backend_of(url, _BUSY_TIMEOUT), _BUSY_TIMEOUT)
    try:
        await deployment_key(database, key_file, anew=new_key)
    finally:
        await database.close()


def _is_comparable(file: Path, new: Path) -> bool:
    """Whether the database can be read, and has the tables of this program and the key of the new one."""
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("ATTACH ? AS restored", (str(new),))
            (same_key,) = connection.execute(_HAVE_THE_SAME_KEY).fetchone()
    except sqlite3.Error:
        return False
    return bool(fault == "ok" and found == (NEWEST,) and same_key)


def _carry_over(new: Path, former: Path | None, now: datetime) -> tuple[int, int]:
    """Writes into the new database what is known of the time since; how many calls and updates are under way in it."""
    moment = {"now": now.strftime("%Y-%m-%d %H:%M:%S.%f")}
    with closing(sqlite3.connect(new)) as connection:
        if former:
            connection.execute("ATTACH ? AS was", (str(former),))
        with connection:
            if former:
                for statement in filter(
                    str.strip, (_SEQUENCES + _ENDED_SINCE + _FORGOTTEN_SINCE + _BEGUN_SINCE).split(";")
                ):
                    connection.execute(statement, moment)
            else:
                connection.execute("UPDATE sqlite_sequence SET seq = seq + ?", (_NUMBERS_SKIPPED,))
            connection.execute(_DOUBTFUL, moment)
        (calls,) = connection.execute("SELECT count(*) FROM outbox WHERE ended_at IS NULL").fetchone()
        (updates,) = connection.execute("SELECT count(*) FROM inbox WHERE state = 'waiting'").fetchone()
    return calls, updates


def _replace(file: Path, new: Path, now: datetime) -> Path | None:
    """Moves the new database into its place; what was there is kept beside it, log and all in one file."""
    _sync(new)
    replaced = None
    if file.exists():
        replaced = file.with_name(f"{file.name}.before-{now:%Y%m%d-%H%M%S}")
        shutil.move(file, replaced)
        for end in _LEFT_OVERS:
            left = file.with_name(file.name + end)
            if left.exists():
                shutil.move(left, replaced.with_name(replaced.name + end))
    for end in _LEFT_OVERS:
        file.with_name(file.name + end).unlink(missing_ok=True)
    new.rename(file)
    _sync(file.parent)
    return replaced


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(new: Path) -> None:
    for end in ("", *_LEFT_OVERS, "-owner.lock"):
        with suppress(OSError):
            new.with_name(new.name + end).unlink(missing_ok=True)


_LEADS = ("receiving", "follow-up")


async def after_restore(database: Database, now: datetime) -> tuple[int, int]:
    """Lets a PostgreSQL database that its own tool has restored give no number and send nothing a second time.

    What happened since the dump is not known there, so numbers are left out generously, and calls that were under way
    are looked for before they are made. How many of those and of updates are under way. Raises StorageError, as when an
    assistant runs on it.
    """
    if not database.backend.shared:
        raise StorageError("an SQLite database is restored with `database restore FILE`, which does all of this")
    async with AsyncExitStack() as stack:
        for name in _LEADS:
            lock = database.backend.lock(name)
            stack.push_async_callback(lock.release)
            with database.explained():
                is_free = await lock.take()
            if not is_free:
                raise StorageError(f"an assistant is running on {database.backend.place}; stop it first")
        return await database.write(lambda connection: _after_restore(connection, now))


def _after_restore(connection: Connection, now: datetime) -> tuple[int, int]:
    for table in METADATA.sorted_tables:
        if column := _numbered(table):
            names = {"name": table.name, "column": column}
            (sequence,) = connection.execute(_SEQUENCE, names).one()
            last = connection.execute(text(f"SELECT last_value FROM {sequence}")).scalar_one()  # noqa: S608  # the server's own name
            largest = connection.execute(select(func.max(table.c[column]))).scalar() or 0
            connection.execute(_NEXT_NUMBER, names | {"last": max(last, largest) + _NUMBERS_SKIPPED})
    calls = connection.execute(text(_DOUBTFUL).bindparams(bindparam("now", now, UtcTime))).rowcount
    waiting = select(func.count()).select_from(INBOX).where(text(WAITING))
    return calls, connection.execute(waiting).scalar_one()


_PORTION = 1000
_SEQUENCE = text("SELECT pg_get_serial_sequence(:name, :column)")
_NEXT_NUMBER = text("SELECT setval(pg_get_serial_sequence(:name, :column), :last)")


async def copy_all(source: Database, target: Database) -> dict[str, int]:
    """Copies everything from the SQLite database to the PostgreSQL one, or nothing; how many rows of each table.

    Both are up to date. Raises StorageError, as when an assistant runs on the source or the target is not empty.
    """
    if source.backend.shared or not target.backend.shared:
        raise StorageError("a database can be moved from SQLite to PostgreSQL only")
    owner = source.backend.lock("owner")
    if not await owner.take():
        raise StorageError(f"an assistant is running on {source.backend.place}; stop it, then move")
    try:
        return await _copied(source, target)
    finally:
        await owner.release()


async def _copied(source: Database, target: Database) -> dict[str, int]:
    rows = await source.read(_all_rows)
    last = await source.read(_last_numbers)

    def work(connection: Connection) -> dict[str, int]:
        _require_empty(connection, target.backend.place)
        connection.execute(delete(DEPLOYMENT))  # the key of the source goes with its digests
        for table in METADATA.sorted_tables:
            for portion in _portions(rows[table.name]):
                connection.execute(insert(table), portion)
            if (column := _numbered(table)) and last.get(table.name):
                connection.execute(_NEXT_NUMBER, {"name": table.name, "column": column, "last": last[table.name]})
        return {name: len(copied) for name, copied in rows.items()}

    return await target.write(work)


def _all_rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table))]  # noqa: SLF001  # its public name
        for table in METADATA.sorted_tables
    }


def _last_numbers(connection: Connection) -> Mapping[str, int]:
    """The largest number that each table has given, of rows that are gone too."""
    given = {str(name): int(last) for name, last in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    for table in METADATA.sorted_tables:
        if column := _numbered(table):
            largest = connection.execute(select(func.max(table.c[column]))).scalar() or 0
            given[table.name] = max(given.get(table.name, 0), largest)
    return given


def _numbered(table: Table) -> str | None:
    """The column whose numbers the database gives."""
    column = table.autoincrement_column
    return column.name if column is not None and isinstance(column.type, Integer) else None


def _require_empty(connection: Connection, place: str) -> None:
    for table in METADATA.sorted_tables:
        if table is not DEPLOYMENT and connection.execute(select(func.count()).select_from(table)).scalar():
            raise StorageError(f"the database {place} is not empty ({table.name}); name an empty one to move to")


def _portions(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), _PORTION):
        yield rows[start : start + _PORTION]
