"""Turns pydantic's errors into faults an editor understands: what, which (quoted), and what to do."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.errors import Fault
from knowledge.loading.yaml_reader import DataPath, Document

_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
}
_TEXTS = ("question", "answer", "title", "name", "subject", "greeting", "scope", "basis", "office", "hours")
_BILINGUAL = {
    **dict.fromkeys(_TEXTS, "text, or a mapping with 'ko' and 'en'"),
    "phrasings": "a list, or a mapping with 'ko' and 'en'",
}


def faults_of(error: ValidationError, document: Document, name: str, at: DataPath) -> list[Fault]:
    """A fault for each of the error's details; `at` is where in the document the validated value stands."""
    return [_fault(details, document, name, (*at, *details["loc"])) for details in error.errors()]


def _fault(details: ErrorDetails, document: Document, name: str, path: DataPath) -> Fault:
    place = document.key_place(path) if details["type"] == "extra_forbidden" else document.place(path)
    return Fault(name, place.line, place.column, _message(details, path))


def _message(details: ErrorDetails, path: DataPath) -> str:
    kind, key, context = details["type"], path[-1] if path else "", details.get("ctx", {})
    if kind in _EXPECTED:
        expected = _BILINGUAL.get(key, _EXPECTED[kind]) if isinstance(key, str) else _EXPECTED[kind]
        return f"{_named(path)} must be {expected}, not {_kind_of(details['input'])}"
    templates = {
        "missing": f"{key!r} is missing",
        "extra_forbidden": f"{key!r} is not a key that is known here; mend its spelling or remove it",
        "string_too_long": f"{_named(path)} is over {context.get('max_length')} characters; shorten it",
        "string_too_short": f"{_named(path)} is empty",
        "string_pattern_mismatch": f"{details['input']!r} is not an id: small letters, digits and single hyphens only",
        "literal_error": f"{details['input']!r} is not known here; write {context.get('expected')}",
        "value_error": f"{_named(path)}: {context.get('error')}",
    }
    return templates.get(kind, f"{_named(path)}: {details['msg']}")


def _named(path: DataPath) -> str:
    """The nearest key's name, quoted; an item of a list is called by its list."""
    keys = [part for part in path if isinstance(part, str)]
    inside_list = bool(path) and isinstance(path[-1], int)
    return f"an item of {keys[-1]!r}" if keys and inside_list else repr(keys[-1]) if keys else "the file"


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return f"text ({value[:30]!r})" if value else "empty"
    return "a list" if isinstance(value, list) else "a mapping"
