"""What the in-process Telegram refuses, in Telegram's words."""

import importlib.util
import os
import sys
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from tests.bot_api.html_reading import read_html
from tests.bot_api.refusals import Refusal
from tests.local_telegram.citizen import Citizen
from tests.local_telegram.telegram import TOKEN, LocalTelegram

WRONG_HTML = {
    "<b>": 'Can\'t find end tag corresponding to start tag "b"',
    "</b>": "Unexpected end tag at byte offset 0",
    "가<b>나</i>": 'Unmatched end tag at byte offset 9, expected "</b>", found "</i>"',
    "<b><i>가</b></i>": 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
    "<script>x</script>": 'Unsupported start tag "script" at byte offset 0',
    "1 < 2": 'Unsupported start tag "" at byte offset 2',
    "<b": "Unclosed start tag at byte offset 0",
    "<b>x</b": "Unclosed end tag at byte offset 4",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
}


@pytest.fixture
async def telegram() -> LocalTelegram:
    return LocalTelegram()


@pytest.fixture
def bot(telegram: LocalTelegram) -> Bot:
    Citizen(telegram)
    return Bot(TOKEN, request=telegram, get_updates_request=telegram)


@pytest.mark.parametrize("html", WRONG_HTML)
async def test_wrong_html_is_refused(bot: Bot, html: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(7, html, "HTML")
    assert refusal.value.message.lower() == f"can't parse entities: {WRONG_HTML[html]}".lower()


async def test_html_is_shown_without_tags(bot: Bot) -> None:
    message = await bot.send_message(7, ' 😀<b>가 &lt;&amp;&#44032;</b> <a href="https://x.kr">x</a>&nope; ', "HTML")
    assert message.text == "😀가 <&가 x&nope;"
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == [
        ("bold", 2, 5),
        ("text_link", 8, 1),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "text is empty"), (" \n\u200b", "must be non-empty"), ("가" * 4097, "too long"), ("\ud800", "UTF-8")],
)
async def test_text_that_cannot_be_shown_is_refused(bot: Bot, text: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(7, text)


async def test_length_counts_after_parsing_and_trimming(bot: Bot) -> None:
    message = await bot.send_message(7, f"  <b>{'가' * 4096}</b>  ", "HTML")
    assert message.text == "가" * 4096


@pytest.mark.parametrize(("data", "reason"), [("가" * 22, "Button_data_invalid"), ("", "Text buttons are unallowed")])
async def test_button_data_is_measured_in_bytes(bot: Bot, data: str, reason: str) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(7, "x", reply_markup=markup)


async def test_what_is_not_there_cannot_be_used(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(8, "x")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", 7, 99)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("99")
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(7, "x", reply_parameters=ReplyParameters(99))
    reply = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(7, "x", reply_parameters=reply)).reply_to_message is None


async def test_an_edit_has_to_change_something(bot: Bot) -> None:
    message = await bot.send_message(7, "<b>x</b>", "HTML")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(" <b>x</b> ", 7, message.message_id, parse_mode="HTML")


async def test_others_messages_cannot_be_edited(bot: Bot, telegram: LocalTelegram) -> None:
    number = await Citizen(telegram).type("x")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("y", 7, number)


async def test_unknown_methods_and_tokens_are_refused(bot: Bot, telegram: LocalTelegram) -> None:
    with pytest.raises(InvalidToken):
        await bot.send_dice(7)
    with pytest.raises(InvalidToken):
        await Bot("2:x", request=telegram, get_updates_request=telegram).get_me()


async def test_a_blocked_bot_is_forbidden(bot: Bot, telegram: LocalTelegram) -> None:
    telegram.chats.reached("7").state = "blocked"
    with pytest.raises(Forbidden):
        await bot.send_chat_action(7, "typing")


async def test_updates_stay_until_they_are_confirmed(bot: Bot, telegram: LocalTelegram) -> None:
    await Citizen(telegram).type("하나")
    await Citizen(telegram).type("둘")
    first = await bot.get_updates()
    assert [update.update_id for update in first] == [update.update_id for update in await bot.get_updates()]
    assert [update.update_id for update in await bot.get_updates(first[0].update_id + 1)] == [first[1].update_id]
    assert await bot.get_updates(first[1].update_id + 1) == ()


pieces = st.sampled_from(
    ["<b>", "</b>", "<i>", "</i>", "<", ">", "&", "&lt;", "&#65;", "&#x41", '<a href="x.kr">', "</a>", "</>", "가", " "]
)


@settings(max_examples=400)
@given(
    st.lists(pieces | st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=3), max_size=12).map(
        "".join
    )
)
def test_html_is_read_as_the_simulator_does(html: str) -> None:
    simulator = _simulator()
    try:
        expected = simulator.parse_html(html)[0]
    except simulator.EntityError as error:
        expected = f"Bad Request: can't parse entities: {error}"
    try:
        ours = read_html(html)[0]
    except Refusal as refusal:
        ours = refusal.description
    assert ours == expected


def _simulator() -> Any:
    """A simulator of the Bot API that somebody else wrote; the variable names its file."""
    path = os.environ.get("BOTAPI_SIMULATOR")
    if not path:
        pytest.skip("BOTAPI_SIMULATOR names no simulator")
    pytest.importorskip("aiohttp")
    return _loaded(path)


_modules: dict[str, ModuleType] = {}


def _loaded(path: str) -> ModuleType:
    if path not in _modules:
        spec = importlib.util.spec_from_file_location("botapi_simulator", path)
        assert spec
        assert spec.loader
        _modules[path] = importlib.util.module_from_spec(spec)
        sys.modules["botapi_simulator"] = _modules[path]
        spec.loader.exec_module(_modules[path])
    return _modules[path]


async def test_the_bot_learns_every_refusal_as_an_error(bot: Bot, telegram: LocalTelegram) -> None:
    telegram.refuse_next("sendMessage", Refusal(400, "Bad Request: made up"))
    with pytest.raises(TelegramError, match="Made up"):
        await bot.send_message(7, "x")
    assert (await bot.send_message(7, "x")).text == "x"
