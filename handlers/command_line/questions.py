"""`questions`: what citizens asked and the assistant could not answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.errors import AssistantError
from bot.questions import QuestionRecords, QuestionState, RecordedQuestion
from handlers.command_line.exporting import as_csv, as_object
from handlers.command_line.output import one_line, reader_may_leave, staff_words, write_bytes, write_json

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot

_Result = TypeVar("_Result")
_Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
_State = Annotated[QuestionState | None, typer.Option(help="Only questions in this state.")]
_Limit = Annotated[int | None, typer.Option(min=1, help="At most so many, the newest.")]
_Output = Annotated[Path | None, typer.Option(help="A file to write; the standard output without it.")]


class ExportFormat(StrEnum):
    """What recorded questions can be exported as."""

    JSON = "json"
    CSV = "csv"


def questions_app(root: "CompositionRoot") -> typer.Typer:
    """The commands on recorded questions."""
    app = typer.Typer(help="Recorded questions: what the assistant could not answer.", no_args_is_help=True)

    @app.command("list")
    def list_questions(state: _State = None, limit: _Limit = None, *, as_json: _Json = False) -> None:
        """List recorded questions, the newest first."""
        questions = _ask(root, lambda records: records.listed(state, limit))
        with reader_may_leave():
            if as_json:
                write_json([as_object(question) for question in questions])
            else:
                _show_list(questions, ZoneInfo(root.settings().timezone))

    @app.command()
    def show(number: Annotated[int, typer.Argument(help="The question's number.")], *, as_json: _Json = False) -> None:
        """Show one question with the entries that were near to it."""
        question = _ask(root, lambda records: records.get(number))
        with reader_may_leave():
            if as_json:
                write_json(as_object(question))
            else:
                _show_one(question, ZoneInfo(root.settings().timezone))

    @app.command()
    def export(
        form: Annotated[ExportFormat, typer.Option("--format", help="CSV opens in any spreadsheet.")],
        output: _Output = None,
    ) -> None:
        """Export recorded questions for other programs."""
        content = _exported(_ask(root, lambda records: records.listed()), form)
        if output is None:
            with reader_may_leave():
                write_bytes(content)
        else:
            _write_file(output, content)

    return app


def _ask(root: "CompositionRoot", ask: Callable[[QuestionRecords], Awaitable[_Result]]) -> _Result:
    async def run() -> _Result:
        async with root.storage() as storage:
            return await ask(storage.questions)

    return asyncio.run(run())


def _exported(questions: list[RecordedQuestion], form: ExportFormat) -> bytes:
    if form is ExportFormat.CSV:
        return as_csv(questions)
    return (json.dumps([as_object(question) for question in questions], ensure_ascii=False, indent=2) + "\n").encode()


def _write_file(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as error:
        raise AssistantError(f"{output} cannot be written: {error.strerror}; name another file") from None


def _show_list(questions: list[RecordedQuestion], timezone: tzinfo) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, words = Console(), staff_words()
    if not console.is_terminal:
        write_bytes("".join(map(_plain_line, questions)).encode())
    elif not questions:
        console.print(words.no_questions)
    else:
        table = Table(words.number, words.asked_at, words.state, words.question)
        for question in questions:
            moment = _local(question, timezone)
            table.add_row(str(question.number), moment, words.states[question.state], Text(one_line(question.text)))
        console.print(table)


def _plain_line(question: RecordedQuestion) -> str:
    moment = question.asked_at.isoformat(timespec="seconds")
    return "\t".join((str(question.number), question.state, moment, one_line(question.text))) + "\n"


def _show_one(question: RecordedQuestion, timezone: tzinfo) -> None:
    words = staff_words()
    nearest = [f"  {near.confidence:.2f}  {near.entry_id}" for near in question.nearest]
    lines = [
        f"{words.number}: {question.number}",
        f"{words.asked_at}: {_local(question, timezone)}",
        f"{words.state}: {words.states[question.state]}",
        f"{words.outcome}: {words.outcomes[question.outcome]}",
        f"{words.question}: {one_line(question.text)}",
        f"{words.nearest}:{'' if nearest else ' -'}",
        *nearest,
    ]
    write_bytes("".join(f"{line}\n" for line in lines).encode())


def _local(question: RecordedQuestion, timezone: tzinfo) -> str:
    return question.asked_at.astimezone(timezone).strftime("%Y-%m-%d %H:%M")
