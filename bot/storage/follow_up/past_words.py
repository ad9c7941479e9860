"""Takes the words of questions that are to be destroyed out of what was made of them."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.records.drafts import DraftKind, DraftState, new_slug
from bot.storage.follow_up.drafts import CONTENT
from bot.storage.follow_up.tables import DRAFTS, GROUPS
from bot.storage.tables import QUESTIONS
from knowledge.text.cleaning import letters_of


def take_out(connection: Connection, expired: ColumnElement[bool], portion: int) -> list[int]:
    """The numbers of the next `portion` questions that are `expired`, whose words stand in no draft or title any more.

    Words in which somebody else asked later stay, and so do those of a draft that was written: they are public.
    The title of a group that has no other question is left to the purge of groups.
    """
    chosen = select(QUESTIONS.c.number, QUESTIONS.c.text, QUESTIONS.c.group_number).where(expired)
    rows = connection.execute(chosen.order_by(QUESTIONS.c.number).limit(portion)).all()
    if rows:
        _out_of_drafts(connection, {letters_of(row.text) for row in rows} - {""}, expired)
        _out_of_titles(connection, [(row.group_number, row.text) for row in rows], expired)
    return [row.number for row in rows]


def _out_of_drafts(connection: Connection, letters: Collection[str], expired: ColumnElement[bool]) -> None:
    unwritten = select(DRAFTS).where(DRAFTS.c.state != DraftState.WRITTEN)
    for row in connection.execute(unwritten).all():
        content = CONTENT.validate_python(row.content)
        held = {letters_of(text) for _, text in content.asked()} & set(letters)
        gone = held and held - _still_asked(connection, row.group_number, expired)
        if not gone:
            continue
        left = content.without(gone)
        this = DRAFTS.c.number == row.number
        if not left.asked() and not left.answer:
            connection.execute(delete(DRAFTS).where(this))
            continue
        values: dict[str, Any] = {"content": CONTENT.dump_python(left, mode="json")}
        words = next((content.question[key] for key in ("en", "ko") if key in content.question), "")
        if row.kind == DraftKind.ENTRY and letters_of(words) in gone and _is_made_of(row.entry_id, words):
            values["entry_id"] = f"{new_slug('', ())}-{row.number}"
        connection.execute(update(DRAFTS).where(this).values(values))


def _still_asked(connection: Connection, group: int, expired: ColumnElement[bool]) -> set[str]:
    """The letters of what was asked in the group and is kept for longer."""
    kept = select(QUESTIONS.c.text).where(QUESTIONS.c.group_number == group, ~expired)
    return set(map(letters_of, connection.execute(kept).scalars()))


def _is_made_of(entry_id: str, words: str) -> bool:
    slug = new_slug(words, ())
    return entry_id == slug or entry_id.removeprefix(f"{slug}-").isdecimal()


def _out_of_titles(
    connection: Connection, asked: Iterable[tuple[int | None, str]], expired: ColumnElement[bool]
) -> None:
    texts: dict[int, set[str]] = {}
    for number, text in asked:
        if number is not None:
            texts.setdefault(number, set()).add(text)
    titled = select(GROUPS.c.number, GROUPS.c.title).where(GROUPS.c.number.in_(texts))
    for group in connection.execute(titled).all():
        kept = select(QUESTIONS.c.text, QUESTIONS.c.language).where(QUESTIONS.c.group_number == group.number, ~expired)
        oldest = connection.execute(kept.order_by(QUESTIONS.c.number).limit(1)).first()
        if oldest and group.title in texts[group.number]:
            title = {"title": oldest.text, "language": oldest.language}
            connection.execute(update(GROUPS).where(GROUPS.c.number == group.number).values(title))
