"""`doctor`: whether everything the assistant needs is as it should be, a line each."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from handlers.command_line.output import language_of_terminal, write_json

if TYPE_CHECKING:
    from bot.diagnosis import Diagnosis
    from handlers.command_line.root import CompositionRoot


def add_doctor(app: typer.Typer, root: "CompositionRoot") -> None:
    """Adds the command to the app."""

    @app.command()
    def doctor(as_json: Annotated[bool, typer.Option("--json", help="Write the findings as JSON.")] = False) -> None:
        """Check settings, token, group, webhook, clock, database, knowledge, disk and port. Exit code 1 on a fault."""
        from bot.diagnosis import Grade
        from bot.wording.doctor import doctor_sentences

        found = asyncio.run(_examined(root))
        words = doctor_sentences(language_of_terminal())
        if as_json:
            write_json(
                [
                    {
                        "part": each.sign.part,
                        "grade": each.sign.grade.value,
                        "sign": each.sign,
                        "text": words.line(each),
                    }
                    for each in found
                ]
            )
        else:
            for each in found:
                typer.echo(words.line(each))
        if any(each.sign.grade is Grade.ILL for each in found):
            raise typer.Exit(1)


async def _examined(root: "CompositionRoot") -> list["Diagnosis"]:
    import logging

    from bot.diagnosis import (
        Diagnosis,
        Sign,
        diagnose_database,
        diagnose_disk,
        diagnose_knowledge,
        diagnose_port,
    )

    logging.disable(logging.WARNING)  # the findings say what is wrong
    settings = root.settings()
    return [
        Diagnosis(Sign.SETTINGS),
        *await root.inspect_telegram(),
        await diagnose_database(root.storage()),
        diagnose_knowledge(root.knowledge),
        diagnose_disk(settings.cache_dir),
        await diagnose_port(settings.http_host, settings.http_port),
    ]
