"""A citizen's side of a conversation, as the terminal needs it: text in, messages and buttons out."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button under a message; `key` says which one was pressed."""

    label: str
    key: str


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as the citizen sees it: text without markup, with its buttons."""

    text: str
    buttons: tuple[ShownButton, ...] = ()
    edited: bool = False
    """Whether it takes the place of a message that was shown before."""


class Conversation(Protocol):
    """One private chat with the assistant."""

    async def say(self, text: str) -> list[ShownMessage]:
        """Sends a text; what the assistant shows in reply, in order."""
        ...

    async def press(self, button: ShownButton) -> list[ShownMessage]:
        """Presses a button; what the assistant shows in reply, in order (a notice counts as a message)."""
        ...
