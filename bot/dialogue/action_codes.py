"""What a button carries through a channel: the action and the language of its message, in at most 64 bytes of ASCII.

    ck7ps:cluster-budget    choose `cluster-budget` for question 10000, in Korean
    ne7ps                   none of the suggestions for question 10000, in English
    ekcluster-budget        show an entry
    tkinvestment:2          show page 2 of a topic
    lk                      show the list of topics
    gk2                     ask the third sample question
    ak7ps                   tell the answer to question 10000
    wkA7K-3M4               do not tell it any more
    ykcluster-budget        the answer of an entry helped
    xkcluster-budget        it did not help
    hk7ps                   staff's answer to group 10000 helped
    jk7ps                   it did not help
    qk7ps                   what was taken for an answer to staff about question 10000 was a new question

What begins with `s` is left to others: on Telegram it belongs to the staff group.
Whoever writes their own program can send anything, so only what this could have written is read.
"""

import re
from collections.abc import Callable

from bot.dialogue.messages import (
    Action,
    AskAnew,
    AskSample,
    ChooseSuggestion,
    NoneOfThese,
    ShowEntry,
    ShowTopic,
    ShowTopics,
    TellMe,
    Vote,
    VoteOnReply,
    Withdraw,
)
from knowledge.base import Language

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LARGEST_NUMBER = 2**63 - 1
"""Databases count no further."""

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_SHAPE = re.compile(
    rf"(?:c(?P<chosen_in>[ke])(?P<chosen_for>[0-9a-z]{{1,13}}):(?P<chosen>{_SLUG})"
    rf"|n(?P<none_in>[ke])(?P<none_for>[0-9a-z]{{1,13}})"
    rf"|e(?P<entry_in>[ke])(?P<entry>{_SLUG})"
    rf"|t(?P<topic_in>[ke])(?P<topic>{_SLUG}):(?P<page>[0-9]{{1,4}})"
    r"|g(?P<sampled_in>[ke])(?P<sample>[0-9a-z]{1,2})"
    rf"|a(?P<told_in>[ke])(?P<told_of>[0-9a-z]{{1,13}})"
    rf"|w(?P<withdrawn_in>[ke])(?P<receipt>[A-Z0-9]{{3}}-[A-Z0-9]{{3}})"
    rf"|(?P<on_reply>[hj])(?P<on_reply_in>[ke])(?P<replied_to>[0-9a-z]{{1,13}})"
    rf"|q(?P<anew_in>[ke])(?P<anew>[0-9a-z]{{1,13}})"
    rf"|(?P<verdict>[yx])(?P<judged_in>[ke])(?P<judged>{_SLUG})"
    r"|l(?P<topics_in>[ke]))",
    re.ASCII,
)
_NUMBERS = ("chosen_for", "none_for", "told_of", "replied_to", "anew")
_ON_A_QUESTION: dict[type[Action], str] = {NoneOfThese: "n", TellMe: "a", AskAnew: "q"}
_LANGUAGES: dict[str, Language] = {"k": "ko", "e": "en"}


def encode(action: Action, language: Language) -> str:
    """The data of a button; at most 64 bytes as long as ids have at most 48 characters."""
    match action:
        case ChooseSuggestion(number, entry_id):
            kind, rest = "c", f"{base36(number)}:{entry_id}"
        case NoneOfThese(number) | TellMe(number) | AskAnew(number):
            kind, rest = _ON_A_QUESTION[type(action)], base36(number)
        case ShowEntry(entry_id):
            kind, rest = "e", entry_id
        case ShowTopic(topic_id, page):
            kind, rest = "t", f"{topic_id}:{page}"
        case ShowTopics():
            kind, rest = "l", ""
        case AskSample(number):
            kind, rest = "g", base36(number)
        case Withdraw(receipt):
            kind, rest = "w", receipt
        case Vote(entry_id, helpful):
            kind, rest = "y" if helpful else "x", entry_id
        case VoteOnReply(group, helpful):
            kind, rest = "h" if helpful else "j", base36(group)
    return f"{kind}{language[0]}{rest}"


def decode(data: str) -> tuple[Action, Language] | None:
    """What the data of a button asks for and the language of its message; None when no button of ours carries it."""
    found = _SHAPE.fullmatch(data)
    if not found:
        return None
    parts = {name: part for name, part in found.groupdict().items() if part is not None}
    language = _LANGUAGES[data[1]]
    if any(int(parts.get(name, "0"), 36) > LARGEST_NUMBER for name in _NUMBERS):
        return None
    return _action(parts), language


_ON_A_NUMBER: dict[str, Callable[[int], Action]] = {
    "none_for": NoneOfThese,
    "told_of": TellMe,
    "anew": AskAnew,
    "sample": AskSample,
}


def _action(parts: dict[str, str]) -> Action:
    action: Action = ShowTopics()
    match parts:
        case {"chosen_for": number, "chosen": entry_id}:
            action = ChooseSuggestion(int(number, 36), entry_id)
        case {"entry": entry_id}:
            action = ShowEntry(entry_id)
        case {"topic": topic_id, "page": page}:
            action = ShowTopic(topic_id, int(page))
        case {"receipt": receipt}:
            action = Withdraw(receipt)
        case {"verdict": verdict, "judged": entry_id}:
            action = Vote(entry_id, helpful=verdict == "y")
        case {"on_reply": verdict, "replied_to": number}:
            action = VoteOnReply(int(number, 36), helpful=verdict == "h")
        case _:
            for name in parts.keys() & _ON_A_NUMBER.keys():
                action = _ON_A_NUMBER[name](int(parts[name], 36))
    return action


def base36(number: int) -> str:
    """A number in base 36: a third shorter than in decimal digits."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
