"""Messages of a chat that this program keeps itself, because the channel does not: what was shown, with its buttons."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.base import Language

MESSAGES_KEPT = timedelta(days=30)
"""For so long a citizen can read what was said; or for as long as anything is kept, where that is shorter."""


@dataclass(frozen=True, slots=True)
class KeptButton:
    """A button under a kept message; `code` stands for what pressing it asks for. `is_short`: it shares its row."""

    label: str
    code: str
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class MessageContent:
    """What is shown: a text in which `**bold**` is the only markup, none where `is_literal`, and buttons.

    `is_own`: the citizen wrote it. A message with a `prompt` asks the citizen to reply to it.
    """

    text: str
    language: Language
    buttons: tuple[KeptButton, ...] = ()
    prompt: str = ""
    is_own: bool = False
    is_literal: bool = False


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message in its chat. `reply_to` is the number of the message that it replied to.

    `revision` is that of the chat when the message was last changed: whoever has seen an older one has not seen this.
    """

    number: int
    content: MessageContent
    reply_to: int | None
    revision: int
    at: datetime
