"""What is kept as JSON: standings, last acts, and the nearest entries."""

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from bot.questions import Nearest
from bot.records.groups import Group, LastAct, Standing
from bot.storage.stored_values import storable

_STANDING = TypeAdapter(Standing)
_LAST_ACT = TypeAdapter(LastAct)


def standing_data(standing: Standing) -> Any:
    """The standing as JSON takes it."""
    return _storable(_STANDING.dump_python(standing, mode="json", exclude_defaults=True))


def last_act_data(last: LastAct | None) -> Any:
    """The last act as JSON takes it."""
    return _storable(_LAST_ACT.dump_python(last, mode="json", exclude_defaults=True)) if last else None


def group_of_row(row: Row[Any]) -> Group:
    """The group that a row holds."""
    return Group(
        number=row.number,
        title=row.title,
        language=row.language,
        languages=tuple(row.languages),
        count=row.questions,
        people=row.people,
        waiting=row.waiting,
        first_asked_at=row.first_asked_at,
        last_asked_at=row.last_asked_at,
        due_at=row.due_at,
        nearest=nearest_of(row.nearest),
        revision=row.revision,
        standing=_STANDING.validate_python(row.standing),
        last=_LAST_ACT.validate_python(row.last_act) if row.last_act else None,
        changed_at=row.changed_at,
        answer_revision=row.answer_revision,
    )


def nearest_of(pairs: list[list[Any]]) -> tuple[Nearest, ...]:
    """Nearest entries from pairs of an id and a confidence."""
    return tuple(Nearest(entry_id, confidence) for entry_id, confidence in pairs)


def _storable(value: Any) -> Any:
    """The value with every text in it made such that each database system takes it."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list) else value
