"""The database is upgraded, backed up and purged from a terminal."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.delivery import ReceivedUpdate
from bot.errors import StorageError
from bot.records.questions import QuestionState
from bot.storage.migrations.revisions import NEWEST
from handlers.command_line.database import database_app
from handlers.command_line.root import Overrides
from tests.handlers.command_line.small_root import SmallRoot


@pytest.fixture
def root(tmp_path: Path) -> SmallRoot:
    return SmallRoot(tmp_path)


def _output(root: SmallRoot, *arguments: str, language: str = "ko_KR.UTF-8") -> str:
    result = CliRunner().invoke(database_app(root), arguments, env={"LC_ALL": language}, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_upgrade_makes_the_database(root: SmallRoot, tmp_path: Path) -> None:
    assert _output(root, "upgrade") == f"데이터베이스가 최신 상태입니다(버전 {NEWEST}).\n"
    assert (tmp_path / "assistant.db").exists()


def test_backup_makes_a_file(root: SmallRoot, tmp_path: Path) -> None:
    root.record("예산이 얼마예요?")
    assert "백업했습니다" in _output(root, "backup", str(tmp_path / "copy.db"))
    assert (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3")


def test_backup_over_a_file_raises_for_the_caller(root: SmallRoot, tmp_path: Path) -> None:
    root.record()
    (tmp_path / "copy.db").touch()
    with pytest.raises(StorageError, match="exists"):
        _output(root, "backup", str(tmp_path / "copy.db"))


def test_restore_says_what_goes_on_and_where_the_former_database_is(root: SmallRoot, tmp_path: Path) -> None:
    root.record("예산이 얼마예요?")
    _output(root, "backup", str(tmp_path / "copy.db"))
    said = _output(root, "restore", str(tmp_path / "copy.db"))
    assert "되돌렸습니다" in said
    assert "assistant.db.before-" in said


def test_move_says_how_much_and_what_to_do_next(root: SmallRoot, postgresql_url: str) -> None:
    root.record("예산이 얼마예요?", "언제 완공돼요?")
    said = _output(root, "move", postgresql_url, language="en_US.UTF-8")
    assert "2 questions" in said
    assert "DATABASE_URL" in said


def test_after_restore_says_what_goes_on(root: SmallRoot, postgresql_url: str) -> None:
    root.overrides = Overrides(database=postgresql_url)
    root.record("예산이 얼마예요?")
    said = _output(root, "after-restore", language="en_US.UTF-8")
    assert "Numbers were skipped" in said


def test_purge_counts_what_it_destroyed(root: SmallRoot) -> None:
    root.record("지난 질문", "지난 질문 2", days_ago=31)
    root.record("지난 제안", state=QuestionState.OFFERED, days_ago=2)
    root.record("새 질문", days_ago=1)
    said = _output(root, "purge", language="en_US.UTF-8")
    assert said == "Destroyed questions: 1 with suggestions nobody turned down, 2 past their retention.\n"


def test_broken_database_raises_for_the_caller(root: SmallRoot, tmp_path: Path) -> None:
    (tmp_path / "assistant.db").write_text("no database at all, but long enough to be looked at")
    with pytest.raises(StorageError, match="is not a database"):
        _output(root, "upgrade")


def test_dead_letters_are_listed(root: SmallRoot) -> None:
    root.record()
    assert _output(root, "deadletters") == "처리하지 못한 업데이트가 없습니다.\n"
    asyncio.run(_bury(root))
    assert _output(root, "deadletters").rstrip().endswith("KeyError at a line")
    (letter,) = json.loads(_output(root, "deadletters", "--json"))
    assert letter["update"] == '{"update_id": 1}'


async def _bury(root: SmallRoot) -> None:
    async with root.storage() as storage:
        inbox = storage.inbox("telegram")
        await inbox.add([ReceivedUpdate("1", 7, '{"update_id": 1}')], datetime.now(UTC))
        (waiting,) = await inbox.claim(1, datetime.now(UTC))
        await inbox.bury(waiting.number, "KeyError\nat a line")
