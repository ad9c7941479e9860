"""Brings a database up to date when it is opened."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.errors import NewerSchemaError, StorageError

_FOLDER = Path(__file__).parent


def upgrade(connection: Connection, place: str) -> str:
    """The revision of the tables after they were brought up to date, in the transaction that the connection is in."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    newest = str(scripts.get_current_head())
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None and inspect(connection).get_table_names():
        raise StorageError(f"the database {place} has another program's tables; name another one in DATABASE_URL")
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerSchemaError(
            f"the database {place} was written by a newer version of this program (revision {revision!r}); "
            "run that version, or restore a backup"
        )
    if revision != newest:
        command.upgrade(config, "head")
    return newest
