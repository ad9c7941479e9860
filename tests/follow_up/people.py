"""Citizens and staff, as they look at their telephones."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.bot_api.client import RemoteBotApi

STAFF = -1001234500
KIM = 901
_PAUSE = 0.25
_NOTICE = "문의하신 질문"
Json = dict[str, Any]


async def messages(api: RemoteBotApi, chat: int) -> list[Json]:
    """The messages of a chat as they are now, oldest first."""
    shown: list[Json] = (await api.tell("chat", chat=chat))["messages"]
    return shown


def buttons(message: Json) -> dict[str, str]:
    """The data of the buttons by their labels."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}


async def seen(api: RemoteBotApi, chat: int, wanted: Callable[[Json], bool], seconds: float = 180) -> Json:
    """The newest message that is wanted, as soon as there is one. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while True:
        found = [message for message in await messages(api, chat) if wanted(message)]
        if found:
            return found[-1]
        if time.monotonic() > until:
            last = [str(message.get("text"))[:200] for message in (await messages(api, chat))[-5:]]
            raise TimeoutError(f"not seen in chat {chat}; the last messages: {last}")
        await asyncio.sleep(_PAUSE)


async def press(api: RemoteBotApi, chat: int, message: Json, label: str, user: int = 0) -> None:
    """Presses the button of that label, or the first one whose label begins so."""
    data = next(data for shown, data in buttons(message).items() if shown.startswith(label))
    await api.press(chat, message=message["message_id"], data=data, user=user or chat)


def has_button(label: str) -> Callable[[Json], bool]:
    """Whether a message has a button whose label begins so."""
    return lambda message: any(shown.startswith(label) for shown in buttons(message))


def says(*parts: str) -> Callable[[Json], bool]:
    """Whether all of that stands in a message of the bot's."""
    return lambda message: message["from"]["is_bot"] and all(part in str(message.get("text")) for part in parts)


async def ask(api: RemoteBotApi, chat: int, question: str, *, told: bool) -> None:
    """A citizen asks what is not known, turns suggestions down, and may want to be told."""
    await api.say(chat, question)
    shown = await seen(
        api, chat, lambda message: has_button("답변이 나오면")(message) or has_button("찾는 내용")(message)
    )
    if has_button("찾는 내용")(shown):
        await press(api, chat, shown, "찾는 내용")
        shown = await seen(api, chat, has_button("답변이 나오면"))
    if told:
        await press(api, chat, shown, "답변이 나오면")
        await seen(api, chat, says("접수번호는"))


async def notices(api: RemoteBotApi, chat: int) -> list[str]:
    """What a citizen was told about their question."""
    return [message["text"] for message in await messages(api, chat) if says(_NOTICE)(message)]


async def told_chats(api: RemoteBotApi) -> set[int]:
    """The chats whose citizens were told about their question."""
    return {call.chat for call in await api.calls() if call.sends and _NOTICE in call.text}
