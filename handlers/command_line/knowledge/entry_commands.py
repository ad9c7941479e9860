"""The commands on entries: out into a workbook, back from it, a new one by questions, and a file put in order."""

import difflib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.wording.editor_words import EntriesWords, entries_words
from handlers.command_line.output import language_of_terminal
from handlers.command_line.root import StartError

if TYPE_CHECKING:
    from handlers.command_line.root import CompositionRoot
    from knowledge.spreadsheet.import_plan import ImportPlan
    from knowledge.writing.changes import Change


def entries_app(root: "CompositionRoot") -> typer.Typer:
    """The group of commands."""
    app = typer.Typer(no_args_is_help=True, help="Entries as a workbook for Excel, new ones, and files in order.")

    @app.command()
    def export(
        file: Annotated[Path, typer.Argument(help="The workbook to write: a name that ends with .xlsx.")],
    ) -> None:
        """Write the knowledge base into a workbook for Excel: a sheet a topic, a row an entry."""
        from knowledge.errors import NotWrittenError
        from knowledge.spreadsheet.workbook import exported

        _expect_ending(file)
        content = exported(root.settings().knowledge_dir, language_of_terminal())
        try:
            file.write_bytes(content)
        except OSError as error:
            raise NotWrittenError("file-not-written", file=file, reason=error.strerror) from None
        typer.echo(_words().exported.format(file=file))

    @app.command("import")
    def import_(
        file: Annotated[Path, typer.Argument(help="The workbook, as it was exported and changed.")],
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    ) -> None:
        """Bring what was changed in a workbook into the files; comments and the order of everything else stay."""
        from knowledge.spreadsheet.import_plan import planned
        from knowledge.writing.publication import publish

        _expect_ending(file)
        folder = root.settings().knowledge_dir
        plan = planned(folder, _content(file), file.name, _today(root))
        typer.echo("".join(_difference(plan.changes)), nl=False)
        for note in plan.notes:
            typer.echo(note.told(language_of_terminal()))
        if not dry_run:
            publish(folder, plan.changes)
        typer.echo(_summary(plan, dry_run=dry_run))

    _add_writing(app, root)
    return app


def _add_writing(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the commands that write entries without a workbook."""

    @app.command()
    def new() -> None:
        """Ask the few questions that make an entry, and add it to its topic."""
        from handlers.command_line.knowledge.new_entry import ask_for_entry, is_wanted
        from knowledge.loading.loader import read_knowledge
        from knowledge.writing.publication import publish, tried_out

        folder = root.settings().knowledge_dir
        change = ask_for_entry(folder, _words(), _today(root))
        typer.echo("".join(_difference([change])), nl=False)
        with tried_out(folder, [change]) as copy:
            read_knowledge(copy)
        if is_wanted(_words()):
            publish(folder, [change])
            typer.echo(_words().written.format(file=change.file))

    @app.command("format")
    def format_(
        files: Annotated[list[Path] | None, typer.Argument(help="Files of entries/; all of them without one.")] = None,
        check: Annotated[
            bool, typer.Option("--check", help="Write nothing; exit code 1 when a file would change.")
        ] = False,
    ) -> None:
        """Put the keys of each entry and the spaces of the files in order; comments and texts stay as they are."""
        from knowledge.loading.base_files import topics_in
        from knowledge.writing.file_layout import formatted
        from knowledge.writing.publication import publish

        folder = root.settings().knowledge_dir
        changes = formatted(folder, files or topics_in(folder))
        for change in changes:
            typer.echo(change.file)
        if not changes:
            typer.echo(_words().in_order)
        if check and changes:
            raise typer.Exit(1)
        publish(folder, changes)


def _today(root: "CompositionRoot") -> date:
    return datetime.now(ZoneInfo(root.settings().timezone)).date()


def _expect_ending(file: Path) -> None:
    if file.suffix.lower() != ".xlsx":
        raise StartError(_words().not_xlsx.format(file=file))


def _content(file: Path) -> bytes:
    from knowledge.errors import NotWrittenError
    from knowledge.spreadsheet.sheet_rows import MOST_BYTES

    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotWrittenError("file-not-read", file=file, reason=error.strerror) from None


def _difference(changes: "Iterable[Change]") -> Iterable[str]:
    for change in changes:
        before = (change.before or b"").decode("utf-8-sig").splitlines(keepends=True)
        after = change.after.decode("utf-8-sig").splitlines(keepends=True)
        name = "/dev/null" if change.before is None else change.file
        yield from difflib.unified_diff(before, after, name, change.file)


def _summary(plan: "ImportPlan", *, dry_run: bool) -> str:
    words = _words()
    told = words.would_import if dry_run else words.imported
    return told.format(cells=plan.edited, entries=plan.added, files=len(plan.changes), notes=len(plan.notes))


def _words() -> EntriesWords:
    return entries_words(language_of_terminal())
