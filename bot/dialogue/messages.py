"""What the assistant shows, as every channel can: texts with a little markup, buttons, changes of older messages."""

from dataclasses import dataclass

from knowledge.base import Language
from knowledge.finding import Outcome


@dataclass(frozen=True, slots=True)
class ChooseSuggestion:
    """The citizen chooses a suggestion made for the recorded question `number` (0: it was not recorded)."""

    number: int
    entry_id: str


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """The citizen turns the suggestions for the recorded question `number` down."""

    number: int


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """The citizen wants to see an entry."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class ShowTopic:
    """The citizen wants to see the questions of a topic, from a page of it (counted from 0)."""

    topic_id: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """The citizen wants to see the list of topics."""


@dataclass(frozen=True, slots=True)
class AskSample:
    """The citizen asks one of the sample questions of `about.yaml`, counted from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class TellMe:
    """The citizen wants to be told the answer to the recorded question `number`."""

    number: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The citizen does not want to be told any more what the receipt is for."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Vote:
    """The citizen says whether the answer of an entry helped."""

    entry_id: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class VoteOnReply:
    """The citizen says whether staff's answer to the group helped."""

    group: int
    helpful: bool


@dataclass(frozen=True, slots=True)
class AskAnew:
    """What the citizen wrote was no answer to what staff asked back about the question `number`, but a new one."""

    number: int


Action = (
    ChooseSuggestion
    | NoneOfThese
    | ShowEntry
    | ShowTopic
    | ShowTopics
    | AskSample
    | TellMe
    | Withdraw
    | Vote
    | VoteOnReply
    | AskAnew
)


@dataclass(frozen=True, slots=True)
class Button:
    """A labelled button; `action` is what pressing it asks for."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Message:
    """A text in which `**bold**` is the only markup, and buttons below it, one a row.

    The buttons of the `verdict` are short and share the last row. A message with a `prompt` has the citizen reply to
    it: that stands in the empty field.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    verdict: tuple[Button, ...] = ()
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What is shown for one turn, all in one language, in the order of the fields.

    - `replacement` takes the place of the message under which a button was pressed
    - `kept_buttons` are the actions whose buttons that message keeps; None leaves them alone
    - `messages` are new ones, which reply to the message `reply_to`, or where that is None to the turn's own
    - `notice` is shown briefly to whoever pressed
    - `outcome` is what became of a question, where one was asked
    """

    language: Language
    messages: tuple[Message, ...] = ()
    replacement: Message | None = None
    kept_buttons: tuple[Action, ...] | None = None
    reply_to: int | None = None
    notice: str | None = None
    outcome: Outcome | None = None
