"""What a child process calls to load its knowledge, named in a way that a command line can carry."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from bot.matcher_process.async_finder import Opened
from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Limits


@dataclass(frozen=True, slots=True)
class Opening:
    """A function as `module:function`, and what it is called with after the folder, as JSON takes it.

    It returns a knowledge base and a finder over it, and raises the errors of the knowledge room.
    """

    function: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def usual(cls, limits: Limits, cache: Path | None = None) -> Self:
        """Opens the folder as the whole program does; `cache` is where prepared files are kept."""
        return cls(f"{__name__}:open_folder", {"limits": asdict(limits), "cache": cache and str(cache)})

    def command(self, folder: Path) -> list[str]:
        """The command that starts a child with what is in the folder."""
        # -P: a file of the working folder must never stand in for a module of the program.
        worker = [sys.executable, "-P", "-m", "bot.matcher_process.worker"]
        return [*worker, self.function, str(folder), json.dumps(self.arguments)]


def open_by_command(function: str, folder: str, arguments: str) -> Opened:
    """In the child: opens the folder as the command line says. Raises KnowledgeError."""
    module, _, name = function.partition(":")
    call: Callable[..., tuple[KnowledgeBase, Finder]] = getattr(import_module(module), name)
    return Opened(*call(Path(folder), **json.loads(arguments)))


def open_folder(folder: Path, limits: Mapping[str, float], cache: str | None) -> tuple[KnowledgeBase, Finder]:
    """The knowledge base and its finder, from arguments that came as JSON. Raises KnowledgeError."""
    from knowledge.opening import open_finder

    return open_finder(folder, Limits(**limits), Path(cache) if cache else None)
