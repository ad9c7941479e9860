"""The command line: its commands, the options that all of them take, and what becomes of errors."""

import signal
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from handlers.command_line.database import database_app
from handlers.command_line.doctor import add_doctor
from handlers.command_line.follow_up.drafts import drafts_app
from handlers.command_line.follow_up.questions import questions_app
from handlers.command_line.knowledge.base_commands import (
    add_check,
    add_compare,
    add_evaluate,
    add_fit,
    add_new_base,
    add_prepare,
    add_schema,
)
from handlers.command_line.knowledge.entry_commands import entries_app
from handlers.command_line.privacy import privacy_app
from handlers.command_line.root import plain_errors
from handlers.command_line.version import add_version

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot

STANDARD_INPUT = "-"
_SHARED_OPTIONS = {"knowledge", "database"}


def build_app(root: "CompositionRoot") -> typer.Typer:
    """The commands, over the parts that `root` builds."""
    app = typer.Typer(
        cls=_Program,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    def use_knowledge(folder: Path | None) -> None:
        root.overrides.knowledge = folder or root.overrides.knowledge

    def use_database(url: str | None) -> None:
        root.overrides.database = url or root.overrides.database

    @app.callback(invoke_without_command=True)
    def start(
        context: typer.Context,
        knowledge: Annotated[  # noqa: ARG001  # used by its callback, as it may follow the command too
            Path | None,
            typer.Option(metavar="DIR", callback=use_knowledge, help="The knowledge base, before KNOWLEDGE_DIR."),
        ] = None,
        database: Annotated[  # noqa: ARG001  # as above
            str | None,
            typer.Option(metavar="URL", callback=use_database, help="The database, before DATABASE_URL."),
        ] = None,
    ) -> None:
        """Answers questions on Gwangju's AI Hub City from a curated knowledge base. Without a command: run."""
        if context.invoked_subcommand is None:
            root.serve()
        elif context.invoked_subcommand != "run":
            signal.signal(signal.SIGTERM, signal.SIG_DFL)  # other commands are ended as usual

    @app.command()
    def run() -> None:
        """Run the assistant: on Telegram with a token, else as pages for this machine alone."""
        root.serve()

    @app.command()
    def chat() -> None:
        """Talk with the assistant in this terminal, through the dialogue that citizens meet."""
        from handlers.command_line.chat import hold_conversation

        hold_conversation(root.conversation)

    _add_ask(app, root)
    add_check(app, root)
    add_evaluate(app, root)
    add_compare(app, root)
    add_fit(app, root)
    add_prepare(app, root)
    add_doctor(app, root)
    add_version(app)
    add_new_base(app)
    add_schema(app, root)
    app.add_typer(questions_app(root), name="questions")
    app.add_typer(drafts_app(root), name="drafts")
    app.add_typer(privacy_app(root), name="privacy")
    app.add_typer(entries_app(root), name="entries")
    app.add_typer(database_app(root), name="database")
    return app


def _add_ask(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def ask(
        question: Annotated[str, typer.Argument(help="The question; with --json, - reads a question from each line.")],
        as_json: Annotated[bool, typer.Option("--json", help="Reply in JSON, one line a question.")] = False,
        record: Annotated[bool, typer.Option("--record", help="Record what could not be answered, for staff.")] = False,
        explain: Annotated[bool, typer.Option("--explain", help="Show why, and which entries were nearest.")] = False,
        features: Annotated[
            bool, typer.Option("--features", help="As --explain, with the numbers that the entries were compared by.")
        ] = False,
    ) -> None:
        """Ask one question and show the reply."""
        if question == STANDARD_INPUT and not as_json:
            raise typer.BadParameter("- reads questions from the input; it goes with --json")
        if not question.strip():
            raise typer.BadParameter("the question is empty")
        from handlers.command_line.ask_desk import open_desk

        with open_desk(root, record=record) as desk:
            if question == STANDARD_INPUT:
                desk.reply_to_lines()
            else:
                desk.reply_once(question, as_json=as_json, explain=explain, features=features)


class _Program(TyperGroup):
    """The outermost command: hands its options down to every command, and ends on errors in plain lines."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        shared = [copy(option) for option in self.params if option.name in _SHARED_OPTIONS]
        for option in shared:
            option.expose_value = False  # their callbacks take the values; the commands need not know them
        _hand_down(self, shared)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; an expected error becomes lines on the standard error output and exit code 1."""
        with plain_errors():
            return super().invoke(ctx)


def _hand_down(group: TyperGroup, options: list[Any]) -> None:
    for command in group.commands.values():
        taken = {name for option in command.params for name in option.opts}
        command.params += [option for option in options if not taken.intersection(option.opts)]
        if isinstance(command, TyperGroup):
            _hand_down(command, options)
