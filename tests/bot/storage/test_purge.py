"""What is past its time is destroyed, and nothing else."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import Closed, OutboxCounts, Sent
from bot.records.questions import QuestionState
from bot.storage.purge import Purged
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import a_call, added, an_update, claimable, claimed, texts


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


async def test_keys_of_handled_updates_go_after_two_days_and_dead_letters_after_thirty(storage: Storage) -> None:
    inbox = storage.inbox("telegram")
    hours = {"old": 49, "new": 47, "dead old": 24 * 31, "dead new": 24 * 29, "waiting": 24 * 365}
    for chat, (key, age) in enumerate(hours.items()):
        await inbox.add([an_update(key, chat, key)], NOON - timedelta(hours=age))
    for head in await claimable(inbox, 9):
        if head.body.startswith("dead"):
            await inbox.bury(head.number, "broken")
        elif head.body != "waiting":
            await inbox.finish(head.number)
    assert await storage.purge(NOON, retention_days=30) == Purged(0, 0, updates=1, dead_letters=1)
    again = [await inbox.add([an_update(key)], NOON) for key in hours]
    assert again == [1, 0, 1, 0, 0]


async def test_sent_calls_go_after_an_hour_and_those_with_a_reference_after_a_week(storage: Storage) -> None:
    outbox = storage.outbox("telegram")
    hours = {"old": 2, "new": 0, "notice:1": 24 * 8, "notice:2": 24 * 6, "newest": 24 * 365}
    for message, (name, age) in enumerate(hours.items()):
        moment = NOON - timedelta(hours=age)
        await outbox.add([a_call(chat=message, reference=name if ":" in name else None)], moment)
        (call,) = await claimed(outbox, moment)
        await claimed(outbox, moment, Sent(call.number, 10 + message), limit=0)
    assert await storage.purge(NOON, retention_days=30) == Purged(0, 0, calls=2)
    assert await outbox.known_messages(0) == {11, 13, 14}
    assert await outbox.newest_message() == 14


async def test_newest_message_of_the_counter_that_chats_share_is_kept(storage: Storage) -> None:
    outbox, moment = storage.outbox("telegram"), NOON - timedelta(hours=2)
    messages = {1: 500, -100_777: 600, -1_001_234_567_890: 9000}
    await outbox.add([a_call(chat=chat) for chat in messages], moment)
    ends = [
        Sent(call.number, messages[call.chat], messages[call.chat] < 9000) for call in await claimed(outbox, moment)
    ]
    await claimed(outbox, moment, *ends)
    assert await outbox.newest_message() == 600
    assert await storage.purge(NOON, retention_days=30) == Purged(0, 0, calls=2)
    assert await outbox.newest_message() == 600


async def test_closed_calls_go_after_thirty_days_and_waiting_ones_never(storage: Storage) -> None:
    outbox = storage.outbox("telegram")
    for chat, days in enumerate((31, 29)):
        moment = NOON - timedelta(days=days)
        await outbox.add([a_call(chat=chat, reference="notice:1" if chat else None)], moment)
        (call,) = await claimed(outbox, moment)
        await claimed(outbox, moment, Closed(call.number, "blocked"))
    await outbox.add([a_call("waits", 9)], NOON - timedelta(days=365))
    assert await storage.purge(NOON, retention_days=30) == Purged(0, 0, closed_calls=1)
    assert await outbox.counts() == OutboxCounts(1, NOON - timedelta(days=365), 1)
    assert texts(await claimed(outbox)) == ["waits"]


async def test_numbers_of_purged_updates_and_calls_do_not_come_again(storage: Storage) -> None:
    inbox, outbox = storage.inbox("telegram"), storage.outbox("telegram")
    numbers = []
    for age in (60, 0):
        moment = NOON - timedelta(days=age)
        await inbox.add([an_update(str(age))], moment)
        (head,) = await claimable(inbox, 1)
        await inbox.finish(head.number)
        (number,) = await added(outbox, [a_call()], moment)
        await claimed(outbox, moment)
        await claimed(outbox, moment, Sent(number))
        numbers.append((head.number, number))
        await storage.purge(NOON, retention_days=30)
    assert numbers == [(1, 1), (2, 2)]


async def test_purged_words_are_in_no_file(sqlite_url: str, file: Path) -> None:
    words = "지워져야 하는 문장"
    async with Storage.open(sqlite_url) as storage:
        await storage.questions.record(a_question(text=words, asked_at=NOON - timedelta(days=31)))
        await storage.conversations.remember("telegram:1", words, NOON)
        await storage.purge(NOON, retention_days=30)
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert words.encode() not in content


async def test_what_was_forgotten_is_in_no_file_after_the_next_purge_that_finds_nothing(
    sqlite_url: str, file: Path
) -> None:
    words = "지워져야 하는 문장"
    async with Storage.open(sqlite_url) as storage:
        await storage.conversations.remember("telegram:1", words, NOON + timedelta(minutes=9))
        await storage.conversations.forget("telegram:1")
        assert await storage.purge(NOON, retention_days=30) == Purged(0, 0)
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert words.encode() not in content


async def test_words_that_were_sent_are_in_no_file_after_the_next_purge_that_finds_nothing(
    sqlite_url: str, file: Path
) -> None:
    words = "지워져야 하는 문장"
    async with Storage.open(sqlite_url) as storage:
        outbox = storage.outbox("telegram")
        await outbox.add([a_call(words)], NOON)
        (call,) = await claimed(outbox)
        await claimed(outbox, NOON, Sent(call.number))
        assert await storage.purge(NOON, retention_days=30) == Purged(0, 0)
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert words.encode() not in content
    assert json.dumps(words).encode() not in content


async def test_reader_that_takes_long_holds_up_no_writer_and_what_it_read_is_destroyed_after(
    sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database._PAUSE", 0.01)
    words = "지워져야 하는 문장"
    async with Storage.open(sqlite_url) as storage:
        await storage.conversations.remember("telegram:1", words, NOON)
        with closing(sqlite3.connect(file, isolation_level=None)) as reading:
            reading.execute("BEGIN")
            assert reading.execute("SELECT text FROM conversations").fetchall() == [(words,)]
            purging = asyncio.create_task(storage.purge(NOON, retention_days=30))
            async with asyncio.timeout(60):
                for number in range(20):
                    await storage.questions.record(a_question(str(number)))
            await purging
        assert await storage.purge(NOON, retention_days=30) == Purged(0, 0)
        content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert words.encode() not in content
