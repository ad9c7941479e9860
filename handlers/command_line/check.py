"""The command `check`: validates and lints the knowledge base."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot


def add_check(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def check(
        deep: Annotated[
            bool,
            typer.Option("--deep", help="Also ask each phrasing of a matcher that was not told it; takes minutes."),
        ] = False,
    ) -> None:
        """Check the knowledge base. Exit code 1 on an error; warnings do not count."""
        from handlers.command_line.checking import check_knowledge

        if not check_knowledge(root, deep=deep):
            raise typer.Exit(1)
