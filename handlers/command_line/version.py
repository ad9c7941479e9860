"""`version` and `licences`: which program this is, and under which licences stands what it is built on."""

import platform
import re
import sqlite3
from typing import TYPE_CHECKING, Annotated

import typer

from bot.version import version as version_of_program
from handlers.command_line.output import write_json

if TYPE_CHECKING:  # heavy to import, and needed by one command
    from importlib.metadata import Distribution

_CLASSIFIER = "License :: "


def add_version(app: typer.Typer) -> None:
    """Adds the commands to the app."""

    @app.command()
    def version() -> None:
        """Show the version, for a report or before an upgrade."""
        python = platform.python_version()
        typer.echo(f"ai-hub-city-assistant {version_of_program()} (Python {python}, SQLite {sqlite3.sqlite_version})")

    @app.command()
    def licences(as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False) -> None:
        """List the packages that are installed beside this program, with their licences."""
        from importlib.metadata import distributions

        found = sorted((_named(each) for each in distributions()), key=lambda row: row["name"].casefold())
        if as_json:
            write_json(found)
            return
        for row in found:
            typer.echo(f"{row['name']} {row['version']}: {row['licence']}")


def _named(package: "Distribution") -> dict[str, str]:
    return {"name": package.metadata["Name"], "version": package.version, "licence": _licence(package)}


def _licence(package: "Distribution") -> str:
    """By the metadata of the package: an expression, else its classifiers, else the first line of its own words."""
    metadata = package.metadata.json
    if expression := metadata.get("license_expression"):
        return str(expression)
    classes = [value.rpartition(" :: ")[2] for value in metadata.get("classifier", ()) if _CLASSIFIER in value]
    words = re.split(r"[\r\n]", str(metadata.get("license", "")).strip())[0]
    return ", ".join(classes) or words or "not said; see the package"
