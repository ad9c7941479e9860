"""Conversations of citizens and staff, played from conversations.yaml."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.handlers.telegram.staff.building import Office, an_office, told
from tests.local_telegram.citizen import Seen

CONVERSATIONS = yaml.safe_load(Path(__file__).with_name("conversations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda each: each["name"])
async def test_conversation(conversation: dict[str, Any]) -> None:
    async with an_office(is_forum=conversation.get("forum", False)) as office:
        for step in conversation["steps"]:
            (kind,) = step.keys() & _STEPS.keys()
            await _STEPS[kind](office, **_arguments(kind, step))


def _arguments(kind: str, step: dict[str, Any]) -> dict[str, Any]:
    """What a step gives: its own fields, and those beside it."""
    given = step[kind] if isinstance(step[kind], dict) else {"value": step[kind]}
    return {**given, **{name: value for name, value in step.items() if name != kind}}


async def _asked(office: Office, value: list[str], first_user: int = 10) -> None:
    """Each text by another citizen who wants to be told."""
    await office.asked(*value, first_user=first_user)


async def _asked_by_many(office: Office, count: int) -> None:
    """So many different questions of people who do not want to be told."""
    await office.asked(*(f"물음{number} 있나요?" for number in range(1, count + 1)), told=False, first_user=50)


async def _says(office: Office, user: int, text: str) -> None:
    await office.citizen(user).type(text)
    await office.work()


async def _answers(office: Office, user: int, text: str) -> None:
    """A citizen replies to the newest message."""
    citizen = office.citizen(user)
    await citizen.type(text, reply_to=citizen.screen()[-1].message_id)
    await office.work()


async def _taps(office: Office, user: int, button: str) -> None:
    await office.citizen(user).press(button)
    await office.work()


async def _reads(office: Office, user: int, **expected: Any) -> None:
    """The newest message of the assistant to a citizen."""
    _check(next(seen for seen in reversed(office.citizen(user).screen()) if not seen.own), **expected)


async def _told(office: Office, user: int, *, nothing: bool = False, **expected: Any) -> None:
    notices = told(office.citizen(user))
    assert not (nothing and notices)
    _check_text("\n".join(notices), **expected)


async def _reply(office: Office, card: int, text: str) -> None:
    await office.staff().type(text, reply_to=office.card(card).message_id)


async def _reply_last(office: Office, value: str) -> None:
    """A staff member replies to the newest message of the assistant."""
    await office.staff().type(value, reply_to=office.last().message_id)
    await office.work()


async def _in_topic(office: Office, card: int, text: str) -> None:
    """A staff member writes in a card's own topic, which Telegram makes a reply to the topic's beginning."""
    shown = office.staff().chat.messages[office.card(card).message_id]
    thread = shown["message_thread_id"]
    await office.staff().type(text, reply_to=thread, message_thread_id=thread, is_topic_message=True)


async def _press(office: Office, value: str) -> None:
    """The newest button of that label in the group."""
    await office.staff().press(value)


async def _tap(office: Office, card: int, button: str) -> None:
    """A button of a card."""
    shown = office.card(card)
    await office.staff().press_data(shown.message_id, dict(shown.buttons)[button])


async def _asked_back(office: Office, card: int, text: str) -> None:
    await _tap(office, card, "되묻기")
    await office.staff().type(text, reply_to=office.last().message_id)
    await office.minutes(2)


async def _minutes(office: Office, value: float) -> None:
    await office.minutes(value)


async def _last(office: Office, **expected: Any) -> None:
    """The newest message of the assistant in the group."""
    _check(office.last(), **expected)


async def _command(office: Office, value: str) -> None:
    await office.staff().type(value)


async def _shown(office: Office, **expected: Any) -> None:
    """All that stands in the group."""
    _check_text("\n".join(seen.text for seen in office.staff().screen()), **expected)


async def _card(office: Office, number: int, **expected: Any) -> None:
    _check(office.card(number), **expected)


_STEPS: dict[str, Callable[..., Awaitable[None]]] = {
    "asked": _asked,
    "asked_by_many": _asked_by_many,
    "says": _says,
    "answers": _answers,
    "taps": _taps,
    "reads": _reads,
    "told": _told,
    "reply": _reply,
    "reply_last": _reply_last,
    "in_topic": _in_topic,
    "press": _press,
    "tap": _tap,
    "asked_back": _asked_back,
    "minutes": _minutes,
    "last": _last,
    "command": _command,
    "shown": _shown,
    "card": _card,
}


def _check(
    seen: Seen,
    has: list[str] | None = None,
    lacks: list[str] | None = None,
    buttons: list[str] | None = None,
    lacks_buttons: list[str] | None = None,
) -> None:
    _check_text(seen.text, has, lacks)
    for label in buttons or ():
        assert label in seen.labels
    for label in lacks_buttons or ():
        assert label not in seen.labels


def _check_text(text: str, has: list[str] | None = None, lacks: list[str] | None = None) -> None:
    for words in has or ():
        assert words in text
    for words in lacks or ():
        assert words not in text
