"""What a citizen does: one turn of a conversation, whatever the channel."""

import re
from dataclasses import dataclass

from bot.dialogue.messages import Action
from knowledge.base import Language

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class ChatAddress:
    """Where a citizen talks with the assistant: a channel such as `telegram`, and the chat's number in it."""

    channel: str
    number: int

    @property
    def conversation(self) -> str:
        """The name of the chat's conversation, and the beginning of the origin of each question asked there."""
        return f"{self.channel}:{self.number}"


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that a citizen replies to."""

    message: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """The citizen wrote something, without the name by which a group calls the assistant."""

    text: str
    replied_to: Quoted | None = None


@dataclass(frozen=True, slots=True)
class Commanded:
    """The citizen gave a command such as `topics`; one that is written, `/topics`, may be passed on as `Said`."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The citizen pressed a button.

    `action` is what the button asks for, in the language of the message it stands under; None where the button cannot
    be read. `buttons` are the actions of that message's buttons, as the channel vouches for them: whoever writes their
    own program can send any action. `asked` is the message that it replied to, and `by_asker` whether whoever sent
    that one has pressed.
    """

    action: Action | None
    language: Language
    buttons: tuple[Action, ...] = ()
    asked: int | None = None
    by_asker: bool = True


@dataclass(frozen=True, slots=True)
class OtherMedia:
    """The citizen sent what has no words: a picture, a voice message, a sticker ..."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The citizen changed what was written before into this text."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that a citizen did.

    `message` is the number, unique in the chat, of the message that was sent, or under which a button was pressed.
    `app_language` is the one that the citizen's program is set to. In a group `called` is the name that questions to
    the assistant begin with; in a private chat it is None.
    """

    chat: ChatAddress
    message: int
    content: Said | Commanded | Pressed | OtherMedia | Edited
    app_language: Language
    called: str | None = None
    album: str | None = None
    """Names the album that the message is a part of: several that were sent as one."""

    @property
    def language(self) -> Language:
        """The language for fixed sentences: Korean for Korean programs and for what is written in Hangul."""
        written = self.content.text if isinstance(self.content, Said | Edited) else ""
        return "ko" if HANGUL.search(written) else self.app_language

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads along."""
        return self.called is None

    @property
    def origin(self) -> str:
        """What the question of this turn is known by."""
        return f"{self.chat.conversation}:{self.message}"
