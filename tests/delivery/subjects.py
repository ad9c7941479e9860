"""The programs that are tested: the assistant, and the plain bot as a control."""

import asyncio
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.delivery.questions import number_in

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Subject:
    """A program: its command, and settings beside the usual ones. `prudent`: it promises to lose nothing."""

    name: str
    command: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    prudent: bool = True


ASSISTANT = Subject("assistant", (sys.executable, str(ROOT / "main.py"), "run"))
PLAIN = Subject("plain bot", (sys.executable, str(ROOT / "tests/delivery/plain_bot.py")), prudent=False)
PLAIN_16 = Subject("plain bot, 16 at once", PLAIN.command, {"PLAIN_AT_ONCE": "16"}, prudent=False)


DATABASE_FILE = "assistant.db"


def database_of(folder: Path) -> str:
    """The DATABASE_URL of a program that keeps its questions in the folder."""
    return f"sqlite+aiosqlite:///{folder / DATABASE_FILE}"


async def recorded(url: str) -> Counter[int]:
    """How many rows there are for each question, by its number, in the database at that address."""
    if url.startswith("sqlite"):
        return Counter(map(number_in, await asyncio.to_thread(recorded_texts, Path(url.partition("///")[2]))))
    import asyncpg  # type: ignore[import-untyped] # it has no types

    database = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return Counter(number_in(row["text"]) for row in await database.fetch("SELECT text FROM questions"))
    finally:
        await database.close()


def recorded_texts(file: Path) -> list[str]:
    """The questions that were recorded in that file."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(file, timeout=30)) as database:
        return [text for (text,) in database.execute("SELECT text FROM questions")]
