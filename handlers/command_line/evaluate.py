"""The command `evaluate`: scores question files, and holds the scores against limits."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot

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
        from handlers.command_line import evaluation_report, evaluation_run
        from handlers.command_line.evaluation_limits import Limits

        limits = Limits(
            min_answered_right=min_answered_right,
            min_right_or_suggested=min_right_or_suggested,
            max_answered_wrong=max_answered_wrong,
            max_out_of_scope_answered=max_out_of_scope_answered,
            max_calibration_error=max_calibration_error,
        )
        result = evaluation_run.evaluate_files(root, files)
        if as_json:
            evaluation_report.print_json(result, failures=failures)
        else:
            evaluation_report.print_tables(result, failures=failures)
        broken = limits.broken(result)
        for line in broken:
            typer.echo(line, err=True)
        if broken:
            raise typer.Exit(1)
