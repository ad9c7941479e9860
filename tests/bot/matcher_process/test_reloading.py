"""Changed files are served by a new child: each answer is entirely of before or of after, and faults change nothing."""

import asyncio
import gc
import logging
import os
import random
import weakref
from pathlib import Path

import pytest

from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.supervisor import MatcherProcess
from knowledge.finding import Finding
from tests.bot.matcher_process.small_opening import (
    ENTRIES,
    SMALL,
    break_files,
    mend_files,
    parent,
    pid,
    version_of,
    write_version,
)
from tests.bot.matcher_process.starting import is_alive, kill, running, until, with_times


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_version(tmp_path, 1)


def _serves(finder: MatcherProcess, version: int) -> bool:
    return version_of(finder.knowledge) == version


def _version(finding: Finding) -> int:
    """The one version that a finding is of: its numbers, its entry and its candidates."""
    by_entries = {int(each.entry.answer.ko.split("판")[0]) for each in finding.candidates}
    (version,) = by_entries | {round((finding.confidence - 0.9) * 10_000)}
    return version


async def test_changed_files_are_served(folder: Path) -> None:
    async with running(folder) as finder:
        before = await finder.ask(pid)
        write_version(folder, 2)
        await until(lambda: _serves(finder, 2))
        assert _version(await finder.find("질문 3")) == 2
        assert await finder.ask(pid) != before
        await until(lambda: not is_alive(before))


async def test_no_answer_is_missing_or_mixed_while_files_change(folder: Path) -> None:
    versions: list[int] = []

    async def ask(finder: MatcherProcess, end: asyncio.Event) -> None:
        while not end.is_set():
            versions.append(_version(await finder.find(f"질문 {len(versions) % ENTRIES}")))
            await asyncio.sleep(0.005)

    async with running(folder) as finder, asyncio.TaskGroup() as tasks:
        end = asyncio.Event()
        for _ in range(4):
            tasks.create_task(ask(finder, end))
        for version in range(2, 6):
            write_version(folder, version)
            await until(lambda version=version: _serves(finder, version))  # type: ignore[misc]
            assert _version(await finder.find("질문 3")) == version
        end.set()
    assert 1 in versions
    assert set(versions) <= {1, 2, 3, 4, 5}


