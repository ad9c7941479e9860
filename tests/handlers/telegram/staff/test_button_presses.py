"""What staff do with cards besides answering them."""

import pytest

from bot.records.groups import GroupState
from tests.handlers.telegram.staff.building import KIM, LEE, NAMES, Office, an_office, told

MOST_CHARACTERS = 4096


async def test_a_card_is_linked_to_an_entry_near_to_it(office: Office) -> None:
    group = await office.asked("숙박 되나요?")
    await office.staff().press("기존 답에 연결")
    assert office.last().text == "#1에 연결할 답을 골라 주세요."
    assert office.last().labels == [
        "20% 예산이 얼마예요?",
        "6% 언제까지 하나요?",
        "5% 교육 9은 뭐예요?",
        "낱말로 찾기",
        "닫기",
    ]
    await office.staff().press("20% 예산이 얼마예요?")
    assert "4,116억 원" in office.last().text
    await office.staff().press("보내기")
    assert "‘예산이 얼마예요?’ 답을 연결했습니다" in office.last().text
    await office.minutes(2)
    assert "기존 답 ‘예산이 얼마예요?’에 연결함" in office.card(group).text
    assert "4,116억 원" in told(office.citizen(10))[0]


async def test_an_entry_to_link_to_is_found_by_words(office: Office) -> None:
    await office.asked("수영장 있어요?")
    await office.staff().press("기존 답에 연결")
    await office.staff().press("낱말로 찾기")
    await office.staff().type("예산이 얼마예요?", reply_to=office.last().message_id)
    await office.staff().press("95% 예산이 얼마예요?")
    await office.staff().press("보내기")
    await office.minutes(2)
    assert "4,116억 원" in told(office.citizen(10))[0]


async def test_words_that_find_nothing_can_be_followed_by_others(office: Office) -> None:
    await office.asked("수영장 있어요?")
    await office.staff().press("기존 답에 연결")
    await office.staff().press("낱말로 찾기")
    await office.staff().type("없는 말", reply_to=office.last().message_id)
    assert "맞는 답을 찾지 못했습니다" in office.last().text
    assert office.last().labels == ["낱말로 찾기", "닫기"]


async def test_many_entries_come_in_pages(office: Office) -> None:
    await office.asked("숙박 되나요?", "숙박 교육은요?")
    await office.staff().press("기존 답에 연결")
    shown = office.last()
    assert shown.labels[-3:] == ["다음", "낱말로 찾기", "닫기"]
    await office.staff().press("다음")
    assert office.last().message_id == shown.message_id
    assert office.last().labels[-3] == "이전"
    await office.staff().press("닫기")
    assert shown.message_id not in office.staff().chat.messages


