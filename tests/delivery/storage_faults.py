"""R5, D1-D4: the power goes, the disk is full, the database is locked, damaged or large."""

import asyncio
import os
import random
import resource
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.delivery.asking import Plan, ask
from tests.delivery.benches import Bench, bench
from tests.delivery.judging import Figures
from tests.delivery.questions import is_known
from tests.delivery.rows import Row, Size
from tests.delivery.subjects import Subject

_LATENCY = 0.05
_DATABASE = "assistant.db"
_NO_LARGER_FILES = 16_384
_INSERT_MANY = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
INSERT INTO questions (origin_digest, text, language, outcome, state, nearest, asked_at, updated_at)
SELECT randomblob(32), '예전 질문 ' || n, 'ko', 'fallback', 'dismissed', '[]', datetime('now'), datetime('now')
FROM number
"""


async def _power_cuts(subject: Subject, size: Size, seed: int) -> Figures:
    """Copies the files as they are at random moments: what was confirmed to Telegram has to be in every copy."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    cuts = size.pick(5, 20)
    plan = Plan(cuts * 20)
    async with bench(subject, seed, latency=_LATENCY) as on:
        asking = asyncio.ensure_future(ask(on.api, plan))
        whole = 0
        figures = Figures()
        for number in range(cuts):
            await asyncio.sleep(chance.uniform(0.1, 2 * plan.seconds / cuts))
            confirmed = len(await on.api.tell("confirmed"))
            copy = _copy_while_it_stands_still(on, on.folder / f"cut{number}")
            whole += await asyncio.to_thread(_is_whole, copy, confirmed)
        asked = await asking
        await on.settle(asked, quiet=20)
        figures = await on.judged(asked)
        figures.expect_nothing_lost()
        figures.notes["whole copies"] = whole
        figures.expect(whole == cuts, f"{cuts - whole} of {cuts} copies are not whole")
    return figures


def _copy_while_it_stands_still(on: Bench, to: Path) -> Path:
    """The files of the database as they are at one moment."""
    to.mkdir()
    os.killpg(on.program.pid, signal.SIGSTOP)
    try:
        for file in on.folder.glob(f"{_DATABASE}*"):
            if file.is_file() and not file.name.endswith("-shm"):  # it is made anew from the others after a power cut
                shutil.copy(file, to)
    finally:
        os.killpg(on.program.pid, signal.SIGCONT)
    return to / _DATABASE


def _kept(folder: Path) -> int:
    """How many updates are in the database or in the journal beside it, which has its full size from the start."""
    files = folder.glob(f"{_DATABASE}.updates/*.journal")
    in_journals = sum(file.read_bytes().partition(b"\0")[0].count(b"\n") for file in files)
    return in_journals + _stored(folder / _DATABASE)


def _stored(file: Path) -> int:
    with closing(sqlite3.connect(file, timeout=60)) as database:
        return int(database.execute("SELECT count(*) FROM inbox").fetchone()[0])


def _is_whole(file: Path, confirmed: int) -> bool:
    with closing(sqlite3.connect(file, timeout=60)) as database:
        sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return sound and _stored(file) >= confirmed


async def _full_disk(subject: Subject, size: Size, seed: int) -> Figures:
    """No file can grow for a while, as on a full disk."""
    count = size.pick(40, 200)
    async with bench(subject, seed, latency=_LATENCY) as on:
        asked = await ask(on.api, Plan(60))  # the files are larger than the limit by now
        await on.settle(asked, quiet=20)
        _limit_files(on.program.pid, _NO_LARGER_FILES)
        full = await ask(on.api, Plan(count, first=len(asked)))
        chats = sorted({each.chat for each in full.values()})
        await on.api.tell("wait_replies", chats=chats, count=count + 60, seconds=20, quiet=5)
        while_full = await on.judged(full)
        confirmed = len(await on.api.tell("confirmed"))
        kept = await asyncio.to_thread(_kept, on.folder)
        _limit_files(on.program.pid, resource.RLIM_INFINITY)
        await on.settle(asked | full, quiet=40)
        figures = await on.judged(asked | full)
        known = sum(map(is_known, full))
        figures.notes["known answered while full"] = while_full.answered / known
        figures.expect(while_full.answered >= known, f"{known - while_full.answered} known not answered while full")
        figures.expect(confirmed <= kept, f"{confirmed} confirmed, but {kept} kept")
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        figures.expect(on.program.running, "the program ended")
    return figures


def _limit_files(pid: int, size: int) -> None:
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size if size != resource.RLIM_INFINITY else hard, hard))


