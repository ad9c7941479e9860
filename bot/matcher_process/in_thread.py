"""Finding in a thread of the same process: the plain way."""

import asyncio

from bot.matcher_process.async_finder import Answer, Arguments, Method, Opened, find
from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Finding


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
        return await asyncio.to_thread(method, self._opened, *arguments, **named)
