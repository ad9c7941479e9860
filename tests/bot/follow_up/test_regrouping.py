"""Staff split what was wrongly put together, and merge what asks the same."""

import pytest

from bot.records.errors import ActRefusedError, Refusal
from bot.records.groups import GroupState
from bot.records.questions import QuestionState
from tests.bot.follow_up.building import KIM, LEE, Office


async def test_split_makes_a_group_of_the_chosen_questions(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 요금 얼마?", "셔틀 요금이요?")
    first, *rest = await office.follow_up.desk.questions(number)
    group, other = await office.follow_up.desk.split(number, [each.number for each in rest], KIM)
    assert (group.count, other.count, other.title) == (1, 2, "셔틀 요금 얼마?")
    assert [each.number for each in await office.follow_up.desk.questions(number)] == [first.number]


async def test_split_by_strange_questions_is_refused(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 요금 얼마?")
    stranger = await office.ask("주차장 있나요?", 300)
    members = [each.number for each in await office.follow_up.desk.questions(number)]
    for chosen in ([], members, [stranger], [members[0], stranger], [0], [10**30]):
        with pytest.raises(ActRefusedError, match="some of its own questions only") as caught:
            await office.follow_up.desk.split(number, chosen, KIM)
        assert caught.value.refusal is Refusal.WRONG_QUESTIONS


async def test_merged_group_has_all_questions_and_both_languages(office: Office) -> None:
    one = await office.group("셔틀 있나요?")
    await office.ask("Shuttle bus?", 200, language="en")
    await office.follow_up.placement.place_open(office.placer)
    two = await office.follow_up.placement.group_of(2)
    assert two != one
    group = await office.follow_up.desk.merge(one, two, KIM)
    assert (group.count, group.languages) == (2, ("ko", "en"))
    merged = await office.follow_up.desk.group(two)
    assert (merged.state, merged.count, merged.standing.merged_into) == (GroupState.MERGED, 0, one)
    with pytest.raises(ActRefusedError, match="has been merged by 김주무관"):
        await office.follow_up.desk.answer(two, "네", "ko", LEE)


async def test_askers_of_a_group_merged_into_an_answered_one_are_told_after_a_minute(office: Office) -> None:
    one = await office.group("셔틀 있나요?")
    two = await office.group("버스 있나요?", first_chat=200)
    await office.follow_up.desk.answer(one, "있습니다.", "ko", KIM)
    office.clock.pass_(minutes=2)
    assert await office.tell() == 1
    await office.follow_up.desk.merge(one, two, LEE)
    assert [each.state for each in await office.follow_up.desk.questions(one)] == [QuestionState.ANSWERED] * 2
    assert await office.tell() == 0
    office.clock.pass_(minutes=1)
    assert await office.tell() == 1
    assert [chat for chat, _ in await office.deliver()] == [100, 200]
    draft = await office.storage.follow_up.drafts.of_group(one)
    assert draft
    assert draft.content.phrasings == {"ko": ("버스 있나요?",)}


async def test_group_is_not_merged_with_itself_nor_into_a_dismissed_one(office: Office) -> None:
    one = await office.group("셔틀 있나요?")
    two = await office.group("버스 있나요?", first_chat=200)
    with pytest.raises(ActRefusedError, match="cannot be merged with itself"):
        await office.follow_up.desk.merge(one, one, KIM)
    await office.follow_up.desk.dismiss(one, "장난", KIM)
    with pytest.raises(ActRefusedError, match="was dismissed"):
        await office.follow_up.desk.merge(one, two, KIM)
    assert (await office.follow_up.desk.group(two)).state is GroupState.OPEN
