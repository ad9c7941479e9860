"""Plays the conversations in `conversations/*.yaml` through the real handlers.

A turn is what the citizen does (`type`, `press`, `send`, `edit`, or `wait` so many minutes first) and what appears then
(`see`, in order): each with `text` (a part of it), and where it matters `buttons`, `edited` (in the place of an older
message) or `notice`.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bot_api.chats import Event
from tests.handlers.telegram.building import World
from tests.local_telegram.citizen import Citizen

VERDICT = ("도움이 됐어요", "안 됐어요", "Helpful", "Not helpful")
"""Stand under every answer; a turn names them only where they matter."""
FOLDER = Path(__file__).parent / "conversations"


def conversations() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        for conversation in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield pytest.param(conversation, id=f"{file.stem}: {conversation['about']}")


@pytest.mark.parametrize("conversation", list(conversations()))
async def test_conversation_goes_as_written(world: World, conversation: dict[str, Any]) -> None:
    citizen = world.citizen(language_code=conversation.get("language"), group_id=conversation.get("group"))
    for turn in conversation["turns"]:
        before = len(citizen.chat.events)
        world.now += timedelta(minutes=turn.get("wait", 0))
        number = await act(citizen, turn)
        seen = [describe(citizen, event) for event in citizen.events(before) if not is_own(citizen, event)]
        assert len(seen) == len(turn["see"]), (turn, seen)
        for found, expected in zip(seen, turn["see"], strict=True):
            check(found, expected, number)
    if "recorded" in conversation:
        assert [str(state) for state in await world.states()] == conversation["recorded"]


async def act(citizen: Citizen, turn: dict[str, Any]) -> int | None:
    match turn:
        case {"type": text, "reply": True}:
            ours = next(seen for seen in reversed(citizen.screen()) if not seen.own)
            return await citizen.type(text, reply_to=ours.message_id)
        case {"type": text}:
            return await citizen.type(text)
        case {"press": label}:
            await citizen.press(label)
        case {"press_first": True}:
            await citizen.press(citizen.screen()[-1].labels[0])
        case {"send": kind}:
            return await citizen.send(kind, turn.get("caption"))
        case {"edit": text}:
            mine = next(seen for seen in reversed(citizen.screen()) if seen.own)
            await citizen.edit(mine.message_id, text)
            return mine.message_id
    return None


def is_own(citizen: Citizen, event: Event) -> bool:
    return event.kind != "notice" and citizen.seen(event.message_id).own


def describe(citizen: Citizen, event: Event) -> dict[str, Any]:
    if event.kind == "notice":
        return {"text": event.text, "notice": True, "edited": False, "buttons": []}
    seen = citizen.seen(event.message_id)
    return {
        "text": seen.text,
        "notice": False,
        "edited": event.kind == "edited",
        "buttons": [label for label in seen.labels if label not in VERDICT],
        "verdict": [label for label in seen.labels if label in VERDICT],
        "replies_to": seen.replies_to,
    }


def check(found: dict[str, Any], expected: dict[str, Any], number: int | None) -> None:
    assert expected["text"] in found["text"]
    assert found["edited"] == expected.get("edited", False)
    assert found["notice"] == expected.get("notice", False)
    if "buttons" in expected:
        assert found["buttons"] == expected["buttons"]
    if "verdict" in expected:
        assert found["verdict"] == expected["verdict"]
    if "exactly" in expected:
        assert found["text"] == expected["exactly"]
    if number and not found["notice"]:
        assert found["replies_to"] == number, "every reply to a message says to which"
