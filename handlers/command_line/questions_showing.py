"""`questions show`: one question, and what became of its group."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.wording.staff_acts import act_sentences
from handlers.command_line.output import language_of_terminal, reader_may_leave, write_bytes, write_json
from handlers.command_line.questions_data import details_object, question_object
from handlers.command_line.questions_running import with_follow_up
from handlers.command_line.questions_view import group_lines, question_lines

if TYPE_CHECKING:
    from bot.follow_up.service import FollowUp
    from bot.questions import RecordedQuestion
    from bot.records.askers import AskerState
    from bot.records.groups import Group, Note
    from handlers.command_line.root import CompositionRoot

    _Details = tuple[Group, dict[AskerState, int], list[Note]] | None


def show_question(root: "CompositionRoot", number: int, *, as_json: bool) -> None:
    """Writes the question with all that is known of it."""
    question, details = with_follow_up(root, lambda follow_up: _read(follow_up, number))
    with reader_may_leave():
        if as_json:
            more = {"details": details_object(*details)} if details else {}
            write_json({**question_object(question), **more})
            return
        timezone = ZoneInfo(root.settings().timezone)
        lines = question_lines(question, timezone)
        if details:
            group, askers, notes = details
            states = act_sentences(language_of_terminal()).asker_states
            lines += group_lines(group, {states[state]: count for state, count in askers.items()}, notes, timezone)
        write_bytes("".join(f"{line}\n" for line in lines).encode())


async def _read(follow_up: "FollowUp", number: int) -> "tuple[RecordedQuestion, _Details]":
    question = await follow_up.workspace.storage.questions.get(number)
    if question.group is None:
        return question, None
    group = await follow_up.desk.group(question.group)
    return question, (group, await follow_up.desk.askers(group.number), await follow_up.desk.notes(group.number))
