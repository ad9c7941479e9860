"""The command `prepare`: works out ahead what a start would have to work out."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot


def add_prepare(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def prepare() -> None:
        """Prepare the knowledge base for a fast start. A start without this does it itself, in some seconds."""
        root.opened()
        typer.echo(f"The knowledge base is prepared in {root.settings().cache_dir}")
