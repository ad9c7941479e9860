"""Questions that ask the same come into one group; what was dismissed stays dismissed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import pytest

from bot.errors import FindingError
from bot.records.errors import NotFollowedUpError
from bot.records.groups import GroupState
from bot.records.questions import Nearest, QuestionState
from bot.storage.storage import Storage
from tests.bot.follow_up.building import KIM, Office
from tests.bot.storage.building import NOON, a_question


async def test_group_counts_its_questions_and_knows_the_first(office: Office) -> None:
    number = await office.ask("셔틀 있나요?", 100)
    office.clock.pass_(hours=5)
    await office.ask("셔틀 언제 와요?", 101)
    await office.ask("주차 되나요?", 102)
    assert await office.follow_up.placement.place_open(office.placer) == 3
    group = await office.follow_up.desk.group(await office.follow_up.placement.group_of(number))
    assert (group.title, group.count, group.languages, group.state) == ("셔틀 있나요?", 2, ("ko",), GroupState.OPEN)
    assert (group.first_asked_at, group.last_asked_at) == (NOON, NOON + timedelta(hours=5))
    assert group.due_at == NOON + timedelta(days=7)
    assert group.nearest == (Nearest("budget", 0.25), Nearest("place", 0.125))
    assert len(await office.follow_up.desk.groups([GroupState.OPEN])) == 2


async def test_languages_have_groups_of_their_own(office: Office) -> None:
    one = await office.ask("AI 뭐예요?", 100)
    two = await office.ask("AI what?", 101, language="en")
    await office.follow_up.placement.place_open(office.placer)
    assert await office.follow_up.placement.group_of(one) != await office.follow_up.placement.group_of(two)


async def test_equal_words_need_no_judgement(office: Office) -> None:
    await office.group("셔틀 있나요?")
    before = office.placer.asked
    await office.group("셔틀있나요", first_chat=200)
    assert office.placer.asked == before
    assert [group.count for group in await office.follow_up.desk.groups([GroupState.OPEN])] == [2]


async def test_staff_are_asked_about_unfinished_groups_that_are_close(office: Office) -> None:
    shuttle = await office.group("셔틀 언제 와요?")
    bus = await office.group("버스 언제 와요?", first_chat=200)
    tram = await office.group("전차 언제 와요?", first_chat=300)
    await office.group("식당 있나요?", first_chat=400)
    close_to = office.follow_up.placement.close_to
    assert await close_to(shuttle, office.placer) == [bus, tram]
    await office.follow_up.desk.dismiss(tram, "없음", KIM)
    assert await close_to(shuttle, office.placer) == [bus]
    assert await close_to(tram, office.placer) == []


async def test_question_that_is_only_like_a_dismissed_one_is_seen_by_staff(office: Office) -> None:
    number = await office.group("감사합니다 여러분")
    await office.follow_up.desk.dismiss(number, "인사", KIM)
    other = await office.group("감사합니다 휴게실은 있나요", first_chat=200)
    assert other != number
    assert (await office.follow_up.desk.group(other)).state is GroupState.OPEN


async def test_question_in_the_words_of_a_dismissed_one_stays_dismissed(office: Office) -> None:
    number = await office.group("바보 같은 질문")
    await office.follow_up.desk.dismiss(number, "장난", KIM)
    assert await office.group("바보같은 질문!!", first_chat=200) == number
    group = await office.follow_up.desk.group(number)
    assert (group.state, group.count) == (GroupState.DISMISSED, 2)
    assert {each.state for each in await office.follow_up.desk.questions(number)} == {QuestionState.DISMISSED}


async def test_dismissed_stays_dismissed_after_its_questions_were_destroyed(office: Office) -> None:
    number = await office.group("바보 같은 질문")
    await office.follow_up.desk.dismiss(number, "장난", KIM)
    office.clock.pass_(days=200)
    await office.storage.purge(office.clock(), 180)
    assert await office.follow_up.desk.questions(number) == []
    assert await office.group("바보 같은 질문!", first_chat=200) == number


async def test_answer_that_the_knowledge_base_has_makes_room_for_a_new_group(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    draft = await office.storage.follow_up.drafts.of_group(number)
    assert draft
    await office.storage.follow_up.drafts.end([draft.number], "written", office.clock())  # type: ignore[arg-type]
    assert await office.group("셔틀 언제?", first_chat=200) != number


async def test_question_that_is_only_like_an_answered_one_is_not_told_its_answer(office: Office) -> None:
    number = await office.group("체육관 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    other = await office.group("체육관 옆 어린이집 있나요?", first_chat=200)
    assert other != number
    assert (await office.follow_up.desk.group(other)).state is GroupState.OPEN


async def test_question_in_the_words_of_an_answered_one_is_answered_and_makes_no_phrasing(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    assert await office.group("셔틀있나요", first_chat=200) == number
    draft = await office.storage.follow_up.drafts.of_group(number)
    assert draft
    assert draft.content.phrasings == {}
    assert (await office.follow_up.reports.statistics()).total.answered_by_staff == 2


async def test_offered_and_settled_questions_are_left_alone(office: Office) -> None:
    for state in (QuestionState.OFFERED, QuestionState.SETTLED):
        number = await office.storage.questions.record(a_question(state, state=state))
        assert await office.follow_up.placement.place_open(office.placer) == 0
        with pytest.raises(NotFollowedUpError, match="is not unanswered"):
            await office.follow_up.placement.group_of(number)


async def test_question_is_placed_by_hand_where_the_job_does_not_run(office: Office) -> None:
    number = await office.ask("셔틀 있나요?", 100)
    groups = await asyncio.gather(*(office.follow_up.placement.group_of(number) for _ in range(10)))
    assert len(set(groups)) == 1
    assert len(await office.follow_up.desk.groups(list(GroupState))) == 1


async def test_two_instances_that_place_the_same_question_make_one_group(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        offices = [Office(one), Office(other)]
        numbers = [await offices[0].ask(f"{index} 질문", 100 + index) for index in range(10)]
        for number in numbers:
            await asyncio.gather(*(office.follow_up.placement.group_of(number) for office in offices))
        groups = await offices[0].follow_up.desk.groups(list(GroupState))
        assert [group.count for group in groups] == [1] * 10


class _Unsure:
    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        raise FindingError(f"not now: {question} {len(groups)}")


async def test_question_that_cannot_be_judged_now_waits(office: Office) -> None:
    await office.group("셔틀 있나요?")
    await office.ask("주차 되나요?", 200)
    with pytest.raises(FindingError):
        await office.follow_up.placement.place_open(_Unsure())
    assert len(await office.storage.follow_up.members.ungrouped(5)) == 1
    assert await office.follow_up.placement.place_open(office.placer) == 1


async def test_placing_goes_on_regularly_though_it_fails(office: Office) -> None:
    await office.group("셔틀 있나요?")
    await office.ask("주차 되나요?", 200)
    task = asyncio.create_task(office.follow_up.placement.place_regularly(_Unsure(), pause=0.01))
    await asyncio.sleep(0.1)
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


class _Meanwhile:
    """Lets staff do something while a question is being judged."""

    def __init__(self, act: Callable[[], Awaitable[object]]) -> None:
        self._act = act

    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:
        del question, groups
        await self._act()
        return 0


async def test_question_is_judged_again_when_its_group_was_merged_meanwhile(office: Office) -> None:
    one = await office.group("셔틀 있나요?")
    two = await office.group("버스 있나요?", first_chat=200)
    number = await office.ask("셔틀 언제?", 300)
    merged = False

    async def merge() -> None:
        nonlocal merged
        if not merged:
            merged = True
            await office.follow_up.desk.merge(two, one, KIM)

    await office.follow_up.placement.place_open(_Meanwhile(merge))
    assert await office.follow_up.placement.group_of(number) == two


async def test_question_that_staff_placed_meanwhile_stays_there(office: Office) -> None:
    await office.group("셔틀 있나요?")
    number = await office.ask("주차 되나요?", 300)
    placed: list[int] = []

    async def place() -> None:
        placed.append(await office.follow_up.placement.group_of(number))

    await office.follow_up.placement.place_open(_Meanwhile(place))
    assert await office.follow_up.placement.group_of(number) == placed[0]
    assert [group.count for group in await office.follow_up.desk.groups(list(GroupState))] == [1, 1]
