"""Figures by day and topic, without any citizen in them."""

from datetime import date, timedelta

import pytest

from bot.follow_up.overview.reports import Figures
from bot.records.questions import VoteOutcome
from bot.storage.storage import Storage
from knowledge.finding import Outcome
from tests.bot.follow_up.building import CHANNEL, KIM, Office

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


async def test_questions_are_counted_by_the_citys_day_and_by_topic(office: Office) -> None:
    await office.follow_up.citizens.count(Outcome.ANSWER, "budget")
    await office.follow_up.citizens.count(Outcome.SUGGESTIONS)
    office.clock.pass_(hours=4)  # past midnight in Seoul
    await office.follow_up.citizens.count(Outcome.FALLBACK)
    statistics = await office.follow_up.reports.statistics(days=2)
    assert dict(statistics.by_day) == {
        SUNDAY: Figures(asked=2, answered=1, suggested=1),
        MONDAY: Figures(asked=1, refused=1),
    }
    assert statistics.by_topic == (
        ("", Figures(asked=2, suggested=1, refused=1)),
        ("cluster", Figures(asked=1, answered=1)),
    )
    assert statistics.total == Figures(asked=3, answered=1, suggested=1, refused=1)


async def test_days_before_are_left_out(office: Office) -> None:
    await office.follow_up.citizens.count(Outcome.FALLBACK)
    office.clock.pass_(days=7)
    assert (await office.follow_up.reports.statistics(days=7)).total == Figures()
    assert (await office.follow_up.reports.statistics(days=8)).total.asked == 1


async def test_time_to_answer_is_from_the_first_question_to_the_answer(office: Office) -> None:
    for index in range(10):
        number = await office.group(f"{index} 번째", first_chat=100 + index)
        office.clock.pass_(hours=index + 1)
        await office.follow_up.desk.answer(number, "네", "ko", KIM)
    statistics = await office.follow_up.reports.statistics()
    assert (statistics.groups_answered, statistics.total.answered_by_staff) == (10, 10)
    assert (statistics.median, statistics.p90) == (timedelta(hours=5), timedelta(hours=9))


async def test_nothing_answered_has_no_time(office: Office) -> None:
    statistics = await office.follow_up.reports.statistics()
    assert (statistics.median, statistics.p90, statistics.total.helpful_share) == (None, None, None)


async def test_most_asked_come_first(office: Office) -> None:
    await office.group("셔틀 있나요?")
    often = await office.group("주차 되나요?", "주차 얼마?", first_chat=200)
    statistics = await office.follow_up.reports.statistics()
    assert [group.number for group in statistics.most_asked] == [often, often - 1]


async def test_each_citizen_has_one_vote_an_answer_and_may_change_it(office: Office) -> None:
    async def vote(chat: int, message: int, *, helpful: bool) -> VoteOutcome:
        return await office.follow_up.citizens.vote(CHANNEL, chat, message, "budget", helpful=helpful)

    assert await vote(1, 10, helpful=True) is VoteOutcome.COUNTED
    assert await vote(1, 10, helpful=True) is VoteOutcome.SAME
    assert await vote(2, 10, helpful=True) is VoteOutcome.COUNTED
    assert await vote(1, 11, helpful=True) is VoteOutcome.COUNTED
    assert await vote(1, 10, helpful=False) is VoteOutcome.CHANGED
    statistics = await office.follow_up.reports.statistics()
    assert (statistics.total.helpful, statistics.total.unhelpful) == (2, 1)
    assert statistics.total.helpful_share == pytest.approx(2 / 3)
    assert [topic for topic, _ in statistics.by_topic] == ["cluster"]


async def test_vote_of_an_entry_that_is_gone_counts_without_a_topic(office: Office) -> None:
    await office.follow_up.citizens.vote(CHANNEL, 1, 10, "no-longer", helpful=False)
    assert (await office.follow_up.reports.statistics()).by_topic == (("", Figures(unhelpful=1)),)


async def test_what_was_missing_becomes_an_open_question(office: Office) -> None:
    number = await office.follow_up.citizens.missing("telegram:1:2", "2027년 예산요. 010-1234-5678", "ko", "budget")
    group = await office.follow_up.desk.group(await office.follow_up.placement.group_of(number))
    assert group.title.startswith("2027년 예산요.")
    assert "1234" not in group.title
    assert group.nearest[0].entry_id == "budget"


async def test_counts_of_several_instances_add_up(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        offices = [Office(one), Office(other)] * 10
        for office in offices:
            await office.follow_up.citizens.count(Outcome.ANSWER, "budget")
        assert (await offices[0].follow_up.reports.statistics()).total == Figures(asked=20, answered=20)


async def test_counts_are_kept_when_questions_are_destroyed(office: Office) -> None:
    await office.follow_up.citizens.count(Outcome.FALLBACK)
    office.clock.pass_(days=400)
    await office.storage.purge(office.clock(), 180)
    assert (await office.follow_up.reports.statistics(days=500)).total.asked == 1
