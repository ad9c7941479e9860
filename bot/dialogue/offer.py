"""What was offered last, so that '2번', '네' and '아니요' after suggestions are understood."""

from dataclasses import dataclass

from bot.dialogue.interpreter import Interpretation
from bot.dialogue.small_talk import Talk

ANSWERS_TO_SUGGESTIONS = frozenset((Talk.CHOICE, Talk.YES, Talk.NO, Talk.OTHERWISE))
"""What may be said to suggestions."""
_LIKELY = "+"
"""Before the id of the entry whose answer was shown: no id begins with it."""
_MOST_OF_THE_QUESTION = 60
"""Characters by which it is known again."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The ids of the entries that were suggested for the recorded question `number` (0: it was not recorded).

    `likely` is the one whose answer was shown at once; the others, `entries`, are the ones to choose from.
    """

    number: int
    entries: tuple[str, ...]
    likely: str | None = None


def write_offer(offer: Offer, question: str | None) -> str:
    """An offer made to a question, as it is remembered."""
    likely = [f"{_LIKELY}{offer.likely}"] if offer.likely else []
    return f"{offer.number} {' '.join([*likely, *offer.entries])}\n{(question or '')[:_MOST_OF_THE_QUESTION]}"


def read_offer(remembered: str | None, question: str | None) -> Offer | None:
    """The offer that was made; None where there was none, or another question than this was the last one."""
    written, _, asked = (remembered or "").partition("\n")
    number, *entries = written.split() or ("",)
    if not number.isdigit() or asked.strip() != (question or "")[:_MOST_OF_THE_QUESTION].strip():
        return None
    likely = next((entry.removeprefix(_LIKELY) for entry in entries if entry.startswith(_LIKELY)), None)
    return Offer(int(number), tuple(entry for entry in entries if not entry.startswith(_LIKELY)), likely)


def chosen_of(said: Interpretation, offer: Offer) -> str | None:
    """The entry that is chosen: by its number, or by a yes to the likely one or to the only one; None where none is."""
    if said.talk is Talk.YES and offer.likely:
        return offer.likely
    if said.talk is Talk.YES and len(offer.entries) == 1:
        return offer.entries[0]
    if said.talk is Talk.CHOICE and said.chosen and said.chosen <= len(offer.entries):
        return offer.entries[said.chosen - 1]
    return None
