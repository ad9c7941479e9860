"""An `AsyncFinder` in a child process, started anew when it ends and whenever the knowledge files change."""

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

from bot.errors import ChildEndedError, DeadlyQuestionError, FinderAwayError, FindingError
from bot.event_loop import LastingTasks
from bot.logs import NEWS
from bot.matcher_process.async_finder import Answer, Arguments, Method, find_for_another_process
from bot.matcher_process.child import Pauses, Timing, fail
from bot.matcher_process.child_keeper import ChildKeeper, ChildPlace
from bot.matcher_process.fork_server import Programs
from bot.matcher_process.knowledge_folder import FolderWatch, Snapshot
from bot.matcher_process.knowledge_opener import Opening
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError, KnowledgeFaultsError
from knowledge.finding import Finding
from knowledge.wording import EditorLanguage, report_words

Told = ParamSpec("Told")
_MOST_DEATHS = 2
"""A request at which so many children died is not given to another one."""
_STOPPED = "no questions are looked up any more: the assistant is being stopped"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told, in their language, what becomes of changed files.

    `on_fault` is told once of each fault that keeps them from being served, and `on_served` when they are: a text, and
    whether faults were told before.
    """

    language: EditorLanguage = "en"
    on_fault: Callable[[str], None] = lambda _: None
    on_served: Callable[[str, bool], None] = lambda *_: None


class FolderFollower:
    """Has the keeper serve changed files, and tells the listener."""

    def __init__(self, keeper: ChildKeeper, watch: FolderWatch, listener: Listener, timing: Timing) -> None:
        self._keeper, self._watch, self._listener, self._timing = keeper, watch, listener, timing
        self._words = report_words(listener.language)
        self._faults: set[str] = set()
        self._error: KnowledgeError | FindingError | None = None

    def problem(self, language: EditorLanguage) -> str:
        """What keeps the changed files from being served; empty where nothing does."""
        if isinstance(self._error, KnowledgeFaultsError):
            return self._error.told(language)
        return str(self._error) if self._error else ""

    async def follow(self) -> None:
        """Serves what the folder becomes, until it is cancelled."""
        loading: asyncio.Task[None] | None = None
        try:
            async for seen in self._watch.changes(self._keeper.served):
                if loading:
                    loading.cancel()  # what it loads is out of date, if it has not ended long ago
                loading = asyncio.create_task(self._serve(seen))
        finally:
            if loading:
                loading.cancel()

    async def _serve(self, snapshot: Snapshot) -> None:
        """Serves the changed files, unless they are faulty."""
        pauses = Pauses(self._timing.pauses)
        while True:
            try:
                await self._keeper.serve_changed(snapshot)
            except KnowledgeError as error:
                if await self._watch.now() == snapshot:
                    self._tell_fault(error)
                    return
                # A fault of files that were written meanwhile, or removed. What they become ends this, unless they are
                # to be as they were.
                await asyncio.sleep(self._timing.look)
            except FindingError as error:  # that may pass, such as a lack of memory
                self._tell_fault(error)
                await asyncio.sleep(pauses.next())
            except Exception:
                logger.exception("The changed knowledge base could not be loaded; tried again")
                await asyncio.sleep(pauses.next())
            else:
                self._tell_served()
                return

    def _tell_fault(self, error: KnowledgeError | FindingError) -> None:
        self._error = error
        fault = self.problem(self._listener.language)
        if fault not in self._faults:
            self._faults.add(fault)
            logger.warning("%s\n%s", self._words.not_served, fault, extra=NEWS)
            self._tell(self._listener.on_fault, fault)

    def _tell_served(self) -> None:
        text = self._words.served.format(entries=len(self._keeper.knowledge.entries))
        logger.info("%s", text, extra=NEWS)
        had_faults = bool(self._faults)
        self._faults.clear()
        self._error = None
        self._tell(self._listener.on_served, text, had_faults)

    @staticmethod
    def _tell(listener: Callable[Told, None], *told: Told.args, **named: Told.kwargs) -> None:
        try:
            listener(*told, **named)
        except Exception:
            logger.exception("Nobody could be told what becomes of the changed knowledge base")


class MatcherProcess:
    """Loads a knowledge folder and finds in it in a process of its own, so that this one always has time.

    The listener is told what becomes of changed files; while they are faulty the ones before stay served.
    """

    def __init__(
        self,
        folder: Path,
        opening: Opening,
        listener: Listener | None = None,
        timing: Timing | None = None,
        programs: Programs | None = None,
    ) -> None:
        """`programs`, of the same opening and folder, may have begun already."""
        self._timing = timing or Timing()
        self._place = ChildPlace()
        watch = FolderWatch(folder, self._timing)
        programs = programs or Programs(opening, folder)
        self._keeper = ChildKeeper(self._place, watch, opening, programs, self._timing)
        self._follower = FolderFollower(self._keeper, watch, listener or Listener(), self._timing)
        self.tasks = LastingTasks()
        self._ready: asyncio.Future[None] | None = None
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns as soon as a child has begun to load, whatever the caller does next. Must be called once."""
        self._ready = asyncio.get_running_loop().create_future()
        self._running = asyncio.create_task(self._run(self._ready))
        await self._keeper.begun.wait()

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

    @property
    def is_away(self) -> bool:
        """Whether no child answers now, or the one there is hangs."""
        child = self._place.child
        return child is None or child.is_held_up

    def problem_of_files(self, language: EditorLanguage) -> str:
        """The faults for which files that were changed are not served; empty where what is served is what they say."""
        return self._follower.problem(language)

    @property
    def restarts(self) -> int:
        """How often the process was started anew because it had ended."""
        return self._keeper.restarts

    @property
    def memory_bytes(self) -> int | None:
        """The memory of the process that answers now, shared parts included; None where that is not known."""
        child = self._place.child
        with suppress(OSError, ValueError, IndexError):  # there is none, or the system has no /proc
            pages = Path(f"/proc/{child.pid if child else None}/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * os.sysconf("SC_PAGE_SIZE")
        return None

    async def find(self, question: str, previous: str | None = None) -> Finding:
        """What becomes of a question, without features, asked after `previous` in the same conversation.

        Raises FindingError.
        """
        return await self.ask(find_for_another_process, question, previous)

    async def ask(
        self, method: Method[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        """What a method answers in the child, where it is imported by its name.

        It waits while there is no child. When the child ends meanwhile, the next one is asked, unless a second one ends
        over the same request.

        Raises FindingError when the method raises, FinderAwayError when it takes too long (a child that hangs over it
        is ended long before), and DeadlyQuestionError when two children ended over it.
        """
        patience = self._timing.patience
        try:
            async with asyncio.timeout(patience):
                return await self._ask(method, *arguments, **named)
        except TimeoutError:
            raise FinderAwayError(f"a question could not be looked up within {patience:g} seconds") from None

    async def _ask(
        self, method: Method[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        deaths = 0
        while deaths < _MOST_DEATHS:
            if deaths:
                await asyncio.sleep(self._timing.behind)
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
            tasks.create_task(self.tasks.run("keeping of the matcher's process", self._keeper.replace_the_ended))
            tasks.create_task(self.tasks.run("following of the knowledge files", self._follower.follow))