async def _locked(subject: Subject, size: Size, seed: int) -> Figures:
    """Another program holds the database's lock: for a second, then for long."""
    async with bench(subject, seed, latency=_LATENCY) as on:
        first = await ask(on.api, Plan(20))
        await on.settle(first, quiet=20)
        brief = Plan(size.pick(50, 150), first=100)
        async with _holding_the_lock(on.folder / _DATABASE, 1.0):
            asked = await ask(on.api, brief)
        await on.settle(asked, quiet=20)
        short = await on.judged(asked)
        long = Plan(size.pick(50, 300), rate=10, first=1000)
        async with _holding_the_lock(on.folder / _DATABASE, size.pick(6, 30)):
            held_up = await ask(on.api, long)
        asked |= first | held_up
        await on.settle(asked, quiet=60)
        figures = await on.judged(asked)
        figures.notes["p99 of a short lock"] = round(short.p99, 3)
        figures.expect(not size.long or short.p99 < 2, f"p99 {short.p99:.1f} s while it was locked for 1 s")
        figures.expect_nothing_lost()
        figures.expect_no_doubles()
        figures.expect(on.program.running, "the program ended")
    return figures


@asynccontextmanager
async def _holding_the_lock(file: Path, seconds: float) -> AsyncIterator[None]:
    """The write lock is held for so long from the beginning of the block."""

    async def hold() -> None:
        with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            database.execute("ROLLBACK")

    holding = asyncio.ensure_future(hold())
    try:
        yield
    finally:
        await holding


def _garbage(file: Path) -> None:
    file.write_bytes(b"not a database, but what somebody wants to keep " * 100)


def _broken_header(file: Path) -> None:
    with closing(sqlite3.connect(file, timeout=60)) as database:
        database.execute("CREATE TABLE kept (words TEXT)")
    file.write_bytes(b"SQLite format 2\0" + file.read_bytes()[16:])


def _from_the_future(file: Path) -> None:
    with closing(sqlite3.connect(file, timeout=60)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
        database.commit()


def _folder(file: Path) -> None:
    file.mkdir()


_DAMAGE: tuple[Callable[[Path], None], ...] = (_garbage, _from_the_future, _folder, _broken_header)


async def _damaged(subject: Subject, size: Size, seed: int) -> Figures:
    """It must not start, must say why in one line, and must leave the file as it is."""
    damages = _DAMAGE[: size.pick(2, len(_DAMAGE))]
    figures = Figures(asked=len(damages))
    for damage in damages:
        async with bench(subject, seed, start=False) as on:
            file = on.folder / _DATABASE
            damage(file)
            before = file.read_bytes() if file.is_file() else b""
            await on.program.launch()
            name, code = damage.__name__.strip("_"), await on.program.ended(30)
            said = on.program.log.read_text()
            after = file.read_bytes() if file.is_file() else b""
            figures.answered += code != 0
            figures.expect(code not in (0, None), f"{name}: exit code {code}")
            figures.expect(after == before, f"{name}: the file was changed")
            figures.expect("Traceback" not in said and _DATABASE in said, f"{name}: it says {said[-300:]!r}")
    return figures


async def _many_rows(subject: Subject, size: Size, seed: int) -> Figures:
    """As fast with a million recorded questions as with none."""
    async with bench(subject, seed, latency=_LATENCY) as on:
        few = await ask(on.api, Plan(100, rate=10))
        await on.settle(few, quiet=20)
        before = await on.judged(few)
        await on.program.end(signal.SIGTERM)
        with closing(sqlite3.connect(on.folder / _DATABASE, timeout=60)) as database:
            database.execute(_INSERT_MANY, (size.pick(50_000, 1_000_000),))
            database.commit()
        await on.program.start()
        warm = await ask(on.api, Plan(20, rate=10, first=1000))
        await on.settle(warm, quiet=20)
        many = await ask(on.api, Plan(100, rate=10, first=2000))
        await on.settle(many, quiet=20)
        figures = await on.judged(few | warm | many)
        after = (await on.judged(many)).p99
        figures.notes |= {"p99 with few": round(before.p99, 3), "p99 with many": round(after, 3)}
        figures.expect(after < max(2 * before.p99, 0.3), f"p99 grew from {before.p99:.3f} to {after:.3f} s")
        figures.expect_nothing_lost()
    return figures


STORAGE_FAULTS = (
    Row("R5", "copies of the files at random moments", _power_cuts),
    Row("D1", "a full disk, then room again", _full_disk, seeds=3),
    Row("D2", "the database locked by another program", _locked, seeds=3),
    Row("D3", "a damaged or foreign database", _damaged, seeds=1),
    Row("D4", "a million recorded questions", _many_rows, seeds=1, suite=False),
)
