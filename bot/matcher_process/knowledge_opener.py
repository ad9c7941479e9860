"""What a child process calls to load its knowledge, named so that it is imported there alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from bot.matcher_process.async_finder import Opened
from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Limits


@dataclass(frozen=True, slots=True)
class Opening:
    """A function as `module:function`, and what it is called with after the folder.

    It returns a knowledge base and a finder over it, and raises the errors of the knowledge room.
    """

    function: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def usual(cls, limits: Limits, cache: Path | None = None) -> Self:
        """Opens the folder as the whole program does; `cache` is where prepared files are kept."""
        return cls(f"{__name__}:open_folder", {"limits": limits, "cache": cache})

    def open(self, folder: Path) -> Opened:
        """In the child: opens the folder. Raises KnowledgeError."""
        module, _, name = self.function.partition(":")
        call: Callable[..., tuple[KnowledgeBase, Finder]] = getattr(import_module(module), name)
        return Opened(*call(folder, **self.arguments))


def open_folder(folder: Path, limits: Limits, cache: Path | None) -> tuple[KnowledgeBase, Finder]:
    """The knowledge base and its finder. Raises KnowledgeError."""
    from knowledge.opening import open_finder

    return open_finder(folder, limits, cache)
