"""Messages are checked, numbered and kept as Telegram does; refusals have Telegram's words."""

import json
from typing import Any

import pytest

from tests.bot_api.arguments import Arguments, from_json
from tests.bot_api.refusals import Refusal
from tests.bot_api.service import BotApi

_KEYBOARD = json.dumps({"inline_keyboard": [[{"text": "👍", "callback_data": "a:1"}]]})


async def _call(api: BotApi, method: str, **arguments: Any) -> Any:
    return await api.call(method, from_json(arguments))


async def test_private_chats_share_one_counter_and_groups_have_their_own(api: BotApi) -> None:
    numbers = [api.citizens.say(chat, "안녕").message for chat in (7, 8, -100, 7, -100)]
    assert numbers == [1, 2, 1, 3, 2]


async def test_same_keyboard_again_tells_that_the_message_is_there(api: BotApi) -> None:
    api.citizens.say(7, "하나")
    sent = await _call(api, "sendMessage", chat_id=7, text="답", reply_markup=_KEYBOARD)
    at = {"chat_id": 7, "message_id": sent["message_id"]}
    with pytest.raises(Refusal, match="message is not modified"):
        await _call(api, "editMessageReplyMarkup", **at, reply_markup=_KEYBOARD)
    with pytest.raises(Refusal, match="message to edit not found"):
        await _call(api, "editMessageReplyMarkup", chat_id=7, message_id=99, reply_markup=_KEYBOARD)
    with pytest.raises(Refusal, match="message can't be edited"):
        await _call(api, "editMessageReplyMarkup", chat_id=7, message_id=1, reply_markup=_KEYBOARD)


async def test_text_is_measured_after_its_markup_is_read(api: BotApi) -> None:
    api.citizens.say(7, "하나")
    sent = await _call(api, "sendMessage", chat_id=7, text=f"<b>{'가' * 4096}</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    with pytest.raises(Refusal, match="message is too long"):
        await _call(api, "sendMessage", chat_id=7, text="가" * 4097)
    with pytest.raises(Refusal, match="can't parse entities"):
        await _call(api, "sendMessage", chat_id=7, text="<b>", parse_mode="HTML")


@pytest.mark.parametrize(
    ("state", "words"),
    [("blocked", "bot was blocked"), ("deactivated", "deactivated"), ("not_found", "chat not found")],
)
async def test_those_who_are_gone_cannot_be_reached(api: BotApi, state: str, words: str) -> None:
    api.citizens.say(7, "하나")
    api.chats.open(7).state = state
    with pytest.raises(Refusal, match=words):
        await _call(api, "sendMessage", chat_id=7, text="답")


async def test_migrated_group_names_its_new_place(api: BotApi) -> None:
    group = api.chats.open(-5)
    group.state, group.migrated_to = "migrated", -1005
    with pytest.raises(Refusal) as refused:
        await _call(api, "sendMessage", chat_id=-5, text="답")
    assert refused.value.body()["parameters"] == {"migrate_to_chat_id": -1005}


async def test_deleted_topic_is_not_found(api: BotApi) -> None:
    api.chats.open(-5).is_forum = True
    thread = (await _call(api, "createForumTopic", chat_id=-5, name="질문"))["message_thread_id"]
    sent = await _call(api, "sendMessage", chat_id=-5, text="하나", message_thread_id=thread)
    assert sent["message_thread_id"] == thread
    await _call(api, "deleteForumTopic", chat_id=-5, message_thread_id=thread)
    with pytest.raises(Refusal, match="message thread not found"):
        await _call(api, "sendMessage", chat_id=-5, text="둘", message_thread_id=thread)


async def test_late_answer_to_a_press_is_refused(api: BotApi) -> None:
    api.citizens.say(7, "하나")
    await _call(api, "sendMessage", chat_id=7, text="답", reply_markup=_KEYBOARD)
    query = api.citizens.press(7).query
    assert await _call(api, "answerCallbackQuery", callback_query_id=query, text="고맙습니다")
    api.settings.query_seconds = 0
    with pytest.raises(Refusal, match="query is too old"):
        await _call(api, "answerCallbackQuery", callback_query_id=query)


async def test_too_many_messages_to_one_chat_are_refused(api: BotApi) -> None:
    api.settings.flood = True
    api.citizens.say(7, "하나")
    for _ in range(3):
        await _call(api, "sendMessage", chat_id=7, text="답")
    with pytest.raises(Refusal) as refused:
        await _call(api, "sendMessage", chat_id=7, text="답")
    assert refused.value.body()["parameters"] == {"retry_after": 3}


async def test_photo_is_uploaded(api: BotApi) -> None:
    api.citizens.say(7, "하나")
    sent = await api.call("sendPhoto", Arguments({"chat_id": "7", "caption": "표"}, {"photo": ("a.png", b"x")}))
    assert sent["caption"] == "표"
    assert sent["photo"][0]["file_size"] == 1


async def test_unknown_method_is_not_found(api: BotApi) -> None:
    with pytest.raises(Refusal, match="Not Found"):
        await _call(api, "sendNothing", chat_id=7)
