"""What the commands need of the composition root, so that this room builds nothing itself, and how they use it."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.errors import AssistantError
from bot.records.errors import ActRefusedError, UnconfirmedTextError, UnsuitableTextError
from bot.records.groups import UNFINISHED, Group, StaffMember
from handlers.command_line.output import language_of_terminal, one_line, staff_words

if TYPE_CHECKING:  # each of these is heavy to import, and only some commands need it
    from collections.abc import Awaitable, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.diagnosis import Diagnosis
    from bot.dialogue.assistant import Assistant
    from bot.follow_up.service import FollowUp
    from bot.settings import Settings
    from bot.storage.storage import Storage
    from handlers.command_line.chat import Conversation
    from knowledge.base import KnowledgeBase
    from knowledge.finding import Finder

_Result = TypeVar("_Result")
_LEAD_SECONDS = 3.0
"""Whoever leads for longer is an assistant, which places what is asked by itself."""


@dataclass(slots=True)
class Overrides:
    """What was given on the command line, before or after the command; it counts before the environment."""

    knowledge: Path | None = None
    database: str | None = None


class StartError(Exception):
    """The assistant cannot start; the message says why and what to do."""


@contextmanager
def plain_errors() -> Iterator[None]:
    """Ends the program on an expected error, with lines on the standard error output and exit code 1."""
    from knowledge.errors import KnowledgeError, KnowledgeFaultsError, NotWrittenError

    try:
        yield
    except (KnowledgeFaultsError, NotWrittenError) as error:
        sys.stderr.write(f"{error.told(language_of_terminal())}\n")
        raise SystemExit(1) from None
    except (AssistantError, KnowledgeError, StartError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None


class CompositionRoot(Protocol):
    """Builds the parts of the program; each part raises the errors of its own room."""

    overrides: Overrides

    def settings(self) -> Settings:
        """The settings of the environment, with what the command line overrides."""
        ...

    def knowledge(self) -> KnowledgeBase:
        """The knowledge base of the settings."""
        ...

    def opened(self) -> tuple[KnowledgeBase, Finder]:
        """The knowledge base of the settings and a finder over it, prepared for the next time too."""
        ...

    def finder(self, knowledge: KnowledgeBase) -> Finder:
        """A finder over that knowledge base."""
        ...

    def storage(self, *, create: bool = True) -> AbstractAsyncContextManager[Storage]:
        """The database of the settings, migrated and open; a missing file is made, or refused without `create`."""
        ...

    def follow_up(self, storage: Storage) -> FollowUp:
        """What staff do with unanswered questions, over that storage; the knowledge is read when it is needed."""
        ...

    def assistant(self, storage: Storage | None = None) -> Assistant:
        """The assistant; it records questions when it is given a storage."""
        ...

    def conversation(self) -> AbstractAsyncContextManager[Conversation]:
        """A conversation with the assistant through the dialogue that citizens meet."""
        ...

    async def inspect_telegram(self) -> list[Diagnosis]:
        """What is found at Telegram with the token of the settings."""
        ...

    def serve(self) -> None:
        """Runs the assistant until it is told to stop. Raises StartError when it cannot start."""
        ...


def with_storage(
    root: CompositionRoot, work: Callable[[Storage], Awaitable[_Result]], *, create: bool = False
) -> _Result:
    """What the work on the open database returns. Raises StorageError, also when a file would have to be made."""

    async def run() -> _Result:
        async with root.storage(create=create) as storage:
            return await work(storage)

    return asyncio.run(run())


def with_follow_up(root: CompositionRoot, work: Callable[[FollowUp], Awaitable[_Result]]) -> _Result:
    """What the work returns; a refusal is raised as AssistantError in the terminal's language."""
    try:
        return with_storage(root, lambda storage: work(root.follow_up(storage)))
    except (ActRefusedError, UnconfirmedTextError, UnsuitableTextError) as error:
        from bot.wording.staff.staff_acts import explanation

        timezone = ZoneInfo(root.settings().timezone)
        said = explanation(error, language_of_terminal(), timezone)
        if isinstance(error, UnconfirmedTextError):
            texts = "; ".join(repr(one_line(text)) for text in error.texts)
            said = f"{said} {staff_words().needs_checked.format(texts=texts)}"
        raise AssistantError(said) from error


async def close_groups(root: CompositionRoot, follow_up: FollowUp, group: Group) -> list[Group]:
    """The groups of which staff may say that they ask the same as this one."""
    if group.state not in UNFINISHED or len(await follow_up.desk.groups(UNFINISHED, 2)) == 1:
        return []
    from bot.matcher_process.async_finder import InThread
    from bot.matcher_process.finder_placer import FinderPlacer

    numbers = await follow_up.placement.close_to(group.number, FinderPlacer(InThread(*root.opened())))
    return [await follow_up.desk.group(number) for number in numbers]


async def place_recorded(root: CompositionRoot, follow_up: FollowUp) -> None:
    """Puts questions that belong to no group yet into one, unless an assistant that runs does so itself."""
    storage = follow_up.workspace.storage
    if not await storage.follow_up.members.ungrouped(1):
        return
    leads = asyncio.Event()

    async def place() -> None:
        from bot.matcher_process.async_finder import InThread
        from bot.matcher_process.finder_placer import FinderPlacer

        leads.set()
        await follow_up.placement.place_open(FinderPlacer(InThread(*root.opened())))

    placing = asyncio.create_task(storage.lead("follow-up", place))
    waiting = asyncio.create_task(leads.wait())
    try:
        await asyncio.wait([placing, waiting], timeout=_LEAD_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if leads.is_set() or placing.done():
            await placing
    finally:
        for task in (placing, waiting):
            task.cancel()
        await asyncio.gather(placing, waiting, return_exceptions=True)


def staff_member() -> StaffMember:
    """Whoever is logged in: what the system knows, not what a variable says."""
    try:
        import pwd

        login = pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # not on Windows; no name for the user of a container
        login = str(os.getuid()) if hasattr(os, "getuid") else os.getlogin()
    return StaffMember(f"terminal:{login}", login)
