"""Asks whether Telegram can be reached again, before a call is risked."""

import asyncio
from collections.abc import Callable

from handlers.telegram.outbox.gateway import Gateway

_NO_CHAT = 0
_SECONDS = 3.0


class Reachability:
    """While the circuit breaker is open, no call is risked before a question that concerns nobody was answered.

    A call that is risked and gets no answer is doubtful. The question is asked after any failure, too: where nobody
    else has a call, nothing else tells that it is not that of one chat. `changed` is called when it is answered or not.
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
        if not self._asking and (circuit.is_suspected if not circuit.is_open else self._is_due(now)):
            circuit.is_suspected = False
            circuit.began(_NO_CHAT, now)
            self._asking = asyncio.create_task(self._ask())

    def cancel(self) -> None:
        """Asks no more."""
        if self._asking:
            self._asking.cancel()

    def _is_due(self, now: float) -> bool:
        return not self.is_proven and not self._gateway.circuit.wait(now)

    async def _ask(self) -> None:
        circuit, is_reachable = self._gateway.circuit, False
        try:
            is_reachable = await self._gateway.is_reachable(_SECONDS)
        finally:
            self._asking = None
            if is_reachable:
                self.prove()
            else:
                circuit.failed(_NO_CHAT, self._gateway.time())
                circuit.open(self._gateway.time())
                self._changed()
