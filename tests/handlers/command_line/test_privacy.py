"""`privacy audit` says where a personal number stands, and what is past its time, and shows no number."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import knowledge
from bot.records.questions import NewQuestion, QuestionState
from knowledge.finding import Outcome
from tests.handlers.command_line.small_program import SmallRoot, invoke

_NUMBER = "010-2345-6789"


@pytest.fixture(autouse=True)
def _with_a_database(root: SmallRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit makes none. What the package publishes is the small base: to read all of the project's takes long."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr(knowledge, "__file__", str(root.folder / "__init__.py"))
    _record(root)


def _record(root: SmallRoot, days_ago: int = 0) -> None:
    async def run() -> None:
        async with root.storage() as storage:
            asked_at = datetime.now(UTC) - timedelta(days=days_ago)
            question = NewQuestion(
                f"telegram:7:{days_ago}", "셔틀 있나요?", "ko", Outcome.FALLBACK, QuestionState.OPEN, (), asked_at
            )
            await storage.questions.record(question)

    asyncio.run(run())


def test_where_nothing_stands_it_says_so(root: SmallRoot) -> None:
    result = invoke(root, "privacy", "audit")
    assert result.exit_code == 0, result.output
    assert "No personal number and nothing past its time was found" in result.stdout


def test_a_number_in_a_file_is_told_by_its_place_alone(root: SmallRoot, tmp_path: Path) -> None:
    log = tmp_path / "old.log"
    log.write_text(f"전화 {_NUMBER} 주세요\n", encoding="utf-8")
    result = invoke(root, "privacy", "audit", log)
    assert result.exit_code == 1
    assert "old.log" in result.stdout
    assert _NUMBER not in result.output


def test_what_is_past_its_time_is_counted_with_what_to_do(root: SmallRoot) -> None:
    _record(root, days_ago=400)
    result = invoke(root, "privacy", "audit")
    assert result.exit_code == 1
    assert (
        "Past their time, and not destroyed: 1 rows of questions. Run: python main.py database purge" in result.stdout
    )


def test_programs_read_the_same(root: SmallRoot, tmp_path: Path) -> None:
    log = tmp_path / "old.log"
    log.write_text(f"전화 {_NUMBER} 주세요\n", encoding="utf-8")
    result = invoke(root, "privacy", "audit", "--json", log)
    found = json.loads(result.stdout)
    assert (result.exit_code, found["clean"], found["expired"], len(found["leaks"])) == (1, False, {}, 1)
    assert _NUMBER not in result.output


def test_a_file_that_is_not_there_is_refused(root: SmallRoot) -> None:
    result = invoke(root, "privacy", "audit", "nowhere.log")
    assert result.exit_code == 2
    assert "nowhere.log" in result.output
