"""What a process and its child say to each other."""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bot.errors import AssistantError, FindingError
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Request:
    """To the child: run the method, and answer under that number."""

    number: int
    method: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """From the child, first: this is what it answers from."""

    knowledge: KnowledgeBase


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """From the child, first and last: it could not load, for the reason that `error` builds anew."""

    kind: type[Exception]
    arguments: tuple[Any, ...]
    attributes: Mapping[str, Any]

    @classmethod
    def because(cls, error: Exception) -> Self:
        """An error of the rooms as it is; of any other the kind and the place alone, as it may hold anything."""
        if not isinstance(error, KnowledgeError | AssistantError):
            error = FindingError(f"the knowledge base could not be loaded: {place_of(error)}")
        return cls(type(error), error.args, vars(error))

    def error(self) -> Exception:
        """The error as it was raised, without calling it: its parameters are not what exceptions keep."""
        error = self.kind.__new__(self.kind, *self.arguments)
        vars(error).update(self.attributes)
        return error


@dataclass(frozen=True, slots=True)
class Answered:
    """From the child: what a method returned."""

    number: int
    answer: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """From the child: a method raised; `problem` says what and where, without any word of a citizen."""

    number: int
    problem: str


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised: all of it that is sure to hold nothing private."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
