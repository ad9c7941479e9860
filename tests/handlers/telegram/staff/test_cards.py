"""Cards are kept as their groups are, within what Telegram lets into a group."""

from collections.abc import Sequence

import pytest

from bot.records.questions import NewQuestion, QuestionState
from handlers.telegram.staff.card_board import MOST_NEW_CARDS
from handlers.telegram.staff.staff_group import MOST_A_MINUTE
from knowledge.finding import Outcome
from tests.bot_api.refusals import Refusal
from tests.handlers.telegram.staff.building import KIM, STAFF, Office, an_office, told


async def test_a_deleted_card_is_made_anew_once(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    first = office.card(group).message_id
    del office.staff().chat.messages[first]
    await office.asked("수영장 언제 열어요?", first_user=20)
    anew = office.card(group).message_id
    assert anew > first
    await office.asked("수영장 깊어요?", first_user=30)
    assert office.card(group).message_id == anew
    await office.staff().type("네", reply_to=anew)
    assert office.last().labels[:2] == ["보내기", "취소"]


async def test_each_card_has_a_topic_of_its_own_in_a_forum() -> None:
    async with an_office(is_forum=True) as office:
        await office.asked("수영장 있어요?", "산책로 있나요?")
        chat = office.staff().chat
        assert sorted(chat.topic_names.values()) == ["#1 수영장 있어요?", "#2 산책로 있나요?"]
        threads = {chat.messages[office.card(number).message_id]["message_thread_id"] for number in (1, 2)}
        assert threads == set(chat.topics)


async def test_what_is_said_in_a_topic_that_is_no_cards_is_left_alone() -> None:
    async with an_office(is_forum=True) as office:
        await office.asked("수영장 있어요?")
        calls = office.calls("sendMessage")
        await office.staff().type("누가 알아요?", message_thread_id=999, is_topic_message=True)
        assert office.calls("sendMessage") == calls


async def test_a_deleted_topic_is_made_anew_with_its_card() -> None:
    async with an_office(is_forum=True) as office:
        group = await office.asked("수영장 있어요?")
        chat = office.staff().chat
        (thread,) = chat.topics
        chat.topics.clear()
        for number in [number for number, each in chat.messages.items() if each.get("message_thread_id") == thread]:
            del chat.messages[number]
        await office.asked("수영장 언제 열어요?", first_user=20)
        (anew,) = chat.topics
        assert anew != thread
        assert chat.messages[office.card(group).message_id]["message_thread_id"] == anew
        assert sum(seen.text.startswith("#1 · ") for seen in office.staff().screen()) == 1


async def test_a_card_deleted_from_its_topic_comes_back_there() -> None:
    async with an_office(is_forum=True) as office:
        group = await office.asked("수영장 있어요?")
        chat = office.staff().chat
        (thread,) = chat.topics
        del chat.messages[office.card(group).message_id]
        await office.asked("수영장 언제 열어요?", first_user=20)
        assert list(chat.topics) == [thread]
        assert chat.messages[office.card(group).message_id]["message_thread_id"] == thread


async def test_replies_stay_in_the_topic_of_their_card() -> None:
    async with an_office(is_forum=True) as office:
        group = await office.asked("수영장 있어요?")
        chat = office.staff().chat
        (thread,) = chat.topics
        place = {"message_thread_id": thread, "is_topic_message": True}
        await office.staff().type("네", reply_to=office.card(group).message_id, **place)
        assert chat.messages[office.last().message_id]["message_thread_id"] == thread


async def test_many_new_groups_are_one_message_with_buttons_that_open_cards(office: Office) -> None:
    citizens = range(100, 125)
    for number in citizens:
        await office.ask(number, f"질문{number} 있어요?")
    sent = office.calls("sendMessage")
    await office.follow_up.placement.place_open(_Each())
    await office.jobs.refresh(office.door.outbox)
    await office.settled()
    assert office.calls("sendMessage") - sent == 1
    digest = office.last()
    assert "질문 25건이 새로 모였습니다" in digest.text
    assert len(digest.labels) == 25
    await office.staff().press(digest.labels[3])
    assert office.last().text.startswith(f"{digest.labels[3]} · 미답변")
    await office.staff().type("네", reply_to=office.last().message_id)
    await office.staff().press("보내기")
    await office.minutes(2)
    assert sum(len(told(office.citizen(number))) for number in citizens) == 1


async def test_few_new_groups_are_cards(office: Office) -> None:
    for number in range(MOST_NEW_CARDS):
        await office.ask(100 + number, f"질문{number} 있어요?")
    await office.work()
    assert sum(seen.text.startswith("#") for seen in office.staff().screen()) == MOST_NEW_CARDS


async def test_the_group_never_gets_more_than_its_pace(office: Office) -> None:
    await office.asked(*(f"질문{number} 있어요?" for number in range(4)))
    office.seconds += 100
    began = len(office.telegram.calls)
    for _ in range(15):
        for question in range(1, 5):
            await office.follow_up.workspace.store.groups.noted(question, office.now)
        office.seconds += 3.9
        await office.jobs.refresh(office.door.outbox)
        await office.settled()
    into_group = [call for call in office.telegram.calls[began:] if call[1].get("chat_id") == str(STAFF)]
    assert 0 < len(into_group) <= MOST_A_MINUTE


async def test_a_burst_of_changes_is_one_edit(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    office.seconds += 10
    edits = office.calls("editMessageText")
    for _ in range(10):
        await office.follow_up.workspace.store.groups.noted(group, office.now)
        await office.jobs.refresh(office.door.outbox)
        await office.settled()
    assert office.calls("editMessageText") == edits + 1


async def test_what_citizens_wrote_is_shown_as_it_is_and_links_nowhere(office: Office) -> None:
    text = "수영장 <b>@admin</b> &amp; https://example.org **굵게** tg://user?id=1"
    group = await office.asked(text)
    card = office.staff().chat.messages[office.card(group).message_id]
    assert text in card["text"]
    assert {entity["type"] for entity in card["entities"]} <= {"bold", "code"}


async def test_cards_of_destroyed_questions_say_nothing_of_them(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    message = office.card(group).message_id
    await office.follow_up.workspace.store.groups.remove(group)
    await office.work()
    assert office.staff().seen(message).text == "보유 기간이 지나 파기한 질문입니다."


async def test_while_the_bot_is_not_in_the_group_nothing_is_lost(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.telegram.refuse_next("sendMessage", Refusal(403, "Forbidden: bot was kicked from the supergroup chat"))
    await office.storage.questions.record(_question("수영장 있어요?", office))
    await office.work()
    assert not [seen for seen in office.staff().screen() if seen.text.startswith("#")]
    assert "STAFF_CHAT_ID" in caplog.text
    office.seconds += 61
    await office.work()
    assert "수영장 있어요?" in office.card(1).text


async def test_a_card_that_is_opened_again_is_pointed_to(office: Office) -> None:
    group = await office.asked("수영장 있어요?")
    await office.staff(KIM).type("/open")
    await office.staff(KIM).press("#1")
    assert office.last().replies_to == office.card(group).message_id


class _Each:
    async def place(self, question: str, groups: Sequence[Sequence[str]]) -> int | None:  # noqa: ARG002
        return None


def _question(text: str, office: Office) -> NewQuestion:
    return NewQuestion("t:1:1", text, "ko", Outcome.FALLBACK, QuestionState.OPEN, (), asked_at=office.now)
