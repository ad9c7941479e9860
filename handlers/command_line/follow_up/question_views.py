"""Recorded questions, groups, acts and figures as people read them: tables on a terminal, plain lines in a pipe."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.follow_up.overview.reports import Figures, Statistics
from bot.records.groups import AuditRecord, Group, Note
from bot.records.questions import Nearest, RecordedQuestion
from bot.wording.staff.staff_acts import act_sentences
from handlers.command_line.follow_up.question_objects import details_object, figures_object, question_object
from handlers.command_line.output import (
    language_of_terminal,
    one_line,
    reader_may_leave,
    staff_words,
    wide_console,
    write_bytes,
    write_json,
)
from handlers.command_line.root import close_groups, with_follow_up

if TYPE_CHECKING:
    from bot.follow_up.service import FollowUp
    from bot.records.questions import AskerState
    from handlers.command_line.root import CompositionRoot

    _Details = tuple[Group, dict[AskerState, int], list[Note]] | None
    from rich.table import Table


def show_questions(questions: Sequence[RecordedQuestion], timezone: tzinfo) -> None:
    """The questions, one a line."""
    words = staff_words()
    heads = (words.number, words.group, words.asked_at, words.state, words.question)
    rows = [
        (str(each.number), str(each.group or ""), local(each.asked_at, timezone), words.states[each.state], each.text)
        for each in questions
    ]
    show_table(heads, rows, map(_plain_question, questions), words.no_questions)


def show_groups(groups: Sequence[tuple[Group, int]], timezone: tzinfo, now: datetime) -> None:
    """The groups, one a line, each with the number of one of its questions, by which it is named in commands."""
    words, states = staff_words(), act_sentences(language_of_terminal()).group_states
    heads = (words.number, words.group, words.count, words.state, words.due, words.question)
    rows = [
        (
            str(question or ""),
            str(group.number),
            str(group.count),
            states[group.state],
            f"{local(group.due_at, timezone)} {words.overdue if group.is_overdue(now) else ''}".rstrip(),
            group.title,
        )
        for group, question in groups
    ]
    show_table(heads, rows, (_plain_group(*pair) for pair in groups), words.no_groups)


def show_acts(records: Sequence[AuditRecord], timezone: tzinfo) -> None:
    """The acts, one a line."""
    words, acts = staff_words(), act_sentences(language_of_terminal()).acts
    heads = (words.at, words.by, words.act, words.group)
    rows = [
        (local(each.at, timezone), f"{each.by.name} ({each.by.id})", acts[each.act], str(each.group or ""))
        for each in records
    ]
    show_table(heads, rows, map(_plain_act, records), words.no_acts)


def show_table(heads: Sequence[str], rows: Sequence[Sequence[str]], plain: Iterable[str], nothing: str) -> None:
    """A table on a terminal, where nothing in a cell can act on it; the plain lines elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        write_bytes("".join(f"{line}\n" for line in plain).encode())
    elif not rows:
        console.print(nothing)
    else:
        table = Table(*heads)
        for row in rows:
            table.add_row(*(Text(one_line(cell)) for cell in row))
        console.print(table)


def question_lines(question: RecordedQuestion, timezone: tzinfo) -> list[str]:
    """One question with the entries that were near to it."""
    words = staff_words()
    return [
        f"{words.number}: {question.number}",
        f"{words.asked_at}: {local(question.asked_at, timezone)}",
        f"{words.state}: {words.states[question.state]}",
        f"{words.outcome}: {words.outcomes[question.outcome]}",
        f"{words.question}: {one_line(question.text)}",
        *_nearest_lines(question.nearest),
    ]


def group_lines(group: Group, askers: dict[str, int], notes: Iterable[Note], timezone: tzinfo) -> list[str]:
    """What is known of a group, besides its questions."""
    words, states = staff_words(), act_sentences(language_of_terminal()).group_states
    standing = group.standing
    decided = standing.approved or standing.answered or standing.dismissed or standing.taken
    answers = [text for text in (standing.answer.ko, standing.answer.en) if text] if standing.answer else []
    waiting = ", ".join(f"{state} {count}" for state, count in askers.items())
    lines = {
        words.group: f"{group.number} · {states[group.state]} · {words.count} {group.count}",
        words.due: local(group.due_at, timezone),
        words.by: f"{decided.by.name}, {local(decided.at, timezone)}" if decided else "",
        words.entry: standing.entry_id or "",
        words.reason: one_line(standing.reason or ""),
        words.askers: waiting,
    }
    shown = [f"{name}: {value}" for name, value in lines.items() if value]
    shown += [f"{words.answer}: {one_line(answer)}" for answer in answers]
    shown += [f"{words.note}: {one_line(note.text)}" for note in notes]
    return shown + ([words.merged_into.format(group=standing.merged_into)] if standing.merged_into else [])


