"""The database systems, behind one interface; an address names one of them."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StorageError
from bot.storage.systems.backend import Backend
from bot.storage.systems.sqlite import SQLite

_SQLITE = "sqlite+aiosqlite"
_POSTGRESQL = "postgresql+asyncpg"
_WITH_PASSWORD = re.compile(r"(?P<begin>[\w+]+://[^:@/?#]+:)(?P<password>.*)@(?P<end>[^@]*)", re.DOTALL)


def backend_of(url: str, busy_timeout: float, *, create: bool = True) -> Backend:
    """The database system that the address names, waiting `busy_timeout` seconds at most.

    Raises StorageError for an address that is none, and without `create` for that of a file that is not there.
    """
    try:
        parsed = make_url(_quoted(url))
    except (ArgumentError, ValueError):
        raise StorageError(
            f"DATABASE_URL is no address; write {_SQLITE}:///data/assistant.db or {_POSTGRESQL}://USER:PASSWORD@HOST/NAME"
        ) from None
    if parsed.drivername == _SQLITE:
        sqlite = SQLite(parsed, busy_timeout)
        if not create and not Path(sqlite.place).exists():
            raise StorageError(
                f"there is no database {sqlite.place!r} yet; check DATABASE_URL, or make it with `database upgrade`"
            )
        return sqlite
    if parsed.drivername == _POSTGRESQL:
        from bot.storage.systems.postgresql import PostgreSQL  # it takes a tenth of a second to import

        return PostgreSQL(parsed, busy_timeout)
    raise StorageError(f"DATABASE_URL begins with {parsed.drivername!r}; write one of: {_SQLITE}, {_POSTGRESQL}")


def _quoted(url: str) -> str:
    """The address with each character of its password that would end it (`@`, `:`, `/`, `?`, `#`) quoted."""
    match = _WITH_PASSWORD.fullmatch(url)
    if not match:
        return url
    return f"{match['begin']}{quote(unquote(match['password']), safe='')}@{match['end']}"
