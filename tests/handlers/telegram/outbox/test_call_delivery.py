"""What becomes of calls that Telegram refuses."""

import logging

import pytest
from telegram.error import ChatMigrated

from bot.delivery import Closed, Sent
from tests.bot_api.refusals import Refusal, bad_request
from tests.handlers.telegram.outbox.conftest import Desk

KEYBOARD = {"inline_keyboard": [[{"text": "네", "callback_data": "yes"}]]}


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (Refusal(403, "Forbidden: bot was blocked by the user"), "blocked"),
        (Refusal(403, "Forbidden: user is deactivated"), "deactivated"),
        (Refusal(403, "Forbidden: bot can't initiate conversation with a user"), "not-started"),
        (Refusal(403, "Forbidden: bot was kicked from the supergroup chat"), "kicked"),
        (Refusal(403, "Forbidden: bot is not a member of the group chat"), "not-a-member"),
        (bad_request("chat not found"), "chat-not-found"),
        (bad_request("not enough rights to send text messages to the chat"), "no-rights"),
    ],
)
async def test_a_chat_that_cannot_be_reached_closes_the_call(desk: Desk, refusal: Refusal, reason: str) -> None:
    desk.telegram.refuse_next("sendMessage", refusal)
    number, other = await desk.send(1), await desk.send(2)
    await desk.done()
    assert desk.outbox.end(number) == Closed(number, reason)
    assert isinstance(desk.outbox.end(other), Sent)
    assert desk.sender.counters.closed == {reason: 1}
    assert desk.telegram.asked["sendMessage"] == 2


async def test_a_chat_that_moved_takes_its_waiting_calls_along(desk: Desk) -> None:
    desk.telegram.chats.open(-1001, "The new group")
    desk.telegram.faults["sendMessage"].append(ChatMigrated(-1001))
    await desk.send(-5, "하나")
    await desk.send(-5, "둘")
    await desk.done()
    assert desk.telegram.texts(-1001) == ["하나", "둘"]
    assert desk.sender.counters.moved == 1


async def test_an_edit_that_changes_nothing_is_done(desk: Desk) -> None:
    await desk.send(7, "그대로")
    number = await desk.send(7, "그대로", method="editMessageText", message_id=1)
    await desk.done()
    assert desk.outbox.end(number) == Sent(number)


@pytest.mark.parametrize("refusal", ["message to edit not found", "message can't be edited"])
async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(desk: Desk, refusal: str) -> None:
    desk.telegram.refuse_next("editMessageText", bad_request(refusal))
    number = await desk.send(7, "새로", method="editMessageText", message_id=99, reply_markup=KEYBOARD)
    await desk.done()
    message = desk.telegram.chats.reached("7").messages[1]
    assert (message["text"], message["reply_markup"]) == ("새로", KEYBOARD)
    assert desk.outbox.end(number) == Sent(number, 1)


async def test_taking_buttons_from_a_message_that_is_gone_is_given_up(desk: Desk) -> None:
    number = await desk.outbox.put(7, "editMessageReplyMarkup", message_id=99)
    await desk.done()
    assert desk.outbox.end(number) == Closed(number, "message-gone")


async def test_deleting_a_message_that_is_gone_is_done(desk: Desk) -> None:
    desk.telegram.refuse_next("deleteMessage", bad_request("message to delete not found"))
    number = await desk.outbox.put(7, "deleteMessage", message_id=99)
    await desk.done()
    assert desk.outbox.end(number) == Sent(number)


async def test_markup_that_is_refused_is_sent_as_plain_text(desk: Desk) -> None:
    number = await desk.send(7, "<b>굵은", plain="굵은", parse_mode="HTML", reply_markup=KEYBOARD)
    await desk.done()
    message = desk.telegram.chats.reached("7").messages[1]
    assert (message["text"], message["reply_markup"]) == ("굵은", KEYBOARD)
    assert isinstance(desk.outbox.end(number), Sent)


async def test_an_edit_that_is_gone_and_has_bad_markup_is_sent_as_plain_text(desk: Desk) -> None:
    desk.telegram.refuse_next("editMessageText", bad_request("message to edit not found"))
    await desk.send(7, "<b>굵은", plain="굵은", method="editMessageText", message_id=99, parse_mode="HTML")
    await desk.done()
    assert desk.telegram.texts(7) == ["굵은"]


async def test_bad_markup_without_a_plain_text_is_given_up_without_its_words(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = bad_request('can\'t parse entities: unsupported start tag "비밀" at byte offset 0')
    desk.telegram.refuse_next("sendMessage", refusal)
    with caplog.at_level(logging.DEBUG):
        number = await desk.send(7, "<비밀>", parse_mode="HTML")
        await desk.done()
    end = desk.outbox.end(number)
    assert isinstance(end, Closed)
    assert "unsupported start tag" in end.reason
    assert "비밀" not in end.reason
    assert "비밀" not in "".join(record.getMessage() for record in caplog.records if record.name != "telegram.Bot")
    assert desk.sender.counters.closed == {"refused": 1}


@pytest.mark.parametrize("refusal", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_a_topic_that_is_gone_does_not_keep_the_message_from_the_group(desk: Desk, refusal: str) -> None:
    desk.telegram.chats.open(-1001, "Staff")
    desk.telegram.refuse_next("sendMessage", bad_request(refusal))
    await desk.send(-1001, "새 질문", message_thread_id=5)
    await desk.done()
    assert desk.telegram.texts(-1001) == ["새 질문"]
    assert "message_thread_id" not in desk.telegram.calls[-1][1]


async def test_a_message_to_reply_to_that_is_gone_does_not_keep_the_answer_back(desk: Desk) -> None:
    await desk.send(7, "답", reply_parameters={"message_id": 99})
    await desk.done()
    assert desk.telegram.texts(7) == ["답"]


async def test_what_is_refused_again_in_another_way_is_given_up(desk: Desk) -> None:
    desk.telegram.refuse_next("sendMessage", *[bad_request("message thread not found")] * 2)
    number = await desk.send(7, message_thread_id=5)
    await desk.done()
    assert desk.outbox.end(number) == Closed(number, "Message thread not found")


async def test_a_refusal_that_nobody_foresaw_keeps_the_call_and_is_told(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for refusal in (bad_request("Something odd"), Refusal(403, "Forbidden: something else")):
        desk.telegram.refuse_next("sendMessage", refusal)
    number = await desk.send(7, "답변")
    await desk.done()
    assert isinstance(desk.outbox.end(number), Sent)
    assert desk.telegram.texts(7) == ["답변"]
    assert desk.sender.counters.unforeseen == 2
    assert list(desk.sender.counters.unforeseen_calls) == [number]
    assert "nobody foresaw why" in caplog.text
    assert "답변" not in caplog.text
