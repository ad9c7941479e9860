"""What a button carries: the action and the language of its message, in at most 64 bytes of ASCII.

    ck7ps:cluster-budget    choose `cluster-budget` for question 10000, in Korean
    ne7ps                   none of the suggestions for question 10000, in English
    ekcluster-budget        show an entry
    tkinvestment:2          show page 2 of a topic
    lk                      show the list of topics

Whoever writes their own program can send anything, so only what this could have written is read.
"""

import re
from dataclasses import dataclass

from bot.messages import Action, ChooseSuggestion, NoneOfThese, ShowEntry, ShowTopic, ShowTopics
from knowledge.base import Language

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = 2**63 - 1
"""Databases count no further."""

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_SHAPE = re.compile(
    rf"(?:c(?P<chosen_in>[ke])(?P<chosen_for>[0-9a-z]{{1,13}}):(?P<chosen>{_SLUG})"
    rf"|n(?P<none_in>[ke])(?P<none_for>[0-9a-z]{{1,13}})"
    rf"|e(?P<entry_in>[ke])(?P<entry>{_SLUG})"
    rf"|t(?P<topic_in>[ke])(?P<topic>{_SLUG}):(?P<page>[0-9]{{1,4}})"
    r"|l(?P<topics_in>[ke]))",
    re.ASCII,
)
_LANGUAGES: dict[str, Language] = {"k": "ko", "e": "en"}


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button asks for, and the language of the message it stands under."""

    action: Action
    language: Language


def encode(action: Action, language: Language) -> str:
    """The data of a button; at most 64 bytes as long as ids have at most 48 characters."""
    spoken = language[0]
    match action:
        case ChooseSuggestion(number, entry_id):
            return f"c{spoken}{_written(number)}:{entry_id}"
        case NoneOfThese(number):
            return f"n{spoken}{_written(number)}"
        case ShowEntry(entry_id):
            return f"e{spoken}{entry_id}"
        case ShowTopic(topic_id, page):
            return f"t{spoken}{topic_id}:{page}"
        case ShowTopics():
            return f"l{spoken}"


def decode(data: str) -> Press | None:
    """What the data of a button asks for, or None when no button of ours carries it."""
    found = _SHAPE.fullmatch(data)
    if not found:
        return None
    parts = {name: part for name, part in found.groupdict().items() if part is not None}
    language = _LANGUAGES[data[1]]
    if int(parts.get("chosen_for") or parts.get("none_for") or "0", 36) > _LARGEST:
        return None
    return Press(_action(parts), language)


def _action(parts: dict[str, str]) -> Action:
    match parts:
        case {"chosen_for": number, "chosen": entry_id}:
            return ChooseSuggestion(int(number, 36), entry_id)
        case {"none_for": number}:
            return NoneOfThese(int(number, 36))
        case {"entry": entry_id}:
            return ShowEntry(entry_id)
        case {"topic": topic_id, "page": page}:
            return ShowTopic(topic_id, int(page))
        case _:
            return ShowTopics()


def _written(number: int) -> str:
    """A number in base 36: a third shorter than in decimal digits."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
