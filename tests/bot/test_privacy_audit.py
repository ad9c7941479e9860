"""Planted leaks are found, each in its place, and what a used installation holds is clean."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.privacy_audit import Auditor, PrivacyFindings, audit
from bot.records.questions import NewQuestion, QuestionState
from bot.storage.storage import Storage
from knowledge.finding import Outcome

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
NUMBERS = ("010-2345-6789", "930314-1183557", "4556-7375-8689-9855", "hong.gildong@naver.com")
TEXTS = [
    ("questions", "text", "전화 {} 주세요"),
    ("conversations", "text", "제 번호는 {}"),
    ("inbox", "body", '{{"message": {{"text": "연락처 {}"}}}}'),
]


async def _audited(folder: Path, *files: Path, published: Path | None = None) -> PrivacyFindings:
    auditor = Auditor.knowing([published] if published else [])
    async with Storage.open(f"sqlite+aiosqlite:///{folder}/a.db") as storage:
        return await audit(storage, NOW, 180, auditor, files)


async def _used(folder: Path) -> None:
    """A database with a question that is kept and one that was destroyed, masked both."""
    async with Storage.open(f"sqlite+aiosqlite:///{folder}/a.db") as storage:
        for number, asked in enumerate((NOW - timedelta(days=300), NOW)):
            text = f"[전화번호*****]로 알려 주세요 {number}"
            origin = f"telegram:7:{number}"
            question = NewQuestion(origin, text, "ko", Outcome.FALLBACK, QuestionState.OPEN, (), asked)
            await storage.questions.record(question)
        await storage.purge(NOW, 180)


async def test_a_used_database_is_clean(tmp_path: Path) -> None:
    await _used(tmp_path)
    found = await _audited(tmp_path)
    assert (found.leaks, found.expired) == ((), {})
    assert found.places


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(("table", "column", "text"), TEXTS)
async def test_a_number_in_the_database_is_found(
    tmp_path: Path, table: str, column: str, text: str, number: str
) -> None:
    await _used(tmp_path)
    _plant(tmp_path / "a.db", table, column, text.format(number))
    found = await _audited(tmp_path)
    assert any(leak.place.startswith(f"{table}.{column} of ") for leak in found.leaks)
    assert number not in str(found)


async def test_what_was_deleted_but_not_destroyed_is_found(tmp_path: Path) -> None:
    await _used(tmp_path)
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("UPDATE questions SET text = '전화 010-2345-6789 주세요' || hex(zeroblob(50))")
        database.execute("UPDATE questions SET text = '가렸습니다'")
        found = await _audited(tmp_path)
    assert any("near byte" in leak.place for leak in found.leaks)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("assistant.log", '{"event": "질문: 010-2345-6789", "timestamp": "2026-11-27T13:04:47.243149Z"}\n'),
        ("assistant.log", "Traceback: ValueError: 930314-1183557\n"),
        ("export.csv", '12,"제 메일은 hong.gildong@naver.com 입니다",open\n'),
        ("0.journal", json.dumps({"update": {"body": json.dumps({"text": "010 2345 6789"})}}) + "\n" + "\0" * 4096),
        ("entries/parking.yaml", "entries:\n  - id: a\n    question: 제 번호 010-2345-6789로요?\n    answer: 네\n"),
        ("export.jsonl", '{"number": 1, "question": "여권 M12345678 으로 신청했어요"}\n'),
        ("cache.pickle", "\0\x80\x04전화 010-2345-6789 주세요\0\x05"),
    ],
)
async def test_a_number_in_a_file_is_found(tmp_path: Path, name: str, content: str) -> None:
    await _used(tmp_path)
    (tmp_path / "files" / name).parent.mkdir(parents=True)
    (tmp_path / "files" / name).write_text(content, encoding="utf-8")
    found = await _audited(tmp_path, tmp_path / "files")
    assert [leak.place.startswith(f"{tmp_path}/files/{name}") for leak in found.leaks] == [True]


async def test_a_number_in_a_backup_is_found(tmp_path: Path) -> None:
    await _used(tmp_path)
    _plant(tmp_path / "a.db", *TEXTS[0][:2], "전화 010-2345-6789 주세요")
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as storage:
        await storage.backup(tmp_path / "backup.db")
    (tmp_path / "clean").mkdir()
    await _used(tmp_path / "clean")
    found = await _audited(tmp_path / "clean", tmp_path / "backup.db")
    assert found.leaks
    assert all(leak.place.startswith(f"{tmp_path}/backup.db, near byte") for leak in found.leaks)


async def test_a_number_in_the_write_ahead_log_is_found(tmp_path: Path) -> None:
    await _used(tmp_path)
    (tmp_path / "clean").mkdir()
    await _used(tmp_path / "clean")
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as reader:  # the log stays as long as it
        reader.execute("SELECT count(*) FROM questions").fetchone()
        _plant(tmp_path / "a.db", *TEXTS[0][:2], "전화 010-2345-6789 주세요")
        found = await _audited(tmp_path / "clean", tmp_path / "a.db-wal")
    assert {leak.place.partition(", ")[0] for leak in found.leaks} == {f"{tmp_path}/a.db-wal"}


async def test_what_the_knowledge_base_publishes_is_no_leak(tmp_path: Path) -> None:
    await _used(tmp_path)
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge/a.yaml").write_text("answer: 담당자 010-2345-6789\n", encoding="utf-8")
    (tmp_path / "a.log").write_text("010-2345-6789\n", encoding="utf-8")
    assert (await _audited(tmp_path, tmp_path / "a.log", published=tmp_path / "knowledge")).is_clean


async def test_rows_past_their_time_are_counted(tmp_path: Path) -> None:
    await _used(tmp_path)
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as database:
        database.execute("UPDATE questions SET asked_at = '2026-01-01 00:00:00.000000'")
    assert (await _audited(tmp_path)).expired == {"questions": 1}


def _plant(file: Path, table: str, column: str, text: str) -> None:
    moment = "2026-11-27 11:59:00.000000"
    rows: dict[str, dict[str, object]] = {
        "questions": {"origin_digest": b"x" * 32, "text": "", "language": "ko", "outcome": "fallback", "state": "open",
                      "nearest": "[]", "asked_at": moment, "updated_at": moment},
        "conversations": {"name_digest": b"x" * 32, "text": "", "until": "2026-11-28 00:00:00.000000"},
        "inbox": {"channel": "telegram", "key_digest": b"x" * 32, "chat": 7, "body": "", "state": "waiting",
                  "attempts": 0, "received_at": moment},
    }  # fmt: skip
    row = rows[table] | {column: text}
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        wanted = {name: kind for _, name, kind, needed, default, _ in database.execute(f"PRAGMA table_info({table})")
                  if needed and default is None and name not in row and name != "number"}  # fmt: skip
        row |= {name: 0 if "INT" in kind else "x" for name, kind in wanted.items()}
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
