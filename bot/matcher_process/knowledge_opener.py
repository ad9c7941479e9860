"""What a child process calls to load its knowledge, named so that it is imported there alone."""

from collections.abc import Callable, Iterator, Mapping
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

    It returns a knowledge base and a finder over it, maybe with what keeps them for the next time, and raises the
    errors of the knowledge room. `preparation` are functions, called with the same, that load ahead what it needs: the
    first before anything is opened, the others when there is time.
    """

    function: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    preparation: tuple[str, ...] = ()

    @classmethod
    def usual(cls, limits: Limits, cache: Path | None = None) -> Self:
        """Opens the folder as the whole program does; `cache` is where prepared files are kept."""
        preparation = (f"{__name__}:load_ahead", f"{__name__}:load_what_changes_need")
        return cls(f"{__name__}:open_folder", {"limits": limits, "cache": cache}, preparation)

    def open(self, folder: Path) -> Opened:
        """In the child: opens the folder. Raises KnowledgeError."""
        call: Callable[..., tuple[Any, ...]] = _named(self.function)
        return Opened(*call(folder, **self.arguments))

    def prepare(self, folder: Path) -> Iterator[None]:
        """In the server that forks: loads ahead what opening the folder needs, a part at each step."""
        for name in self.preparation:
            _named(name)(folder, **self.arguments)
            yield


def _named(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def open_folder(folder: Path, limits: Limits, cache: Path | None) -> tuple[KnowledgeBase, Finder, Callable[[], None]]:
    """The knowledge base and its finder, and what keeps them for the next time. Raises KnowledgeError."""
    from knowledge.opening import open_finder_first

    return open_finder_first(folder, limits, cache)


def load_ahead(folder: Path, cache: Path | None, **_: object) -> None:
    """Loads what every finder over the folder needs, whatever its entries say."""
    from knowledge.opening import load_ahead as load

    load(folder, cache)


def load_what_changes_need(_: Path, **__: object) -> None:
    """Loads what reads files that were changed."""
    from knowledge.opening import load_what_changes_need as load

    load()
