"""Which keys of a question were probably meant for others, and where in a line of JSON keys and values stand.

Keys that are like no other may stand beside them.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from knowledge.yaml_format.contexts import CASE_KEYS, OUTCOMES, TURN_KEYS

_LIKE = 70
"""Of 100, where one of the keys is needed and missing; of the others only one slip is taken for it."""
_SHORTEST = 4
"""Letters; a shorter key is one slip from too many words."""

_IN_ANOTHER_KEY = re.compile(r'"(?!(?:entry|also)")\w+"\s*:\s*$')


def misspelt_keys(data: Mapping[str, Any], *, of_turn: bool) -> Iterator[tuple[str, str]]:
    """Each key that was probably meant for another, with that one; `of_turn` is for a question of a conversation."""
    known = TURN_KEYS if of_turn else CASE_KEYS
    missing = [key for key in known if key not in data]
    needed = _needed(data, of_turn=of_turn)
    for key in data:
        if key not in known and (near := _meant(str(key), missing, needed)):
            yield str(key), near


def _meant(key: str, missing: list[str], needed: list[str]) -> str:
    plain = unicodedata.normalize("NFKC", key).casefold().strip()
    if plain in missing:
        return plain
    likest = max(needed, key=lambda other: fuzz.ratio(plain, other), default="")
    if likest and (fuzz.ratio(plain, likest) >= _LIKE or plain[:_SHORTEST] == likest[:_SHORTEST]):
        return likest
    return next((other for other in missing if len(other) >= _SHORTEST and OSA.distance(plain, other) <= 1), "")


def _needed(data: Mapping[str, Any], *, of_turn: bool) -> list[str]:
    """The keys one of which is missing."""
    if not of_turn and "turns" in data:
        return []
    asked = () if "question" in data else ("question",) if of_turn else ("question", "turns")
    outcomes = () if any(key in data for key in OUTCOMES) else OUTCOMES
    return [*asked, *outcomes]


def column_in_json(line: str, key: str, before: int) -> int:
    """Where the key stands in a line of JSON, behind so many of the same name; 1 where it is written otherwise."""
    return _column([found.start() for found in re.finditer(rf"{_written(key)}\s*:", line)], before)


def entry_column_in_json(line: str, entry_id: str, before: int) -> int:
    """Where a line of JSON names the entry as an answer, behind so many of the same; 1 where it is escaped."""
    found = [each.start() for each in re.finditer(rf"{_written(entry_id)}(?!\s*:)", line)]
    return _column([start for start in found if not _IN_ANOTHER_KEY.search(line[:start])], before)


def _written(text: str) -> str:
    """A pattern of the text as JSON has it, with its quotes."""
    return rf"(?<!\\){re.escape(json.dumps(text, ensure_ascii=False))}"


def _column(starts: list[int], before: int) -> int:
    return starts[before] + 1 if before < len(starts) else 1