async def test_question_in_flight_is_answered_by_the_old_child(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    gate = tmp_path_factory.mktemp("gate") / "open"
    async with running(folder, timing=with_times(longest_answer=60.0)) as finder:
        asked = asyncio.create_task(finder.find(f"until {gate}"))
        after = asyncio.create_task(finder.find("질문 3"))
        await asyncio.sleep(0.05)
        write_version(folder, 2)
        await until(lambda: _serves(finder, 2))
        assert not after.done()
        assert _version(await finder.find("질문 3")) == 2
        gate.touch()
        assert {each.entry.answer.ko[0] for each in (await asked).candidates} == {"1"}
        assert _version(await after) == 1


async def test_other_declared_words_are_loaded_where_all_children_share_them(folder: Path) -> None:
    async with running(folder) as finder:
        server = await finder.ask(parent)
        (folder / "vocabulary.yaml").write_text("elsewhere:\n  - [부산]\n", encoding="utf-8")
        while await finder.ask(parent) == server:  # noqa: ASYNC110  # processes set no event
            await asyncio.sleep(0.05)
        assert finder.knowledge.vocabulary.elsewhere == ("부산",)
        assert _version(await finder.find("질문 3")) == 1
        assert not is_alive(server)


async def test_broken_files_leave_everything_as_it_was(folder: Path) -> None:
    faults: list[str] = []
    async with running(folder, on_fault=faults.append) as finder:
        before = await finder.ask(pid)
        break_files(folder)
        await until(lambda: bool(faults))
        assert faults[0].startswith("entries/more.yaml:3:")
        assert _version(await finder.find("질문 3")) == 1
        assert await finder.ask(pid) == before


async def test_each_fault_is_told_once(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    faults: list[str] = []
    log = tmp_path_factory.mktemp("log") / "log"
    opening = Opening(SMALL.function, {"log": str(log)})
    async with running(folder, opening, on_fault=faults.append) as finder:
        break_files(folder)
        await until(lambda: bool(faults))
        os.utime(folder / "entries/more.yaml", (1, 1))  # changed, and as faulty as before
        await until(lambda: len(log.read_text(encoding="utf-8").splitlines()) == 3)
        await asyncio.sleep(0.5)  # it has been loaded by then, or the next line counts for both
        break_files(folder, "{id: x, question: 예산?}")
        await until(lambda: len(faults) == 2)
        assert _serves(finder, 1)
    assert faults[0] != faults[1]
    assert caplog.text.count("cannot be served") == 2


async def test_mended_files_are_served(folder: Path) -> None:
    faults: list[str] = []
    async with running(folder, on_fault=faults.append) as finder:
        break_files(folder)
        await until(lambda: bool(faults))
        write_version(folder, 2)
        mend_files(folder)
        await until(lambda: _serves(finder, 2))
        break_files(folder)
        await until(lambda: len(faults) == 2)  # it is news again
    assert faults[0] == faults[1]


async def test_files_that_say_what_they_said_before_are_not_loaded(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    faults: list[str] = []
    caplog.set_level(logging.INFO, "bot.matcher_process")
    async with running(folder, on_fault=faults.append) as finder:
        await until(lambda: finder._keeper._kept is not None)
        before = await finder.ask(pid)
        for times in (1, 2):
            break_files(folder)
            await until(lambda times=times: len(faults) == times)  # type: ignore[misc]
            mend_files(folder)
            await until(lambda times=times: caplog.text.count("is served now") == times)  # type: ignore[misc]
        assert await finder.ask(pid) == before


async def test_cut_off_files_are_not_served(folder: Path) -> None:
    file = folder / "entries/all.yaml"
    text = file.read_bytes()
    ends = [end for end in range(1, len(text)) if not text[:end].endswith(b"\n")]
    faults: list[str] = []
    async with running(folder, timing=with_times(look=0.01, settled=0.01), on_fault=faults.append) as finder:
        await until(lambda: finder._keeper._kept is not None)
        child = await finder.ask(pid)
        for number, end in enumerate(random.Random(1).sample(ends, 50)):  # noqa: S311  # no secret
            file.write_bytes(text[:end])
            await until(lambda number=number: len(faults) > number)  # type: ignore[misc]
            assert _version(await finder.find(f"질문 {number % ENTRIES}")) == 1
        assert all("cut off" in fault for fault in faults)
        assert await finder.ask(pid) == child
        write_version(folder, 2)
        await until(lambda: _serves(finder, 2))


async def test_half_written_files_are_waited_for(folder: Path) -> None:
    faults: list[str] = []
    file = folder / "entries/all.yaml"
    async with running(folder, timing=with_times(settled=2.0), on_fault=faults.append) as finder:
        write_version(folder, 2)
        text = file.read_text(encoding="utf-8")
        for part in range(1, 11):
            file.write_text(text[: len(text) * part // 10], encoding="utf-8")
            await asyncio.sleep(0.1)
        await until(lambda: _serves(finder, 2))
    assert faults == []


async def test_files_that_change_while_they_are_loaded_are_loaded_again(folder: Path) -> None:
    async with running(folder, Opening(SMALL.function, {"wait": 1.5})) as finder:
        for version in (2, 3, 4):
            write_version(folder, version)
            await asyncio.sleep(0.4)
        await until(lambda: not _serves(finder, 1))
        assert _serves(finder, 4)


async def test_faults_of_files_that_change_while_they_are_loaded_are_not_told(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    faults: list[str] = []
    log = tmp_path_factory.mktemp("log") / "log"
    opening = Opening(SMALL.function, {"wait": 0.3, "log": str(log)})
    async with running(folder, opening, with_times(settled=2.0), faults.append) as finder:
        write_version(folder, 2)
        await until(lambda: len(log.read_text(encoding="utf-8").splitlines()) == 2)
        break_files(folder)
        await asyncio.sleep(0.8)  # it has been loaded by then, and is not yet taken to be finished
        mend_files(folder)
        await until(lambda: _serves(finder, 2))
    assert faults == []


async def test_child_killed_during_a_reload_is_no_loss(folder: Path) -> None:
    async with running(folder, Opening(SMALL.function, {"wait": 0.5})) as finder:
        write_version(folder, 2)
        await asyncio.sleep(0.4)
        await kill(finder)
        assert _version(await finder.find("질문 3")) in {1, 2}
        await until(lambda: _serves(finder, 2))
        assert _version(await finder.find("질문 3")) == 2


async def test_reload_that_kills_its_child_is_told_and_tried_again(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    faults: list[str] = []
    trap = tmp_path_factory.mktemp("trap") / "trap"
    async with running(folder, Opening(SMALL.function, {"trap": str(trap)}), on_fault=faults.append) as finder:
        trap.touch()
        write_version(folder, 2)
        await until(lambda: bool(faults))
        assert _version(await finder.find("질문 3")) == 1
        trap.unlink()
        await until(lambda: _serves(finder, 2))
    assert faults == ["the process that looks questions up has ended (SIGKILL)"]


async def test_one_who_cannot_be_told_stops_nothing(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(fault: str) -> None:
        raise ValueError(fault)

    async with running(folder, on_fault=refuse) as finder:
        break_files(folder)
        await until(lambda: "Nobody could be told" in caplog.text)
        mend_files(folder)
        write_version(folder, 2)
        await until(lambda: _serves(finder, 2))


async def test_knowledge_of_before_is_let_go(folder: Path) -> None:
    gc.disable()  # a reload must not leave a whole knowledge base to the next full collection
    try:
        async with running(folder) as finder:
            before = weakref.ref(finder.knowledge)
            write_version(folder, 2)
            await until(lambda: _serves(finder, 2))
            await until(lambda: before() is None)
    finally:
        gc.enable()
