"""`database`: migrations, backup, and the destruction of what is past its time."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handlers.command_line.output import one_line, staff_words, write_json
from handlers.command_line.root import with_storage

if TYPE_CHECKING:
    from bot.delivery import DeadLetter
    from bot.storage.storage import Storage
    from handlers.command_line.root import CompositionRoot

_CHANNEL = "telegram"


def database_app(root: "CompositionRoot") -> typer.Typer:
    """The commands on the database."""
    app = typer.Typer(
        help="The database: upgrade it, back it up, purge it, see what could not be handled.", no_args_is_help=True
    )

    @app.command()
    def upgrade() -> None:
        """Bring the tables up to date; starting the assistant does this too."""
        revision = with_storage(root, _revision)
        typer.echo(staff_words().upgraded.format(revision=revision))

    @app.command()
    def backup(file: Annotated[Path, typer.Argument(help="The file to make; it must not exist yet.")]) -> None:
        """Copy the database to a file while the assistant runs."""
        with_storage(root, lambda storage: storage.backup(file))
        typer.echo(staff_words().backed_up.format(file=file))

    @app.command()
    def purge() -> None:
        """Destroy questions that are past their retention; the running assistant does this too."""
        days = root.settings().retention_days
        purged = with_storage(root, lambda storage: storage.purge(datetime.now(UTC), days))
        typer.echo(staff_words().purged.format(offered=purged.offered, expired=purged.expired))

    @app.command()
    def deadletters(
        json: Annotated[bool, typer.Option("--json", help="As JSON, with each update as it was stored.")] = False,
    ) -> None:
        """List the updates that could not be handled, newest first; they are kept for 30 days."""
        letters = with_storage(root, lambda storage: storage.inbox(_CHANNEL).dead_letters())
        if json:
            write_json([_letter_data(letter) for letter in letters])
            return
        for letter in letters:
            day = letter.received_at.isoformat(timespec="seconds")
            line = staff_words().dead_letter.format(number=letter.number, day=day, reason=one_line(letter.reason))
            typer.echo(line)
        if not letters:
            typer.echo(staff_words().no_dead_letters)

    return app


def _letter_data(letter: "DeadLetter") -> dict[str, object]:
    return {
        "number": letter.number,
        "received_at": letter.received_at.isoformat(),
        "reason": letter.reason,
        "update": letter.body,
    }


async def _revision(storage: "Storage") -> str:
    return storage.revision
