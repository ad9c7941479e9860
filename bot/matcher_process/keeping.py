"""Keeps a child serving: loads the knowledge at the start, after the child has ended, and when it is told to."""

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import FindingError
from bot.matcher_process.child import Child
from bot.matcher_process.folder import FolderWatch, KeptFiles, Snapshot
from bot.matcher_process.opening import Opening
from bot.matcher_process.serving import ServingPlace
from bot.matcher_process.timing import Pauses, Timing
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError, KnowledgeFaultsError

_FIRST_TRIES = 3
"""So often is a child started at first, before it is said that none works here."""

logger = logging.getLogger(__name__)


class Keeper:
    """Puts children into the place that others ask at."""

    def __init__(self, place: ServingPlace, folder: Path, watch: FolderWatch, opening: Opening, timing: Timing) -> None:
        self.served: Snapshot = {}
        """The files that are served, as they were when they were loaded."""
        self._place, self._folder, self._watch, self._opening, self._timing = place, folder, watch, opening, timing
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
        self._serve(await self._load(self._folder), snapshot)

    async def replace_the_ended(self) -> None:
        """Starts a child with what was served whenever the one that answers has ended, until it is cancelled."""
        pauses = Pauses(self._timing.pauses)
        while True:
            how = await (await self._place.left()).ended()
            pause = pauses.next()
            logger.warning("The process that looks questions up has ended (%s); started anew in %g s", how, pause)
            await asyncio.sleep(pause)
            try:
                child = await self._load_served()
            except (KnowledgeError, FindingError, OSError) as error:
                logger.warning("It could not be started anew: %s", error)
                continue
            if self._place.child:  # changed files were loaded meanwhile
                child.kill()
            else:
                self._put(child)

    async def close(self) -> None:
        """Ends every child; nothing is loaded any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(child.close() for child in self._children))

    async def _load_served(self) -> Child:
        """A child with what was served last, even if the folder is broken by now."""
        if self._kept is None or await self._watch.now() == self.served:
            return await self._load(self._folder)
        with TemporaryDirectory() as place:
            await asyncio.to_thread(self._kept.write_to, Path(place))
            return await self._load(Path(place))

    async def _load(self, folder: Path) -> Child:
        child = await Child.start(self._opening, folder, self._timing)
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
