"""What stands under a card: only what can be done with its group now."""

from bot.records.groups import UNDO_FOR, Group, GroupState
from handlers.telegram.staff.callback_data import Verb
from handlers.telegram.staff.markup import Keyboard, button
from handlers.telegram.staff.room import StaffRoom


def card_buttons(group: Group, room: StaffRoom) -> Keyboard:
    """The rows of buttons."""
    words, number = room.words, group.number
    undo = [button(words.undo_button, Verb.UNDO, number)] if can_undo(group, room) else []
    if group.state in {GroupState.OPEN, GroupState.TAKEN}:
        return [*_acts(group, room), undo]
    if group.state is GroupState.DRAFTED:
        approve = button(words.approve_button, Verb.APPROVE, number, group.revision)
        return [[approve, button(words.hand_over_button, Verb.HAND_OVER, number)], undo]
    if group.state in {GroupState.ANSWERED, GroupState.DISMISSED}:
        return [undo, [button(words.reopen_button, Verb.REOPEN, number)]]
    return []


def can_undo(group: Group, room: StaffRoom) -> bool:
    """Whether the last act was done within a minute."""
    return group.last is not None and room.now() < group.last.deed.at + UNDO_FOR


def _acts(group: Group, room: StaffRoom) -> Keyboard:
    words, number = room.words, group.number
    is_taken = group.state is GroupState.TAKEN
    take = (words.hand_over_button, Verb.HAND_OVER) if is_taken else (words.take_button, Verb.TAKE)
    split = [button(words.split_button, Verb.SPLIT, number)] if group.count > 1 else []
    return [
        [button(words.answer_button, Verb.HOW_TO_ANSWER, number), button(words.link_button, Verb.LINK, number)],
        [button(words.ask_back_button, Verb.ASK_BACK, number), button(words.dismiss_button, Verb.DISMISS, number)],
        [button(*take, number), *split, button(words.merge_button, Verb.MERGE, number)],
    ]
