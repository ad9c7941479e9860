"""A unit of work: what is done to the database for one update, all of it or nothing."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, AsyncExitStack

from bot.errors import AssistantError, StorageError
from bot.storage.backend import Result, Transaction, Work


class Unit:
    """One transaction of many pieces of work, which may come from several tasks: one after the other is done.

    Its methods run in tasks that nobody cancels. Once a piece of work failed, everything is undone at once, and each
    further one fails too.
    """

    def __init__(
        self,
        transaction: Callable[[], Transaction],
        turn_to_write: Callable[[], AbstractAsyncContextManager[None]],
        explained: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self.is_over = False
        self._new_transaction = transaction
        self._turn_to_write = turn_to_write
        self._explained = explained
        self._transaction: Transaction | None = None
        self._one_at_a_time = asyncio.Lock()
        self._turn = AsyncExitStack()
        self._failure: str | None = None

    @property
    def is_writing(self) -> bool:
        """Whether the transaction has begun, or failed, and is not over."""
        return not self.is_over and (self._transaction is not None or self._failure is not None)

    async def run(self, work: Work[Result]) -> Result:
        """What the work returns; raises StorageError."""
        async with self._one_at_a_time:
            self._require_sound()
            try:
                with self._explained():
                    return await (await self._begun()).run(work)
            except BaseException as error:
                if isinstance(error, StorageError) or not isinstance(error, AssistantError):
                    await self._fail(error)
                raise

    async def finish(self) -> None:
        """Commits; raises StorageError when that fails, or something in the unit did."""
        async with self._one_at_a_time:
            self._require_sound()
            try:
                if self._transaction is not None:
                    with self._explained():
                        await self._transaction.commit()
            except BaseException as error:
                await self._fail(error)
                raise
            finally:
                await self._end()

    async def undo(self) -> None:
        """Leaves nothing of what was done, unless it is over."""
        async with self._one_at_a_time:
            if not self.is_over:
                await self._fail(None)
                await self._end()

    async def _begun(self) -> Transaction:
        if self._transaction is None:
            await self._turn.enter_async_context(self._turn_to_write())
            self._transaction = self._new_transaction()
        return self._transaction

    async def _fail(self, error: BaseException | None) -> None:
        self._failure = str(error)
        transaction, self._transaction = self._transaction, None
        try:
            if transaction is not None:
                await transaction.rollback()
        finally:
            await self._turn.aclose()

    async def _end(self) -> None:
        self.is_over = True
        await self._turn.aclose()

    def _require_sound(self) -> None:
        if self.is_over:
            raise StorageError("the unit of work ended before all of its work was done; try again")
        if self._failure is not None:
            raise StorageError(self._failure)
