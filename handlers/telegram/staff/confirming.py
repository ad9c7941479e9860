"""What is said after an act, with the button that undoes it."""

from bot.records.askers import AskerState
from bot.records.groups import UNDO_FOR, Group, GroupState
from handlers.telegram.staff.callback_data import Verb
from handlers.telegram.staff.card_text import entry_question
from handlers.telegram.staff.markup import Keyboard, button, literal, quoted
from handlers.telegram.staff.room import StaffRoom

Said = tuple[str, Keyboard]
"""HTML and buttons."""


def undo_row(number: int, room: StaffRoom) -> Keyboard:
    """The button that undoes the group's last act."""
    return [[button(room.words.undo_button, Verb.UNDO, number)]]


def answered(group: Group, room: StaffRoom) -> Said:
    """After an answer was sent or drafted."""
    words = room.words.drafted if group.state is GroupState.DRAFTED else room.words.sending
    return _said(words.format(number=group.number, time=room.time(group.standing.send_at)), group.number, room)


def linked(group: Group, room: StaffRoom) -> Said:
    """After a group was linked to an entry."""
    words = room.words.link_drafted if group.state is GroupState.DRAFTED else room.words.linked
    entry = entry_question(group.standing.entry_id or "", room)
    said = words.format(number=group.number, entry=entry, time=room.time(group.standing.send_at))
    return _said(said, group.number, room)


def dismissed(group: Group, room: StaffRoom) -> Said:
    """After a group was dismissed."""
    time = room.time(group.standing.send_at)
    said = room.words.dismissed.format(number=group.number, reason=group.standing.reason or "", time=time)
    return _said(said, group.number, room)


async def asking_back(number: int, text: str, room: StaffRoom) -> Said:
    """After a question to citizens was written."""
    waiting = (await room.follow_up.desk.askers(number)).get(AskerState.WAITING, 0)
    before, after = room.words.asking_back.split("{text}")
    named = {"number": number, "count": waiting, "time": room.time(room.now() + UNDO_FOR)}
    html = literal(before.format(**named)) + quoted(text, 1000) + literal(after.format(**named))
    return html, undo_row(number, room)


def merged(number: int, other: int, room: StaffRoom) -> Said:
    """After another group's questions came into a group."""
    return _said(room.words.merged.format(number=number, other=other), number, room)


def split(number: int, other: int, room: StaffRoom) -> Said:
    """After a question went into a group of its own."""
    return _said(room.words.split.format(number=number, other=other), number, room)


def _said(text: str, number: int, room: StaffRoom) -> Said:
    return literal(text), undo_row(number, room)
