"""A child that dies is replaced, what it was asked is asked again, and none outlives the process it works for."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bot.errors import DeadlyQuestionError, FindingError
from bot.matcher_process import fork_server, server_process
from bot.matcher_process.fork_server import ForkServer, Programs
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.supervisor import MatcherProcess
from tests.bot.matcher_process.small_opening import SMALL, break_files, parent, pid, version_of, write_version
from tests.bot.matcher_process.starting import is_alive, kill, running, until, wait_until_gone, with_times

ROOT = Path(__file__).parents[3]
PROGRAM = """
import asyncio, sys
from pathlib import Path
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.supervisor import MatcherProcess
from tests.bot.matcher_process.small_opening import pid

async def run():
    opening = Opening("tests.bot.matcher_process.small_opening:open_small", {"wait": 0})
    finder = MatcherProcess(Path(sys.argv[1]), opening)
    await finder.start()
    print(await finder.ask(pid), flush=True)
    await finder.find(sys.argv[2])
    print("found", flush=True)
    await asyncio.Event().wait()

asyncio.run(run())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_version(tmp_path, 1)


async def test_killed_child_is_replaced(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with running(folder) as finder:
        number = await kill(finder)
        assert (await finder.find("질문 3")).entry
        assert await finder.ask(pid) != number
    assert "has ended (SIGKILL)" in caplog.text


async def test_child_that_is_gone_or_hangs_is_away(folder: Path) -> None:
    async with running(folder, timing=with_times(held_up=0.1, longest_answer=3600, pauses=(0.5,))) as finder:
        number = await finder.ask(pid)
        assert not finder.is_away
        os.kill(number, signal.SIGSTOP)
        asked = asyncio.create_task(finder.find("질문 3"))
        await until(lambda: finder.is_away)
        os.kill(number, signal.SIGCONT)
        assert (await asked).entry
        assert not finder.is_away
        await kill(finder)
        await until(lambda: finder.is_away)
        await until(lambda: not finder.is_away)


async def test_questions_in_flight_are_answered_by_the_next_child(folder: Path) -> None:
    async with running(folder) as finder:
        number = await finder.ask(pid)
        asked = [asyncio.create_task(finder.find(question)) for question in ("wait 0.5", *["질문 3"] * 50)]
        await asyncio.sleep(0.1)
        os.kill(number, signal.SIGKILL)
        found = await asyncio.gather(*asked)
    assert [finding.entry.id for finding in found[1:] if finding.entry] == ["e3"] * 50


@pytest.mark.parametrize("poison", ["die", "crash"])
async def test_question_that_kills_two_children_fails_and_harms_no_other(folder: Path, poison: str) -> None:
    async with running(folder) as finder:
        asked = [asyncio.create_task(finder.find(question)) for question in ("질문 1", poison, "질문 2", "질문 3")]
        with pytest.raises(DeadlyQuestionError, match="ended 2 times over the same question"):
            await asked.pop(1)
        found = await asyncio.gather(*asked)
        assert [finding.entry.id for finding in found if finding.entry] == ["e1", "e2", "e3"]
        assert (await finder.find("질문 4")).entry


async def test_question_that_never_ends_fails_and_harms_no_other(folder: Path) -> None:
    async with running(folder, timing=with_times(longest_answer=1.0)) as finder:
        hanging = asyncio.create_task(finder.find("hang"))
        others = [asyncio.create_task(finder.find(f"질문 {n}")) for n in range(5)]
        with pytest.raises(DeadlyQuestionError, match="ended 2 times"):
            await hanging
        assert all(finding.entry for finding in await asyncio.gather(*others))


async def test_long_queue_does_not_count_as_hanging(folder: Path) -> None:
    async with running(folder, timing=with_times(longest_answer=2.0)) as finder:
        found = await asyncio.gather(*(finder.find("wait 0.25") for _ in range(10)))
    assert len(found) == 10


async def test_pauses_grow_while_children_keep_dying(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with running(folder) as finder:
        for _ in range(3):
            await kill(finder)
            await finder.find("질문 3")
    pauses = [record.args[1] for record in caplog.records if isinstance(record.args, tuple) and len(record.args) == 2]
    assert pauses == [0.0, 0.05, 0.05]


async def test_child_killed_while_the_files_are_broken_comes_back_with_the_files_before(folder: Path) -> None:
    async with running(folder) as finder:
        await asyncio.sleep(0.1)
        break_files(folder)
        await kill(finder)
        assert (await finder.find("질문 3")).entry
        assert version_of(finder.knowledge) == 1


async def test_child_comes_back_when_the_folder_is_gone(folder: Path, tmp_path: Path) -> None:
    async with running(folder) as finder:
        await asyncio.sleep(0.1)
        (folder / "entries").rename(tmp_path / "elsewhere")
        await kill(finder)
        assert (await finder.find("질문 3")).entry


async def test_child_that_cannot_come_back_yet_comes_back_later(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    trap = tmp_path_factory.mktemp("trap") / "trap"
    async with running(folder, Opening(SMALL.function, {"trap": str(trap)})) as finder:
        trap.touch()
        await kill(finder)
        asked = asyncio.create_task(finder.find("질문 3"))
        await until(lambda: caplog.text.count("could not be started anew") == 2)
        assert version_of(finder.knowledge) == 1
        trap.unlink()
        assert (await asked).entry


async def test_children_that_die_at_first_are_tried_again(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with running(folder, Opening(SMALL.function, {"die": True}), ready=False) as finder:
        with pytest.raises(FindingError, match="SIGKILL"):
            await finder.ready()
    assert caplog.text.count("tried again") == 2


@pytest.mark.parametrize("question", ["질문 3", "hang"])
def test_child_and_server_end_when_the_program_is_killed(folder: Path, question: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), question], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout
        child = int(started.stdout.readline())
        assert question == "hang" or started.stdout.readline() == "found\n"
        server = psutil.Process(child).ppid()
        assert is_alive(child)
        started.kill()
    assert wait_until_gone(child)
    assert wait_until_gone(server)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_child_leaves_it_to_its_parent_to_stop(folder: Path, stop: signal.Signals) -> None:
    async with running(folder) as finder:
        number = await finder.ask(pid)
        os.kill(number, stop)
        assert (await finder.find("질문 3")).entry
        assert await finder.ask(pid) == number


@pytest.fixture
def ahead() -> Iterator[ForkServer]:
    server_process.start_ahead()
    started = ForkServer(*server_process._ahead[-1])
    yield started
    started.end()


async def test_server_started_ahead_is_the_one_that_forks(folder: Path, ahead: ForkServer) -> None:
    async with running(folder) as finder:
        assert await finder.ask(parent) == ahead.pid


async def test_server_that_loads_already_is_the_one_that_forks(folder: Path, ahead: ForkServer) -> None:
    programs = Programs(SMALL, folder)
    programs.begin()
    finder = MatcherProcess(folder, SMALL, programs=programs)
    await finder.start()
    await finder.ready()
    assert await finder.ask(parent) == ahead.pid
    await finder.close()
    assert not ahead.lives


async def test_server_that_ended_before_it_was_needed_is_passed_over(folder: Path, ahead: ForkServer) -> None:
    os.kill(ahead.pid, signal.SIGKILL)
    assert wait_until_gone(ahead.pid)
    async with running(folder) as finder:
        assert await finder.ask(parent) != ahead.pid


async def test_child_outlives_the_server_that_forked_it(folder: Path) -> None:
    async with running(folder) as finder:
        number, server = await finder.ask(pid), await finder.ask(parent)
        os.kill(server, signal.SIGKILL)
        assert wait_until_gone(server)
        assert (await finder.find("질문 3")).entry
        assert await finder.ask(pid) == number


async def test_child_and_server_killed_together_are_replaced(folder: Path) -> None:
    async with running(folder) as finder:
        server = await finder.ask(parent)
        os.kill(server, signal.SIGKILL)
        number = await kill(finder)
        assert (await finder.find("질문 3")).entry
        assert await finder.ask(pid) != number
        assert await finder.ask(parent) != server


async def test_server_that_hangs_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fork_server, "PATIENCE", 0.5)
    async with running(folder) as finder:
        server = await finder.ask(parent)
        os.kill(server, signal.SIGSTOP)
        await kill(finder)
        assert (await finder.find("질문 3")).entry
        assert await finder.ask(parent) != server
    assert not is_alive(server)


async def test_server_ends_with_the_finder(folder: Path) -> None:
    async with running(folder) as finder:
        server = await finder.ask(parent)
    assert not is_alive(server)
