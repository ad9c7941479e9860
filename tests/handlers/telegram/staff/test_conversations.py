"""Conversations of citizens and staff, played from conversations.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.handlers.telegram.staff.building import Office, told
from tests.local_telegram.citizen import Seen

CONVERSATIONS = yaml.safe_load(Path(__file__).with_name("conversations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda each: each["name"])
async def test_conversation(conversation: dict[str, Any], office: Office) -> None:
    for step in conversation["steps"]:
        await _play(step, office)


async def _play(step: dict[str, Any], office: Office) -> None:
    match step:
        case {"asked": list(texts)}:  # each text by another citizen who wants to be told, from number 10 on
            await office.asked(*texts, first_user=step.get("first_user", 10))
        case {"reply": {"card": number, "text": text}}:  # a staff member replies to a card
            await office.staff().type(text, reply_to=office.card(number).message_id)
        case {"press": label}:  # the newest button of that label in the group
            await office.staff().press(label)
        case {"tap": {"card": number, "button": label}}:  # a button of a card
            card = office.card(number)
            await office.staff().press_data(card.message_id, dict(card.buttons)[label])
        case {"minutes": minutes}:
            await office.minutes(minutes)
        case {"last": expected}:  # the newest message of the assistant in the group
            _check(office.last(), expected)
        case {"card": expected}:
            _check(office.card(expected["number"]), expected)
        case {"told": expected}:  # what a citizen was told
            notices = told(office.citizen(expected["user"]))
            if expected.get("nothing"):
                assert notices == []
            else:
                _check_text("\n".join(notices), expected)
        case _:
            pytest.fail(f"no such step: {step}")


def _check(seen: Seen, expected: dict[str, Any]) -> None:
    _check_text(seen.text, expected)
    for label in expected.get("buttons", ()):
        assert label in seen.labels
    for label in expected.get("lacks_buttons", ()):
        assert label not in seen.labels


def _check_text(text: str, expected: dict[str, Any]) -> None:
    for words in expected.get("has", ()):
        assert words in text
    for words in expected.get("lacks", ()):
        assert words not in text
