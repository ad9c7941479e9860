"""The commands that make a knowledge base's folder, and the schemas of its files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot


def add_new_base(app: typer.Typer) -> None:
    """Adds the command to the app."""

    @app.command("new-base")
    def new_base(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")],
    ) -> None:
        """Make a folder with a small knowledge base of your own: change its files, and it is live."""
        from bot.wording.editor_words import entries_words
        from handlers.command_line.output import language_of_terminal
        from knowledge.writing.publishing import make_base

        make_base(folder)
        typer.echo(entries_words(language_of_terminal()).made.format(folder=folder))


def add_schema(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def schema() -> None:
        """Write the schemas of the files into the knowledge base, for text editors that complete and check."""
        from knowledge.writing.publishing import write_schemas

        folder = root.settings().knowledge_dir
        for name in write_schemas(folder):
            typer.echo(str(folder / name))
