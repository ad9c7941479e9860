"""A turn that is understood: what is shown for it, and what it changes, as values."""

from dataclasses import dataclass

from bot.dialogue.assistant import Reply
from bot.dialogue.messages import Button, Message, NoneOfThese, Response, TellMe, Turn, Vote, VoteOnReply, Withdraw
from bot.records.groups import Note
from knowledge.base import Entry, Language


@dataclass(frozen=True, slots=True)
class GoOn:
    """What is asked next is read with the question of this entry; choosing it settles the question `chosen_for`."""

    entry: Entry
    language: Language
    chosen_for: int = 0


@dataclass(frozen=True, slots=True)
class EndConversation:
    """What is asked next is read by itself."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """Staff get what a citizen added to the recorded `question` that they asked back about."""

    question: int
    text: str


@dataclass(frozen=True, slots=True)
class RecordMissing:
    """Staff get what a citizen missed in an entry's answer."""

    entry_id: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordMissingInReply:
    """Staff get what a citizen missed in their answer to a group."""

    group: int
    text: str


@dataclass(frozen=True, slots=True)
class AskedAnew:
    """What staff got as a note is taken back from them, and replied to as a question."""

    note: Note
    reply: Reply


@dataclass(frozen=True, slots=True)
class ListQuestions:
    """The citizen sees their own questions and how they stand, below `heading` where there is one."""

    heading: str = ""


@dataclass(frozen=True, slots=True)
class Forget:
    """What connects the citizen with what they asked is destroyed."""


Effect = (
    Reply
    | GoOn
    | EndConversation
    | PassOn
    | RecordMissing
    | RecordMissingInReply
    | AskedAnew
    | ListQuestions
    | Forget
    | NoneOfThese
    | TellMe
    | Withdraw
    | Vote
    | VoteOnReply
)


@dataclass(frozen=True, slots=True)
class Considered:
    """A turn that is understood: what is shown, and what it changes.

    `response` is None where it depends on what the `effect` comes to. `early` is what may be shown before the question
    is recorded, by whoever is sure that it will be.
    """

    turn: Turn
    response: Response | None = None
    effect: Effect | None = None
    early: Response | None = None

    @property
    def unwritten(self) -> Response | None:
        """What may be shown while nothing can be written; None where more than a memory or a count would be lost."""
        match self.effect:
            case None | EndConversation() | GoOn(chosen_for=0) | Reply(is_for_staff=False):
                return self.response
        return None

    @property
    def adds_nothing(self) -> bool:
        """Whether what is shown for it says no more than `early` did."""
        return isinstance(self.effect, Reply) and self.early is not None and self.effect.staff_reply is None


def say(turn: Turn, text: str, effect: Effect | None = None, *buttons: Button) -> Considered:
    """A turn for which only a text is shown, with buttons."""
    return Considered(turn, Response(turn.language, (Message(text, buttons),)), effect)
