"""Repair of a question before it is matched: cleaning, then slips of the hand by the words of the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.text.cleaning import clean
from knowledge.text.keyboard import Keyboard
from knowledge.text.lone_letters import Initials, recompose, without_chat, without_letters
from knowledge.text.spacing import Spacing
from knowledge.text.spelling import Spelling, respell
from knowledge.text.words import Lexicon, MorphemeAnalyzer, WordFrequencies, word_frequencies


@dataclass(frozen=True, slots=True)
class Repaired:
    """A question as the matcher reads it."""

    text: str
    understood: str | None = None
    """The text again, where words were changed in a way that a citizen should see; `None` after mere cleaning."""


class TextRepair:
    """Repairs questions by the words of one knowledge base, and by Kiwi where it is given."""

    def __init__(
        self, words: Mapping[str, int], kiwi: MorphemeAnalyzer | None, usual: WordFrequencies | None = None
    ) -> None:
        usual = usual or word_frequencies()
        self._keyboard = Keyboard(words, usual)
        self._initials = Initials(words, kiwi)
        lexicon = Lexicon(words, usual)
        self._spacing = Spacing(lexicon, kiwi)
        self._spelling = Spelling(lexicon, kiwi)

    def repair(self, text: str) -> Repaired:
        """`text` cleaned and repaired. Never raises, whatever the text."""
        cleaned = clean(text)
        typed = self._keyboard.repair(cleaned)
        spoken = without_chat(typed)
        spelled = self._initials.spell_out(spoken)
        whole = recompose(spelled)
        tidy = self._spacing.repair(respell(" ".join(whole.split())))
        corrected = self._spelling.repair(tidy)
        visible = typed != cleaned or spelled != spoken or whole != without_letters(spelled) or corrected != tidy
        return Repaired(corrected, corrected if visible and corrected else None)
