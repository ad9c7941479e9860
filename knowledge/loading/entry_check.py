"""Whether an entry may say certain values, wherever they come from."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.errors import Fault, details
from knowledge.loading.fault_messages import told_of
from knowledge.yaml_format.schema import EntryShape, TopicShape

_NEEDED: Mapping[str, Any] = {"id": "a", "question": "a"}


def faults_of_entry(values: Mapping[str, Any]) -> list[tuple[tuple[int | str, ...], str, dict[str, object]]]:
    """Where in an entry of those values something is wrong: the path, the kind, and its details."""
    try:
        EntryShape.model_validate(plain(values))
    except ValidationError as error:
        return [(each["loc"], *told_of(each, each["loc"])) for each in error.errors()]
    return []


def faults_of_values(values: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with some of an entry's values, or with a topic's name or title, as faults without a place."""
    of_topic = not values.keys().isdisjoint({"topic", "title"})
    needed = {"topic": "a", "entries": []} if of_topic else _NEEDED
    shape = TopicShape if of_topic else EntryShape
    try:
        shape.model_validate({**needed, **plain(values)})
    except ValidationError as error:
        return [_fault(each) for each in error.errors()]
    return []


def _fault(each: ErrorDetails) -> Fault:
    kind, told = told_of(each, each["loc"])
    return Fault("", 1, 1, kind, details(**told))


def plain(value: Any) -> Any:
    """The value as dicts and lists, without keys that have none."""
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items() if part is not None}
    return list(value) if isinstance(value, tuple) else value
