"""Questions get replies, and what could not be answered is recorded once, masked."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.assistant import Assistant
from bot.dialogue.memory import Memory, PassingConversations
from bot.errors import FindingError, StorageError
from bot.records.questions import QuestionState
from knowledge.base import Bilingual, KnowledgeBase, Topic
from knowledge.finding import Outcome
from tests.bot.dialogue.small_assistant import BUDGET, KNOWLEDGE, KNOWN, PLACE, build
from tests.doubles import MemoryRecords, ReplaceableFinder


async def test_answered_question_is_not_recorded() -> None:
    records = MemoryRecords()
    reply = await build(records)[0].reply("예산?", "telegram:1:2")
    assert (reply.finding.outcome, reply.finding.entry, reply.number) == (Outcome.ANSWER, BUDGET, None)
    assert records.kept == {}


@pytest.mark.parametrize(
    ("question", "outcome", "state"),
    [
        ("집적단지", Outcome.SUGGESTIONS, QuestionState.OFFERED),
        ("주차?", Outcome.FALLBACK, QuestionState.OPEN),
        ("날씨?", Outcome.FALLBACK, QuestionState.OPEN),
    ],
)
async def test_unanswered_question_is_recorded(question: str, outcome: Outcome, state: QuestionState) -> None:
    records = MemoryRecords()
    reply = await build(records)[0].reply(question, "telegram:1:2")
    assert reply.number == 1
    kept = records.kept[1]
    assert (kept.text, kept.outcome, kept.state, kept.language) == (question, outcome, state, "ko")
    assert [near.entry_id for near in kept.nearest] == [each.entry.id for each in reply.finding.candidates]


async def test_same_origin_is_one_record() -> None:
    records = MemoryRecords()
    assistant, _ = build(records)
    numbers = {(await assistant.reply("날씨?", "telegram:1:2")).number for _ in range(3)}
    assert (numbers, len(records.kept)) == ({1}, 1)


async def test_nothing_is_recorded_without_origin_or_records() -> None:
    records = MemoryRecords()
    assert (await build(records)[0].reply("날씨?")).number is None
    assert (await build()[0].reply("날씨?", "telegram:1:2")).number is None
    assert records.kept == {}


async def test_personal_numbers_reach_neither_matcher_nor_records() -> None:
    records = MemoryRecords()
    assistant, matcher = build(records)
    await assistant.reply("제 번호는 010-1234-5678", "telegram:1:2")
    assert "1234" not in matcher.asked[0] + records.kept[1].text


async def test_choosing_settles_and_turning_down_opens() -> None:
    records = MemoryRecords()
    assistant, _ = build(records)
    first, second = [(await assistant.reply("집적단지", f"telegram:1:{n}")).number for n in (1, 2)]
    assert first
    assert second
    await assistant.choose(first, "budget")
    assert await assistant.turn_down(second)
    assert not await assistant.turn_down(second)
    assert [records.kept[n].state for n in (first, second)] == [QuestionState.SETTLED, QuestionState.OPEN]


async def test_without_records_buttons_do_nothing() -> None:
    assistant, _ = build()
    await assistant.choose(0, "budget")
    assert not await assistant.turn_down(0)


async def test_question_that_cannot_be_recorded_is_not_passed_over() -> None:
    records = MemoryRecords()
    records.broken = True
    with pytest.raises(StorageError):
        await build(records)[0].reply("날씨?", "telegram:1:2")


def test_entry_that_is_gone_is_none() -> None:
    assistant, _ = build()
    assert (assistant.entry("budget"), assistant.entry("gone")) == (BUDGET, None)


async def test_knowledge_is_the_finders_of_now() -> None:
    finder = ReplaceableFinder(KNOWLEDGE, KNOWN)
    assistant = Assistant(finder)
    assert assistant.knowledge is KNOWLEDGE
    finder.replace(KnowledgeBase((Topic("money", Bilingual("돈"), (PLACE,)),)), {"어디?": [("place", 0.9)]})
    assert list(assistant.knowledge.entries) == ["place"]
    assert assistant.entry("budget") is None
    assert (await assistant.reply("예산?")).finding.outcome is Outcome.FALLBACK


async def test_question_that_cannot_be_looked_up_is_neither_recorded_nor_remembered() -> None:
    records, conversations = MemoryRecords(), PassingConversations()
    finder = ReplaceableFinder(KNOWLEDGE, KNOWN)
    finder.broken = True
    assistant = Assistant(finder, records, memory=Memory(conversations, timedelta(minutes=10)))
    with pytest.raises(FindingError):
        await assistant.reply("예산?", "telegram:1:2", "telegram:1")
    assert records.kept == {}
    assert await conversations.recall("telegram:1", datetime.now(UTC)) is None
