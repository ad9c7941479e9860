"""From a card to an answer on the citizens' screens."""

from datetime import timedelta

import pytest

from bot.records.groups import GroupState
from tests.handlers.telegram.staff.building import KIM, LEE, Office, told

_REGROUPING = ["맡기", "나누기", "합치기"]
_PREVIEW = ["보내기", "취소", "자주 쓰는 답으로 저장"]


async def test_questions_that_ask_the_same_are_one_card(office: Office) -> None:
    await office.asked("수영장 있어요?", "수영장 요금은요?", "산책로 있나요?")
    assert "시민 2명 · 알림 신청 2명 · 한국어" in office.card(1).text
    assert "수영장 있어요?\n수영장 요금은요?" in office.card(1).text
    assert "시민 1명" in office.card(3).text
    assert office.card(1).labels == ["답변하기", "기존 답에 연결", "되묻기", "답하지 않기", "저장한 답", *_REGROUPING]


async def test_card_is_edited_in_place_when_its_count_grows(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    first = office.card(group).message_id
    await office.asked("수영장 언제 열어요?", first_user=20)
    assert office.card(group).message_id == first
    assert "시민 2명" in office.card(group).text


async def test_reply_to_a_card_is_shown_before_it_is_sent(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().type("네, **1층**에 있습니다. <b>무료</b>", reply_to=office.card(group).message_id)
    preview = office.last()
    assert (
        "문의하신 질문에 답변이 나왔습니다.\n질문: 수영장 있어요?\n\n네, **1층**에 있습니다. <b>무료</b>"
        in preview.text
    )
    assert "꾸밈 기호" in preview.text
    assert preview.labels == _PREVIEW
    assert (await office.group(group)).state is GroupState.OPEN


async def test_citizens_are_told_a_minute_after_it_is_sent(office: Office) -> None:
    await office.asked("수영장 있어요?", "수영장 요금은요?")
    await office.staff().type("네, 1층에 있습니다.", reply_to=office.card(1).message_id)
    await office.staff().press("보내기")
    await office.work()
    assert "김주무관님이 답변함" in office.card(1).text
    assert told(office.citizen(10)) == []
    await office.minutes(1.1)
    for user, question in ((10, "수영장 있어요?"), (11, "수영장 요금은요?")):
        assert told(office.citizen(user)) == [
            f"문의하신 질문에 답변이 나왔습니다.\n질문: {question}\n\n네, 1층에 있습니다."
        ]
    await office.minutes(1)
    assert "알림: 2명 중 2명에게 전함" in office.card(1).text
    assert told(office.citizen(10))[1:] == []


async def test_a_cancelled_preview_is_not_sent(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().type("네", reply_to=office.card(group).message_id)
    await office.staff().press("취소")
    assert office.last().text == "보내지 않았습니다."
    await office.minutes(2)
    assert told(office.citizen(10)) == []


async def test_an_answer_can_be_undone_within_a_minute_by_anybody_of_the_staff(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff(KIM).type("아니요", reply_to=office.card(group).message_id)
    await office.staff(KIM).press("보내기")
    office.now = office.now.replace(second=30)
    await office.staff(LEE).press("되돌리기")
    assert office.last().text == "#1에서 마지막에 한 일을 되돌렸습니다."
    await office.minutes(2)
    assert told(office.citizen(10)) == []
    assert "미답변" in office.card(group).text


async def test_nothing_is_undone_after_the_minute(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().type("네", reply_to=office.card(group).message_id)
    await office.staff().press("보내기")
    office.now += timedelta(minutes=2)
    before = len(office.staff().events())
    await office.staff().press("되돌리기")  # before the button is taken away
    assert "1분이 지났거나" in office.staff().events(before)[-1].text
    await office.work()
    assert len(told(office.citizen(10))) == 1


async def test_the_second_of_two_staff_members_is_told_who_was_first(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    card = office.card(group).message_id
    for user, text in ((KIM, "네"), (LEE, "아니요")):
        await office.staff(user).type(text, reply_to=card)
    lees, kims = [seen for seen in reversed(office.staff().screen()) if seen.labels == _PREVIEW]
    await office.staff(KIM).press_data(kims.message_id, kims.buttons[0][1])
    before = len(office.staff(LEE).events())
    await office.staff(LEE).press_data(lees.message_id, lees.buttons[0][1])
    assert "김주무관님이 먼저 답변했습니다" in office.staff(LEE).events(before)[-1].text
    await office.minutes(2)
    assert [text.rsplit("\n", 1)[-1] for text in told(office.citizen(10))] == ["네"]


async def test_only_the_writer_sends_a_preview(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff(KIM).type("네", reply_to=office.card(group).message_id)
    before = len(office.staff(LEE).events())
    await office.staff(LEE).press("보내기")
    assert "쓴 사람만 보낼 수 있습니다" in office.staff(LEE).events(before)[-1].text


async def test_a_reply_to_a_preview_is_another_answer(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().type("아니요", reply_to=office.card(group).message_id)
    await office.staff().type("네", reply_to=office.last().message_id)
    await office.staff().press("보내기")
    await office.minutes(2)
    assert [text.rsplit("\n", 1)[-1] for text in told(office.citizen(10))] == ["네"]


@pytest.mark.parametrize("length", [4096, 4000])
async def test_an_answer_that_fills_a_message_is_shown_in_messages_of_its_own(office: Office, length: int) -> None:
    group = await office.asked("수영장 있어요?")
    before = len(office.staff().screen())
    answer = await office.staff().type("가" * length, reply_to=office.card(group).message_id)
    *shown, control = [seen.text for seen in office.staff().screen()[before:] if seen.replies_to == answer]
    assert "위의 메시지가 #1 미리보기입니다" in control
    await office.staff().press("보내기")
    await office.minutes(2)
    assert shown == [seen.text for seen in office.citizen(10).screen()[-len(shown) :]]
    assert "".join(shown).endswith("가" * length)


async def test_a_personal_number_is_sent_as_it_is_after_a_caution(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().type("062-613-1234, 010-1234-5678로 문의하세요.", reply_to=office.card(group).message_id)
    assert "공개해도 되는 번호인지" in office.last().text
    await office.staff().press("보내기")
    await office.minutes(2)
    assert "062-613-1234, 010-1234-5678" in told(office.citizen(10))[0]


async def test_citizens_whom_an_answer_does_not_reach_are_shown_on_the_card(office: Office) -> None:
    group = await office.asked("수영장 있어요?", "수영장 요금은요?")
    office.citizen(11).chat.state = "blocked"
    await office.staff().type("네", reply_to=office.card(group).message_id)
    await office.staff().press("보내기")
    await office.minutes(2)
    await office.minutes(1)
    assert "알림: 2명 중 1명에게 전함\n전하지 못함 1명: 봇을 차단함 1" in office.card(group).text
