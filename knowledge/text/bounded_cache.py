"""Remembers what was worked out for a word or a text, up to a bound."""

from collections.abc import MutableMapping
from typing import TypeVar

Value = TypeVar("Value")

LONGEST = 200
"""Characters; what is longer is hardly ever asked twice."""


def remember(memory: MutableMapping[str, Value], text: str, value: Value, most: int) -> Value:
    """Puts the value into the memory, which forgets everything when it holds `most` texts; returns the value.

    A plain mapping, unlike functools' cache, can be pickled with what owns it, and refers to nothing but its content.
    """
    if len(text) <= LONGEST:
        if len(memory) >= most:
            memory.clear()
        memory[text] = value
    return value
