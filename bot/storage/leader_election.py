"""One process at a time: leading some work, and owning a database."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.systems.backend import ExclusiveLock

_PAUSE = 1.0
"""Seconds between two looks at who leads."""
_PATIENCE = 2.0
"""Seconds for a look: a server that does not answer is taken to have given the lead to somebody else."""

logger = logging.getLogger(__name__)


async def lead(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Runs `work` while no other process does so under that name, until it returns by itself; raises what it raises.

    It is cancelled when the lead is lost, and run anew once it is regained.
    """
    lock = database.backend.lock(name)
    try:
        while True:
            await _until_leading(database, lock, name)
            logger.info("This process leads now: %s", name)
            if await _ends_while_leading(database, lock, work):
                return
            logger.warning("This process does not lead any more: %s", name)
            await lock.release()
    finally:
        await lock.release()


@asynccontextmanager
async def owning(database: Database) -> AsyncIterator[None]:
    """Waits until no other process owns the database, and owns it for the time of the context; raises StorageError.

    A database that several assistants may share is nobody's.
    """
    if database.backend.shared:
        yield
        return
    lock = database.backend.lock("owner")
    with database.explained():
        told = False
        while not await lock.take():
            if not told:
                place = database.backend.place
                logger.warning("Another assistant is running on %s; this one begins when that one has ended", place)
            told = True
            await asyncio.sleep(_PAUSE / 5)
    try:
        yield
    finally:
        await lock.release()


async def _until_leading(database: Database, lock: ExclusiveLock, name: str) -> None:
    told = False
    while True:
        try:
            if await _in_time(database, lock.take()):
                return
        except StorageError as error:
            if not told:
                logger.warning("It is not known who leads %s, which is tried again each second: %s", name, error)
            told = True
        await asyncio.sleep(_PAUSE)


async def _ends_while_leading(database: Database, lock: ExclusiveLock, work: Callable[[], Awaitable[None]]) -> bool:
    """Whether the work ended by itself; False when the lead was lost, and the work cancelled."""
    working = asyncio.ensure_future(work())
    try:
        while not working.done():
            await asyncio.wait({working}, timeout=_PAUSE)
            if not working.done() and not await _still_leads(database, lock):
                return False
        await working
    finally:
        working.cancel()
        await asyncio.wait({working})
        if not working.cancelled() and (error := working.exception()):
            logger.debug("The work of the leader ended with: %r", error)
    return True


async def _still_leads(database: Database, lock: ExclusiveLock) -> bool:
    try:
        return await _in_time(database, lock.is_held())
    except StorageError:
        return False


async def _in_time(database: Database, look: Awaitable[bool]) -> bool:
    """What the look says; raises StorageError when it fails or takes too long."""
    with database.explained():
        async with asyncio.timeout(_PATIENCE):
            return await look
