"""`privacy audit`: whether personal numbers, or rows that are past their time, stand anywhere."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handlers.command_line.output import staff_words, write_json

if TYPE_CHECKING:
    from bot.privacy_audit import PrivacyFindings
    from handlers.command_line.root import CompositionRoot

_SLACK = timedelta(minutes=5)
"""The running assistant destroys each minute what is past its time."""


def privacy_app(root: "CompositionRoot") -> typer.Typer:
    """The commands on personal data."""
    app = typer.Typer(help="Personal data: look for what must not be there.", no_args_is_help=True)

    @app.callback()
    def only_with_a_command() -> None:
        """Personal data: look for what must not be there."""

    @app.command()
    def audit(
        files: Annotated[
            list[Path] | None, typer.Argument(help="Logs, exports and backups to look through too; folders as a whole.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Write the findings as JSON.")] = False,
    ) -> None:
        """Look through database, journal, cache and these files for personal numbers and rows past their time.

        Exit code 1 when something is found. No number is shown.
        """
        missing = [str(file) for file in files or [] if not file.exists()]
        if missing:
            raise typer.BadParameter(f"there is no file or folder {missing[0]!r}")
        found = asyncio.run(_audited(root, files or []))
        words = staff_words()
        if as_json:
            leaks = [{"place": leak.place, "kind": leak.kind} for leak in found.leaks]
            write_json({"clean": found.is_clean, "leaks": leaks, "expired": found.expired, "places": found.places})
        else:
            for leak in found.leaks:
                typer.echo(words.audit_leak.format(place=leak.place, kind=leak.kind))
            for table, count in found.expired.items():
                typer.echo(words.audit_expired.format(table=table, count=count))
            if found.is_clean:
                typer.echo(words.audit_clean.format(places=found.places))
        if not found.is_clean:
            raise typer.Exit(1)

    return app


async def _audited(root: "CompositionRoot", files: list[Path]) -> "PrivacyFindings":
    import knowledge
    from bot.privacy_audit import Auditor, audit

    logging.disable(logging.INFO)
    settings = root.settings()
    auditor = Auditor.knowing([settings.knowledge_dir, Path(knowledge.__file__).parent])
    places = [settings.cache_dir, settings.journal_folder, *files]
    async with root.storage(create=False) as storage:
        return await audit(storage, datetime.now(UTC) - _SLACK, settings.retention_days, auditor, places)
