"""Drafts of changes of the knowledge base, and citizens' words that could be in them, in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, select, update

from bot.records.drafts import CitizensWording, Content, Draft, DraftKind, DraftState
from bot.records.questions import QuestionState
from bot.storage.database import Database
from bot.storage.follow_up.tables import DRAFTS
from bot.storage.tables import QUESTIONS, TALLIES
from knowledge.text.cleaning import letters_of

CONTENT = TypeAdapter(Content)


class Drafts:
    """Keeps drafts, each until it is written or discarded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, group: int, kind: DraftKind, entry_id: str, content: Content, now: datetime) -> int:
        """The number of a new draft."""
        values = {
            "group_number": group,
            "kind": kind,
            "state": DraftState.NEW,
            "entry_id": entry_id,
            "content": CONTENT.dump_python(content, mode="json"),
            "made_at": now,
        }
        insert = self._database.backend.insert(DRAFTS).values(values).returning(DRAFTS.c.number)
        return int(await self._database.returned(insert))

    async def listed(self, state: DraftState | None = None) -> list[Draft]:
        """Drafts in that state, or all, the oldest first."""
        query = select(DRAFTS).order_by(DRAFTS.c.number)
        if state:
            query = query.where(DRAFTS.c.state == state)
        return [_draft(row) for row in await self._database.rows(query)]

    async def of_group(self, group: int) -> Draft | None:
        """The group's new draft, if it has one."""
        chosen = (DRAFTS.c.group_number == group) & (DRAFTS.c.state == DraftState.NEW)
        row = await self._database.row(select(DRAFTS).where(chosen).order_by(DRAFTS.c.number.desc()).limit(1))
        return _draft(row) if row else None

    async def ids_used_before(self, *, look_at_questions: bool = True) -> set[str]:
        """Every entry id that was ever written, counted or near to a question: none of them may be given anew.

        Looking at every question takes a while where there are many.
        """
        written = select(DRAFTS.c.entry_id).where(DRAFTS.c.state == DraftState.WRITTEN)
        counted = select(TALLIES.c.entry_id).distinct()
        near = select(QUESTIONS.c.nearest)

        def work(connection: Connection) -> set[str]:
            ids = {*connection.execute(written).scalars(), *connection.execute(counted).scalars()}
            for pairs in connection.execute(near).scalars() if look_at_questions else ():
                ids.update(entry_id for entry_id, _ in pairs)
            return ids - {""}

        return await self._database.read(work)

    async def change(self, draft: Draft) -> bool:
        """Keeps another content or entry id of a new draft; False when it is not new any more."""
        values = {"entry_id": draft.entry_id, "content": CONTENT.dump_python(draft.content, mode="json")}
        return await self._update([draft.number], values) == 1

    async def end(self, numbers: Sequence[int], state: DraftState, now: datetime) -> int:
        """Marks new drafts as written or discarded; how many were new."""
        return await self._update(numbers, {"state": state, "ended_at": now})

    async def _update(self, numbers: Sequence[int], values: dict[str, Any]) -> int:
        chosen = DRAFTS.c.number.in_(numbers) & (DRAFTS.c.state == DraftState.NEW)
        return await self._database.execute(update(DRAFTS).where(chosen).values(values))


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        number=row.number,
        group=row.group_number,
        kind=DraftKind(row.kind),
        state=DraftState(row.state),
        entry_id=row.entry_id,
        content=CONTENT.validate_python(row.content),
        made_at=row.made_at,
    )


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
