"""The child that answers: it is loaded, put into its place, and replaced where it ends or the files change."""

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import FindingError
from bot.matcher_process.child import Child, Pauses, Timing
from bot.matcher_process.fork_server import Programs
from bot.matcher_process.knowledge_folder import FolderWatch, KeptFiles, Snapshot
from bot.matcher_process.knowledge_opener import Opening
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError, KnowledgeFaultsError

_FIRST_TRIES = 3
"""So often is a child started at first, before it is said that none works here."""

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
