"""What a preview shows is what is sent, once, by whoever wrote it."""

import pytest

from bot.records.errors import ActRefusedError, Caution, Refusal, UnknownPreviewError, UnsuitableTextError
from bot.records.groups import GroupState
from tests.bot.follow_up.building import KIM, LEE, Office


async def test_preview_is_sent_letter_by_letter(office: Office) -> None:
    number = await office.group("셔틀 있나요?", "셔틀 언제?")
    shown = await office.follow_up.desk.preview(number, " **8시** <b>부터</b> 010-1234-5678\n", "ko", KIM)
    assert (shown.text, shown.waiting) == ("**8시** <b>부터</b> 010-1234-5678", 2)
    assert shown.cautions == (Caution.PERSONAL_NUMBER, Caution.MARKUP)
    assert (await office.follow_up.desk.group(number)).state is GroupState.OPEN
    group = await office.follow_up.desk.send(shown.number, KIM)
    assert group.standing.answer
    assert group.standing.answer.ko == shown.text


async def test_preview_is_sent_once(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    await office.follow_up.desk.send(shown.number, KIM)
    with pytest.raises(UnknownPreviewError, match="was sent already or is too old"):
        await office.follow_up.desk.send(shown.number, KIM)


async def test_preview_is_its_writers(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    with pytest.raises(ActRefusedError, match="has a preview that 김주무관 wrote") as caught:
        await office.follow_up.desk.send(shown.number, LEE)
    assert caught.value.refusal is Refusal.NOT_WRITER


async def test_preview_of_a_group_that_was_answered_meanwhile_is_refused_and_kept(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    await office.follow_up.desk.answer(number, "아니요", "ko", LEE)
    with pytest.raises(ActRefusedError, match="was answered by 이팀장"):
        await office.follow_up.desk.send(shown.number, KIM)
    assert (await office.storage.follow_up.cards.preview(shown.number)).text == "네"
    with pytest.raises(ActRefusedError, match="was answered by 이팀장"):
        await office.follow_up.desk.preview(number, "네", "ko", KIM)


async def test_unsuitable_text_has_no_preview(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    with pytest.raises(UnsuitableTextError):
        await office.follow_up.desk.preview(number, "가" * 4097, "ko", KIM)


@pytest.mark.parametrize("number", [0, -3, 99, 2**63])
async def test_unknown_preview(office: Office, number: int) -> None:
    with pytest.raises(UnknownPreviewError):
        await office.follow_up.desk.send(number, KIM)


async def test_discarded_preview_cannot_be_sent(office: Office) -> None:
    number = await office.group("셔틀 있나요?")
    shown = await office.follow_up.desk.preview(number, "네", "ko", KIM)
    for _ in range(2):
        await office.follow_up.desk.discard_preview(shown.number)
    with pytest.raises(UnknownPreviewError):
        await office.follow_up.desk.send(shown.number, KIM)
