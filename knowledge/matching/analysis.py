"""Reads a text as the matcher needs it: morphemes and what each tells, letters, kinds of question, numbers.

A question is repaired by the words of the knowledge base before. One that points back, or asks something of nothing it
names, does not stand alone: it is joined with the one before it in the same conversation.
"""

import math
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kiwipiepy import Token

from knowledge.base import KnowledgeBase, Vocabulary
from knowledge.matching.back_references import names_only_a_topic, points_back
from knowledge.text.bounded_cache import remember
from knowledge.text.morphology import shared_morphology
from knowledge.text.proper_names import people_in, places_in, years_in
from knowledge.text.repair import TextRepair
from knowledge.text.words import WordFrequencies, words_of

_FUNCTION_TAGS = frozenset(
    tag
    for family in (
        ("JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC"),
        ("EP", "EF", "EC", "ETN", "ETM", "XSV", "XSA", "XSN", "VCP"),
        ("SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SW", "SB"),
    )
    for tag in family
)
"""Sejong tags of morphemes that carry grammar and punctuation rather than content."""
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("얼마", "얼만", "how much", "비용"), "how-much"),
    **dict.fromkeys(("언제", "언제쯤", "며칠", "when"), "when"),
    **dict.fromkeys(("어디", "where"), "where"),
    **dict.fromkeys(("누구", "누가", "who"), "who"),
    **dict.fromkeys(("몇", "many"), "how-many"),
    **dict.fromkeys(("왜", "이유", "why"), "why"),
    **dict.fromkeys(("어떻게", "어떡하", "어쩌", "how"), "how"),
    **dict.fromkeys(("무엇", "뭐", "뭣", "머", "무어", "what"), "what"),
    **dict.fromkeys(("무슨", "어떤", "어느", "which"), "which"),
}
KINDS = ("how-much", "when", "where", "who", "how-many", "why", "how", "what", "which", "none")
KIND_BITS = {kind: 1 << place for place, kind in enumerate(KINDS) if kind != "none"}
_NO_KIND, _NOTHING = frozenset(("none",)), frozenset[Any]()
"""One object for all the texts that are so."""
_PROPER_NAME = "NNP"
_NUMBER = re.compile(r"\d[\d,.]*")
_NOT_LETTERS = re.compile(r"[\W_]+")
_GRAM_LENGTHS = (3, 4, 5)


class Analysis(NamedTuple):
    """A text as the matcher reads it; of a kind that is read from the cache in a third of a dataclass's time.

    `morphemes` are content morphemes in order, as `form/T` with T the first letter of the Sejong tag; `kinds` are the
    kinds of question asked.
    """

    morphemes: tuple[str, ...]
    kinds: frozenset[str]
    numbers: frozenset[str]
    places: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    """Which of the morphemes are proper names."""
    people: frozenset[str] = frozenset()
    """The persons named with a title, as morphemes."""


class Analyzer:
    """Analyses texts with Kiwi (kiwipiepy) and the editors' vocabulary; safe to use from several threads.

    A pickled one holds the vocabulary alone; unpickled, it is the one of this process.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: Mapping[str, Analysis] = {}
        self._used: dict[str, Analysis] | None = None
        self._synonyms = {word.lower(): group[0].lower() for group in vocabulary.synonyms for word in group}
        declared = [*self._synonyms, *map(str.lower, vocabulary.elsewhere)]
        self.morphology = shared_morphology(tuple(filter(_stays_whole, declared)))

    def analyze(self, text: str) -> Analysis:
        """The analysis of one text."""
        return self._analysis(text, self.morphology.tokenize(text.lower()))

    def __reduce__(self) -> tuple[Callable[[Vocabulary], "Analyzer"], tuple[Vocabulary]]:
        return analyzer_of, (self._vocabulary,)

    def analyze_all(self, texts: Iterable[str]) -> list[Analysis]:
        """The analyses of many texts, in order; equal texts share one."""
        texts = [text.lower() for text in texts]
        found = {text: self._known.get(text) for text in texts}
        new = [text for text, analysis in found.items() if analysis is None]
        read = zip(new, self.morphology.tokenize_all(new), strict=True)
        analyses = {text: analysis for text, analysis in found.items() if analysis}
        analyses |= {text: self._analysis(text, tokens) for text, tokens in read}
        if self._used is not None:
            self._used |= analyses
        return [analyses[text] for text in texts]

    @contextmanager
    def remembering(self, known: Mapping[str, Analysis]) -> Iterator[Mapping[str, Analysis]]:
        """Inside of the block `analyze_all` does not read again what is known; gives all that it found in the block.

        Texts stand in small letters.
        """
        used: dict[str, Analysis] = {}
        self._known, self._used = known, used
        try:
            yield used
        finally:
            self._known, self._used = {}, None

    def _morpheme(self, token: Token) -> str:
        """`form/T`, one object for all its occurrences: there are millions."""
        return sys.intern(f"{self._synonyms.get(token.form, token.form)}/{token.tag[0]}")

    def _analysis(self, text: str, tokens: Sequence[Token]) -> Analysis:
        content = [token for token in tokens if token.tag not in _FUNCTION_TAGS]
        names = frozenset(self._morpheme(token) for token in content if token.tag == _PROPER_NAME)
        return Analysis(
            morphemes=tuple(map(self._morpheme, content)),
            kinds=frozenset(_KINDS[token.form] for token in content if token.form in _KINDS) or _NO_KIND,
            numbers=numbers_in(text) or _NOTHING,
            places=places_in(text) or _NOTHING,
            years=years_in(text) or _NOTHING,
            names=names or _NOTHING,
            people=names & {f"{name}/{_PROPER_NAME[0]}" for name in people_in(text)} or _NOTHING,
        )


@lru_cache(maxsize=1)
def analyzer_of(vocabulary: Vocabulary) -> Analyzer:
    """The analyzer of this process for the vocabulary: loading Kiwi takes longer than all that a small change needs."""
    return Analyzer(vocabulary)


def _stays_whole(word: str) -> bool:
    """Whether Kiwi can be told to keep a declared word in one piece."""
    return " " not in word and len(word) > 1 and not word.isascii()


def is_question_word(morpheme: str) -> bool:
    """Whether the morpheme says which kind of question is asked."""
    return morpheme.rsplit("/", 1)[0] in _KINDS


def kind_bits(analysis: Analysis) -> int:
    """The kinds of question asked, a bit each; 0 for none."""
    return sum(KIND_BITS.get(kind, 0) for kind in analysis.kinds)


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text, without commas."""
    return frozenset(number.strip(".,").replace(",", "") for number in _NUMBER.findall(text))


