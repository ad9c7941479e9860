"""Brings a database up to date when it is opened. Alembic takes long to import, so only what migrates does so."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import NewerSchemaError, StorageError

_FOLDER = Path(__file__).parent
_REVISIONS = sorted(file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*.py"))
_SEVERAL = "several"
NEWEST = _REVISIONS[-1]
"""The revision of the tables that this program uses."""


def is_up_to_date(connection: Connection) -> bool:
    """Whether the tables are those that this program uses."""
    return _revision(connection) == NEWEST


def upgrade(connection: Connection, place: str) -> None:
    """Brings the tables up to date, in the transaction that the connection is in."""
    revision = _revision(connection)
    if revision == _SEVERAL:
        raise StorageError(
            f"the database {place} claims several revisions at once; leave one row in its table alembic_version, "
            "or restore a backup"
        )
    if revision is None and inspect(connection).get_table_names():
        raise StorageError(f"the database {place} has another program's tables; name another one in DATABASE_URL")
    if revision is not None and revision not in _REVISIONS:
        raise NewerSchemaError(
            f"the database {place} was written by a newer version of this program (revision {revision!r}); "
            "run that version, or restore a backup"
        )
    if revision != NEWEST:
        _migrate(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revisions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(revisions) > 1:
        return _SEVERAL
    return str(revisions[0]) if revisions else None


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
