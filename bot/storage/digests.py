"""What is kept in the place of names that say who somebody is: digests, under two keys of this deployment.

One key lies in the database, the other in a file that is no part of it: who has the database, or a backup of it, alone
cannot try out which chat number a digest belongs to. A database that was written before it had the second key is
brought under it when it is opened.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy import BindParameter, Column, Connection, LargeBinary, Table, bindparam, delete, inspect, select, update

from bot.errors import StorageError
from bot.ordinary_files import ordinary_text
from bot.storage.database import Database
from bot.storage.migrations.revisions import is_up_to_date, upgrade
from bot.storage.tables import DEPLOYMENT, METADATA

DigestKey = tuple[bytes, ...]
"""Each key digests what the one before it has made."""

_INNER_KEY = "origin-key"
"""The key that lies in the database."""
_PROOF = "digest-key-proof"
"""By this in the database, the right key of a file is known."""
_BYTES = 32
_PORTION = 1000


def digest_of(name: str, key: DigestKey) -> bytes:
    """What is kept instead of a name that says who somebody is; without the deployment's keys nobody can compute it."""
    digest = name.encode(errors="surrogatepass")
    for part in key:
        # Unlike hmac.digest, this lets no other thread go first, for which the event loop would wait at each digest.
        digest = hmac.new(part, digest, hashlib.sha256).digest()
    return digest


def citizen_digest(channel: str, chat: int, key: DigestKey) -> bytes:
    """A digest of a citizen's chat, by which what is theirs is found again."""
    return digest_of(f"citizen:{channel}:{chat}", key)


def conversation_digest(conversation: str, key: DigestKey) -> bytes | None:
    """The same for the name of a conversation, `telegram:<chat>`; None where it has no chat."""
    return digest_of(f"citizen:{conversation}", key) if ":" in conversation else None


def key_file_beside(database: Database) -> Path | None:
    """Where the second key lies unless a setting says it: beside an SQLite file; nowhere for a server's database."""
    backend = database.backend
    return None if backend.shared else Path(f"{backend.place}.key")


async def deployment_key(database: Database, key_file: Path | None, *, anew: bool = False) -> DigestKey:
    """The keys of a database, which is brought up to date and, where it has no second key yet, under that of the file.

    Without a file there is no second key. With `anew` it is brought under the file's key whatever it was under before,
    for when that key is lost: what is kept stays, and nobody is known by it any more. Raises StorageError, as when the
    file is missing or another one.
    """
    place = database.backend.place

    def look(connection: Connection) -> tuple[str | None, str | None]:
        if not inspect(connection).has_table(DEPLOYMENT.name):
            return None, None
        return _kept(connection, _INNER_KEY) if is_up_to_date(connection) else None, _kept(connection, _PROOF)

    def bring_under(connection: Connection) -> str:
        database.backend.lock_schema(connection)
        upgrade(connection, place)
        inner = _made_once(database, connection, _INNER_KEY, secrets.token_hex(_BYTES))
        before = _kept(connection, _PROOF)
        if before and not anew:
            _require_right(outer, before, key_file, place)
        elif outer and before != _proof_of(outer):
            _digest_anew(connection, outer)
            connection.execute(delete(DEPLOYMENT).where(DEPLOYMENT.c.name == _PROOF))
            _made_once(database, connection, _PROOF, _proof_of(outer))
        return inner

    inner, proof = await database.read(look)
    must_be_there = proof is not None and not anew
    outer = _key_in(key_file, place, must_be_there=must_be_there)
    if must_be_there and inner and proof:
        _require_right(outer, proof, key_file, place)
    elif inner is None or outer:
        inner = await database.write(bring_under)
        await database.destroy_deleted()
    return (bytes.fromhex(inner), *([outer] if outer else []))


def _kept(connection: Connection, name: str) -> str | None:
    return connection.execute(select(DEPLOYMENT.c.value).where(DEPLOYMENT.c.name == name)).scalar()


def _made_once(database: Database, connection: Connection, name: str, value: str) -> str:
    insert = database.backend.insert(DEPLOYMENT).on_conflict_do_nothing()
    connection.execute(insert, {"name": name, "value": value})
    return str(_kept(connection, name))


def _proof_of(key: bytes) -> str:
    return hmac.digest(key, _PROOF.encode(), hashlib.sha256).hex()


def _require_right(key: bytes, proof: str, file: Path | None, place: str) -> None:
    if not hmac.compare_digest(proof, _proof_of(key)):
        raise StorageError(
            f"the key {str(file or '')!r} is not the one that the database {place} was written with; "
            "put that one back, or name its file in DIGEST_KEY_FILE"
        )


def _key_in(file: Path | None, place: str, *, must_be_there: bool) -> bytes:
    """The key of the file, which is made where there is none yet; nothing without a file. Raises StorageError."""
    if file is None:
        if must_be_there:
            raise StorageError(f"the key of the database {place} is in a file; name it in DIGEST_KEY_FILE")
        return b""
    try:
        if not must_be_there and not file.exists():
            _make_key(file)
        key = bytes.fromhex(ordinary_text(file, "ascii"))
    except FileNotFoundError:
        raise StorageError(
            f"the key {file} of the database {place} is missing; put it back or name its file in DIGEST_KEY_FILE, "
            "or where it is lost: database new-key"
        ) from None
    except OSError as error:
        raise StorageError(f"the key {file} cannot be read or made: {error.strerror}; see DIGEST_KEY_FILE") from None
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise StorageError(f"{file} is no key of this program; put the right file back, see DIGEST_KEY_FILE")
    return key


def _make_key(file: Path) -> None:
    """A new key in the file, for its owner alone and safely on the disk; one that another process made first counts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as written:
        written.write(f"{secrets.token_hex(_BYTES)}\n")
        written.flush()
        os.fsync(written.fileno())
    with suppress(FileExistsError):
        os.link(new, file)
    new.unlink()
    _sync(file.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest_anew(connection: Connection, outer: bytes) -> None:
    """Digests each digest that is kept once more, under the outer key; all rooms' tables are imported by then."""
    for table in METADATA.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, LargeBinary)]
        if columns:
            _digest_table_anew(connection, table, columns, outer)


def _digest_table_anew(connection: Connection, table: Table, columns: list[Column[bytes]], outer: bytes) -> None:
    (key,) = table.primary_key
    changed: dict[str, BindParameter[bytes]] = {column.name: bindparam(f"new_{column.name}") for column in columns}
    change = update(table).where(key == bindparam("row")).values(changed)
    rows = connection.execute(select(key.label("row"), *columns)).all()
    values = [
        {"row": row[0]}
        | {f"new_{column.name}": _once_more(old, outer) for column, old in zip(columns, row[1:], strict=True)}
        for row in rows
    ]
    for start in range(0, len(values), _PORTION):
        connection.execute(change, values[start : start + _PORTION])


def _once_more(digest: bytes | None, outer: bytes) -> bytes | None:
    return None if digest is None else hmac.digest(outer, digest, hashlib.sha256)
