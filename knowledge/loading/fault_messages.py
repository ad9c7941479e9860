"""Turns pydantic's errors into faults an editor understands."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from knowledge.base import MAX_ID_LENGTH
from knowledge.errors import Fault, details
from knowledge.wording import KINDS
from knowledge.yaml_format import contexts
from knowledge.yaml_format.signs import in_quotes, shortened
from knowledge.yaml_format.yaml_reader import DataPath, Document

_FORMS = frozenset({"string_type", "list_type", "model_type", "model_attributes_type", "dict_type"})
_LANGUAGES = ("ko", "en")
_YES_NO = {
    **dict.fromkeys(("예", "네", "yes", "Yes", "y", "Y", "True", "TRUE", "O", "o", "1"), "true"),
    **dict.fromkeys(("아니오", "아니요", "no", "No", "n", "N", "False", "FALSE", "X", "x", "0"), "false"),
}
"""What is written for yes and no."""
_EXAMPLES = {"id": "parking-fee", "topic": "parking"}
_FIRST_KEYS = {
    contexts.TOPIC: "topic: parking",
    contexts.ABOUT: "name: …",
    contexts.SOURCES: "guide: {name: …}",
    contexts.VOCABULARY: "synonyms:",
    contexts.FIGURES: "guide: […]",
}
_NEEDED = frozenset({"id", "question", "answer", "topic", "ko"})
"""Keys whose line cannot be left out."""
_NEAR_ENOUGH = 70
"""Of 100: so like is a name to another that it was probably meant."""


_UNKNOWN_TOLD = 50
"""Of the unknown keys of one entry or file; whoever has more has pasted something else."""


def nearest(written: str, known: list[str]) -> str:
    """The one of the known names that was probably meant; empty when none is near."""
    found = process.extractOne(written, known, score_cutoff=_NEAR_ENOUGH)
    return found[0] if found else ""


def faults_of(error: ValidationError, document: Document, name: str, at: DataPath) -> list[Fault]:
    """A fault for each of the error's details; `at` is where in the document the validated value stands.

    What is missing only because its key is misspelt is not told.
    """
    every = [(_path_of(each, at, document), each) for each in error.errors()]
    missing = [path for path, each in every if each["type"] == "missing"]
    meant: set[DataPath] = set()
    faults = []
    unknown = [path for path, each in every if each["type"] == "extra_forbidden"]
    for path in unknown[:_UNKNOWN_TOLD]:
        near = _key_meant(path, missing, name)
        meant.add((*path[:-1], near))
        place = document.key_place(path)
        told = details(key=shortened(str(path[-1])), near=near, known=", ".join(_known_keys(path, name)))
        faults.append(Fault(name, place.line, place.column, "unknown-key", told))
    if len(unknown) > _UNKNOWN_TOLD:
        place = document.key_place(unknown[_UNKNOWN_TOLD])
        told = details(count=len(unknown) - _UNKNOWN_TOLD)
        faults.append(Fault(name, place.line, place.column, "more-unknown-keys", told))
    rest = [pair for pair in every if pair[1]["type"] != "extra_forbidden" and pair[0] not in meant]
    return list(dict.fromkeys([*faults, *(_fault(each, document, name, path) for path, each in rest)]))


def wrong_top(name: str) -> Fault:
    """The fault of a file that does not begin with a key, and how such a file begins."""
    return Fault(name, 1, 1, "wrong-top", details(example=_FIRST_KEYS[contexts.context_of_file(name)]))


def _path_of(each: ErrorDetails, at: DataPath, document: Document) -> DataPath:
    """Where in the document the value stands, or would stand where it is missing."""
    path = (*at, *each["loc"])
    if each["type"] == "missing":
        return (*_as_written(path[:-1], document), *path[-1:])
    return _as_written(path, document)


def _as_written(path: DataPath, document: Document) -> DataPath:
    """The path without the language that a plain text or list stands for."""
    written: DataPath = ()
    for part in path:
        if part != "ko" or (*written, part) in document.places:
            written = (*written, part)
    return written


def _known_keys(path: DataPath, name: str) -> list[str]:
    """The keys that may stand beside the one that the path ends with."""
    context = contexts.context_of_file(name)
    for part in path[:-1]:
        context = contexts.behind(context, part) if isinstance(part, str) else contexts.item_of(context)
    return sorted(contexts.KEYS.get(context, ()))


def _key_meant(path: DataPath, missing: list[DataPath], name: str) -> str:
    written, known = str(path[-1]), _known_keys(path, name)
    missing_here = [str(missed[-1]) for missed in missing if missed[:-1] == path[:-1]]
    plain = unicodedata.normalize("NFKC", written).casefold()
    for meant in (plain, contexts.meant_key(plain)):
        if meant in known:
            return str(meant)
    near = nearest(written, missing_here) or nearest(written, known)
    return missing_here[0] if not near and len(missing_here) == 1 else near


def _fault(each: ErrorDetails, document: Document, name: str, path: DataPath) -> Fault:
    if not path and each["type"] in _FORMS:
        return wrong_top(name)
    group = _flat_group(document.data, path[:-1]) if each["type"] == "list_type" and path else []
    kind, told = told_of(each, path)
    if group:
        told = {"key": path[-2], "near": f"- [{', '.join(group)}]"}
        path = path[:-1]
    place = document.place(path)
    return Fault(name, place.line, place.column, kind, details(**told))


def _flat_group(data: Any, path: DataPath) -> list[str]:
    """The words of a list that stands where a list of such lists belongs; none where it is no such list."""
    for part in path:
        data = data[part]
    is_group = bool(path) and isinstance(data, list) and contexts.role_of(str(path[-1])) == contexts.GROUPS
    plain = is_group and all(isinstance(item, str) and item and "," not in item for item in data)
    return data if plain else []


def told_of(each: ErrorDetails, path: DataPath) -> tuple[str, dict[str, object]]:
    """The kind of the fault and its details."""
    kind, value, context = each["type"], each["input"], each.get("ctx", {})
    key = _named(path)
    if kind in _FORMS:
        return _wrong_form(kind, key, path, value)
    if kind in ("string_too_long", "too_long"):
        return _too_much(kind, key, path, value, context["max_length"])
    if kind in ("bad-date", "no-such-day") and value:
        near = _day_meant(str(value), day_alone=context.get("day_alone") == "yes")
        near = near or (_last_day_of(str(value)) if path[-1:] == ("review_by",) else "")
        return kind, {"value": shortened(str(value)), "near": near, "forms": context["forms"]}
    told: dict[str, tuple[str, dict[str, object]]] = {
        "missing": ("missing-key", _missing(str(path[-1])) if path else {}),
        "string_too_short": _empty(key, path),
        "bad-date": _empty(key, path),
        "string_pattern_mismatch": not_an_id(str(value), path) if value else _empty(key, path),
        "literal_error": ("bad-choice", _choice(str(value), str(context.get("expected")))),
        "bad-yes-no": ("bad-yes-no", {"key": key, "value": shortened(str(value)), "near": _YES_NO.get(str(value), "")}),
        "too_short": ("too-few", {"key": key}),
    }
    if kind in told:
        return told[kind]
    if kind in KINDS:
        return kind, {"key": key, "value": shortened(str(value)), **context}
    return "other", {"key": key, "message": each["msg"]}


def _missing(key: str) -> dict[str, object]:
    return {"key": key, "example": f"{key}: {_EXAMPLES.get(key, '…')}"}


def _empty(key: str, path: DataPath) -> tuple[str, dict[str, object]]:
    """What is said of a key with nothing behind it."""
    if path[-1:] == ("entries",):
        return "empty-list", {"key": key}
    return "empty-needed" if path[-1:] and path[-1] in _NEEDED else "empty-text", {"key": key}


def not_an_id(value: str, path: DataPath) -> tuple[str, dict[str, object]]:
    """What is said of what cannot be an id: one that is given here, or one that stands somewhere else."""
    written = next((part for part in reversed(path) if isinstance(part, str)), "")
    kind = {"see_also": "not-an-entry", "source": "not-a-source"}.get(written, "bad-id")
    return kind, {"value": shortened(value), "near": _slug(value), "limit": MAX_ID_LENGTH}


def _too_much(kind: str, key: str, path: DataPath, value: Any, limit: int) -> tuple[str, dict[str, object]]:
    """What is said of a text or list that is longer than the limit."""
    if path[-1:] == ("id",):
        return "bad-id", {"value": value, "near": value[:limit].rstrip("-"), "limit": limit}
    length = len(value.strip()) if isinstance(value, str) else len(value)
    counted = {"key": key, "length": length, "count": length, "limit": limit, "over": length - limit}
    return "too-long" if kind == "string_too_long" else "too-many", counted


def _wrong_form(kind: str, key: str, path: DataPath, value: Any) -> tuple[str, dict[str, object]]:
    """What is said of a list, a mapping or a text that stands in the place of another of them."""
    written = next((part for part in reversed(path) if isinstance(part, str)), "")
    role = contexts.role_of(written)
    is_item = isinstance(path[-1], int) if path else False
    if value in ("", None):
        return _empty(key, path)
    if isinstance(value, list) and (kind == "string_type" or role == contexts.TEXT):
        if len(value) > 1 and written in ("answer", "greeting"):
            return "list-for-lines", {"key": written, "near": f"{written}: |"}
        first = next((item for item in value if isinstance(item, str)), "…")
        return "list-for-text", {"key": key, "near": shortened(f"- {first}" if is_item else f"{written}: {first}")}
    if isinstance(value, dict) and kind == "string_type":
        text = ": ".join(str(part) for part in next(iter(value.items()), ("…", "…")))
        return "mapping-for-text", {"near": shortened(f"{'- ' * is_item}{in_quotes(text)}")}
    if isinstance(value, str):
        is_list = kind == "list_type" or role == contexts.PHRASINGS
        near = _as_list(value, written, role, is_item=is_item) if is_list else _as_keys(value, written, role)
        return "text-for-list" if is_list else "text-for-keys", {"key": key, "near": shortened(near)}
    return "wrong-form", {"key": key}


def _as_keys(value: str, written: str, role: str) -> str:
    """The text behind the key that it was probably meant for."""
    key = "office" if role == contexts.CONTACT else "name"
    return f"{written}: {{{key}: {value}}}"


def _as_list(value: str, written: str, role: str, *, is_item: bool) -> str:
    """The text as the list that was meant: with dashes or commas between, in brackets or not."""
    plain = unicodedata.normalize("NFKC", value).strip("[] ")
    items = [item for item in re.split(r"\s+-\s+|\s*,\s*", plain) if item]
    if is_item and role == contexts.GROUPS:
        return f"- [{', '.join(items)}, …]"
    return f"{written}: [{', '.join(items)}]"


def _choice(value: str, expected: str) -> dict[str, object]:
    choices = re.findall(r"'([^']*)'", expected) or [expected]
    meant = contexts.meant_key(value)
    return {"value": value, "expected": ", ".join(choices), "near": meant if meant in choices else ""}


def _last_day_of(value: str) -> str:
    """The last day of a month or year."""
    match = re.fullmatch(r"\s*((?:19|20)\d\d)\s*[-./년]?\s*(1[0-2]|0?[1-9])?\s*월?\s*", value)
    if not match:
        return ""
    year, month = int(match[1]), int(match[2] or 12)
    return f"{year}-{month:02}-{monthrange(year, month)[1]}"


def _named(path: DataPath) -> str:
    """What an editor calls the value: by its key, with the language where it is written."""
    keys = [part for part in path if isinstance(part, str)]
    if len(keys) > 1 and keys[-1] in _LANGUAGES:
        return f"{keys[-2]}.{keys[-1]}"
    return keys[-1] if keys else "file"


def _slug(value: str) -> str:
    """An id that is like what was written, where there are Latin letters to make one of."""
    made = re.sub(r"[^a-z0-9]+", "-", value.casefold()).strip("-")
    return made if any(letter.isalpha() for letter in made) and not re.search(r"[가-힣]", value) else ""


def _day_meant(value: str, *, day_alone: bool) -> str:
    """The date in the form that is asked for, where the figures of one stand in the text."""
    if re.fullmatch(r"\d{8}", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    figures = [int(figure) for figure in re.findall(r"\d+", value)]
    if not figures or not 1900 <= figures[0] <= 2100 or len(figures) > 3 or (day_alone and len(figures) < 3):  # noqa: PLR2004  # years, and the parts of a date
        return ""
    try:
        date(*[*figures, 1, 1][:3])
    except ValueError:
        return ""
    year, *rest = figures
    return "-".join([f"{year:04}", *(f"{figure:02}" for figure in rest)])
