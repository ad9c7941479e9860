"""Broken updates: fields missing, of the wrong type or absurd, and kinds that do not exist."""

import copy
import random
from typing import Any

MUTANT = 999_001
"""Whose updates are broken."""

_PERSON = {"id": MUTANT, "is_bot": False, "first_name": "돌연변이", "language_code": "ko"}
_MESSAGE = {
    "message_id": 1,
    "date": 1_790_000_000,
    "chat": {"id": MUTANT, "type": "private", "first_name": "돌연변이"},
    "from": _PERSON,
    "text": "집적단지 예산이 얼마예요?",
    "entities": [{"type": "bold", "offset": 0, "length": 4}],
}
_UPDATES: tuple[dict[str, Any], ...] = (
    {"message": _MESSAGE},
    {"edited_message": _MESSAGE},
    {"callback_query": {"id": "1", "from": _PERSON, "message": _MESSAGE, "chat_instance": "1", "data": "no:1"}},
    {"inline_query": {"id": "1", "from": _PERSON, "query": "예산", "offset": ""}},
    {"kind_of_tomorrow": {"id": 1}},
)
_ABSURD: tuple[Any, ...] = (
    None, "", "가" * 20_000, -1, 0, 10**400, 1.5, True, [], {}, [[]], {"id": "x"}, "\ud83d", "\u202e\u200b", "<b>&",
    "\0",
)  # fmt: skip


def mutants(count: int, chance: random.Random) -> list[dict[str, Any]]:
    """So many broken updates, without their ids."""
    return [_mutant(chance) for _ in range(count)]


def _mutant(chance: random.Random) -> dict[str, Any]:
    update = copy.deepcopy(chance.choice(_UPDATES))
    for _ in range(chance.randint(1, 3)):
        places = list(_places(update))
        if places:
            _break(*chance.choice(places), chance)
    return update


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every field and item at any depth, with what holds it."""
    if not isinstance(node, dict | list):
        return []
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    return [(node, key) for key in keys] + [place for key in keys for place in _places(node[key])]


def _break(holder: Any, key: Any, chance: random.Random) -> None:
    if chance.random() < 0.4:
        del holder[key]
    else:
        holder[key] = copy.deepcopy(chance.choice(_ABSURD))
