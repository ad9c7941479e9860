"""Lists of groups, with buttons that open their cards."""

from collections.abc import Sequence

from bot.records.groups import Group
from handlers.telegram.staff.callback_data import Verb
from handlers.telegram.staff.markup import Keyboard, button, literal, quoted
from handlers.telegram.staff.room import StaffRoom

_A_ROW = 5
_TITLE = 60


def listed_text(groups: Sequence[Group], room: StaffRoom) -> list[str]:
    """A line for each group."""
    return [_line(group, room) for group in groups]


def number_buttons(groups: Sequence[Group]) -> Keyboard:
    """A button for each group, some a row."""
    buttons = [button(f"#{group.number}", Verb.OPEN, group.number) for group in groups]
    return [buttons[start : start + _A_ROW] for start in range(0, len(buttons), _A_ROW)]


def _line(group: Group, room: StaffRoom) -> str:
    words = room.words.listed_overdue if group.is_overdue(room.now()) else room.words.listed
    state = room.words.states[group.state]
    before, after = words.split("{title}")
    said = {"number": group.number, "count": group.count, "state": state}
    return literal(before.format(**said)) + quoted(group.title, _TITLE) + literal(after.format(**said))
