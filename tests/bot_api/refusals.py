"""How the Bot API says no, in Telegram's words: bots can tell refusals apart by these alone."""

import math
from typing import Any


class Refusal(Exception):  # noqa: N818 - it is an answer, not a defect
    """A call that the Bot API answers with an error."""

    def __init__(
        self, code: int, description: str, retry_after: int | None = None, migrated_to: int | None = None
    ) -> None:
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrated_to = migrated_to
        super().__init__(description)

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.migrated_to is not None:
            return body | {"parameters": {"migrate_to_chat_id": self.migrated_to}}
        return body if self.retry_after is None else body | {"parameters": {"retry_after": self.retry_after}}


def bad_request(reason: str) -> Refusal:
    """The refusal of a call that is wrong in itself."""
    return Refusal(400, f"Bad Request: {reason}")


def migrated(supergroup: int) -> Refusal:
    """The refusal of a call to a group that became that supergroup."""
    return Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrated_to=supergroup)


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
    retry_after = max(1, math.ceil(seconds))
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)
