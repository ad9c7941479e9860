"""A database that is up to date is opened at once: nothing is migrated, written or imported for that."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.storage.migrations import revisions
from bot.storage.storage import Storage
from tests.bot.storage.building import a_question

_OPEN = """
import asyncio, sys
from bot.storage.storage import Storage

async def main(url):
    async with Storage.open(url) as storage:
        print(storage.revision, len(await storage.questions.listed()))

asyncio.run(main(sys.argv[1]))
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"alembic", "asyncpg", "mako"}))
"""


def _opened(url: str) -> tuple[str, str]:
    """What a process of its own found, and which of the slow libraries it imported."""
    done = subprocess.run([sys.executable, "-c", _OPEN, url], capture_output=True, text=True, check=True)
    found, imported = done.stdout.splitlines()
    return found, imported


def test_newest_revision_is_the_one_that_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(revisions.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [revisions.NEWEST]
    assert {script.revision for script in scripts.walk_revisions()} == set(revisions._REVISIONS)


async def test_only_what_migrates_imports_alembic(sqlite_url: str) -> None:
    assert _opened(sqlite_url) == (f"{revisions.NEWEST} 0", "alembic mako")
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question())
    assert _opened(sqlite_url) == (f"{revisions.NEWEST} 1", "")


async def test_database_is_opened_while_somebody_writes(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url):
        pass
    with closing(sqlite3.connect(file, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        async with Storage.open(sqlite_url, busy_timeout=0.1) as storage:
            assert await storage.questions.listed() == []
