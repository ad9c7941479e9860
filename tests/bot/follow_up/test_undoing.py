"""Within a minute, anybody of the staff can take the last act back, and nothing of it has reached a citizen."""

import pytest

from bot.records.drafts import DraftState
from bot.records.errors import ActRefusedError, Refusal
from bot.records.groups import Act, GroupState, Standing
from bot.records.questions import QuestionState
from tests.bot.follow_up.building import KIM, LEE, Office


async def test_answer_is_taken_back_by_somebody_else_before_it_is_sent(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    office.clock.pass_(seconds=59)
    assert await office.tell() == 0
    group = await office.follow_up.desk.undo(number, LEE)
    assert (group.standing, group.last) == (Standing(), None)
    assert [question.state for question in await office.follow_up.desk.questions(number)] == [QuestionState.OPEN]
    office.clock.pass_(minutes=5)
    assert await office.tell() == 0
    assert [record.act for record in await office.follow_up.desk.audit()] == [Act.UNDO, Act.ANSWER]


async def test_after_a_minute_it_is_too_late(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    office.clock.pass_(minutes=1)
    with pytest.raises(ActRefusedError, match="an act can be undone for one minute only") as caught:
        await office.follow_up.desk.undo(number, KIM)
    assert caught.value.refusal is Refusal.TOO_LATE


async def test_what_was_sent_cannot_be_taken_back_whatever_the_clock_says(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    office.clock.pass_(minutes=1)
    assert await office.tell() == 1
    office.clock.pass_(seconds=-30)
    with pytest.raises(ActRefusedError, match="for one minute only"):
        await office.follow_up.desk.undo(number, KIM)


async def test_only_the_last_act_is_taken_back_and_only_once(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.take(number, KIM)
    await office.follow_up.desk.dismiss(number, "장난", KIM)
    assert (await office.follow_up.desk.undo(number, KIM)).state is GroupState.TAKEN
    with pytest.raises(ActRefusedError, match="has no act that could be undone"):
        await office.follow_up.desk.undo(number, KIM)


async def test_draft_of_an_answer_taken_back_is_discarded(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    await office.follow_up.desk.undo(number, KIM)
    drafts = await office.storage.follow_up.drafts.listed()
    assert [draft.state for draft in drafts] == [DraftState.DISCARDED]
    assert (await office.follow_up.reports.statistics()).total.answered_by_staff == 0


async def test_question_that_came_meanwhile_stays_in_the_group(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    assert await office.group("셔틀있나요", first_chat=200) == number
    group = await office.follow_up.desk.undo(number, KIM)
    assert group.count == 2
    states = {question.state for question in await office.follow_up.desk.questions(number)}
    assert states == {QuestionState.OPEN}


async def test_question_to_citizens_is_taken_back(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.ask_back(number, "어느 정류장 말씀이세요?", KIM)
    await office.follow_up.desk.undo(number, LEE)
    office.clock.pass_(minutes=2)
    assert await office.tell() == 0


async def test_split_is_taken_back(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 요금 얼마?")
    first, second = await office.follow_up.desk.questions(number)
    _, other = await office.follow_up.desk.split(number, [second.number], KIM)
    group = await office.follow_up.desk.undo(number, LEE)
    assert group.count == 2
    assert [each.number for each in await office.follow_up.desk.questions(number)] == [first.number, second.number]
    assert (await office.follow_up.desk.group(other.number)).standing.merged_into == number


async def test_split_is_not_taken_back_once_somebody_works_on_the_new_group(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 요금 얼마?")
    second = (await office.follow_up.desk.questions(number))[1]
    _, other = await office.follow_up.desk.split(number, [second.number], KIM)
    await office.follow_up.desk.take(other.number, LEE)
    with pytest.raises(ActRefusedError, match=f"group {other.number} was changed by 이팀장"):
        await office.follow_up.desk.undo(number, KIM)
    assert len(await office.follow_up.desk.questions(other.number)) == 1


@pytest.mark.parametrize("answered", [False, True])
async def test_merge_is_taken_back(office: Office, *, answered: bool) -> None:
    one = await office.group("셔틀 있나요?")
    two = await office.group("버스 있나요?", first_chat=200)
    if answered:
        await office.follow_up.desk.answer(one, "있습니다.", "ko", KIM)
    await office.follow_up.desk.merge(one, two, KIM)
    group = await office.follow_up.desk.undo(one, LEE)
    other = await office.follow_up.desk.group(two)
    assert (group.count, other.count, other.state) == (1, 1, GroupState.OPEN)
    assert group.state is (GroupState.ANSWERED if answered else GroupState.OPEN)
    assert [each.state for each in await office.follow_up.desk.questions(two)] == [QuestionState.OPEN]
    assert (await office.follow_up.reports.statistics()).total.answered_by_staff == int(answered)
    draft = await office.storage.follow_up.drafts.of_group(one)
    assert not draft or not draft.content.phrasings
