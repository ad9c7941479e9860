"""How the Bot API says no."""

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


def too_many_requests(retry_after: int) -> Refusal:
    """The refusal of a call that comes too soon."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)
