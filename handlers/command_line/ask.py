"""The command `ask`: one reply, readable or as JSON, or a reply for each line of the input."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot

STANDARD_INPUT = "-"


def add_ask(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def ask(
        question: Annotated[str, typer.Argument(help="The question; with --json, - reads a question from each line.")],
        as_json: Annotated[bool, typer.Option("--json", help="Reply in JSON, one line a question.")] = False,
        record: Annotated[bool, typer.Option("--record", help="Record what could not be answered, for staff.")] = False,
        explain: Annotated[bool, typer.Option("--explain", help="Show how the entries were compared.")] = False,
    ) -> None:
        """Ask one question and show the reply."""
        if question == STANDARD_INPUT and not as_json:
            raise typer.BadParameter("- reads questions from the input; it goes with --json")
        if not question.strip():
            raise typer.BadParameter("the question is empty")
        from handlers.command_line.asking import open_desk

        with open_desk(root, record=record) as desk:
            if question == STANDARD_INPUT:
                desk.reply_to_lines()
            else:
                desk.reply_once(question, as_json=as_json, explain=explain)
