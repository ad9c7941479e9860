"""Follows the changes of the knowledge folder: what is faulty is told and not served."""

import asyncio
import logging
from collections.abc import Callable

from bot.errors import FindingError
from bot.matcher_process.folder import FolderWatch, Snapshot
from bot.matcher_process.keeping import Keeper
from bot.matcher_process.timing import Pauses, Timing
from knowledge.errors import KnowledgeError

logger = logging.getLogger(__name__)


class Follower:
    """Has the keeper serve changed files; `on_fault` is told once of each fault until other files are served."""

    def __init__(self, keeper: Keeper, watch: FolderWatch, on_fault: Callable[[str], None], timing: Timing) -> None:
        self._keeper, self._watch, self._on_fault, self._timing = keeper, watch, on_fault, timing
        self._faults: set[str] = set()

    async def follow(self) -> None:
        """Serves what the folder becomes, until it is cancelled."""
        seen = self._keeper.served
        loading: asyncio.Task[None] | None = None
        try:
            while True:
                seen = await self._watch.changed(seen)
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
                self._tell(str(error))
                return
            except FindingError as error:  # that may pass, such as a lack of memory
                self._tell(str(error))
                await asyncio.sleep(pauses.next())
            else:
                logger.info("The changed knowledge base is served now")
                self._faults.clear()
                return

    def _tell(self, fault: str) -> None:
        if fault in self._faults:
            return
        self._faults.add(fault)
        logger.warning("The changed knowledge base cannot be served, the one before is still served:\n%s", fault)
        try:
            self._on_fault(fault)
        except Exception:
            logger.exception("Nobody could be told that the changed knowledge base cannot be served")
