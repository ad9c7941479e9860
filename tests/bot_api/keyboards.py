"""Keyboards as Telegram checks them."""

from typing import Any

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.refusals import bad_request

_LONGEST_DATA = 64
_MOST_BUTTONS = 100
_KINDS = ("callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat", "web_app")


def keyboard_of(arguments: Arguments) -> Json | None:
    """The inline keyboard that was given, None for an empty or another one. Raises Refusal."""
    markup = arguments.structure("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check(button)
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _check(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(kind in button for kind in _KINDS) or button.get("callback_data") == "":
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and len(str(button["callback_data"]).encode()) > _LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
