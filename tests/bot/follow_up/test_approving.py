"""Where a second person is required, nobody approves their own answer."""

import pytest

from bot.records.errors import ActRefusedError, Refusal
from bot.records.groups import GroupState
from tests.bot.follow_up.building import KIM, LEE, Office


async def test_drafted_answer_is_sent_after_somebody_else_approved_it(strict_office: Office) -> None:
    number = await strict_office.group("셔틀 있나요?")
    drafted = await strict_office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    assert (drafted.state, drafted.standing.send_at) == (GroupState.DRAFTED, None)
    assert await strict_office.storage.follow_up.drafts.listed() == []
    with pytest.raises(ActRefusedError, match="another staff member must approve it") as caught:
        await strict_office.follow_up.desk.approve(number, KIM)
    assert caught.value.refusal is Refusal.OWN_DRAFT
    group = await strict_office.follow_up.desk.approve(number, LEE)
    assert (group.state, group.standing.approved and group.standing.approved.by) == (GroupState.ANSWERED, LEE)
    assert len(await strict_office.storage.follow_up.drafts.listed()) == 1
    strict_office.clock.pass_(minutes=1)
    assert await strict_office.tell() == 1


async def test_link_waits_for_approval_too(strict_office: Office) -> None:
    number = await strict_office.group("셔틀 있나요?")
    assert (await strict_office.follow_up.desk.link(number, "place", KIM)).state is GroupState.DRAFTED


async def test_second_draft_is_refused_until_the_first_is_given_up(strict_office: Office) -> None:
    number = await strict_office.group("셔틀 있나요?")
    await strict_office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    with pytest.raises(ActRefusedError, match="has an answer drafted by 김주무관"):
        await strict_office.follow_up.desk.answer(number, "없습니다.", "ko", LEE)
    await strict_office.follow_up.desk.hand_over(number, LEE)
    assert (await strict_office.follow_up.desk.answer(number, "없습니다.", "ko", LEE)).state is GroupState.DRAFTED


async def test_answer_that_changed_since_it_was_looked_at_is_not_approved(strict_office: Office) -> None:
    number = await strict_office.group("셔틀 있나요?")
    seen = await strict_office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    await strict_office.follow_up.desk.hand_over(number, KIM)
    await strict_office.follow_up.desk.answer(number, "없습니다.", "ko", KIM)
    with pytest.raises(ActRefusedError, match="has another answer by 김주무관") as caught:
        await strict_office.follow_up.desk.approve(number, LEE, seen.revision)
    assert caught.value.refusal is Refusal.CHANGED


async def test_question_that_came_since_it_was_looked_at_does_not_hinder_approval(strict_office: Office) -> None:
    number = await strict_office.group("셔틀 있나요?")
    seen = await strict_office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    await strict_office.group("셔틀 언제?", first_chat=200)
    assert (await strict_office.follow_up.desk.approve(number, LEE, seen.revision)).state is GroupState.ANSWERED


async def test_nothing_to_approve(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    with pytest.raises(ActRefusedError, match="has no answer that waits for approval"):
        await office.follow_up.desk.approve(number, LEE)
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    with pytest.raises(ActRefusedError, match="was answered by"):
        await office.follow_up.desk.approve(number, LEE)
