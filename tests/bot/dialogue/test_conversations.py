"""Plays the conversations in `conversations/*.yaml` through the dialogue, without any channel.

A turn is what the citizen does (`type`, `press`, `send`, `edit`, or `wait` so many minutes first) and what appears then
(`see`, in order): each with `text` (a part of it), and where it matters `buttons`, `verdict`, `edited` (in the place
of an older message) or `notice`. `recorded` lists the states of the recorded questions; those settled or only offered
are left out.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bot.dialogue.chat import Chat, Shown, a_chat

FOLDER = Path(__file__).parent / "conversations"
_LISTED = {"open", "answered", "dismissed"}


def conversations() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        for conversation in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield pytest.param(conversation, id=f"{file.stem}: {conversation['about']}")


@pytest.mark.parametrize("conversation", list(conversations()))
async def test_conversation_goes_as_written(conversation: dict[str, Any]) -> None:
    async with a_chat(conversation.get("language", "ko")) as chat:
        for turn in conversation["turns"]:
            chat.now += timedelta(minutes=turn.get("wait", 0))
            shown = await act(chat, turn)
            assert len(shown) == len(turn["see"]), (turn, shown)
            for found, expected in zip(shown, turn["see"], strict=True):
                check(found, expected)
        if "recorded" in conversation:
            expected_states = [state for state in conversation["recorded"] if state in _LISTED]
            assert [str(state) for state in await chat.states()] == expected_states


async def act(chat: Chat, turn: dict[str, Any]) -> list[Shown]:
    match turn:
        case {"type": text}:
            return await chat.type(text, reply=turn.get("reply", False))
        case {"press": label}:
            return await chat.press(label)
        case {"press_first": True}:
            return await chat.press("")
        case {"edit": text}:
            return await chat.send(edited=text)
    return await chat.send()


def check(found: Shown, expected: dict[str, Any]) -> None:
    assert expected["text"] in found.text
    assert found.edited == expected.get("edited", False)
    assert (found.number == 0) == expected.get("notice", False)
    assert found.text == expected.get("exactly", found.text)
    for name in ("buttons", "verdict"):
        if name in expected:
            assert [button.label for button in getattr(found, name)] == expected[name]
