"""Checks inline keyboards as the Bot API does."""

import json
from typing import Any

from tests.local_telegram.refusals import bad_request

MOST_DATA_BYTES = 64
_MOST_BUTTONS = 100


def checked_keyboard(written: str) -> dict[str, Any] | None:
    """The inline keyboard of a call, or None where there is none. Raises Refusal."""
    if not written:
        return None
    markup = json.loads(written)
    if markup.get("force_reply") is True:
        return None  # it asks the citizen's app for something, and is nothing to see
    rows = markup.get("inline_keyboard")
    if rows is None:
        raise bad_request("inline keyboard expected")
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _check(button)
    if len(buttons) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": [row for row in rows if row]} if buttons else None


def _check(button: dict[str, Any]) -> None:
    if not button.get("callback_data") and not button.get("url"):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(button.get("callback_data", "").encode()) > MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
