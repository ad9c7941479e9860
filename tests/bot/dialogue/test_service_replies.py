"""What citizens get to what is no question, and what staff do not get."""

from datetime import UTC, timedelta

import pytest

from bot.dialogue.assistant import Assistant
from bot.dialogue.memory import Memory, PassingConversations
from bot.dialogue.messages import ShowEntry, ShowTopics
from bot.dialogue.presenter import Presenter
from bot.dialogue.safety import Danger
from bot.dialogue.small_talk import Service, Talk
from bot.errors import FindingError
from bot.records.questions import QuestionState
from bot.wording import sentences
from bot.wording.helplines import NUMBERS
from knowledge.base import LANGUAGES, KnowledgeBase
from knowledge.finding import Outcome
from tests.bot.dialogue.small_assistant import BUDGET, KNOWLEDGE, build
from tests.doubles import MemoryRecords, ReplaceableFinder


class _Away(ReplaceableFinder):
    """A finder whose knowledge is not loaded yet."""

    @property
    def knowledge(self) -> KnowledgeBase:
        raise FindingError("not loaded")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_heard_has_its_sentence(language: str) -> None:
    words = sentences("ko" if language == "ko" else "en")
    assert set(words.talk) == set(Talk)
    assert set(words.safety) == set(Danger)
    for text in words.safety.values():
        lines = text.format(**NUMBERS).splitlines()
        assert any(number in lines[0] for number in NUMBERS.values())
        assert len(lines) == len(("the number", "a word"))


async def test_the_number_comes_before_anything_is_loaded_or_kept() -> None:
    records = MemoryRecords()
    records.broken = True
    assistant = Assistant(_Away(KNOWLEDGE, {}), records)
    reply = await assistant.reply("죽고 싶어요", "telegram:1:2", "telegram:1")
    message = Presenter(assistant, UTC).reply(reply)
    assert (reply.service, message.text.splitlines()[0][:7]) == (Service.SAFETY, "**109**")
    assert message.buttons == message.verdict == ()


async def test_in_doubt_the_number_comes_without_the_answer_where_nothing_can_be_looked_up() -> None:
    reply = await Assistant(_Away(KNOWLEDGE, {})).reply("요즘 너무 우울해요")
    assert Presenter(build()[0], UTC).reply(reply).text.startswith("**109**")


@pytest.mark.parametrize("text", ["감사합니다", "상담원 연결", "메뉴", "너 누구야", "1번", "바보야", "살려주세요"])
async def test_nothing_of_a_service_reply_is_recorded_or_voted_on(text: str) -> None:
    records = MemoryRecords()
    assistant, _ = build(records)
    reply = await assistant.reply(text, "telegram:1:2", "telegram:1")
    assert reply.service
    assert Presenter(assistant, UTC).reply(reply).verdict == ()
    assert records.kept == {}


async def test_in_doubt_the_number_comes_with_the_answer() -> None:
    assistant, _ = build()
    message = Presenter(assistant, UTC).reply(await assistant.reply("너무 슬퍼 죽겠어요 예산?"))
    assert message.text.startswith("**109**")
    assert BUDGET.answer.ko in message.text


async def test_what_is_asked_of_today_is_answered_honestly_and_left_to_staff() -> None:
    records = MemoryRecords()
    assistant, _ = build(records)
    reply = await assistant.reply("지금 예산?", "telegram:1:2")
    text = Presenter(assistant, UTC).reply(reply).text
    assert "지금은 어떤지 확인하지 못합니다" in text.splitlines()[0]
    assert BUDGET.answer.ko in text
    assert [(kept.state, kept.outcome) for kept in records.kept.values()] == [(QuestionState.OPEN, Outcome.ANSWER)]


async def test_the_question_is_recorded_without_courtesies() -> None:
    records = MemoryRecords()
    assistant, _ = build(records)
    await assistant.reply("안녕하세요 주차? 감사합니다", "telegram:1:2")
    assert [kept.text for kept in records.kept.values()] == ["주차?"]


async def test_who_did_not_mean_that_is_offered_the_others() -> None:
    assistant, _ = build(memory=Memory(PassingConversations(), timedelta(minutes=10)))
    await assistant.reply("예산?", conversation="telegram:1")
    message = Presenter(assistant, UTC).reply(await assistant.reply("그거 말고요", conversation="telegram:1"))
    assert [button.action for button in message.buttons] == [ShowEntry("place"), ShowTopics()]


async def test_a_remark_that_nothing_answers_is_a_courtesy_and_not_recorded() -> None:
    records = MemoryRecords()
    assistant, _ = build(records)
    reply = await assistant.reply("천재네", "telegram:1:2")
    assert (reply.service, records.kept) == (Service.COURTESY, {})
