"""What is past its time is destroyed, and nothing else."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.questions import QuestionState
from bot.storage.purge import Purged
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question


async def test_offered_questions_go_after_a_day_and_others_after_retention(storage: Storage) -> None:
    ages = {
        "offered old": (QuestionState.OFFERED, 2),
        "offered new": (QuestionState.OFFERED, 0),
        "settled": (QuestionState.SETTLED, 2),
        "open old": (QuestionState.OPEN, 31),
        "open new": (QuestionState.OPEN, 29),
        "answered old": (QuestionState.ANSWERED, 31),
    }
    for name, (state, days) in ages.items():
        await storage.questions.record(a_question(name, name, state, NOON - timedelta(days=days)))
    assert await storage.purge(NOON, retention_days=30) == Purged(offered=1, expired=2)
    left = [await storage.questions.listed(state) for state in QuestionState]
    assert [question.text for questions in left for question in questions] == ["offered new", "settled", "open new"]


async def test_purging_twice_destroys_nothing_more(storage: Storage) -> None:
    await storage.questions.record(a_question(asked_at=NOON - timedelta(days=31)))
    await storage.purge(NOON, retention_days=30)
    assert await storage.purge(NOON, retention_days=30) == Purged(offered=0, expired=0)


async def test_purging_many_lets_new_questions_in_between(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.purge._PORTION", 2)
    old = NOON - timedelta(days=31)
    await asyncio.gather(*(storage.questions.record(a_question(str(number), asked_at=old)) for number in range(7)))
    purging = asyncio.create_task(storage.purge(NOON, retention_days=30))
    await asyncio.sleep(0)
    await storage.questions.record(a_question("new"))
    assert not purging.done()
    assert (await purging).expired == 7


async def test_purged_number_does_not_come_again(storage: Storage) -> None:
    purged = await storage.questions.record(a_question(asked_at=NOON - timedelta(days=31)))
    await storage.purge(NOON, retention_days=30)
    assert await storage.questions.record(a_question("next")) > purged


async def test_what_conversations_were_about_goes_when_its_time_is_over(storage: Storage) -> None:
    for name, minutes in (("old", -1), ("due", 0), ("new", 1)):
        await storage.conversations.remember(name, name, NOON + timedelta(minutes=minutes))
    assert await storage.purge(NOON, retention_days=30) == Purged(0, 0, forgotten=2)
    long_before = NOON - timedelta(days=1)
    assert [await storage.conversations.recall(name, long_before) for name in ("old", "due", "new")] == [
        None, None, "new",
    ]  # fmt: skip


async def test_purged_words_are_in_no_file(sqlite_url: str, file: Path) -> None:
    words = "지워져야 하는 문장"
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question(text=words, asked_at=NOON - timedelta(days=31)))
        await storage.conversations.remember("telegram:1", words, NOON)
        await storage.purge(NOON, retention_days=30)
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert words.encode() not in content
