"""One update's turn: what its handlers want done, collected until it can be kept as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.delivery import OutgoingCall

_current: ContextVar["Turn"] = ContextVar("turn")


@dataclass(slots=True)
class Turn:
    """What the handlers of one update have asked for.

    `calls` are kept in the outbox together with the update's other effects. `acknowledgements` answer presses, by the
    query's id: they are worth something only at once, so nobody keeps them.
    """

    calls: list[OutgoingCall] = field(default_factory=list)
    acknowledgements: dict[str, str | None] = field(default_factory=dict)
    failure: Exception | None = None


def current_turn() -> Turn:
    """The turn of the update that is being handled here."""
    return _current.get()


@contextmanager
def taking_turn() -> Iterator[Turn]:
    """A new turn, which is the current one inside the block."""
    turn = Turn()
    token = _current.set(turn)
    try:
        yield turn
    finally:
        _current.reset(token)
