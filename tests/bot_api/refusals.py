"""How the Bot API says no, in Telegram's words: bots can tell refusals apart by these alone."""

import math
from typing import Any

from tests.local_telegram.refusals import Refusal, bad_request, too_many_requests

__all__ = ["MigratedError", "Refusal", "bad_request", "conflict", "forbidden", "not_found", "too_many"]


class MigratedError(Refusal):
    """A call to a group that became a supergroup."""

    def __init__(self, new: int) -> None:
        super().__init__(400, "Bad Request: group chat was upgraded to a supergroup chat")
        self.new = new

    def body(self) -> dict[str, Any]:
        """The answer's JSON; it names the supergroup."""
        return super().body() | {"parameters": {"migrate_to_chat_id": self.new}}


def forbidden(reason: str) -> Refusal:
    """The refusal of a call to somebody who does not want it."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """The refusal of a poll beside another way to get updates."""
    return Refusal(409, f"Conflict: {reason}")


def not_found() -> Refusal:
    """The refusal of an unknown method or token."""
    return Refusal(404, "Not Found")


def too_many(seconds: float) -> Refusal:
    """The refusal of a call that comes `seconds` too soon; Telegram names whole seconds."""
    return too_many_requests(max(1, math.ceil(seconds)))
