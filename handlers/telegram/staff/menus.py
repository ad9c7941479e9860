"""Messages that let staff choose: an entry to link to, a reason, a question to split off."""

from collections.abc import Sequence

from bot.questions import RecordedQuestion
from bot.records.groups import Group
from handlers.telegram.staff.callback_data import Verb
from handlers.telegram.staff.card_text import entry_question
from handlers.telegram.staff.markup import Keyboard, button, literal
from handlers.telegram.staff.room import StaffRoom

A_PAGE = 6
Menu = tuple[str, Keyboard]
"""HTML and buttons."""


async def link_menu(number: int, page: int, room: StaffRoom) -> Menu:
    """The entries that are nearest to the group's questions, a page of them; raises UnknownGroupError."""
    group = await room.follow_up.desk.group(number)
    questions = await room.follow_up.desk.questions(number)
    confidence = _nearest(group, questions)
    return entries_menu(number, sorted(confidence, key=lambda entry: -confidence[entry]), room, confidence, page)


def entries_menu(
    number: int, entries: Sequence[str], room: StaffRoom, confidence: dict[str, float], page: int = 0
) -> Menu:
    """Entries to choose from by their ids, with how near each is in 0..1."""
    words = room.words
    known = [entry for entry in entries if entry in room.follow_up.workspace.knowledge().entries]
    shown = known[page * A_PAGE : (page + 1) * A_PAGE]
    rows = [[_entry_button(number, entry, confidence[entry], room)] for entry in shown]
    turning = [button(words.back_button, Verb.LINK, number, page - 1)] if page else []
    if len(known) > (page + 1) * A_PAGE:
        turning.append(button(words.further_button, Verb.LINK, number, page + 1))
    last = [button(words.search_button, Verb.SEARCH, number), button(words.close_button, Verb.CLOSE, number)]
    said = words.choose_entry.format(number=number) if known else words.no_entries
    return literal(said), [*rows, turning, last]


def reason_menu(number: int, room: StaffRoom) -> Menu:
    """The reasons why a group needs no answer."""
    words = room.words
    rows = [[button(reason, Verb.DISMISS_FOR, number, index)] for index, reason in enumerate(words.reasons)]
    last = [button(words.own_reason_button, Verb.OWN_REASON, number), button(words.close_button, Verb.CLOSE, number)]
    return literal(words.choose_reason.format(number=number)), [*rows, last]


async def split_menu(number: int, page: int, room: StaffRoom) -> Menu:
    """The questions of a group, a page of them; raises UnknownGroupError."""
    words = room.words
    await room.follow_up.desk.group(number)
    questions = await room.follow_up.desk.questions(number)
    shown = questions[page * A_PAGE : (page + 1) * A_PAGE]
    rows = [[button(question.text, Verb.SPLIT_OFF, number, question.number)] for question in shown]
    turning = [button(words.back_button, Verb.SPLIT, number, page - 1)] if page else []
    if len(questions) > (page + 1) * A_PAGE:
        turning.append(button(words.further_button, Verb.SPLIT, number, page + 1))
    close = [button(words.close_button, Verb.CLOSE, number)]
    return literal(words.choose_split.format(number=number)), [*rows, turning, close]


def _nearest(group: Group, questions: Sequence[RecordedQuestion]) -> dict[str, float]:
    confidence: dict[str, float] = {}
    for near in [*group.nearest, *(near for question in questions for near in question.nearest)]:
        confidence[near.entry_id] = max(near.confidence, confidence.get(near.entry_id, 0.0))
    return confidence


def _entry_button(number: int, entry: str, confidence: float, room: StaffRoom) -> tuple[str, str]:
    question = entry_question(entry, room)
    return button(f"{round(100 * confidence)}% {question}", Verb.LINK_TO, number, entry)