def letter_grams(text: str) -> tuple[str, ...]:
    """All runs of three to five jamo of the text without spaces and signs: they survive spelling slips."""
    jamo = letters_of(text)
    return tuple(jamo[start : start + length] for length in _GRAM_LENGTHS for start in range(len(jamo) - length + 1))


def letters_of(text: str) -> str:
    """The letters and digits of the text, Hangul taken apart into jamo."""
    return unicodedata.normalize("NFD", _NOT_LETTERS.sub("", text.lower()))


_TAG_WEIGHTS = {"N": 1.0, "S": 0.8, "X": 0.6, "V": 0.6, "M": 0.3}
"""By the first letter of the Sejong tag: nouns, foreign words, roots, verbs, adverbs."""
_FREQUENT = 7.0
"""The Zipf frequency (log10 of occurrences in a billion words) at which a word tells nothing."""
_REMEMBERED = 100_000


class Rarity:
    """What morphemes tell; those it was asked for before are not looked up again."""

    def __init__(self, usual: WordFrequencies) -> None:
        self.usual = usual
        self._known: dict[str, float] = {}

    def __call__(self, morpheme: str) -> float:
        """What the morpheme (`form/T`) tells, in 0..1: rare nouns most, frequent adverbs least."""
        known = self._known.get(morpheme)
        return remember(self._known, morpheme, self._look_up(morpheme), _REMEMBERED) if known is None else known

    def _look_up(self, morpheme: str) -> float:
        form, tag = morpheme.rsplit("/", 1)
        frequency = self.usual.frequency(form)
        zipf = max(0.0, 9 + math.log10(frequency)) if frequency else 0.0
        return max(0.0, 1 - zipf / _FREQUENT) * _TAG_WEIGHTS.get(tag, 0.5)


_READINGS_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read: repaired, and analysed."""

    text: str
    analysis: Analysis
    understood: str | None


class Reader:
    """Reads questions by the words of one knowledge base: `texts` are what its editors wrote.

    `elsewhere` are the names, in small letters, of what the knowledge base says nothing about.
    """

    def __init__(self, knowledge: KnowledgeBase, analyzer: Analyzer, texts: Iterable[str]) -> None:
        self._analyzer = analyzer
        self._repair = TextRepair(words_of(texts), analyzer.morphology)
        self._read: dict[str, Reading] = {}
        """What was read lately: many citizens ask the same."""
        self.elsewhere = frozenset(word.lower() for word in knowledge.vocabulary.elsewhere)

    def read(self, question: str) -> Reading:
        """The question repaired and analysed."""
        known = self._read.get(question)
        return known or remember(self._read, question, self._read_anew(question), _READINGS_KEPT)

    def _read_anew(self, question: str) -> Reading:
        repaired = self._repair.repair(question)
        return Reading(repaired.text, self._analyzer.analyze(repaired.text), repaired.understood)

    def reread(self, text: str) -> Reading:
        """A text that was repaired already, analysed."""
        return Reading(text, self._analyzer.analyze(text), None)

    def reread_together(self, before: Reading, question: str) -> Reading:
        """A question, repaired already, read with what was said before it."""
        analysis = joined_analyses(before.analysis, self._analyzer.analyze(question))
        return Reading(joined(before.text, question), analysis, None)

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text."""
        return self._analyzer.morphology.sentences(text)


_MOST_WORDS = 3
"""A question of so few content words says too little to stand alone."""


def depends_on_previous(analysis: Analysis, text: str) -> bool:
    """Whether the question may need the one before it: it points back, or asks something of nothing it names."""
    if points_back(text) or names_only_a_topic(text):
        return True
    return "none" not in analysis.kinds and len(set(analysis.morphemes)) <= _MOST_WORDS


def joined(previous: str, question: str) -> str:
    """Both questions as one text, in which the new one counts more: term frequencies favour what stands twice."""
    return f"{question} {previous} {question}"


def joined_analyses(previous: Analysis, question: Analysis) -> Analysis:
    """The analysis of both questions as one text, from the analysis of each.

    Where the new question says what it asks (when, how much), what the one before it asked no longer counts.
    """
    asks = "none" not in question.kinds
    before = tuple(word for word in previous.morphemes if not (asks and is_question_word(word)))
    return Analysis(
        morphemes=question.morphemes + before + question.morphemes,
        kinds=question.kinds if asks else previous.kinds,
        numbers=previous.numbers | question.numbers,
        places=previous.places | question.places,
        years=previous.years | question.years,
        names=previous.names | question.names,
        people=previous.people | question.people,
    )
