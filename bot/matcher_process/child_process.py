"""An `AsyncFinder` in a child process, started anew when it ends and whenever the knowledge files change."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.errors import ChildEndedError, DeadlyQuestionError, FindingError
from bot.matcher_process.async_finder import Answer, Arguments, Method, find
from bot.matcher_process.folder import FolderWatch
from bot.matcher_process.following import Follower
from bot.matcher_process.in_flight import fail
from bot.matcher_process.keeping import Keeper
from bot.matcher_process.opening import Opening
from bot.matcher_process.serving import ServingPlace
from bot.matcher_process.timing import Timing
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError
from knowledge.finding import Finding

_MOST_DEATHS = 2
"""A request at which so many children died is not given to another one."""
_STOPPED = "no questions are looked up any more: the assistant is being stopped"


class ChildProcess:
    """Loads a knowledge folder and finds in it in a process of its own, so that this one always has time.

    `on_fault` is told once of each fault that keeps changed files from being served; the ones before stay served.
    """

    def __init__(
        self,
        folder: Path,
        opening: Opening,
        on_fault: Callable[[str], None] = lambda _: None,
        timing: Timing | None = None,
    ) -> None:
        self._timing = timing or Timing()
        self._place = ServingPlace()
        watch = FolderWatch(folder, self._timing)
        self._keeper = Keeper(self._place, folder, watch, opening, self._timing)
        self._follower = Follower(self._keeper, watch, on_fault, self._timing)
        self._ready: asyncio.Future[None] | None = None
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to load, and returns at once. Must be called inside a running loop, once."""
        self._ready = asyncio.get_running_loop().create_future()
        self._running = asyncio.create_task(self._run(self._ready))

    async def ready(self) -> None:
        """Waits until questions can be answered.

        Raises KnowledgeError when the files are faulty, and FindingError when they cannot be loaded for another reason.
        """
        assert self._ready, "call start() first"  # noqa: S101  # a mistake of the caller, not of a user
        await asyncio.shield(self._ready)

    async def close(self) -> None:
        """Ends the child, with whatever it is doing; requests that are not answered yet fail with FindingError."""
        self._place.shut(_STOPPED)
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self._keeper.close()

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base that questions are answered from now, without its practice questions.

        Raises FindingError while none is loaded yet. It outlives the child that it came from.
        """
        return self._keeper.knowledge

    async def find(self, question: str, previous: str | None = None) -> Finding:
        """What becomes of a question, asked after `previous` in the same conversation. Raises FindingError."""
        return await self.ask(find, question, previous)

    async def ask(
        self, method: Method[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        """What a method answers in the child, where it is imported by its name.

        It waits while there is no child. When the child ends meanwhile, the next one is asked, unless a second one ends
        over the same request.

        Raises FindingError when the method raises and when it takes too long, and DeadlyQuestionError when two children
        ended over it.
        """
        patience = self._timing.patience
        try:
            async with asyncio.timeout(patience):
                return await self._ask(method, *arguments, **named)
        except TimeoutError:
            raise FindingError(f"a question could not be looked up within {patience:g} seconds") from None

    async def _ask(
        self, method: Method[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        deaths = 0
        while deaths < _MOST_DEATHS:
            child = await self._place.taken()
            try:
                answer: Answer = await child.ask(method, *arguments, **named)
            except ChildEndedError as error:
                self._place.lose(child)
                deaths += error.working_on_it
            else:
                return answer
        raise DeadlyQuestionError(deaths)

    async def _run(self, ready: "asyncio.Future[None]") -> None:
        try:
            await self._keeper.load_at_start()
        except (KnowledgeError, FindingError) as error:
            fail(ready, error)
            self._place.shut(f"the knowledge base is not loaded: {error}")
            return
        except asyncio.CancelledError:
            fail(ready, FindingError(_STOPPED))
            raise
        ready.set_result(None)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keeper.replace_the_ended())
            tasks.create_task(self._follower.follow())
