"""`questions`: what citizens asked and the assistant could not answer, and what staff do with it."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.errors import AssistantError
from bot.questions import QuestionState
from bot.records.groups import GroupState
from handlers.command_line.output import reader_may_leave, write_bytes, write_json
from handlers.command_line.questions_acts import add_acts
from handlers.command_line.questions_running import with_follow_up

if TYPE_CHECKING:
    from bot.follow_up.service import FollowUp
    from bot.questions import RecordedQuestion
    from bot.records.groups import Group
    from handlers.command_line.root import CompositionRoot

_Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
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
    _add_reports(app, root)
    return app


def _add_lists(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command("list")
    def list_questions(state: _State = None, limit: _Limit = None, *, as_json: _Json = False) -> None:
        """List recorded questions, the newest first."""
        from handlers.command_line.questions_data import question_object
        from handlers.command_line.questions_view import show_questions

        questions = with_follow_up(root, lambda follow_up: follow_up.workspace.storage.questions.listed(state, limit))
        with reader_may_leave():
            if as_json:
                write_json([question_object(question) for question in questions])
            else:
                show_questions(questions, _timezone(root))

    @app.command()
    def groups(state: _GroupState = None, limit: _Limit = None, *, as_json: _Json = False) -> None:
        """List groups of questions that ask the same, the newest first, each with the number of a question in it."""
        from handlers.command_line.questions_data import group_object
        from handlers.command_line.questions_view import show_groups

        found = with_follow_up(root, lambda follow_up: _with_questions(follow_up, state, limit))
        with reader_may_leave():
            if as_json:
                write_json([group_object(group, questions) for group, questions in found])
            else:
                pairs = [(group, questions[0].number if questions else 0) for group, questions in found]
                show_groups(pairs, _timezone(root), datetime.now(_timezone(root)))

    @app.command()
    def show(number: Annotated[int, typer.Argument(help="The question's number.")], *, as_json: _Json = False) -> None:
        """Show one question with the entries that were near to it, and what became of its group."""
        from handlers.command_line.questions_showing import show_question

        show_question(root, number, as_json=as_json)


def _add_reports(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def stats(
        days: Annotated[int, typer.Option(min=1, max=3660, help="How many days, today among them.")] = 30,
        *,
        as_json: _Json = False,
    ) -> None:
        """Show what was asked, answered and found helpful, by day and topic, and how long answers took."""
        from handlers.command_line.questions_data import statistics_object
        from handlers.command_line.statistics_view import show_statistics

        statistics = with_follow_up(root, lambda follow_up: follow_up.reports.statistics(days))
        with reader_may_leave():
            if as_json:
                write_json(statistics_object(statistics))
            else:
                show_statistics(statistics)

    @app.command()
    def audit(limit: _Limit = None, *, as_json: _Json = False) -> None:
        """List who did what and when, the newest first."""
        from handlers.command_line.questions_data import audit_object
        from handlers.command_line.questions_view import show_acts

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
        from handlers.command_line.exporting import exported, read_rows

        content = exported(with_follow_up(root, read_rows), form.value)
        if output is None:
            with reader_may_leave():
                write_bytes(content)
        else:
            _write_file(output, content)


async def _with_questions(
    follow_up: "FollowUp", state: GroupState | None, limit: int | None
) -> "list[tuple[Group, list[RecordedQuestion]]]":
    from bot.records.groups import UNFINISHED

    found = await follow_up.desk.groups([state] if state else UNFINISHED, limit)
    return [(group, await follow_up.desk.questions(group.number)) for group in found]


def _timezone(root: "CompositionRoot") -> ZoneInfo:
    return ZoneInfo(root.settings().timezone)


def _write_file(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as error:
        raise AssistantError(f"{output} cannot be written: {error.strerror}; name another file") from None
