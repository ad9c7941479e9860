"""What citizens read: the answer first, then its basis, a caution when it is due, and buttons."""

from dataclasses import replace
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.assistant import Reply
from bot.dialogue.interpreter import interpret
from bot.dialogue.messages import Button, ChooseSuggestion, NoneOfThese, ShowEntry, ShowTopic, ShowTopics, TellMe
from bot.dialogue.presenter import ENTRIES_A_PAGE, Presenter
from bot.wording import sentences, written_date
from knowledge.base import Bilingual, Entry, Topic
from knowledge.finding import Finding, Outcome
from tests.bot.dialogue.small_assistant import BUDGET, GAP, KNOWLEDGE, PLACE, build
from tests.doubles import MemoryRecords

KOREAN = sentences("ko")


def _presenter(today: date = date(2024, 1, 1)) -> Presenter:
    return Presenter(build(today=today)[0], UTC)


async def _said(question: str) -> tuple[str, tuple[Button, ...]]:
    assistant, _ = build(MemoryRecords())
    message = Presenter(assistant, UTC).reply(await assistant.reply(question, "telegram:1:1"))
    return message.text, message.buttons


async def test_answer_has_its_basis_and_neighbours() -> None:
    text, buttons = await _said("예산?")
    assert text == "**4116억원**입니다.\n\n2020년 광주일보 기사 기준"
    assert buttons == (Button("어디에 생겨요?", ShowEntry("place")),)  # neither gaps nor entries that are gone


async def test_two_answers_stand_each_under_its_question_with_its_own_basis() -> None:
    text, buttons = await _said("예산? 어디?")
    assert text == (
        "**예산이 얼마예요?**\n**4116억원**입니다.\n\n2020년 광주일보 기사 기준\n\n**어디에 생겨요?**\n첨단3지구입니다."
    )
    assert buttons == ()  # the only neighbour is shown already


async def test_two_answers_share_their_neighbours() -> None:
    finding = Finding(Outcome.ANSWER, "ko", 0.9, BUDGET, further=(replace(GAP, see_also=("budget", "place")),))
    message = Presenter(build(MemoryRecords())[0], UTC).reply(Reply("예산?", interpret("예산?"), finding))
    assert message.buttons == (Button("어디에 생겨요?", ShowEntry("place")),)


async def test_answer_is_in_the_language_of_the_question() -> None:
    text, _ = await _said("budget?")
    assert text == "411.6 billion won.\n\nGwangju Ilbo, as of 2020"


async def test_suggestions_are_buttons_with_a_way_out() -> None:
    text, buttons = await _said("집적단지")
    assert text == KOREAN.suggestions
    assert [button.action for button in buttons] == [
        ChooseSuggestion(1, "budget"), ChooseSuggestion(1, "place"), NoneOfThese(1),
    ]  # fmt: skip


async def test_likely_suggestion_is_shown_under_its_question_with_the_others_as_buttons() -> None:
    finding = Finding(Outcome.SUGGESTIONS, "ko", 0.6, suggestions=(BUDGET, PLACE), likely=True)
    message = Presenter(build()[0], UTC).reply(Reply("돈?", interpret("돈?"), finding, number=7))
    assert message.text == (
        "혹시 「예산이 얼마예요?」의 답을 찾으셨나요?\n\n**4116억원**입니다.\n\n2020년 광주일보 기사 기준"
    )
    assert message.buttons == (
        Button("어디에 생겨요?", ChooseSuggestion(7, "place")),
        Button("찾는 내용이 없어요", NoneOfThese(7)),
    )
    assert message.verdict == ()  # it claims nothing


async def test_known_gap_gives_its_reason_and_is_passed_on() -> None:
    text, buttons = await _said("주차?")
    assert text == f"알려진 것이 없습니다.\n{KOREAN.recorded}\n\n{KOREAN.contact_unknown}"
    assert [button.action for button in buttons] == [TellMe(1), ShowTopics()]


async def test_fallback_says_so() -> None:
    assert (await _said("날씨?"))[0] == f"{KOREAN.fallback}\n{KOREAN.recorded}\n\n{KOREAN.contact_unknown}"


async def test_unrecorded_fallback_does_not_claim_to_be_passed_on() -> None:
    assistant, _ = build()
    assert (
        Presenter(assistant, UTC).reply(await assistant.reply("날씨?")).text
        == f"{KOREAN.fallback}\n\n{KOREAN.contact_unknown}"
    )


async def test_repaired_question_is_said_first() -> None:
    text, _ = await _said("dPtksdl djfaodPdy?")
    assert text.startswith(KOREAN.understood.format(text="예산이 얼마예요?"))


@pytest.mark.parametrize(("today", "due"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True)])
def test_caution_stands_from_the_day_after_the_review(today: date, due: bool) -> None:
    assert (KOREAN.may_have_changed in _presenter(today).entry(BUDGET, "ko").text) is due


def test_today_is_the_citizens() -> None:
    assistant, _ = build(today=date(2024, 12, 31))  # noon in Greenwich is past midnight on Kiritimati
    assert KOREAN.may_have_changed in Presenter(assistant, ZoneInfo("Pacific/Kiritimati")).entry(BUDGET, "ko").text


def test_entry_without_source_and_date_is_its_answer_alone() -> None:
    assert _presenter().entry(PLACE, "ko").text == "첨단3지구입니다."


def test_chosen_suggestion_is_headed_by_its_question() -> None:
    text = _presenter().chosen(PLACE, "en").text
    assert text == "You chose: 어디에 생겨요?\n\n첨단3지구입니다."


def test_topics_that_answer_nothing_are_not_listed() -> None:
    assert _presenter().topics("en").buttons == (Button("Money", ShowTopic("money")),)


def test_long_topics_have_pages() -> None:
    entries = tuple(Entry(f"e{n}", "t", Bilingual(f"질문 {n}"), Bilingual("답")) for n in range(ENTRIES_A_PAGE * 2 + 1))
    topic = Topic("t", Bilingual("주제"), entries)
    pages = [_presenter().topic(topic, "ko", page).buttons for page in range(4)]
    assert [len(page) for page in pages] == [ENTRIES_A_PAGE + 2, ENTRIES_A_PAGE + 3, 3, 2]
    assert pages[1][-3:] == (
        Button(KOREAN.previous_page, ShowTopic("t", 0)),
        Button(KOREAN.next_page, ShowTopic("t", 2)),
        Button(KOREAN.topics_button, ShowTopics()),
    )


def test_topic_is_named() -> None:
    assert "Money" in _presenter().topic(KNOWLEDGE.topics[0], "en").text


@pytest.mark.parametrize(
    ("iso", "korean", "english"),
    [
        ("2020", "2020년", "2020"),
        ("2020-06", "2020년 6월", "2020-06"),
        ("2020-06-03", "2020년 6월 3일", "2020-06-03"),
    ],
)
def test_dates_are_written_as_people_do(iso: str, korean: str, english: str) -> None:
    assert (written_date(iso, KOREAN), written_date(iso, sentences("en"))) == (korean, english)


async def test_a_gap_on_today_is_not_announced_as_what_the_base_says() -> None:
    text, _ = await _said("지금 주차?")
    assert text.startswith("자료까지만 알고 있어, 지금은 어떤지 확인하지 못합니다.")
