"""Questions as they are compared with each other, and what their words tell; each text and word is read once."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from rapidfuzz import utils

from knowledge.matching.analysis import KINDS, Analyzer, Rarity, letter_grams, letters_of
from knowledge.matching.likeness import Embedder, in_token_order
from knowledge.matching.term_index import Floats, Ints
from knowledge.text.cleaning import clean
from knowledge.text.lone_letters import without_chat

GRAMS = 1 << 17
"""How many numbers the letter grams share: that two of one question meet by chance is rare."""
_TEXTS_REMEMBERED = 60_000
_KIND_BITS = {kind: 1 << place for place, kind in enumerate(KINDS) if kind != "none"}
_NAMING = "NSX"
"""First letters of the Sejong tags of nouns, foreign words and numbers, and roots."""
_TELLING = 0.15
"""How much a noun tells in general, in 0..1, for it to name something: 것 and 수 do not."""


@dataclass(frozen=True, slots=True, eq=False)
class AskedText:
    """A question as it is compared: its words and letter grams by number, each once, and its letters."""

    plain: str
    """Without chatter, in small letters."""
    words: Ints
    grams: Ints
    letters: str
    """Without spaces and signs; the text itself where nothing else is in it."""
    sorted_words: str
    """As rapidfuzz's token_sort_ratio compares them."""
    kinds: int
    """A bit for each kind of question asked; 0 for none."""


class WordTable:
    """The morphemes met so far, each with a number that stays the same, and what is known of it in general."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._number: dict[str, int] = {}
        self._general, self._names = array("f"), array("b")
        self.forms: list[str] = []
        self.letters: list[str] = []

    def __len__(self) -> int:
        return len(self._number)

    def numbers(self, morphemes: Iterable[str]) -> Ints:
        """The numbers of the morphemes (`form/T`), ascending, each once."""
        return np.array(sorted({self._number_of(morpheme) for morpheme in morphemes}), np.int64)

    def _number_of(self, morpheme: str) -> int:
        number = self._number.get(morpheme)
        if number is None:
            form, tag = morpheme.rsplit("/", 1)
            tells = self._rarity(morpheme)
            number = self._number[morpheme] = len(self._number)
            self._general.append(tells)
            self._names.append(tag in _NAMING and tells > _TELLING)
            self.forms.append(form)
            self.letters.append(letters_of(form))
        return number

    def general(self) -> Floats:
        """What each word tells by how rare it is in the language at large, in 0..1."""
        return np.array(self._general, np.float32)

    def names(self) -> Floats:
        """1 for each word that names something, 0 for the others."""
        return np.array(self._names, np.float32)


class AskedTexts:
    """Reads texts with one analyser."""

    def __init__(self, analyzer: Analyzer, rarity: Rarity) -> None:
        self.words = WordTable(rarity)
        self._analyzer = analyzer
        self.read = lru_cache(maxsize=_TEXTS_REMEMBERED)(self._read)

    def _read(self, text: str) -> AskedText:
        plain = without_chat(clean(text)).lower()
        tidy = utils.default_process(plain)
        analysis = self._analyzer.analyze(plain)
        return AskedText(
            plain=plain,
            words=self.words.numbers(analysis.morphemes),
            grams=np.unique(np.array([crc32(gram.encode()) % GRAMS for gram in letter_grams(plain)], np.int64)),
            letters=tidy.replace(" ", "") or text,
            sorted_words=in_token_order(tidy),
            kinds=sum(_KIND_BITS.get(kind, 0) for kind in analysis.kinds),
        )


class Meanings:
    """The places that an embedder gives to texts and words, each asked for once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Floats] = {}

    def __contains__(self, text: str) -> bool:
        return text in self._known

    def of(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text; shape (texts, dimensions)."""
        if not texts:
            return self._embedder.embed([])
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self._embedder.embed(missing), strict=True))
        return np.array([self._known[text] for text in texts], np.float32)
