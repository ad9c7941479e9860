"""What the bot did, in order, and what Telegram said to it."""

from dataclasses import dataclass

from tests.bot_api.arguments import Json


@dataclass(slots=True)
class Call:
    """A call of the bot; times are seconds since 1970 on this machine's clock.

    `at` is when it took effect or was refused. `error` is 0 for a success; `lost` when the bot never got the answer.
    """

    method: str
    chat: int
    begun: float
    at: float = 0.0
    text: str = ""
    reply_to: int = 0
    thread: int = 0
    message: int = 0
    error: int = 0
    description: str = ""
    retry_after: int = 0
    lost: bool = False
    entities: list[Json] | None = None
    buttons: list[list[Json]] | None = None

    @property
    def sends(self) -> bool:
        """Whether a new message stands in the chat because of it."""
        return not self.error and self.message != 0 and self.method.startswith(("send", "copy", "forward"))
