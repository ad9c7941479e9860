"""What citizens chose after they had asked in words that were not understood, in the database."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from bot.questions import QuestionState
from bot.records.wordings import CitizensWording
from bot.storage.database import Database
from bot.storage.tables import QUESTIONS
from knowledge.text.cleaning import letters_of

_ASKED_AGAIN_WITHIN = timedelta(minutes=10)
"""Who is not helped and asks again so soon, asks the same in other words."""


class Wordings:
    """Reads which entries citizens' words turned out to mean; they are kept as long as the questions are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self) -> list[CitizensWording]:
        """The wordings, those of most people first.

        A question counts for the entry that was chosen among its suggestions, and so does the one before it of the
        same citizen that was not answered.
        """
        columns = (QUESTIONS.c.number, QUESTIONS.c.text, QUESTIONS.c.language, QUESTIONS.c.citizen_digest)
        chosen = select(*columns, QUESTIONS.c.chosen_entry).where(QUESTIONS.c.chosen_entry.is_not(None))
        later = QUESTIONS.alias("later")
        before = (
            select(*columns, later.c.chosen_entry, QUESTIONS.c.asked_at, later.c.asked_at.label("chosen_at"))
            .join(later, later.c.citizen_digest == QUESTIONS.c.citizen_digest)
            .where(later.c.chosen_entry.is_not(None) & (QUESTIONS.c.state == QuestionState.OPEN))
            .where((QUESTIONS.c.number < later.c.number) & (QUESTIONS.c.asked_at <= later.c.asked_at))
        )

        def work(connection: Connection) -> list[CitizensWording]:
            again = [row for row in connection.execute(before) if row.chosen_at - row.asked_at <= _ASKED_AGAIN_WITHIN]
            return _counted([*connection.execute(chosen).all(), *again])

        return await self._database.read(work)


def _counted(rows: Iterable[Any]) -> list[CitizensWording]:
    """The rows by their letters and the entry; somebody unknown counts as one person."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in sorted(rows, key=lambda row: row.number):
        found.setdefault((letters_of(row.text), row.chosen_entry), []).append(row)
    wordings = [
        CitizensWording(
            rows[0].number, rows[0].text, rows[0].language, entry_id, len({row.citizen_digest for row in rows})
        )
        for (_, entry_id), rows in found.items()
    ]
    return sorted(wordings, key=lambda wording: (-wording.people, wording.number))
