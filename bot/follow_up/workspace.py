"""What every part of the follow-up works with, and whether the assistant answers at all."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.errors import StorageError
from bot.records.groups import Act, Deed, StaffMember
from bot.storage.storage import FollowUpStore, Storage
from knowledge.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Workspace:
    """The database, the knowledge base of the moment, and the time in the city.

    With `needs_approval` an answer waits for a second staff member.
    """

    storage: Storage
    knowledge: Callable[[], KnowledgeBase]
    clock: Callable[[], datetime]
    timezone: tzinfo
    needs_approval: bool = False

    @property
    def store(self) -> FollowUpStore:
        """What is kept of the follow-up."""
        return self.storage.follow_up

    def today(self) -> date:
        """The day in the city."""
        return self.clock().astimezone(self.timezone).date()


_KNOWN_FOR = timedelta(seconds=2)


class Pause:
    """The switch with which staff stop the assistant from answering, and let it answer again.

    While it is paused, citizens get a fixed line instead of answers; what they ask is recorded all the same.
    It is kept in the database and holds for all instances, within two seconds. All raise StorageError.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept = workspace.store.pauses
        self._known: tuple[datetime, Deed | None] | None = None

    async def since(self) -> Deed | None:
        """Who paused the assistant, and when; None while it answers."""
        now = self._workspace.clock()
        if self._known is None or not self._known[0] <= now < self._known[0] + _KNOWN_FOR:
            self._known = (now, await self._kept.get())
        return self._known[1]

    async def look(self) -> None:
        """Brings `last_known` up to date, where the database can be asked."""
        with suppress(StorageError):
            await self.since()

    @property
    def last_known(self) -> Deed | None:
        """The same as it was known last, for while the database is away."""
        return self._known[1] if self._known else None

    async def begin(self, by: StaffMember) -> Deed:
        """Stops the assistant from answering; who had done so before stays named."""
        deed = Deed(by, self._workspace.clock())
        async with self._workspace.storage.unit():
            await self._kept.begin(deed)
            await self._workspace.store.audit.add(deed.at, by, Act.PAUSE, group=None, before={}, after={})
        self._known = None
        return await self._kept.get() or deed

    async def end(self, by: StaffMember) -> bool:
        """Lets it answer again; False when it was not paused."""
        async with self._workspace.storage.unit():
            ended = await self._kept.end()
            if ended:
                await self._workspace.store.audit.add(
                    self._workspace.clock(), by, Act.RESUME, group=None, before={}, after={}
                )
        self._known = None
        return ended
