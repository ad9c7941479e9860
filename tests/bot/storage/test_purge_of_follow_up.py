"""What is past its time of the follow-up is destroyed, and nothing before."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.follow_up.drafts.draft_desk import DraftChanges
from bot.records.drafts import Draft
from bot.records.errors import UnknownGroupError, UnknownPreviewError
from bot.records.groups import GroupState
from bot.storage.storage import Storage
from tests.bot.follow_up.building import CHANNEL, KIM, Office
from tests.bot.storage.building import content

RETENTION = 180


@pytest.fixture
def office(storage: Storage) -> Office:
    return Office(storage)


async def _purge_after(office: Office, **duration: float) -> None:
    office.clock.pass_(**duration)
    await office.storage.purge(office.clock(), RETENTION)


async def test_answered_group_goes_with_its_questions(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    await _purge_after(office, days=RETENTION - 1)
    assert (await office.follow_up.desk.group(number)).count == 1
    await _purge_after(office, days=2)
    with pytest.raises(UnknownGroupError):
        await office.follow_up.desk.group(number)
    assert await office.follow_up.citizens.mine(CHANNEL, 100) == []


async def test_dismissed_group_stays_so_that_ignored_stays_ignored(office: Office) -> None:
    number = await office.group("바보 같은 질문")
    await office.follow_up.desk.dismiss(number, "장난", KIM)
    await _purge_after(office, days=3 * RETENTION)
    assert (await office.follow_up.desk.group(number)).state is GroupState.DISMISSED


async def test_address_of_who_could_not_be_reached_is_destroyed_after_a_month(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.answer(number, "네", "ko", KIM)
    office.clock.pass_(minutes=1)
    await office.tell()
    await office.deliver(blocked=[100])
    await _purge_after(office, days=29)
    assert (await office.follow_up.desk.not_reached(number))[0].chat == 100
    await _purge_after(office, days=2)
    (lost,) = await office.follow_up.desk.not_reached(number)
    assert (lost.chat, lost.message, lost.reason) == (None, None, "blocked")


async def test_audit_is_kept_for_two_years(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    await office.follow_up.desk.take(number, KIM)
    await _purge_after(office, days=729)
    assert len(await office.follow_up.desk.audit()) == 1
    await _purge_after(office, days=2)
    assert await office.follow_up.desk.audit() == []


async def test_audit_holds_nothing_that_citizens_wrote(sqlite_url: str, file: Path) -> None:
    async with Storage.open(sqlite_url) as storage:
        office = Office(storage)
        number = await office.group("아주 특별한 낱말")
        await office.follow_up.desk.answer(number, "네", "ko", KIM)
        draft = await office.storage.follow_up.drafts.of_group(number)
        assert draft
        await office.storage.follow_up.drafts.end([draft.number], "discarded", office.clock())  # type: ignore[arg-type]
        await _purge_after(office, days=RETENTION + 1)
        assert len(await office.follow_up.desk.audit()) == 1
        everything = b"".join(content(path) for path in file.parent.iterdir())
    assert "특별한 낱말".encode() not in everything


async def test_previews_are_kept_for_a_day(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    await _purge_after(office, hours=23)
    assert (await office.storage.follow_up.cards.preview(shown.number)).text == "네"
    await _purge_after(office, hours=2)
    with pytest.raises(UnknownPreviewError):
        await office.storage.follow_up.cards.preview(shown.number)


async def test_open_group_is_destroyed_with_its_last_question_only(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    office.clock.pass_(days=RETENTION - 10)
    await office.group("셔틀 아직?", first_chat=200)
    await _purge_after(office, days=11)
    group = await office.follow_up.desk.group(number)
    assert [question.text for question in await office.follow_up.desk.questions(number)] == ["셔틀 아직?"]
    assert group.last_asked_at == office.clock() - timedelta(days=11)


async def _answered(office: Office, *texts: str) -> int:
    """The number of the draft of a group that was asked for in these words and is answered."""
    number = await office.group(*texts)
    await office.follow_up.desk.answer(number, "네, 있습니다.", "ko", KIM)
    draft = await office.storage.follow_up.drafts.of_group(number)
    assert draft
    return draft.number


async def _draft(office: Office, number: int) -> Draft | None:
    return next((draft for draft in await office.follow_up.drafts.listed() if draft.number == number), None)


async def test_new_draft_keeps_the_answer_and_no_word_of_questions_past_their_time(office: Office) -> None:
    number = await _answered(office, "셔틀 어디서 타나요?", "셔틀 정류장이 어디예요?")
    await _purge_after(office, days=RETENTION + 1)
    draft = await _draft(office, number)
    assert draft
    assert (draft.content.asked(), draft.content.answer) == ([], {"ko": "네, 있습니다."})
    assert draft.entry_id == f"staff-answer-{number}"


async def test_words_in_which_others_asked_later_stay_in_a_new_draft(office: Office) -> None:
    number = await _answered(office, "셔틀 어디서 타나요?", "셔틀 정류장이 어디예요?")
    office.clock.pass_(days=RETENTION - 10)
    await office.group("셔틀 정류장이 어디예요?", first_chat=200)
    await _purge_after(office, days=11)
    draft = await _draft(office, number)
    assert draft
    assert draft.content.asked() == [("ko", "셔틀 정류장이 어디예요?")]


async def test_what_a_person_wrote_into_a_new_draft_stays(office: Office) -> None:
    number = await _answered(office, "셔틀 어디서 타나요?")
    changes = DraftChanges(entry_id="shuttle-stop", question={"ko": "셔틀버스는 어디에서 탑니까?"})
    await office.follow_up.drafts.change(number, changes, KIM)
    await _purge_after(office, days=RETENTION + 1)
    draft = await _draft(office, number)
    assert draft
    assert (draft.entry_id, draft.content.asked()) == ("shuttle-stop", [("ko", "셔틀버스는 어디에서 탑니까?")])


async def test_draft_of_citizens_words_alone_is_destroyed_with_them(office: Office) -> None:
    number = await office.group("사업비 규모가 어떻게 되나요?")
    await office.follow_up.desk.link(number, "budget", KIM)
    assert await office.follow_up.drafts.listed()
    await _purge_after(office, days=RETENTION + 1)
    assert await office.follow_up.drafts.listed() == []


async def test_discarded_draft_keeps_no_word_past_its_time(office: Office) -> None:
    number = await _answered(office, "셔틀 어디서 타나요?")
    office.clock.pass_(days=RETENTION - 1)
    await office.follow_up.drafts.discard([number], KIM)
    await _purge_after(office, days=2)
    draft = await _draft(office, number)
    assert draft
    assert draft.content.asked() == []


async def test_record_of_a_discarded_draft_does_not_hold_the_id_made_of_citizens_words(office: Office) -> None:
    number = await _answered(office, "셔틀 어디서 타나요?")
    await office.follow_up.drafts.discard([number], KIM)
    assert (await office.follow_up.desk.audit())[0].after == {"draft": number}


async def test_group_is_called_by_words_that_are_kept(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    office.clock.pass_(days=RETENTION - 10)
    await office.group("셔틀 아직?", first_chat=200)
    await _purge_after(office, days=11)
    assert (await office.follow_up.desk.group(number)).title == "셔틀 아직?"
