"""What passes between citizens and the assistant, as every channel can: what they do, and what is shown.

A turn is one thing that a citizen does. What is shown is texts with a little markup, buttons, and changes of older
messages. A button carries its action through the channel as a short code.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.base import Language
from knowledge.finding import Outcome

UNNUMBERED = 0
"""The number of a question that is not recorded, or was not when its buttons were shown."""


@dataclass(frozen=True, slots=True)
class ChooseSuggestion:
    """The citizen chooses a suggestion made for the recorded question `number`, which may be UNNUMBERED."""

    number: int
    entry_id: str


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """The citizen turns the suggestions for the recorded question `number` down, which may be UNNUMBERED."""

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
    """The citizen wants to be told the answer to the recorded question `number`, which may be UNNUMBERED."""

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


# What a button carries: the action, and the language of its message. What begins with `s` is left to others: on
# Telegram it belongs to the staff group. Whoever writes their own program can send anything, so only what this could
# have written is read.
#
#   ck7ps:cluster-budget    choose `cluster-budget` for question 10000, in Korean
#   ne7ps                   none of the suggestions for question 10000, in English
#   ekcluster-budget        show an entry
#   tkinvestment:2          show page 2 of a topic
#   lk                      show the list of topics
#   gk2                     ask the third sample question
#   ak7ps                   tell the answer to question 10000
#   wkA7K-3M4               do not tell it any more
#   ykcluster-budget        the answer of an entry helped
#   xkcluster-budget        it did not help
#   hk7ps                   staff's answer to group 10000 helped
#   jk7ps                   it did not help
#   qk7ps                   what was taken for an answer to staff about question 10000 was a new question
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LARGEST_NUMBER = 2**63 - 1
"""Databases count no further."""

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_SHAPE = re.compile(
    rf"(?:c(?P<chosen_in>[ke])(?P<chosen_for>[0-9a-z]{{1,13}}):(?P<chosen>{_SLUG})"
    rf"|n(?P<none_in>[ke])(?P<none_for>[0-9a-z]{{1,13}})"
    rf"|e(?P<entry_in>[ke])(?P<entry>{_SLUG})"
    rf"|t(?P<topic_in>[ke])(?P<topic>{_SLUG}):(?P<page>[0-9]{{1,4}})"
    r"|g(?P<sampled_in>[ke])(?P<sample>[0-9a-z]{1,2})"
    rf"|a(?P<told_in>[ke])(?P<told_of>[0-9a-z]{{1,13}})"
    rf"|w(?P<withdrawn_in>[ke])(?P<receipt>[A-Z0-9]{{3}}-[A-Z0-9]{{3}})"
    rf"|(?P<on_reply>[hj])(?P<on_reply_in>[ke])(?P<replied_to>[0-9a-z]{{1,13}})"
    rf"|q(?P<anew_in>[ke])(?P<anew>[0-9a-z]{{1,13}})"
    rf"|(?P<verdict>[yx])(?P<judged_in>[ke])(?P<judged>{_SLUG})"
    r"|l(?P<topics_in>[ke]))",
    re.ASCII,
)
_NUMBERS = ("chosen_for", "none_for", "told_of", "replied_to", "anew")
_ON_A_QUESTION: dict[type[Action], str] = {NoneOfThese: "n", TellMe: "a", AskAnew: "q"}
_LANGUAGES: dict[str, Language] = {"k": "ko", "e": "en"}


def encode_action(action: Action, language: Language) -> str:
    """The data of a button; at most 64 bytes as long as ids have at most 48 characters."""
    match action:
        case ChooseSuggestion(number, entry_id):
            kind, rest = "c", f"{base36(number)}:{entry_id}"
        case NoneOfThese(number) | TellMe(number) | AskAnew(number):
            kind, rest = _ON_A_QUESTION[type(action)], base36(number)
        case ShowEntry(entry_id):
            kind, rest = "e", entry_id
        case ShowTopic(topic_id, page):
            kind, rest = "t", f"{topic_id}:{page}"
        case ShowTopics():
            kind, rest = "l", ""
        case AskSample(number):
            kind, rest = "g", base36(number)
        case Withdraw(receipt):
            kind, rest = "w", receipt
        case Vote(entry_id, helpful):
            kind, rest = "y" if helpful else "x", entry_id
        case VoteOnReply(group, helpful):
            kind, rest = "h" if helpful else "j", base36(group)
    return f"{kind}{language[0]}{rest}"


def decode_action(data: str) -> tuple[Action, Language] | None:
    """What the data of a button asks for and the language of its message; None when no button of ours carries it."""
    found = _SHAPE.fullmatch(data)
    if not found:
        return None
    parts = {name: part for name, part in found.groupdict().items() if part is not None}
    language = _LANGUAGES[data[1]]
    if any(int(parts.get(name, "0"), 36) > LARGEST_NUMBER for name in _NUMBERS):
        return None
    return _action(parts), language


_ON_A_NUMBER: dict[str, Callable[[int], Action]] = {
    "none_for": NoneOfThese,
    "told_of": TellMe,
    "anew": AskAnew,
    "sample": AskSample,
}


def _action(parts: dict[str, str]) -> Action:
    action: Action = ShowTopics()
    match parts:
        case {"chosen_for": number, "chosen": entry_id}:
            action = ChooseSuggestion(int(number, 36), entry_id)
        case {"entry": entry_id}:
            action = ShowEntry(entry_id)
        case {"topic": topic_id, "page": page}:
            action = ShowTopic(topic_id, int(page))
        case {"receipt": receipt}:
            action = Withdraw(receipt)
        case {"verdict": verdict, "judged": entry_id}:
            action = Vote(entry_id, helpful=verdict == "y")
        case {"on_reply": verdict, "replied_to": number}:
            action = VoteOnReply(int(number, 36), helpful=verdict == "h")
        case _:
            for name in parts.keys() & _ON_A_NUMBER.keys():
                action = _ON_A_NUMBER[name](int(parts[name], 36))
    return action


def base36(number: int) -> str:
    """A number in base 36: a third shorter than in decimal digits."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


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


_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def runs_of(text: str) -> Iterator[tuple[str, bool]]:
    """The text of a message in pieces, each with whether it is bold; some are empty."""
    done = 0
    for found in _BOLD.finditer(text):
        yield text[done : found.start()], False
        yield found[1], True
        done = found.end()
    yield text[done:], False


def encodable(text: str) -> str:
    """The text without halves of characters, which no encoding can carry."""
    return _LONE_SURROGATE.sub("\ufffd", text)


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
        return self.origin_of(self.message)

    def origin_of(self, message: int) -> str:
        """What the question is known by that another message of the chat asked."""
        return f"{self.chat.conversation}:{message}"
