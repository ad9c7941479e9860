"""Asks whether Telegram can be reached again, for a process whose calls others could make meanwhile."""

import asyncio
from collections.abc import Callable

from handlers.telegram.outbox.gateway import Gateway

_NO_CHAT = 0
_SECONDS = 5.0


class Reachability:
    """While the circuit breaker is open, no call is risked before a question that concerns nobody was answered.

    `changed` is called when that is so. `is_needed` says whether others could make the calls.
    """

    def __init__(self, gateway: Gateway, changed: Callable[[], None], *, is_needed: bool) -> None:
        self._gateway = gateway
        self._changed = changed
        self._is_needed = is_needed
        self._is_proven = False
        self._asking: asyncio.Task[None] | None = None

    @property
    def may_try(self) -> bool:
        """Whether a call may be tried although the circuit breaker is open, as far as this says."""
        return self._is_proven or not self._is_needed

    def began(self) -> None:
        """A call is tried: after it the question is asked anew."""
        self._is_proven = False

    def look(self) -> None:
        """Begins to ask, where it is time for that."""
        circuit, now = self._gateway.circuit, self._gateway.time()
        if circuit.is_open and not self.may_try and not circuit.wait(now) and not self._asking:
            circuit.began(_NO_CHAT, now)
            self._asking = asyncio.create_task(self._ask())

    def cancel(self) -> None:
        """Asks no more."""
        if self._asking:
            self._asking.cancel()

    async def _ask(self) -> None:
        circuit = self._gateway.circuit
        try:
            self._is_proven = await self._gateway.is_reachable(_SECONDS)
        finally:
            self._asking = None
            if self._is_proven:
                circuit.may_be_tried(self._gateway.time())
            else:
                circuit.failed(_NO_CHAT, self._gateway.time())
            self._changed()