async def test_a_card_is_dismissed_for_a_reason_and_stays_so(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().press("답하지 않기")
    await office.staff().press("우리 사업과 관계없는 질문")
    assert "답하지 않기로 했습니다: 우리 사업과 관계없는 질문" in office.last().text
    await office.minutes(2)
    assert told(office.citizen(10))[0].startswith("문의하신 질문은 여기서 답해 드리지 못합니다.\n질문: 수영장 있어요?")
    cards = office.calls("sendMessage")
    await office.asked("수영장있어요", told=False, first_user=30)
    assert office.calls("sendMessage") == cards + 1, "the citizen is answered, and no new card appears"
    assert (await office.group(group)).state is GroupState.DISMISSED


async def test_a_reason_in_own_words_is_asked_for_and_kept_even_over_a_restart(office: Office) -> None:
    await office.asked("수영장 있어요?")
    await office.staff().press("답하지 않기")
    await office.staff().press("직접 쓰기")
    prompt = office.last()
    assert "김주무관님, #1에 답하지 않는 까닭을" in prompt.text
    office.seconds += 5
    await office.staff(LEE).type("수영장은 체육회 담당입니다", reply_to=prompt.message_id)
    assert (await office.group(1)).standing.reason == "수영장은 체육회 담당입니다"


async def test_citizens_are_asked_back_and_what_they_add_is_on_the_card(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().press("되묻기")
    await office.staff().type("어느 동에 사세요?", reply_to=office.last().message_id)
    assert "1명에게" in office.last().text
    await office.minutes(2)
    citizen = office.citizen(10)
    assert "어느 동에 사세요?" in told(citizen)[0]
    asked = next(seen for seen in citizen.screen() if "어느 동" in seen.text)
    await citizen.type("첨단동이요", reply_to=asked.message_id)
    await office.work()
    assert "시민이 덧붙인 말:\n첨단동이요" in office.card(group).text


async def test_nobody_is_asked_back_who_does_not_want_to_be_told(office: Office) -> None:
    await office.asked("수영장 있어요?", told=False)
    await office.staff().press("되묻기")
    await office.staff().type("어느 동에 사세요?", reply_to=office.last().message_id)
    assert "되물을 수 없습니다" in office.last().text


async def test_a_card_is_taken_and_handed_over(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff(KIM).press("맡기")
    await office.work()
    assert "김주무관님이 맡음" in office.card(group).text
    await office.staff(LEE).type("네", reply_to=office.card(group).message_id)
    assert "김주무관님이 먼저 맡았습니다" in office.last().text
    await office.staff(KIM).press("넘기기")
    await office.work()
    assert "맡기" in office.card(group).labels


async def test_cards_are_merged_by_their_numbers(office: Office) -> None:
    await office.asked("수영장 있어요?", "물놀이 되나요?")
    await office.staff().press_data(office.card(1).message_id, "sm1")
    prompt = office.last().message_id
    for wrong, said in (("두 번째", "번호만"), ("77", "그 번호의 카드가 없습니다"), ("1", "자기 자신과")):
        await office.staff().type(wrong, reply_to=prompt)
        assert said in office.last().text
    await office.staff().type("#2", reply_to=prompt)
    await office.work()
    assert "시민 2명" in office.card(1).text
    assert "합쳐짐" in office.card(2).text
    await office.staff().press("되돌리기")
    await office.work()
    assert "시민 1명" in office.card(1).text
    assert "미답변" in office.card(2).text


async def test_a_question_is_split_off(office: Office) -> None:
    await office.asked("수영장 있어요?", "수영장 옆 산책로는요?")
    await office.staff().press("나누기")
    assert office.last().labels == ["수영장 있어요?", "수영장 옆 산책로는요?", "닫기"]
    await office.staff().press("수영장 옆 산책로는요?")
    await office.work()
    assert "시민 1명" in office.card(1).text
    assert "수영장 옆 산책로는요?" in office.card(2).text


async def test_an_answered_card_is_opened_again(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().type("네", reply_to=office.card(group).message_id)
    await office.staff().press("보내기")
    await office.minutes(2)
    await office.staff().press("다시 열기")
    await office.work()
    assert "미답변" in office.card(group).text


async def test_with_approval_another_staff_member_must_approve() -> None:
    async with an_office(needs_approval=True) as office:
        group = await office.asked("수영장 있어요?")
        await office.staff(KIM).type("네", reply_to=office.card(group).message_id)
        assert "다른 담당자가 승인하면" in office.last().text
        await office.staff(KIM).press("보내기")
        await office.minutes(2)
        assert told(office.citizen(10)) == []
        assert "승인 대기" in office.card(group).text
        before = len(office.staff(KIM).events())
        await office.staff(KIM).press("승인")
        assert "자신이 쓴 답변은 승인할 수 없습니다" in office.staff(KIM).events(before)[-1].text
        await office.staff(LEE).press("승인")
        await office.minutes(2)
        assert len(told(office.citizen(10))) == 1
        assert f"{NAMES[LEE]}님이 승인함" in office.card(group).text


@pytest.mark.parametrize(
    ("text", "said"), [("\u2800\u2800", "눈에 보이지 않는 글자뿐"), ("\u3164", "눈에 보이지 않는 글자뿐")]
)
async def test_an_invisible_answer_is_refused(office: Office, text: str, said: str) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().type(text, reply_to=office.card(group).message_id)
    assert said in office.last().text


async def test_an_answer_in_two_messages_is_two_previews_of_which_one_is_sent(office: Office) -> None:
    """Telegram's apps split what is too long; the rest is not a reply to the card, but the first part is shown."""
    group = await office.asked("수영장 있어요?")
    await office.staff().type("가" * (MOST_CHARACTERS + 10), reply_to=office.card(group).message_id)
    previews = [seen for seen in office.staff().screen() if "보내기" in seen.labels]
    for each in previews:
        await office.staff().press_data(each.message_id, each.buttons[0][1])
    await office.minutes(2)
    answers = [text for text in (seen.text for seen in office.citizen(10).screen()) if text.startswith("문의하신")]
    assert len(answers) == 1


@pytest.mark.parametrize("kind", ["photo", "sticker", "document", "voice", "location", "contact", "poll"])
async def test_only_text_is_taken(office: Office, kind: str) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff().send(kind, reply_to=office.card(group).message_id)
    assert "글로만 받습니다" in office.last().text


async def test_an_album_is_refused_once(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    before = office.calls("sendMessage")
    for _ in range(3):
        await office.staff().send("photo", "네", reply_to=office.card(group).message_id, media_group_id="7")
    assert office.calls("sendMessage") == before + 1


async def test_an_edited_reply_changes_nothing(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    number = await office.staff().type("네", reply_to=office.card(group).message_id)
    await office.staff().edit(number, "아니요")
    assert "고친 답장은 반영되지 않습니다" in office.last().text


async def test_a_forwarded_reply_is_refused(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "누군가"}
    await office.staff().type("네", reply_to=office.card(group).message_id, forward_origin=origin)
    assert "전달한 메시지는 받지 않습니다" in office.last().text


async def test_what_staff_say_among_themselves_is_left_alone(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    calls = office.calls("sendMessage")
    number = await office.staff().type("점심 먹으러 가요")
    await office.staff(LEE).type("네!", reply_to=number)
    await office.staff().type("예산이 얼마예요?")
    await office.staff().send("photo")
    await office.staff().edit(number, "저녁 먹으러 가요")
    assert office.calls("sendMessage") == calls
    assert (await office.group(group)).state is GroupState.OPEN


async def test_who_names_the_assistant_in_the_staff_group_is_answered(office: Office) -> None:
    await office.staff().type("@ai_hub_city_bot 예산이 얼마예요?")
    assert "4,116억" in office.last().text
