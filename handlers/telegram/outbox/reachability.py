"""Asks whether Telegram can be reached again, before a call is risked."""

import asyncio
from collections.abc import Callable

from handlers.telegram.outbox.gateway import Gateway

_NO_CHAT = 0
_SECONDS = 3.0


class Reachability:
    """While the circuit breaker is open, no call is risked before a question that concerns nobody was answered.

    A call that is risked and gets no answer is doubtful. `changed` is called when a call may be tried.
    """

    def __init__(self, gateway: Gateway, changed: Callable[[], None]) -> None:
        self._gateway = gateway
        self._changed = changed
        self.is_proven = False
        """Whether Telegram has answered, so that a call may be tried although the circuit breaker is open."""
        self._asking: asyncio.Task[None] | None = None

    def began(self) -> None:
        """A call is tried: after it the question is asked anew."""
        self.is_proven = False

    def prove(self) -> None:
        """Telegram has answered somebody."""
        if self._gateway.circuit.is_open:
            self.is_proven = True
            self._gateway.circuit.may_be_tried(self._gateway.time())
            self._changed()

    def look(self) -> None:
        """Begins to ask, where it is time for that."""
        circuit, now = self._gateway.circuit, self._gateway.time()
        if circuit.is_open and not self.is_proven and not circuit.wait(now) and not self._asking:
            circuit.began(_NO_CHAT, now)
            self._asking = asyncio.create_task(self._ask())

    def cancel(self) -> None:
        """Asks no more."""
        if self._asking:
            self._asking.cancel()

    async def _ask(self) -> None:
        is_reachable = False
        try:
            is_reachable = await self._gateway.is_reachable(_SECONDS)
        finally:
            self._asking = None
            if is_reachable:
                self.prove()
            else:
                self._gateway.circuit.failed(_NO_CHAT, self._gateway.time())
                self._changed()
