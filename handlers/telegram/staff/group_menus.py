"""Lists of groups to go through: what is unanswered, many to dismiss at once, and saved replies to answer with."""

from collections.abc import Sequence

from bot.dialogue.messages import base36
from bot.follow_up.desk import Dismissals
from bot.records.groups import Group, GroupFilter, GroupOrder
from bot.wording.staff.staff_acts import act_sentences
from handlers.telegram.staff.markup import Verb, button, literal, shortened
from handlers.telegram.staff.staff_group import StaffGroup
from handlers.telegram.staff.staff_messages import StaffMessage, explained, listed_text, number_buttons

_MOST_LISTED = 20
_MOST_SAVED = 20
_LABEL = 60
"""Characters."""
WAITED_FOR, ALL = "w", "a"
"""Which groups a button leads to: those that somebody waits for, or all."""


async def open_list(staff: StaffGroup, page: int = 0, *, only_waiting: bool = False) -> StaffMessage:
    """A page of the unfinished groups, what was due first at the top, with the ways to the others and the filter."""
    words, mark = staff.words, WAITED_FOR if only_waiting else ""
    chosen = GroupFilter(waited_for=only_waiting)
    found = await staff.follow_up.lists.page(chosen, GroupOrder.DUE, page + 1, _MOST_LISTED)
    groups = found.groups
    switch = [button(words.all_button if only_waiting else words.waited_for_button, Verb.LIST, 0, _switched(mark))]
    if not groups:
        return literal(words.nothing_open), [switch] if only_waiting else []
    overdue = sum(group.is_overdue(staff.now()) for group in groups)
    heading = words.waited_for_list if only_waiting else words.open_list
    pages = -(-found.total // _MOST_LISTED)
    lines = [literal(heading.format(count=found.total, overdue=overdue)), *listed_text(groups, staff)]
    if pages > 1:
        lines.append(literal(words.page.format(number=page + 1, count=pages)))
    turning = [button(words.back_button, Verb.LIST, page - 1, mark or ALL)] if page else []
    if page + 1 < pages:
        turning.append(button(words.further_button, Verb.LIST, page + 1, mark or ALL))
    return "\n".join(lines), [*number_buttons(groups), turning, switch, [button(words.bulk_button, Verb.BULK, 0)]]


def _switched(mark: str) -> str:
    return ALL if mark else WAITED_FOR


def bulk_menu(groups: Sequence[Group], staff: StaffGroup) -> StaffMessage:
    """The reasons why these groups need no answer."""
    numbers = "-".join(base36(group.number) for group in groups)
    reasons = act_sentences(staff.language).reasons
    rows = [[button(text, Verb.DISMISS_MANY, 0, f"{reason}-{numbers}")] for reason, text in reasons.items()]
    lines = [literal(staff.words.bulk_choose.format(count=len(groups))), *listed_text(groups, staff)]
    return "\n".join(lines), [*rows, [button(staff.words.close_button, Verb.CLOSE, 0)]]


def said_dismissed_many(dismissals: Dismissals, staff: StaffGroup) -> StaffMessage:
    """After many groups were dismissed; each card offers to undo it."""
    numbers = ", ".join(f"#{group.number}" for group in dismissals.done) or staff.words.no_figure
    lines = [literal(staff.words.bulk_dismissed.format(count=len(dismissals.done), numbers=numbers))]
    return "\n".join([*lines, *(literal(explained(error, staff)) for _, error in dismissals.refused)]), []


async def saved_menu(number: int, staff: StaffGroup) -> StaffMessage:
    """The saved replies, to answer the group with one of them."""
    words, saved = staff.words, await staff.follow_up.saved_replies.listed()
    rows = [
        [
            button(shortened(each.text, _LABEL), Verb.USE_SAVED, number, each.number),
            button(words.drop_saved_button, Verb.DROP_SAVED, each.number),
        ]
        for each in saved[:_MOST_SAVED]
    ]
    said = words.choose_saved.format(number=number) if rows else words.nothing_saved
    return literal(said), [*rows, [button(words.close_button, Verb.CLOSE, number)]]
