"""A question is understood with the one before it; a memory that cannot be read costs nothing but itself."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.assistant import Assistant
from bot.dialogue.memory import MOST_CHARACTERS, Memory, PassingConversations
from bot.errors import StorageError
from bot.matcher_process.async_finder import InThread
from bot.storage.storage import Storage
from knowledge.finding import Finder, Outcome
from tests.bot.dialogue.small_assistant import BUDGET, KNOWLEDGE, KNOWN, PLACE, build
from tests.doubles import FixedMatcher, MemoryRecords

CHAT = "telegram:1"
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
LASTING = timedelta(minutes=10)


class BrokenConversations:
    """Fails, or does not come back, as a database may."""

    def __init__(self, *, hangs: bool = False) -> None:
        self._hangs = hangs

    async def recall(self, conversation: str, now: datetime) -> str | None:
        del conversation, now
        await self._fail()
        return None

    async def remember(self, conversation: str, text: str, until: datetime) -> None:
        del conversation, text, until
        await self._fail()

    async def forget(self, conversation: str) -> None:
        del conversation
        await self._fail()

    async def _fail(self) -> None:
        if self._hangs:
            await asyncio.Event().wait()
        raise StorageError("the database is locked")


class Talk:
    """One assistant with a clock that a test sets."""

    def __init__(self, records: MemoryRecords | None = None) -> None:
        self.now = NOON
        self.kept = PassingConversations()
        self.matcher = FixedMatcher(KNOWLEDGE, KNOWN)
        memory = Memory(self.kept, LASTING)
        self.assistant = Assistant(InThread(KNOWLEDGE, Finder(self.matcher)), records, lambda: self.now, memory)

    async def ask(self, *questions: str, conversation: str | None = CHAT) -> list[str | None]:
        """The ids of the entries that answer them."""
        replies = [await self.assistant.reply(question, conversation=conversation) for question in questions]
        return [reply.finding.entry.id if reply.finding.entry else None for reply in replies]


async def test_follow_up_is_understood_with_the_question_before_it() -> None:
    assert await Talk().ask("예산?", "그럼 어디?") == ["budget", "place"]


async def test_suggestions_are_remembered_too() -> None:
    assert await Talk().ask("집적단지", "그럼 어디?") == [None, "place"]


async def test_what_the_finding_says_is_remembered_rather_than_the_question() -> None:
    talk = Talk()
    await talk.ask("예산?", "그럼 어디?")
    assert await talk.kept.recall(CHAT, NOON) == "예산? > 그럼 어디?"


async def test_other_conversations_and_none_know_nothing_of_it() -> None:
    talk = Talk()
    await talk.ask("예산?")
    assert await talk.ask("그럼 어디?", conversation="telegram:2") == [None]
    assert await talk.ask("그럼 어디?", conversation=None) == [None]


@pytest.mark.parametrize("question", ["날씨?", "주차?", "", "   ", "\0"])
async def test_question_without_answer_does_not_destroy_it(question: str) -> None:
    assert (await Talk().ask("예산?", question, "그럼 어디?"))[-1] == "place"


@pytest.mark.parametrize(("minutes", "understood"), [(9.9, True), (10, False), (1000, False)])
async def test_conversation_is_forgotten_after_its_time(minutes: float, understood: bool) -> None:
    talk = Talk()
    await talk.ask("예산?")
    talk.now += timedelta(minutes=minutes)
    assert await talk.ask("그럼 어디?") == ["place" if understood else None]


async def test_ended_conversation_is_not_gone_on_with() -> None:
    talk = Talk()
    await talk.ask("예산?")
    await talk.assistant.end(CHAT)
    assert await talk.ask("그럼 어디?") == [None]


async def test_shown_entry_is_gone_on_from_in_its_language() -> None:
    talk = Talk()
    await talk.assistant.go_on_from(PLACE, "ko", CHAT)
    assert await talk.ask("얼마?") == ["budget"]
    await talk.assistant.go_on_from(BUDGET, "en", CHAT)
    assert await talk.kept.recall(CHAT, NOON) == "How much is the budget?"


@pytest.mark.parametrize("before", [0, MOST_CHARACTERS - 8, 2 * MOST_CHARACTERS - 8, 5000])
async def test_memory_is_masked_and_bounded(before: int) -> None:
    kept = PassingConversations()
    await Memory(kept, LASTING).remember(CHAT, "가" * before + " 010-1234-5678", NOON)
    text = await kept.recall(CHAT, NOON)
    assert text is not None
    assert len(text) <= MOST_CHARACTERS
    assert not any(digit in text for digit in "12345678")


async def test_matcher_sees_no_number_of_the_message_before() -> None:
    talk = Talk()
    await talk.assistant.reply("예산? 010-1234-5678", conversation=CHAT)
    await talk.ask("예산?", "그럼 어디?")
    assert "1234" not in str([*talk.matcher.previous, *talk.matcher.asked])


@pytest.mark.parametrize("hangs", [False, True])
async def test_memory_that_cannot_be_read_prevents_no_answer(
    hangs: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.dialogue.memory._PATIENCE", 0.02)
    assistant, _ = build(MemoryRecords(), memory=Memory(BrokenConversations(hangs=hangs), LASTING))
    with caplog.at_level(logging.WARNING):
        reply = await assistant.consider("예산?", CHAT)
        assert await assistant.expected_missing(CHAT) is None
    assert reply.finding.entry == BUDGET
    assert len(caplog.records) == 2
    assert "예산" not in caplog.text


async def test_question_that_cannot_be_recorded_raises_whatever_the_memory() -> None:
    records = MemoryRecords()
    records.broken = True
    for memory in (None, Memory(BrokenConversations(), LASTING), Memory(PassingConversations(), LASTING)):
        with pytest.raises(StorageError):
            await build(records, memory=memory)[0].reply("날씨?", "telegram:1:1", CHAT)


async def test_what_cannot_be_remembered_is_an_error_of_the_unit_it_belongs_to() -> None:
    assistant, _ = build(MemoryRecords(), memory=Memory(BrokenConversations(), LASTING))
    for work in (assistant.reply("예산?", "telegram:1:1", CHAT), assistant.end(CHAT)):
        with pytest.raises(StorageError):
            await work


@pytest.fixture
async def locked(tmp_path: Path) -> AsyncIterator[Assistant]:
    """An assistant whose database another program has locked."""
    file = tmp_path / "test.db"
    async with Storage.open(f"sqlite+aiosqlite:///{file}", busy_timeout=0.1) as storage:
        with closing(sqlite3.connect(file)) as locking:
            locking.execute("BEGIN IMMEDIATE")
            yield build(storage.questions, memory=Memory(storage.conversations, LASTING))[0]


async def test_locked_database_prevents_no_answer_and_loses_no_question_silently(locked: Assistant) -> None:
    assert (await locked.consider("예산?", CHAT)).finding.outcome is Outcome.ANSWER
    with pytest.raises(StorageError, match="is locked by another program"):
        await locked.reply("날씨?", "telegram:1:9", CHAT)


async def test_without_memory_each_question_is_read_by_itself() -> None:
    assistant, matcher = build()
    await assistant.reply("예산?", conversation=CHAT)
    await assistant.go_on_from(PLACE, "ko", CHAT)
    await assistant.end(CHAT)
    await assistant.reply("그럼 어디?", conversation=CHAT)
    assert matcher.previous == [None, None]
