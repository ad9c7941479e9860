"""Commands, digests and reminders of the staff group."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from telegram import BotCommandScopeChat

from handlers.telegram.staff.staff_handlers import introduce_to_staff
from tests.bot_api.refusals import Refusal, migrated
from tests.handlers.telegram.staff.building import KIM, STAFF, FirstWords, Office, an_office, told

MOVED = -100900


async def test_open_lists_what_is_unanswered_overdue_first(office: Office) -> None:
    await office.asked("수영장 있어요?")
    office.now += timedelta(days=8)
    await office.asked("산책로 있나요?", first_user=20)
    await office.staff().type("/open")
    listed = office.last()
    assert "미답변 2건, 그 가운데 기한이 지난 것 1건" in listed.text
    assert "#1 (1명, 미답변, 기한 지남) 수영장 있어요?" in listed.text
    assert listed.labels == ["#1", "#2", "기다리는 사람이 있는 것만", "여러 개 답하지 않기"]


async def test_open_says_when_nothing_is(office: Office) -> None:
    await office.staff().type("/open")
    assert office.last().text == "답하지 못한 질문이 없습니다."


async def test_stats_are_a_text_and_a_picture(office: Office) -> None:
    await office.citizen(10).type("예산이 얼마예요?")
    await office.asked("수영장 있어요?")
    await office.staff().type("/stats")
    assert "질문 2개: 답함 1, 제안함 0, 답하지 못함 1" in office.last().text
    assert office.calls("sendPhoto") == 1


async def test_stats_are_a_text_when_the_picture_cannot_be_sent(office: Office) -> None:
    office.telegram.refuse_next("sendPhoto", Refusal(400, "Bad Request: not enough rights to send photos to the chat"))
    await office.staff().type("/stats")
    assert "지난 30일" in office.last().text


async def test_help_and_digest_answer_staff(office: Office) -> None:
    await office.asked("수영장 있어요?")
    await office.staff().type("/help")
    assert "카드에 답장하면 답변이 됩니다" in office.last().text
    await office.staff().type("/digest")
    assert "미답변 1건 · 처리 중 0건" in office.last().text


async def test_the_groups_menu_lists_the_commands_of_staff_only(office: Office) -> None:
    await introduce_to_staff(office.group_chat)
    listed = await office.door.bot.get_my_commands(BotCommandScopeChat(STAFF))
    names = ["open", "digest", "stats", "console", "pause", "resume", "help"]
    assert [each.command for each in listed] == names
    await introduce_to_staff(office.group_chat)
    assert sum(dict(arguments).get("scope") is not None for method, arguments in office.telegram.calls) >= 1


async def test_a_group_that_telegram_does_not_know_is_told_with_its_setting(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.telegram.refuse_next("getMyCommands", Refusal(400, "Bad Request: chat not found"))
    await introduce_to_staff(office.group_chat)
    assert "STAFF_CHAT_ID" in caplog.text


async def test_a_digest_is_sent_once_a_day_in_the_morning(office: Office) -> None:
    await office.asked("수영장 있어요?")
    office.now = datetime(2026, 3, 3, 8, 59, tzinfo=UTC)
    assert await office.jobs.remind(office.door.outbox) == 0
    await office.follow_up.reports.claim_reviews("telegram-staff")
    office.now += timedelta(minutes=1)
    assert await office.jobs.remind(office.door.outbox) == 1
    assert await office.jobs.remind(office.door.outbox) == 0
    await office.settled()
    assert office.last().text.startswith("3/3 09:00 요약\n미답변 1건")
    office.now += timedelta(days=1)
    assert await office.jobs.remind(office.door.outbox) == 1


async def test_no_digest_says_that_there_is_nothing(office: Office) -> None:
    office.now = datetime(2026, 3, 3, 9, tzinfo=UTC)
    await office.follow_up.reports.claim_reviews("telegram-staff")
    assert await office.jobs.remind(office.door.outbox) == 0


async def test_staff_are_reminded_once_of_what_is_overdue_and_can_answer_there(office: Office) -> None:
    await office.asked("수영장 있어요?")
    office.now += timedelta(days=7, minutes=1)
    await office.jobs.remind(office.door.outbox)
    await office.settled()
    reminder = office.last()
    assert "#1의 기한이 3/9 00:00에 지났습니다" in reminder.text
    await office.jobs.remind(office.door.outbox)
    await office.settled()
    assert office.last().message_id == reminder.message_id
    await office.staff().type("네", reply_to=reminder.message_id)
    await office.staff().press("보내기")
    await office.minutes(2)
    assert len(told(office.citizen(10))) == 1


async def test_the_group_is_followed_to_its_new_number(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    await office.asked("수영장 있어요?")
    staff = office.staff()
    with caplog.at_level(logging.WARNING):
        await staff.send("sticker", migrate_to_chat_id=MOVED)
    assert f"STAFF_CHAT_ID={MOVED}" in caplog.text
    office.telegram.chats.open(MOVED, "담당자").members[KIM] = "member"
    await office.work()
    moved = office.staff(KIM, MOVED)
    card = next(seen for seen in moved.screen() if seen.text.startswith("#1 · "))
    await moved.type("문의: 010-1234-5678", reply_to=card.message_id)
    await moved.press("보내기")
    await office.minutes(2)
    assert "010-1234-5678" in told(office.citizen(10))[0]
    assert await office.follow_up.workspace.store.prompts.chat_now(STAFF) == MOVED


@pytest.mark.parametrize("method", ["getChatMember", "sendPhoto", "sendMessage"])
async def test_the_group_is_followed_when_only_an_error_tells_its_new_number(office: Office, method: str) -> None:
    await office.asked("수영장 있어요?")
    moved = office.telegram.chats.open(MOVED, "담당자")
    moved.members[KIM] = "member"
    office.seconds += 10
    upgraded = migrated(MOVED)
    office.telegram.refuse_next(method, upgraded)
    await office.staff().type("/stats")
    await office.work()
    assert office.group_chat.chat == MOVED
    assert await office.follow_up.workspace.store.prompts.chat_now(STAFF) == MOVED
    card = next(seen for seen in office.staff(KIM, MOVED).screen() if seen.text.startswith("#1 · "))
    await office.staff(KIM, MOVED).type("네", reply_to=card.message_id)
    await office.staff(KIM, MOVED).press("보내기")
    await office.minutes(2)
    assert len(told(office.citizen(10))) == 1


async def test_the_group_is_followed_when_a_card_meets_the_error(office: Office) -> None:
    office.telegram.chats.open(MOVED, "담당자").members[KIM] = "member"
    await office.ask(10, "수영장 있어요?")
    upgraded = migrated(MOVED)
    await office.follow_up.placement.place_open(FirstWords())
    office.telegram.refuse_next("sendMessage", upgraded)
    await office.work()
    moved = office.staff(KIM, MOVED)
    (card,) = [seen for seen in moved.screen() if seen.text.startswith("#1 · ")]
    await moved.type("네", reply_to=card.message_id)
    await moved.press("보내기")
    await office.minutes(2)
    assert len(told(office.citizen(10))) == 1


@pytest.mark.parametrize("method", ["getMyCommands", "setMyCommands"])
async def test_the_group_is_followed_from_the_start(office: Office, method: str) -> None:
    office.telegram.chats.open(MOVED, "담당자").members[KIM] = "member"
    upgraded = migrated(MOVED)
    office.telegram.refuse_next(method, upgraded)
    await introduce_to_staff(office.group_chat)
    assert office.group_chat.chat == MOVED


async def test_the_group_is_followed_from_what_the_new_one_says(office: Office) -> None:
    office.telegram.chats.open(MOVED, "담당자").members[KIM] = "member"
    await office.staff(KIM, MOVED).send("sticker", migrate_from_chat_id=STAFF)
    assert office.group_chat.chat == MOVED


@pytest.mark.parametrize("method", ["createForumTopic", "editForumTopic"])
async def test_the_group_is_followed_when_a_topic_meets_the_error(method: str) -> None:
    async with an_office(is_forum=True) as office:
        office.telegram.chats.open(MOVED, "담당자").members[KIM] = "member"
        upgraded = migrated(MOVED)
        if method == "editForumTopic":
            group = await office.asked("수영장 있어요?")
            del office.staff().chat.messages[office.card(group).message_id]
        office.telegram.refuse_next(method, upgraded)
        await office.asked("수영장 언제 열어요?", first_user=20)
        assert office.group_chat.chat == MOVED


async def test_what_comes_from_the_new_group_is_staffs_at_once(office: Office) -> None:
    office.telegram.chats.open(MOVED, "담당자").members[KIM] = "member"
    await office.asked("수영장 있어요?")
    await office.follow_up.workspace.store.prompts.move_chat(STAFF, MOVED)  # as another process was told
    await office.staff(KIM, MOVED).type("/open")
    assert "#1 (1명, 미답변) 수영장 있어요?" in office.staff(KIM, MOVED).screen()[-1].text


async def test_a_command_from_an_unknown_group_has_telegram_asked_where_the_staff_group_is(office: Office) -> None:
    office.telegram.chats.open(MOVED, "담당자").members[KIM] = "member"
    upgraded = migrated(MOVED)
    office.telegram.refuse_next("getChat", upgraded)
    await office.staff(KIM, MOVED).type("/open")
    assert office.group_chat.chat == MOVED


async def test_other_groups_commands_do_not_have_telegram_asked_again_and_again(office: Office) -> None:
    office.telegram.chats.open(MOVED, "이웃")
    for _ in range(5):
        await office.staff(KIM, MOVED).type("/open")
    assert office.calls("getChat") == 1
