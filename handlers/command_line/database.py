"""`database`: migrations, backup and what is done with one, the move to PostgreSQL, and destruction in time."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handlers.command_line.output import one_line, staff_words, write_json
from handlers.command_line.root import with_storage

if TYPE_CHECKING:
    from bot.delivery import DeadLetter
    from bot.settings import Settings
    from bot.storage.storage import Storage
    from handlers.command_line.root import CompositionRoot

_CHANNEL = "telegram"
_NEW_KEY = "The key of its digests is lost: nobody is known by what is in it any more."


def database_app(root: "CompositionRoot") -> typer.Typer:
    """The commands on the database."""
    app = typer.Typer(
        help="The database: upgrade, back up, restore, move, purge it, see what could not be handled.",
        no_args_is_help=True,
    )
    _add_copies(app, root)
    _add_upkeep(app, root)
    return app


def _add_copies(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def backup(file: Annotated[Path, typer.Argument(help="The file to make; it must not exist yet.")]) -> None:
        """Copy the database to a file while the assistant runs."""
        with_storage(root, lambda storage: storage.backup(file))
        typer.echo(staff_words().backed_up.format(file=file))

    @app.command()
    def restore(
        file: Annotated[Path, typer.Argument(help="A backup that `database backup` made.")],
        new_key: Annotated[bool, typer.Option("--new-key", help=_NEW_KEY)] = False,
    ) -> None:
        """Put a backup into the place of the database, while no assistant runs."""
        from bot.storage.restoration import restore as put_back

        words, settings = staff_words(), root.settings()
        done = asyncio.run(
            put_back(settings.database_url, file, datetime.now(UTC), settings.digest_key_file, new_key=new_key)
        )
        typer.echo(words.restored.format(file=file, calls=done.calls, updates=done.updates))
        if not done.is_compared:
            typer.echo(words.restored_alone)
        if done.replaced:
            typer.echo(words.replaced.format(file=done.replaced))

    @app.command("after-restore")
    def after_restore() -> None:
        """After pg_restore, while no assistant runs: give no number and send nothing a second time."""
        calls, updates = with_storage(root, lambda storage: storage.after_restore(datetime.now(UTC)))
        typer.echo(staff_words().after_restore.format(calls=calls, updates=updates))

    @app.command()
    def move(
        url: Annotated[str, typer.Argument(metavar="URL", help="An empty PostgreSQL database, as in DATABASE_URL.")],
    ) -> None:
        """Copy everything to PostgreSQL, while no assistant runs; the file stays as it is."""
        copied = with_storage(root, lambda storage: _moved(storage, url))
        place = url.rpartition("@")[2].partition("?")[0]  # no password
        typer.echo(staff_words().moved.format(rows=sum(copied.values()), questions=copied["questions"], place=place))

    @app.command("new-key")
    def new_key() -> None:
        """Put the database under the key of DIGEST_KEY_FILE, where its own is lost; nobody is known by it any more."""
        asyncio.run(_under_new_key(root.settings()))
        typer.echo(staff_words().under_new_key)


def _add_upkeep(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def upgrade() -> None:
        """Bring the tables up to date; starting the assistant does this too."""
        revision = with_storage(root, _revision, create=True)
        typer.echo(staff_words().upgraded.format(revision=revision))

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


def _letter_data(letter: "DeadLetter") -> dict[str, object]:
    return {
        "number": letter.number,
        "received_at": letter.received_at.isoformat(),
        "reason": letter.reason,
        "update": letter.body,
    }


async def _moved(storage: "Storage", url: str) -> dict[str, int]:
    from bot.storage.storage import Storage

    async with Storage.open(url) as target:
        return await storage.copy_to(target)


async def _under_new_key(settings: "Settings") -> None:
    from bot.storage.storage import Storage

    key_file = settings.digest_key_file
    async with Storage.open(settings.database_url, create=False, key_file=key_file, new_key=True):
        pass


async def _revision(storage: "Storage") -> str:
    return storage.revision