def local(moment: datetime, timezone: tzinfo) -> str:
    """The moment as clocks in the city show it."""
    return moment.astimezone(timezone).strftime("%Y-%m-%d %H:%M")


def _nearest_lines(nearest: Sequence[Nearest]) -> list[str]:
    heading = f"{staff_words().nearest}:{'' if nearest else ' -'}"
    return [heading, *(f"  {near.confidence:.2f}  {near.entry_id}" for near in nearest)]


def _plain_question(question: RecordedQuestion) -> str:
    moment = question.asked_at.isoformat(timespec="seconds")
    return "\t".join((str(question.number), question.state, moment, one_line(question.text)))


def _plain_group(group: Group, question: int) -> str:
    due = group.due_at.isoformat(timespec="seconds")
    return "\t".join((str(question), str(group.number), str(group.count), group.state, due, one_line(group.title)))


def _plain_act(record: AuditRecord) -> str:
    moment = record.at.isoformat(timespec="seconds")
    return "\t".join((moment, one_line(record.by.id), one_line(record.by.name), record.act, str(record.group or "")))


def show_question(root: "CompositionRoot", number: int, *, as_json: bool) -> None:
    """Writes the question with all that is known of it."""
    question, details, close = with_follow_up(root, lambda follow_up: _read(root, follow_up, number))
    with reader_may_leave():
        if as_json:
            more = {"details": details_object(*details), "close": [each.number for each in close]} if details else {}
            write_json({**question_object(question), **more})
            return
        timezone = ZoneInfo(root.settings().timezone)
        lines = question_lines(question, timezone)
        if details:
            group, askers, notes = details
            states = act_sentences(language_of_terminal()).asker_states
            lines += group_lines(group, {states[state]: count for state, count in askers.items()}, notes, timezone)
            lines += _close_lines(number, close)
        write_bytes("".join(f"{line}\n" for line in lines).encode())


async def _read(
    root: "CompositionRoot", follow_up: "FollowUp", number: int
) -> "tuple[RecordedQuestion, _Details, list[Group]]":
    question = await follow_up.workspace.storage.questions.get(number)
    if question.group is None:
        return question, None, []
    group = await follow_up.desk.group(question.group)
    details = group, await follow_up.desk.askers(group.number), await follow_up.desk.notes(group.number)
    return question, details, await close_groups(root, follow_up, group)


def _close_lines(number: int, close: "Sequence[Group]") -> list[str]:
    """The groups that may ask the same, each with the command that merges it into this one."""
    words = staff_words()
    lines = [
        words.close_group.format(group=group.number, title=one_line(group.title), number=number) for group in close
    ]
    return [f"{words.close_groups}:", *lines] if lines else []


def show_statistics(statistics: Statistics) -> None:
    """Tables by day and by topic, the time to answer, and what was asked most."""
    from rich.text import Text

    words = staff_words()
    console = wide_console()
    console.print(Text(words.statistics.format(first=statistics.first, last=statistics.last)))
    days = [(day.isoformat(), figures) for day, figures in statistics.by_day if figures != Figures()]
    console.print(_table(words.day, [*days, (words.total, statistics.total)]))
    topics = [(topic or words.no_topic, figures) for topic, figures in statistics.by_topic]
    if topics:
        console.print(_table(words.topic, topics))
    console.print(Text(_time_to_answer(statistics)))
    if statistics.most_asked:
        console.print(Text(f"{words.most_asked}:"))
    for group in statistics.most_asked:
        console.print(Text(f"  {group.count}  {one_line(group.title)}"), soft_wrap=True)


def _table(head: str, rows: Iterable[tuple[str, Figures]]) -> "Table":
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE)
    table.add_column(head, no_wrap=True)
    for name in staff_words().figures.values():
        table.add_column(name, justify="right")
    for label, figures in rows:
        table.add_row(Text(label), *map(_figure, figures_object(figures).values()))
    return table


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.0%}"


def _time_to_answer(statistics: Statistics) -> str:
    words = staff_words()
    if statistics.median is None or statistics.p90 is None:
        return words.not_answered
    return words.time_to_answer.format(
        count=statistics.groups_answered, median=_hours(statistics.median), p90=_hours(statistics.p90)
    )


def _hours(time: timedelta) -> str:
    return staff_words().hours.format(hours=time / timedelta(hours=1))
