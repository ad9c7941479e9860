"""An `AsyncFinder` in a child process, started anew when it ends and whenever the knowledge files change."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec

from bot.errors import ChildEndedError, DeadlyQuestionError, FinderAwayError, FindingError
from bot.event_loop import LastingTasks
from bot.logs import NEWS
from bot.matcher_process.async_finder import Answer, Arguments, Method, find_for_another_process
from bot.matcher_process.child import Child, fail
from bot.matcher_process.knowledge_folder import FolderWatch, KeptFiles, Snapshot
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.program import Programs
from bot.matcher_process.timing import Pauses, Timing
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError, KnowledgeFaultsError
from knowledge.finding import Finding
from knowledge.wording import EditorLanguage, report_words

Told = ParamSpec("Told")
_FIRST_TRIES = 3
"""So often is a child started at first, before it is said that none works here."""
_MOST_DEATHS = 2
"""A request at which so many children died is not given to another one."""
_STOPPED = "no questions are looked up any more: the assistant is being stopped"

logger = logging.getLogger(__name__)


class ChildPlace:
    """The place of the child that answers now; between two of them, those who ask wait."""

    def __init__(self) -> None:
        self.child: Child | None = None
        self._lost: Child | None = None
        self._shut: str | None = None
        self._taken, self._left = asyncio.Event(), asyncio.Event()

    def put(self, child: Child) -> Child | None:
        """From now on this child answers; the one that did until now, if any, is given back."""
        before, self.child, self._lost = self.child, child, None
        self._taken.set()
        self._left.clear()
        return before

    def lose(self, child: Child) -> None:
        """That child has ended; nothing changes when another one answers already."""
        if self.child is child:
            self.child, self._lost = None, child
            self._taken.clear()
            self._left.set()

    def shut(self, reason: str) -> None:
        """Nobody will answer any more, and that is why."""
        self.child, self._shut = None, reason
        self._taken.set()

    async def taken(self) -> Child:
        """The child that answers, as soon as there is one. Raises FindingError when there will be none."""
        while self.child is None:
            if self._shut:
                raise FindingError(self._shut)
            await self._taken.wait()
        return self.child

    async def left(self) -> Child:
        """Waits until the child that answered has ended and no other has come; the one that ended."""
        await self._left.wait()
        assert self._lost  # noqa: S101  # it is what set the event
        return self._lost


class ChildKeeper:
    """Puts children into the place that others ask at."""

    def __init__(
        self, place: ChildPlace, watch: FolderWatch, opening: Opening, programs: Programs, timing: Timing
    ) -> None:
        self.restarts = 0
        """How often a child was started in place of one that ended."""
        self.served: Snapshot = {}
        """The files that are served, as they were when they were loaded."""
        self._place, self._folder, self._watch = place, watch.folder, watch
        self._opening, self._timing = opening, timing
        self.begun = asyncio.Event()
        """Whether a child has begun to load, or could not be started."""
        self._programs = programs
        self._knowledge: KnowledgeBase | None = None
        self._kept: KeptFiles | None = None
        self._children: set[Child] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def knowledge(self) -> KnowledgeBase:
        """What is served, or was until the child ended. Raises FindingError before anything was."""
        if self._knowledge is None:
            raise FindingError("the knowledge base is still being loaded")
        return self._knowledge

    async def load_at_start(self) -> None:
        """Loads the folder. Raises KnowledgeError when it is faulty, FindingError when no child lives long enough."""
        pauses = Pauses(self._timing.pauses)
        for tries_left in reversed(range(_FIRST_TRIES)):
            snapshot = await self._watch.now()
            try:
                self._serve(await self._load(self._folder), snapshot)
            except FindingError as error:
                if not tries_left:
                    raise
                logger.warning("The knowledge base could not be loaded; tried again: %s", error)
                await asyncio.sleep(pauses.next())
            else:
                return

    async def serve_changed(self, snapshot: Snapshot) -> None:
        """Serves the folder, which is now as in the snapshot; what is served changes at once, or not at all.

        It is not even loaded when every file says what it said before.

        Raises:
            KnowledgeError: when it is faulty, or files of it were cut off.
            FindingError: when the child failed otherwise, which may pass.
        """
        if self._kept is not None:
            if await asyncio.to_thread(self._kept.are_in, self._folder):
                self.served = snapshot
                return
            faults = await asyncio.to_thread(self._kept.cut_off_in, self._folder)
            if faults:
                raise KnowledgeFaultsError(faults)
        child, before = await self._load(self._folder), self._knowledge
        self._serve(child, snapshot)
        if before and before.vocabulary != child.knowledge.vocabulary:
            self._begin(self._renew(snapshot))

    async def replace_the_ended(self) -> None:
        """Starts a child with what was served whenever the one that answers has ended, until it is cancelled."""
        pauses = Pauses(self._timing.pauses)
        while True:
            how = await (await self._place.left()).ended()
            pause = pauses.next()
            logger.warning("The process that looks questions up has ended (%s); started anew in %g s", how, pause)
            await asyncio.sleep(pause)
            try:
                self.restarts += 1
                child = await self._load_served()
            except (KnowledgeError, FindingError, OSError) as error:
                logger.warning("It could not be started anew: %s", error)
                continue
            if self._place.child:  # changed files were loaded meanwhile
                child.kill()
            else:
                self._put(child)

    async def _renew(self, snapshot: Snapshot) -> None:
        """Has the words that are declared now loaded where all children share them, and not in each once more."""
        try:
            self._programs.renew()
            child = await self._load_served()
        except (KnowledgeError, FindingError, OSError) as error:
            logger.warning("It could not be started anew: %s", error)
            return
        if self.served is snapshot:
            self._put(child)
        else:
            child.kill()

    async def close(self) -> None:
        """Ends every child; nothing is loaded any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(child.close() for child in self._children))
        await asyncio.to_thread(self._programs.close)

    async def _load_served(self) -> Child:
        """A child with what was served last, even if the folder is broken by now."""
        if self._kept is None or await self._watch.now() == self.served:
            return await self._load(self._folder)
        with TemporaryDirectory() as place:
            await asyncio.to_thread(self._kept.write_to, Path(place))
            return await self._load(Path(place))

    async def _load(self, folder: Path) -> Child:
        try:
            self._programs.begin()
        finally:
            self.begun.set()
        child = await Child.start(self._programs, self._opening, folder, self._timing)
        self._children.add(child)
        self._begin(self._forget_ended(child))
        try:
            await child.loaded()
        except BaseException:
            child.kill()
            raise
        return child

    def _serve(self, child: Child, snapshot: Snapshot) -> None:
        self._put(child)
        self.served, self._kept = snapshot, None
        self._begin(self._keep_files(snapshot))

    def _put(self, child: Child) -> None:
        """From now on the child answers; the one before answers what it was asked, and then it is closed."""
        self._knowledge = child.knowledge
        before = self._place.put(child)
        if before:
            self._begin(before.finish())

    async def _keep_files(self, snapshot: Snapshot) -> None:
        kept = await asyncio.to_thread(KeptFiles.of, self._folder, snapshot)
        if snapshot is self.served:
            self._kept = kept

    async def _forget_ended(self, child: Child) -> None:
        await child.ended()
        self._children.discard(child)
        self._place.lose(child)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


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
