"""What the assistant needs of whoever finds, and the plain way to do it: in a thread. The child imports it too."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Finding

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Opened:
    """A knowledge base and the finder over it: what a method works with."""

    knowledge: KnowledgeBase
    finder: Finder
    keep: Callable[[], None] | None = None
    """Keeps both for the next time, once there is time for it."""


Method = Callable[Concatenate[Opened, Arguments], Answer]
"""A function at the top of a module. Where it runs in another process, its arguments and its answer are pickled."""


class AsyncFinder(Protocol):
    """Finds in a knowledge base that may be replaced by a newer one at any time; each answer is from one alone."""

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base that questions are answered from now.

        Raises FindingError while none is loaded yet.
        """
        ...

    @property
    def is_away(self) -> bool:
        """Whether what finds is gone or hangs, so that what is asked now waits until it is back."""
        ...

    async def find(self, question: str, previous: str | None = None) -> Finding:
        """What becomes of a question, asked after `previous` in the same conversation. Raises FindingError."""
        ...

    async def ask(
        self, method: Method[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        """What a method answers that needs the knowledge base or its finder. Raises FindingError."""
        ...


def find(opened: Opened, question: str, previous: str | None = None) -> Finding:
    """The method behind `AsyncFinder.find`."""
    return opened.finder.find(question, previous)


def find_for_another_process(opened: Opened, question: str, previous: str | None = None) -> Finding:
    """The same without features: who reads them imports the matcher with all its libraries."""
    return find(opened, question, previous).without_features()


def answers(opened: Opened) -> bool:
    """Whether there is anything to find: what is asked to see that the finder answers at all."""
    return bool(opened.knowledge.entries)


class InThread:
    """An `AsyncFinder` over a knowledge base that is loaded already, for commands that end soon."""

    def __init__(self, knowledge: KnowledgeBase, finder: Finder) -> None:
        self._opened = Opened(knowledge, finder)

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base that was given."""
        return self._opened.knowledge

    @property
    def is_away(self) -> bool:
        """Never: a thread does not end by itself."""
        return False

    async def find(self, question: str, previous: str | None = None) -> Finding:
        """What becomes of a question, found in a thread."""
        return await self.ask(find, question, previous)

    async def ask(
        self, method: Method[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        """What the method answers, run in a thread; it raises what the method raises."""
        import asyncio  # the child has no event loop, and starts without what one needs

        return await asyncio.to_thread(method, self._opened, *arguments, **named)
