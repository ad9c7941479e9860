"""Questions are looked up in a child process as they would be in this one."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bot.errors import FindingError
from bot.matcher_process.async_finder import InThread
from bot.matcher_process.knowledge_opener import Opening
from knowledge.cache.digest import digest_of
from knowledge.cache.prepared_files import PreparedFiles
from knowledge.errors import KnowledgeFaultsError
from knowledge.finding import Limits, Outcome
from knowledge.loading.loader import load_knowledge
from tests.bot.matcher_process.small_opening import (
    ENTRIES,
    SMALL,
    break_files,
    open_small,
    pid,
    practised,
    unpicklable,
    write_version,
)
from tests.bot.matcher_process.starting import is_alive, running, until, with_times
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

_PATIENCE = 60
"""Seconds: what is waited for would take an hour."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_version(tmp_path, 1)


async def test_finding_is_the_same_as_in_a_thread(folder: Path) -> None:
    in_thread = InThread(*open_small(folder))
    async with running(folder) as finder:
        for question in ("질문 3", "질문 17", "날씨?", "", "\ud800", "가" * 4096):
            assert await finder.find(question, "전") == (await in_thread.find(question, "전")).without_features()


async def test_finding_comes_without_what_only_the_matchers_libraries_can_read(folder: Path) -> None:
    async with running(folder) as finder:
        finding = await finder.find("질문 3")
        assert finding.candidates
        assert not any(each.features for each in finding.candidates)


async def test_finding_holds_the_entries_of_the_knowledge_base_itself(folder: Path) -> None:
    async with running(folder) as finder:
        finding = await finder.find("질문 3")
        assert finding.outcome is Outcome.ANSWER
        assert finding.entry is finder.knowledge.entries["e3"]
        assert all(each.entry is finder.knowledge.entries[each.entry.id] for each in finding.candidates)


async def test_knowledge_base_is_the_one_of_the_files(folder: Path) -> None:
    async with running(folder) as finder:
        assert finder.knowledge == load_knowledge(folder)


async def test_start_returns_at_once_and_questions_wait_for_the_loading(folder: Path) -> None:
    slow = Opening(SMALL.function, {"wait": 0.5})
    async with running(folder, slow, ready=False) as finder:
        with pytest.raises(FindingError, match="still being loaded"):
            _ = finder.knowledge
        assert (await finder.find("질문 3")).outcome is Outcome.ANSWER
        await finder.ready()


async def test_many_questions_at_once_get_their_own_answers(folder: Path) -> None:
    async with running(folder) as finder:
        found = await asyncio.gather(*(finder.find(f"질문 {n % ENTRIES}") for n in range(500)))
    assert [finding.entry.id if finding.entry else None for finding in found] == [f"e{n % ENTRIES}" for n in range(500)]


async def test_other_methods_can_be_asked(folder: Path) -> None:
    async with running(folder) as finder:
        assert await finder.ask(practised, plus=5) == ENTRIES + 5


async def test_method_that_raises_is_told_without_the_citizens_words(folder: Path) -> None:
    async with running(folder) as finder:
        with pytest.raises(FindingError) as caught:
            await finder.find("raise")
        assert "ValueError at small_opening.py:" in str(caught.value)
        assert "1234" not in str(caught.value)
        assert (await finder.find("질문 3")).entry


async def test_answer_that_cannot_travel_is_told(folder: Path) -> None:
    async with running(folder) as finder:
        with pytest.raises(FindingError, match="could not be looked up"):
            await finder.ask(unpicklable)
        assert await finder.ask(practised) == ENTRIES


async def test_what_a_library_prints_does_not_disturb(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async with running(folder) as finder:
        await finder.find("print")
        assert (await finder.find("질문 3")).entry
    assert capfd.readouterr().out == ""


async def test_question_that_nobody_waits_for_any_more_disturbs_no_other(folder: Path) -> None:
    async with running(folder) as finder:
        waiting = asyncio.create_task(finder.find("wait 0.3"))
        await asyncio.sleep(0.1)
        waiting.cancel()
        assert (await finder.find("질문 3")).entry


async def test_faulty_files_are_told_as_the_loader_tells_them(folder: Path) -> None:
    break_files(folder)
    with pytest.raises(KnowledgeFaultsError) as expected:
        load_knowledge(folder)
    async with running(folder, ready=False) as finder:
        with pytest.raises(KnowledgeFaultsError) as caught:
            await finder.ready()
        assert str(caught.value) == str(expected.value)
        assert caught.value.faults == expected.value.faults
        with pytest.raises(FindingError, match="not loaded"):
            await finder.find("질문 3")


async def test_missing_folder_is_named(tmp_path: Path) -> None:
    async with running(tmp_path / "nowhere", ready=False) as finder:
        with pytest.raises(KnowledgeFaultsError, match="nowhere/entries:1:1"):
            await finder.ready()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"die": True}, "SIGKILL"), ({"fail": True}, "RuntimeError at small_opening.py"), ({"no": 1}, "TypeError")],
)
async def test_child_that_cannot_load_is_told(folder: Path, arguments: dict[str, Any], message: str) -> None:
    async with running(folder, Opening(SMALL.function, arguments), ready=False) as finder:
        with pytest.raises(FindingError, match=message) as caught:
            await finder.ready()
        assert "1234" not in str(caught.value)


async def test_function_that_does_not_exist_is_told(folder: Path) -> None:
    async with running(folder, Opening("nowhere:nothing"), ready=False) as finder:
        with pytest.raises(FindingError, match="ModuleNotFoundError"):
            await finder.ready()


async def test_closing_fails_requests_in_flight_and_waits_for_none(folder: Path) -> None:
    async with running(folder) as finder:
        number = await finder.ask(pid)
        asked = [asyncio.create_task(finder.find(question)) for question in ("hang", "질문 3", "질문 4")]
        await asyncio.sleep(0.1)
        async with asyncio.timeout(_PATIENCE):
            await finder.close()
        for each in asked:
            with pytest.raises(FindingError, match="being stopped"):
                await each
        with pytest.raises(FindingError, match="being stopped"):
            await finder.find("질문 3")
    assert not is_alive(number)


async def test_closing_does_not_wait_for_the_loading(folder: Path) -> None:
    async with running(folder, Opening(SMALL.function, {"wait": 3600}), ready=False) as finder:
        ready = asyncio.create_task(finder.ready())
        await asyncio.sleep(0.3)
        async with asyncio.timeout(_PATIENCE):
            await finder.close()
        with pytest.raises(FindingError, match="being stopped"):
            await ready


async def test_closing_at_once_is_fine(folder: Path) -> None:
    async with running(folder, ready=False):
        pass


async def test_question_that_takes_too_long_is_given_up(folder: Path) -> None:
    async with running(folder, timing=with_times(patience=0.2)) as finder:
        with pytest.raises(FindingError, match=r"within 0\.2 seconds"):
            await finder.find("wait 1")


async def test_answers_come_from_another_process(folder: Path) -> None:
    async with running(folder) as finder:
        assert await finder.ask(pid) != os.getpid()


async def test_what_was_made_is_kept_while_questions_are_answered(tmp_path: Path) -> None:
    folder, cache = write_folder(tmp_path / "knowledge", money=ENTRY), tmp_path / "cache"
    async with running(folder, Opening.usual(Limits(), cache)) as finder:
        assert (await finder.find("예산이 얼마예요?")).candidates
        kept = PreparedFiles(cache)
        await until(lambda: cache.exists() and kept.load(digest_of(folder)) is not None)
        assert {file.suffix for file in cache.iterdir()} == {".pickle"}
