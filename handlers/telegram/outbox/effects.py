"""What handling an update asks of Telegram."""

from dataclasses import dataclass, field

from bot.delivery import OutgoingCall
from knowledge.finding import Outcome


@dataclass(frozen=True, slots=True)
class Effects:
    """What is to be done at Telegram for one update.

    `calls` are kept in the outbox together with the update's other effects. `acknowledgements` answer presses, by the
    query's id, with a notice or None: they are worth something only at once, so nobody keeps them. `outcome` is what
    became of a question, where a citizen asked one.
    """

    calls: list[OutgoingCall] = field(default_factory=list)
    acknowledgements: dict[str, str | None] = field(default_factory=dict)
    outcome: Outcome | None = None
