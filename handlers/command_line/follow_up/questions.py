"""`questions`: what citizens asked and the assistant could not answer, and what became of it."""

import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.errors import AssistantError
from bot.records.groups import Group, GroupState
from bot.records.questions import QuestionState
from handlers.command_line.follow_up.question_objects import group_object
from handlers.command_line.output import (
    reader_may_leave,
    staff_words,
    write_bytes,
    write_json,
    write_json_lines,
)
from handlers.command_line.root import place_recorded, staff_member, with_follow_up

if TYPE_CHECKING:
    from bot.follow_up.service import FollowUp
    from bot.records.questions import RecordedQuestion
    from handlers.command_line.root import CompositionRoot
from handlers.command_line.follow_up.question_acts import AsJson, add_acts

_State = Annotated[QuestionState | None, typer.Option(help="Only questions in this state.")]
_GroupState = Annotated[GroupState | None, typer.Option(help="Only groups in this state; unfinished ones without it.")]
_Limit = Annotated[int | None, typer.Option(min=1, help="At most so many, the newest.")]
_Output = Annotated[Path | None, typer.Option(help="A file to write; the standard output without it.")]


class ExportFormat(StrEnum):
    """What recorded questions can be exported as."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def questions_app(root: "CompositionRoot") -> typer.Typer:
    """The commands on recorded questions."""
    app = typer.Typer(help="Recorded questions: what the assistant could not answer.", no_args_is_help=True)
    _add_lists(app, root)
    add_acts(app, root)
    _add_switch(app, root)
    _add_reports(app, root)
    return app


def _add_lists(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command("list")
    def list_questions(state: _State = None, limit: _Limit = None, *, as_json: AsJson = False) -> None:
        """List recorded questions, the newest first."""
        from handlers.command_line.follow_up.question_objects import question_object
        from handlers.command_line.follow_up.question_views import show_questions

        questions = with_follow_up(root, lambda follow_up: follow_up.workspace.storage.questions.listed(state, limit))
        with reader_may_leave():
            if as_json:
                write_json([question_object(question) for question in questions])
            else:
                show_questions(questions, _timezone(root))

    @app.command()
    def groups(state: _GroupState = None, limit: _Limit = None, *, as_json: AsJson = False) -> None:
        """List groups of questions that ask the same, the newest first, each with the number of a question in it."""
        from handlers.command_line.follow_up.question_views import show_groups

        async def placed(follow_up: "FollowUp") -> "list[tuple[Group, list[RecordedQuestion]]]":
            await place_recorded(root, follow_up)
            return await _with_questions(follow_up, state, limit)

        found = with_follow_up(root, placed)
        with reader_may_leave():
            if as_json:
                write_json_lines([_listed(group_object(group), questions) for group, questions in found])
            else:
                pairs = [(group, questions[0].number if questions else 0) for group, questions in found]
                show_groups(pairs, _timezone(root), datetime.now(_timezone(root)))

    @app.command()
    def show(number: Annotated[int, typer.Argument(help="The question's number.")], *, as_json: AsJson = False) -> None:
        """Show one question with the entries that were near to it, and what became of its group."""
        from handlers.command_line.follow_up.question_views import show_question

        show_question(root, number, as_json=as_json)


def _add_switch(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def pause() -> None:
        """Stop answering citizens, on every instance; what they ask is recorded."""
        deed = with_follow_up(root, lambda follow_up: follow_up.pause.begin(staff_member()))
        typer.echo(
            staff_words().paused.format(by=deed.by.name, at=f"{deed.at.astimezone(_timezone(root)):%m-%d %H:%M}")
        )

    @app.command()
    def resume() -> None:
        """Answer citizens again."""
        ended = with_follow_up(root, lambda follow_up: follow_up.pause.end(staff_member()))
        typer.echo(staff_words().resumed if ended else staff_words().not_paused)


def _add_reports(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def stats(
        days: Annotated[int, typer.Option(min=1, max=3660, help="How many days, today among them.")] = 30,
        *,
        as_json: AsJson = False,
    ) -> None:
        """Show what was asked, answered and found helpful, by day and topic, and how long answers took."""
        from handlers.command_line.follow_up.question_objects import statistics_object
        from handlers.command_line.follow_up.question_views import show_statistics

        statistics = with_follow_up(root, lambda follow_up: follow_up.reports.statistics(days))
        with reader_may_leave():
            if as_json:
                write_json(statistics_object(statistics))
            else:
                show_statistics(statistics)

    @app.command()
    def audit(limit: _Limit = None, *, as_json: AsJson = False) -> None:
        """List who did what and when, the newest first."""
        from handlers.command_line.follow_up.question_objects import audit_object
        from handlers.command_line.follow_up.question_views import show_acts

        records = with_follow_up(root, lambda follow_up: follow_up.desk.audit(limit))
        with reader_may_leave():
            if as_json:
                write_json([audit_object(record) for record in records])
            else:
                show_acts(records, _timezone(root))

    @app.command()
    def export(
        form: Annotated[ExportFormat, typer.Option("--format", help="CSV and XLSX open in any spreadsheet.")],
        output: _Output = None,
    ) -> None:
        """Export recorded questions, with what staff answered, for other programs."""
        from bot.follow_up.overview.question_export import exported, read_rows

        content = exported(
            with_follow_up(root, lambda follow_up: read_rows(follow_up.workspace)), form.value, _timezone(root)
        )
        if output is None:
            with reader_may_leave():
                write_bytes(content)
        else:
            _write_file(output, content)


def _listed(group: dict[str, Any], questions: "list[RecordedQuestion]") -> dict[str, Any]:
    """A group with the masked words of its questions, and their numbers."""
    texts, numbers = [question.text for question in questions], [question.number for question in questions]
    return {**group, "questions": texts, "numbers": numbers}


async def _with_questions(
    follow_up: "FollowUp", state: GroupState | None, limit: int | None
) -> "list[tuple[Group, list[RecordedQuestion]]]":
    from bot.records.groups import UNFINISHED

    found = await follow_up.desk.groups([state] if state else UNFINISHED, limit)
    return [(group, await follow_up.desk.questions(group.number)) for group in found]


def _timezone(root: "CompositionRoot") -> ZoneInfo:
    return ZoneInfo(root.settings().timezone)


_OWNER_ONLY = 0o600
"""An export holds what citizens asked."""


def _write_file(output: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "wb") as file:
            os.fchmod(file.fileno(), _OWNER_ONLY)
            file.write(content)
    except OSError as error:
        raise AssistantError(f"{output} cannot be written: {error.strerror}; name another file") from None
