"""Staff filter groups by what they are like; beside each part of the filter stands how many groups it would leave."""

from datetime import timedelta
from itertools import count

import pytest

from bot.records.groups import GroupFilter, GroupOrder, GroupPage, GroupState
from bot.records.questions import Nearest, NewQuestion, QuestionState
from knowledge.base import Language
from knowledge.finding import Outcome
from tests.bot.follow_up.building import CHANNEL, KIM, Office

_MESSAGES = count(1)


async def _asked(
    office: Office,
    text: str,
    *,
    waiting: int = 0,
    entry: str = "budget",
    language: Language = "ko",
    outcome: Outcome = Outcome.FALLBACK,
) -> int:
    """The number of the group of a question that somebody asked, and some who want to be told asked too."""
    numbers = []
    for chat in range(max(1, waiting)):
        message = next(_MESSAGES)
        question = NewQuestion(
            f"{CHANNEL}:{chat}:{message}",
            text,
            language,
            outcome,
            QuestionState.OPEN,
            (Nearest(entry, 0.2),),
            asked_at=office.clock(),
        )
        numbers.append(await office.storage.questions.record(question))
        if chat < waiting:
            await office.follow_up.citizens.tell_me(numbers[-1], CHANNEL, chat, message, language=language)
    await office.follow_up.placement.place_open(office.placer)
    return await office.follow_up.placement.group_of(numbers[0])


@pytest.fixture
async def groups(office: Office) -> dict[str, int]:
    """Four unfinished groups and a dismissed one, asked on four days."""
    numbers = {"pool": await _asked(office, "수영장 요금은 얼마예요?", waiting=1)}
    office.clock.now += timedelta(days=5)
    numbers["shuttle"] = await _asked(office, "셔틀버스 시간표가 있나요?", waiting=3, entry="place")
    numbers["english"] = await _asked(office, "Is there 100% parking_space?", language="en", entry="gone")
    office.clock.now += timedelta(days=2)
    numbers["unhelpful"] = await _asked(office, "예산이 2026년에는요?", outcome=Outcome.ANSWER)
    numbers["dismissed"] = await _asked(office, "점심 뭐 먹죠?")
    await office.follow_up.desk.dismiss(numbers["dismissed"], "사업과 무관", KIM)
    office.clock.now += timedelta(hours=1)
    return numbers


def _numbers(page: GroupPage) -> list[int]:
    return [listed.number for listed in page.groups]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (GroupOrder.WAITING, ["shuttle", "pool", "english", "unhelpful"]),
        (GroupOrder.COUNT, ["shuttle", "pool", "english", "unhelpful"]),
        (GroupOrder.OLDEST, ["pool", "shuttle", "english", "unhelpful"]),
        (GroupOrder.NEWEST, ["unhelpful", "shuttle", "english", "pool"]),
        (GroupOrder.DUE, ["pool", "shuttle", "english", "unhelpful"]),
    ],
)
async def test_unfinished_groups_come_in_the_order_asked_for(
    office: Office, groups: dict[str, int], order: GroupOrder, expected: list[str]
) -> None:
    page = await office.follow_up.lists.page(GroupFilter(), order)
    assert _numbers(page) == [groups[name] for name in expected]
    assert [listed.waiting for listed in page.groups if listed.number == groups["shuttle"]] == [3]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (GroupFilter(states=(GroupState.DISMISSED,)), ["dismissed"]),
        (GroupFilter(topic="cluster"), ["shuttle", "pool", "unhelpful"]),
        (GroupFilter(topic=""), ["english"]),
        (GroupFilter(topic="nothing"), []),
        (GroupFilter(language="en"), ["english"]),
        (GroupFilter(days=1), ["shuttle", "pool", "english"]),
        (GroupFilter(days=7), ["pool"]),
        (GroupFilter(waited_for=True), ["shuttle", "pool"]),
        (GroupFilter(unhelpful=True), ["unhelpful"]),
        (GroupFilter(text="요금"), ["pool"]),
        (GroupFilter(text="  요금   수영장 "), ["pool"]),
        (GroupFilter(text="PARKING"), ["english"]),
        (GroupFilter(text="100%"), ["english"]),
        (GroupFilter(text="%"), ["english"]),
        (GroupFilter(text="_"), ["english"]),
        (GroupFilter(text="요금 시간표"), []),
        (GroupFilter(text="'; DROP TABLE questions; --"), []),
        (GroupFilter(text="9" * 40), []),
        (GroupFilter(text="요", days=1, waited_for=True, topic="cluster", language="ko"), ["shuttle", "pool"]),
    ],
)
async def test_filter_leaves_the_groups_that_are_so_and_counts_them(
    office: Office, groups: dict[str, int], chosen: GroupFilter, expected: list[str]
) -> None:
    page = await office.follow_up.lists.page(chosen)
    assert _numbers(page) == [groups[name] for name in expected]
    assert page.total == len(expected)


async def test_number_finds_its_group(office: Office, groups: dict[str, int]) -> None:
    for text in (f"{groups['pool']}", f" #{groups['pool']} "):
        assert _numbers(await office.follow_up.lists.page(GroupFilter(text=text))) == [groups["pool"]]


async def test_words_are_found_in_every_question_of_a_group(office: Office) -> None:
    number = await office.group("셔틀 있어요?", "셔틀 막차는 몇 시예요?", "셔틀 요금은요?")
    assert _numbers(await office.follow_up.lists.page(GroupFilter(text="막차"))) == [number]


async def test_each_count_is_what_the_list_would_have(office: Office, groups: dict[str, int]) -> None:
    lists, chosen = office.follow_up.lists, GroupFilter(days=1)
    counts = (await lists.page(chosen)).counts
    assert counts.states == {GroupState.OPEN: 3}
    assert counts.topics == {"cluster": 2, "": 1}
    assert counts.languages == {"ko": 2, "en": 1}
    assert counts.days == {0: 4, 1: 3, 3: 1, 7: 1}
    assert (counts.waited_for, counts.unhelpful) == (2, 0)
    for days, expected in counts.days.items():
        assert (await lists.page(GroupFilter(days=days))).total == expected
    assert groups


async def test_pages_follow_each_other_without_a_gap(office: Office, groups: dict[str, int]) -> None:
    lists = office.follow_up.lists
    pages = [await lists.page(GroupFilter(), GroupOrder.OLDEST, number, 2) for number in (1, 2, 3)]
    assert [len(page.groups) for page in pages] == [2, 2, 0]
    assert len({number for page in pages for number in _numbers(page)}) == len(groups) - 1


async def test_who_was_told_waits_no_more(office: Office, groups: dict[str, int]) -> None:
    await office.follow_up.desk.answer(groups["pool"], "4,000원입니다.", "ko", KIM)
    office.clock.pass_(minutes=2)
    await office.tell()
    await office.deliver()
    page = await office.follow_up.lists.page(GroupFilter((GroupState.ANSWERED,)))
    assert [(listed.number, listed.waiting) for listed in page.groups] == [(groups["pool"], 0)]


async def test_merged_groups_are_in_no_count(office: Office, groups: dict[str, int]) -> None:
    await office.follow_up.desk.merge(groups["pool"], groups["shuttle"], KIM)
    page = await office.follow_up.lists.page(GroupFilter())
    assert page.total == sum(page.counts.states.values()) - 1 == 3
    assert page.groups[0].waiting == 3, "one of them asked both"
