"""What is kept in the place of names that say who somebody is: digests, under a key of this deployment."""

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, select

from bot.storage.database import Database
from bot.storage.migrations.revisions import is_up_to_date, upgrade
from bot.storage.tables import DEPLOYMENT

_KEY = "origin-key"
_FIND_KEY = select(DEPLOYMENT.c.value).where(DEPLOYMENT.c.name == _KEY)


async def deployment_key(database: Database) -> bytes:
    """The key that origins and names of conversations are digested with, of a database that is brought up to date."""

    def look(connection: Connection) -> str | None:
        return connection.execute(_FIND_KEY).scalar() if is_up_to_date(connection) else None

    def make(connection: Connection) -> str:
        database.backend.lock_schema(connection)
        upgrade(connection, database.backend.place)
        insert = database.backend.insert(DEPLOYMENT).on_conflict_do_nothing()
        connection.execute(insert, {"name": _KEY, "value": secrets.token_hex(32)})
        return str(connection.execute(_FIND_KEY).scalar_one())

    key = await database.read(look)
    if key is None:
        key = await database.write(make)
    return bytes.fromhex(key)


def digest_of(name: str, key: bytes) -> bytes:
    """What is kept instead of a name that says who somebody is; without the deployment's key nobody can compute it."""
    return hmac.digest(key, name.encode(errors="surrogatepass"), hashlib.sha256)


def citizen_digest(channel: str, chat: int, key: bytes) -> bytes:
    """A digest of a citizen's chat, by which what is theirs is found again; without the key nobody can compute it."""
    return digest_of(f"citizen:{channel}:{chat}", key)


def conversation_digest(conversation: str, key: bytes) -> bytes | None:
    """The same for the name of a conversation, `telegram:<chat>`; None where it has no chat."""
    return digest_of(f"citizen:{conversation}", key) if ":" in conversation else None
