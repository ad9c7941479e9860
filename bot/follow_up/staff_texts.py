"""Texts that staff write: what may be sent to citizens, what staff are warned of, and what they keep to send again."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.follow_up.workspace import Workspace
from bot.masking import PLACEHOLDER, mask
from bot.records.errors import (
    Caution,
    TextProblem,
    UnconfirmedTextError,
    UnknownSavedReplyError,
    UnsuitableTextError,
)
from bot.records.groups import Group, SavedReply, StaffMember
from knowledge.base import MAX_ANSWER_LENGTH, Language

MOST_CHARACTERS = 4096
"""Code points; a message holds no more."""
MOST_OF_A_REASON = 300
_INVISIBLE = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Cn", "Co"}
_SEEN_AS_NOTHING = frozenset(
    "\N{HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HALFWIDTH HANGUL FILLER}"
    "\N{BRAILLE PATTERN BLANK}\N{COMBINING GRAPHEME JOINER}"
)
_UNSENDABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*|__|~~|\|\||`|\[[^\[\]]*\]\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Checked:
    """A text exactly as citizens will see it, with what staff should think about first."""

    text: str
    cautions: tuple[Caution, ...]


def language_of_answer(text: str, group: Group) -> Language:
    """The language of an answer: what it is written in, and where letters do not say, the group's."""
    if _HANGUL.search(text):
        return "ko"
    answer = group.standing.answer
    return "en" if answer and answer.of_language(group.language) else group.language


def check(text: str, limit: int = MOST_CHARACTERS) -> Checked:
    """The text as it will be sent: without blanks around it and control characters in it, else letter by letter.

    Raises UnsuitableTextError when it is empty, invisible, or has over `limit` characters.
    """
    tidied = _UNSENDABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not tidied:
        raise UnsuitableTextError(TextProblem.EMPTY, 0, limit)
    if all(_is_invisible(character) for character in tidied):
        raise UnsuitableTextError(TextProblem.INVISIBLE, len(tidied), limit)
    if len(tidied) > limit:
        raise UnsuitableTextError(TextProblem.TOO_LONG, len(tidied), limit)
    return Checked(tidied, tuple(_cautions(tidied)))


def looks_personal(text: str) -> bool:
    """Whether there is, or was before it was masked, what looks like personal information."""
    return mask(text) != text or PLACEHOLDER.search(text) is not None


def require_confirmed(texts: Iterable[str], *, confirmed: bool) -> None:
    """Citizens will read these texts: a person must have looked at what looks personal in them.

    Raises UnconfirmedTextError. Every door comes through here.
    """
    doubtful = [] if confirmed else [text for text in texts if looks_personal(text)]
    if doubtful:
        raise UnconfirmedTextError(doubtful)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or character in _SEEN_AS_NOTHING or _selects(character)


def _selects(character: str) -> bool:
    """Whether it is a variation selector: a mark that is seen on another character only."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _cautions(text: str) -> list[Caution]:
    found = {
        Caution.PERSONAL_NUMBER: looks_personal(text),
        Caution.MARKUP: bool(_MARKUP.search(text)),
        Caution.TOO_LONG_FOR_ENTRY: len(text) > MAX_ANSWER_LENGTH,
    }
    return [caution for caution, is_so in found.items() if is_so]


class SavedReplies:
    """Saved replies, for all of the staff. All raise StorageError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept = workspace.store.saved_replies

    async def listed(self) -> list[SavedReply]:
        """All of them, the newest first."""
        return await self._kept.listed()

    async def get(self, number: int) -> SavedReply:
        """The one of that number; raises UnknownSavedReplyError."""
        found = next((each for each in await self._kept.listed() if each.number == number), None)
        if found is None:
            raise UnknownSavedReplyError(number)
        return found

    async def save(self, text: str, by: StaffMember) -> SavedReply:
        """Keeps the text; one that is kept already stays as it is. Raises UnsuitableTextError."""
        return await self.get(await self._kept.add(check(text).text, by, self._workspace.clock()))

    async def remove(self, number: int) -> None:
        """Destroys one; raises UnknownSavedReplyError."""
        if not await self._kept.remove(number):
            raise UnknownSavedReplyError(number)
