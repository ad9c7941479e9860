"""Each act changes a group once; the second of two staff members is told who was first."""

import asyncio

import pytest

from bot.errors import StorageError
from bot.records.errors import (
    ActRefusedError,
    Refusal,
    UnconfirmedTextError,
    UnknownEntryError,
    UnknownGroupError,
    UnsuitableTextError,
)
from bot.records.groups import Act, GroupState
from bot.records.questions import QuestionState
from bot.storage.storage import Storage
from tests.bot.follow_up.building import KIM, LEE, Office


async def test_answer_closes_the_group_and_its_questions(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 버스 언제 와요?")
    group = await office.follow_up.desk.answer(number, "아침 8시부터 다닙니다.", "ko", KIM)
    assert (group.state, group.count) == (GroupState.ANSWERED, 2)
    states = {question.state for question in await office.follow_up.desk.questions(number)}
    assert states == {QuestionState.ANSWERED}


async def test_second_answer_is_refused_with_who_was_first_and_when(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    with pytest.raises(ActRefusedError, match="was answered by 김주무관 at 2026-11-22 12:00 UTC") as caught:
        await office.follow_up.desk.answer(number, "없습니다.", "ko", LEE)
    assert caught.value.refusal is Refusal.ANSWERED
    assert (await office.follow_up.desk.group(number)).standing.answer.ko == "있습니다."  # type: ignore[union-attr]


async def test_of_two_who_answer_at_once_one_wins(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as other:
        offices = Office(one), Office(other)
        number = await offices[0].group("셔틀 있나요?")
        acts = [
            office.follow_up.desk.answer(number, f"답 {index}", "ko", by)
            for index, (office, by) in enumerate(zip(offices * 5, (KIM, LEE) * 5, strict=True))
        ]
        ends = await asyncio.gather(*acts, return_exceptions=True)
        won = [end for end in ends if not isinstance(end, BaseException)]
        assert len(won) == 1
        assert all(isinstance(end, ActRefusedError | StorageError) for end in ends if end not in won)
        records = await offices[0].follow_up.desk.audit(group=number)
        assert [record.act for record in records] == [Act.ANSWER]


async def test_taken_group_is_its_takers_until_handed_over(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.take(number, KIM)
    for act in (office.follow_up.desk.take(number, LEE), office.follow_up.desk.answer(number, "네", "ko", LEE)):
        with pytest.raises(ActRefusedError, match="has been taken by 김주무관") as caught:
            await act
        assert caught.value.refusal is Refusal.TAKEN
    assert (await office.follow_up.desk.hand_over(number, LEE)).state is GroupState.OPEN
    assert (await office.follow_up.desk.answer(number, "네", "ko", LEE)).state is GroupState.ANSWERED


async def test_group_that_nobody_took_cannot_be_handed_over(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    with pytest.raises(ActRefusedError, match="has not been taken by anybody"):
        await office.follow_up.desk.hand_over(number, KIM)


async def test_link_answers_with_the_entrys_words(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    group = await office.follow_up.desk.link(number, "place", KIM)
    assert group.standing.entry_id == "place"
    assert group.standing.answer
    assert group.standing.answer.in_language("en") == "In Cheomdan."


async def test_link_to_an_unknown_entry_is_refused(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    with pytest.raises(UnknownEntryError, match="no entry has the id 'nowhere'"):
        await office.follow_up.desk.link(number, "nowhere", KIM)


async def test_answer_in_the_other_language_is_added(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    group = await office.follow_up.desk.answer(number, "Yes.", "en", LEE)
    assert group.standing.answer
    assert (group.standing.answer.ko, group.standing.answer.en) == ("있습니다.", "Yes.")
    with pytest.raises(ActRefusedError):
        await office.follow_up.desk.answer(number, "No.", "en", KIM)


async def test_dismissed_group_can_be_opened_again(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    group = await office.follow_up.desk.dismiss(number, "사업과 무관", KIM)
    assert (group.state, group.standing.reason) == (GroupState.DISMISSED, "사업과 무관")
    with pytest.raises(ActRefusedError, match="was dismissed by 김주무관"):
        await office.follow_up.desk.take(number, LEE)
    assert (await office.follow_up.desk.reopen(number, LEE)).state is GroupState.OPEN
    with pytest.raises(ActRefusedError, match="is open already"):
        await office.follow_up.desk.reopen(number, LEE)


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 10**30])
async def test_act_on_a_group_that_is_not_there(office: Office, number: int) -> None:
    with pytest.raises(UnknownGroupError, match=f"there is no group {number};"):
        await office.follow_up.desk.take(number, KIM)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (" \n\t", "is empty"),
        ("\u200b\u2060\N{RIGHT-TO-LEFT OVERRIDE}", "only invisible characters"),
        ("\N{HANGUL FILLER}", "only invisible characters"),
        ("가" * 4097, "has 4,097 characters; 4,096 are possible"),
    ],
)
async def test_unsuitable_answer_is_refused_and_changes_nothing(office: Office, text: str, said: str) -> None:
    number = await office.group("셔틀 있나요?")
    with pytest.raises(UnsuitableTextError, match=said):
        await office.follow_up.desk.answer(number, text, "ko", KIM)
    assert (await office.follow_up.desk.group(number)).state is GroupState.OPEN
    assert await office.follow_up.desk.audit() == []


async def test_every_act_is_on_record_with_before_and_after(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.take(number, KIM)
    await office.follow_up.desk.answer(number, "있습니다.", "ko", KIM)
    answer, take = await office.follow_up.desk.audit()
    assert (take.act, take.by, take.group, take.before) == (Act.TAKE, KIM, number, {})
    assert (answer.before["state"], answer.after["state"]) == ("taken", "answered")
    assert answer.after["answer"] == {"ko": "있습니다."}


async def test_attempt_of_somebody_else_is_on_record(office: Office) -> None:
    await office.follow_up.desk.refused(LEE, "answer 3", "no member of the staff group", 3)
    (record,) = await office.follow_up.desk.audit()
    assert (record.act, record.by, record.group) == (Act.REFUSED, LEE, 3)
    assert record.after == {"tried": "answer 3", "why": "no member of the staff group"}


async def test_reason_with_what_looks_personal_waits_until_a_person_has_looked_at_it(office: Office) -> None:
    number, reason = await office.group("누구한테 물어요?"), "홍길동(010-8546-8662)에게 물으세요"
    with pytest.raises(UnconfirmedTextError) as caught:
        await office.follow_up.desk.dismiss(number, reason, KIM)
    assert caught.value.texts == (reason,)
    assert "8546" not in str(caught.value)
    with pytest.raises(UnconfirmedTextError):
        await office.follow_up.desk.dismiss_all([number], reason, KIM)
    assert (await office.follow_up.desk.group(number)).state is GroupState.OPEN
    group = await office.follow_up.desk.dismiss(number, reason, KIM, confirmed=True)
    assert (group.state, group.standing.reason) == (GroupState.DISMISSED, reason)


@pytest.mark.parametrize("reason", ["unrelated", "062-613-3900으로 문의하세요"])
async def test_other_reasons_need_nobody_to_look(office: Office, reason: str) -> None:
    number = await office.group("누구한테 물어요?")
    assert (await office.follow_up.desk.dismiss(number, reason, KIM)).state is GroupState.DISMISSED
