"""The commands on the whole base; what they need is imported when one of them runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
        everything: Annotated[bool, typer.Option("--all", help="Show each piece of advice, those alike too.")] = False,
        stale: Annotated[bool, typer.Option("--stale", help="List what is past its day of review, by owner.")] = False,
        shape: Annotated[
            Literal["text", "json", "github"],
            typer.Option("--format", help="For people, programs, or GitHub's checks."),
        ] = "text",
        language: Annotated[
            Literal["ko", "en"] | None, typer.Option(help="Of what is said; else that of the terminal (LANG).")
        ] = None,
    ) -> None:
        """Check the knowledge base. Exit code 1 on an error; warnings do not count."""
        from handlers.command_line.knowledge.knowledge_check import check_knowledge, list_stale
        from handlers.command_line.output import language_of_terminal

        spoken = language or language_of_terminal()
        if stale:
            list_stale(root, spoken)
        elif not check_knowledge(root, shape, spoken, deep=deep, everything=everything):
            raise typer.Exit(1)


Share = Annotated[float | None, typer.Option(min=0, max=1)]


def add_evaluate(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def evaluate(  # noqa: PLR0917  # one parameter an option
        files: Annotated[list[Path], typer.Argument(help="Question files: JSON Lines or YAML.")],
        as_json: Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")] = False,
        failures: Annotated[bool, typer.Option("--failures", help="List each question that went wrong.")] = False,
        min_answered_right: Share = None,
        min_right_or_suggested: Share = None,
        max_answered_wrong: Share = None,
        max_out_of_scope_answered: Share = None,
        max_calibration_error: Share = None,
    ) -> None:
        """Score the replies to question files. Exit code 1 when a limit is not kept."""
        from handlers.command_line.knowledge import evaluation_report

        limits = evaluation_report.ScoreLimits(
            min_answered_right=min_answered_right,
            min_right_or_suggested=min_right_or_suggested,
            max_answered_wrong=max_answered_wrong,
            max_out_of_scope_answered=max_out_of_scope_answered,
            max_calibration_error=max_calibration_error,
        )
        result = evaluation_report.evaluate_files(root, files)
        if as_json:
            evaluation_report.print_json(result, failures=failures)
        else:
            evaluation_report.print_tables(result, failures=failures)
        broken = limits.broken(result)
        for line in broken:
            typer.echo(line, err=True)
        if broken:
            raise typer.Exit(1)


def add_compare(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def compare(
        old: Annotated[str, typer.Argument(help="A knowledge folder, or a git revision of yours.")],
        new: Annotated[str, typer.Argument(help="The other one.")],
        recorded: Annotated[bool, typer.Option("--recorded", help="Ask what citizens asked too (masked).")] = False,
        max_wrong: Share = None,
    ) -> None:
        """Show what two states of the knowledge base answer differently. Exit code 1 when too much is wrong."""
        from handlers.command_line.knowledge import base_comparison

        if not base_comparison.compare(root, old, new, recorded=recorded, max_wrong=max_wrong):
            raise typer.Exit(1)


def add_fit(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def fit() -> None:
        """Fit the matcher to the practice questions of the knowledge base; takes minutes, writes two files."""
        from knowledge.matching.fitted import FITTED_FILE, save_fitted
        from knowledge.matching.fitting import fit as fit_numbers
        from knowledge.matching.general_evidence import GENERAL_FILE, save_general
        from knowledge.matching.general_fit import fit_general_numbers

        def tell(message: str) -> None:
            typer.echo(message, err=True)

        save_fitted(fit_numbers(root.knowledge(), tell))
        save_general(*fit_general_numbers(tell))
        written = f"{FITTED_FILE.name} and {GENERAL_FILE.name} are written"
        typer.echo(f"{written}; see what changed with: python main.py evaluate")


def add_prepare(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def prepare() -> None:
        """Prepare the knowledge base for a fast start. A start without this does it itself, in some seconds."""
        root.opened()
        typer.echo(f"The knowledge base is prepared in {root.settings().cache_dir}")


def add_new_base(app: typer.Typer) -> None:
    """Adds the command to the app."""

    @app.command("new-base")
    def new_base(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")],
    ) -> None:
        """Make a folder with a small knowledge base of your own: change its files, and it is live."""
        from bot.wording.editor_words import entries_words
        from handlers.command_line.output import language_of_terminal
        from knowledge.writing.publication import make_base

        make_base(folder)
        typer.echo(entries_words(language_of_terminal()).made.format(folder=folder))


def add_schema(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def schema() -> None:
        """Write the schemas of the files into the knowledge base, for text editors that complete and check."""
        from knowledge.writing.publication import write_schemas

        folder = root.settings().knowledge_dir
        for name in write_schemas(folder):
            typer.echo(str(folder / name))
