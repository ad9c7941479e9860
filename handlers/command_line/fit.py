"""The command `fit`: makes the matcher's fitted numbers anew from the practice questions."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot


def add_fit(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def fit() -> None:
        """Fit the matcher to the practice questions of the knowledge base; takes minutes, writes one file."""
        from knowledge.matching.fitted import FITTED_FILE, save_fitted
        from knowledge.matching.fitting import fit as fit_numbers

        def tell(message: str) -> None:
            typer.echo(message, err=True)

        save_fitted(fit_numbers(root.knowledge(), tell))
        typer.echo(f"{FITTED_FILE.name} is written; see what changed with: python main.py evaluate")
