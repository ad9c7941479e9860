"""The assistant's matcher: repairs the question, gathers evidence for each entry, and weighs it by fitted numbers."""

from dataclasses import dataclass

import numpy as np

from knowledge.base import KnowledgeBase, Language
from knowledge.matching.analysis import Analysis, Analyzer
from knowledge.matching.candidates import Candidate, Match
from knowledge.matching.corpus import Corpus
from knowledge.matching.features import FEATURES, Evidence, gather
from knowledge.matching.fitted import FittedNumbers, load_fitted
from knowledge.matching.followups import depends_on_previous, joined
from knowledge.text.repair import TextRepair
from knowledge.text.words import words_of

_GAP_SHARPNESS = 4.0
"""How strongly the probability that nothing answers goes to the nearest gap rather than to the others near it."""
_LEAST_OF_A_GAP = 0.02


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read: repaired, and analysed."""

    text: str
    analysis: Analysis
    understood: str | None


class Reader:
    """Reads questions by the words of one knowledge base, whose corpus it holds."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._analyzer = Analyzer(knowledge.vocabulary)
        self.corpus = Corpus(knowledge, self._analyzer)
        self.elsewhere = frozenset(word.lower() for word in knowledge.vocabulary.elsewhere)
        self._repair = TextRepair(words_of(self.corpus.editors_texts()), self._analyzer.kiwi)

    def read(self, question: str) -> Reading:
        """The question repaired and analysed."""
        repaired = self._repair.repair(question)
        return Reading(repaired.text, self._analyzer.analyze(repaired.text), repaired.understood)


class EvidenceMatcher:
    """Ranks entries by fitted evidence; safe to use from several threads."""

    def __init__(self, knowledge: KnowledgeBase, fitted: FittedNumbers | None = None) -> None:
        self._fitted = fitted or load_fitted()
        self._reader = Reader(knowledge)
        self._corpus = self._reader.corpus
        self._index = self._corpus.index()

    def match(self, question: str, previous: str | None = None) -> Match:
        """The best candidates for `question`, read with `previous` where it does not stand alone."""
        reading = self._reader.read(question)
        candidates = self._weigh(reading)
        remembered = reading.text
        if previous and depends_on_previous(reading.analysis, reading.text):
            together = self._reader.read(joined(previous, reading.text))
            candidates = self._weigh(together)
            remembered = together.text
        return Match(
            candidates=candidates,
            language=language_of(reading.text),
            understood=reading.understood,
            remembered=remembered,
            morphemes=reading.analysis.morphemes,
        )

    def _weigh(self, reading: Reading) -> tuple[Candidate, ...]:
        if not reading.analysis.morphemes:
            return ()
        evidence = gather(self._index, reading.analysis, reading.text.lower(), self._reader.elsewhere)
        confidences = self._fitted.confidences(evidence.features)
        answers = [
            Candidate(
                self._index.entries[entry],
                float(confidence),
                dict(zip(FEATURES, map(float, row), strict=True)),
            )
            for entry, confidence, row in zip(evidence.answers, confidences, evidence.features, strict=True)
        ]
        ranked = sorted([*answers, *self._gaps(evidence, confidences)], key=lambda found: -found.confidence)
        return tuple(ranked)

    def _gaps(self, evidence: Evidence, confidences: "np.typing.NDArray[np.float32]") -> list[Candidate]:
        """The editors' gaps, which share the probability that nothing answers; stand-ins keep their shares."""
        if not len(evidence.gaps):
            return []
        best = float(confidences.max(initial=0.0))
        nothing = self._fitted.nothing_answers(best, evidence.lead_of_gap)
        shares = np.exp(_GAP_SHARPNESS * (evidence.gap_scores - evidence.gap_scores.max()))
        shares /= shares.sum()
        return [
            Candidate(self._index.entries[gap], float(nothing * share))
            for gap, share in zip(evidence.gaps, shares, strict=True)
            if not self._corpus.is_stand_in(int(gap)) and nothing * share >= _LEAST_OF_A_GAP
        ]


def language_of(text: str) -> Language:
    """Korean where there is any Hangul, or no letters at all; otherwise English."""
    has_hangul = any("가" <= character <= "힣" for character in text)
    has_latin = any(character.isascii() and character.isalpha() for character in text)
    return "en" if has_latin and not has_hangul else "ko"
