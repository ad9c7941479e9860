"""The assistant's matcher: repairs the question, gathers evidence for each entry, and weighs it by fitted numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from knowledge.base import Entry, KnowledgeBase, Language
from knowledge.matching import Candidate, Match
from knowledge.matching.analysis import Reader, Reading, analyzer_of, depends_on_previous
from knowledge.matching.back_references import names_only_a_topic, names_something, without_pointing_back
from knowledge.matching.entry_index import UNANSWERABLE, Corpus
from knowledge.matching.features import Evidence, NamedFeatures, gather
from knowledge.matching.fitted import FittedNumbers, load_fitted
from knowledge.matching.general_evidence import CAUTION, MOST_ELSEWHERE, GeneralWeighing
from knowledge.matching.likeness import open_embedder
from knowledge.matching.term_index import Floats, Ints
from knowledge.text.words import WordFrequencies

_GAP_SHARPNESS = 4.0
"""How strongly the probability that nothing answers goes to the nearest gap rather than to the others near it."""
_FAR_SCORE, _NEAR_SCORE = 0.8, 1.8
"""Rank scores between which a gap turns from one that has nothing to do with the question into its very subject."""
_LEAST_OF_A_GAP = 0.02
_SURE_OF_A_GAP = 0.5
_SAYS_ENOUGH = 0.97
"""How sure an answer must be that a question finds alone, though it may point back."""
_ITS_OWN_WORDS = 0.99
"""How sure an entry is that is asked for in the very words of one of its ways to ask."""
_SURE_OF_OLD = 0.95
"""How sure an answer must be that was practised, so that new entries are not looked at."""
_LONG = 9
"""From so many content morphemes on, a text may be a story around one question."""
_LONGEST_QUESTION = 300
"""Characters of a sentence; in a longer one nobody asks, and Kiwi would take too long to read it thrice."""
_MOST_QUESTIONS = 3
_SEVERAL = re.compile(r"[?.!\n]\s*\S.*[?요까나]\s*$", re.DOTALL)
"""Something is said, and then something is asked: only then is it worth to look for several questions."""


class EvidenceMatcher:
    """Ranks entries by fitted evidence; safe to use from several threads, and to pickle."""

    def __init__(self, knowledge: KnowledgeBase, fitted: FittedNumbers | None = None, *, semantic: bool = True) -> None:
        """Takes the numbers fitted to the knowledge base's practice questions.

        A knowledge base without such questions is weighed by numbers that hold on any; with `semantic`, an
        embedder helps them, where one is installed.
        """
        self._fitted = fitted or load_fitted()
        self.analyzer = analyzer = analyzer_of(knowledge.vocabulary)
        self._practised = bool(knowledge.practice)
        self._new = knowledge.unpractised
        corpus = Corpus(knowledge, analyzer, open_embedder() if semantic and not self._practised else None)
        self._reader = Reader(knowledge, analyzer, corpus.editors_texts())
        self._index = corpus.index()
        self._stand_ins = corpus.stand_ins()
        thin = corpus.thin_index(self._new, open_embedder() if semantic else None) if self._new else self._index
        self._general = GeneralWeighing(thin, self._reader.elsewhere, semantic=semantic)

    @property
    def usual(self) -> WordFrequencies:
        """The usual words that it weighs words by: what else needs them is spared reading the lists."""
        return self._index.rarity.usual

    def match(self, question: str, previous: str | None = None) -> Match:
        """The best candidates for `question`, read with `previous` where it does not stand alone."""
        reading = self._reader.read(question)
        candidates = self._best_of(reading)
        remembered = reading.text
        if previous and depends_on_previous(reading.analysis, reading.text):
            before = self._reader.read(previous)
            remembered = f"{before.text} {reading.text}"
            candidates = self._with_previous(reading, before, candidates)
        return Match(
            candidates=candidates,
            language=language_of(reading.text),
            understood=reading.understood,
            remembered=remembered,
            morphemes=reading.analysis.morphemes,
            kinds=tuple(sorted(reading.analysis.kinds)),
            parts=self._parts(reading),
        )

    def _with_previous(self, reading: Reading, before: Reading, alone: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The candidates of the question read with the one before it, unless it says enough `alone`."""
        if _names_a_gap(alone) and names_something(reading.analysis.morphemes):
            return alone
        if not names_only_a_topic(reading.text):
            alone = max(
                alone, self._weigh(self._reader.reread(without_pointing_back(reading.text))), key=_confidence_of_answer
            )
            if _confidence_of_answer(alone) >= _SAYS_ENOUGH:
                return alone
        together = self._reader.reread_together(before, reading.text)
        return self._weigh(together, self._answered(before), followup=True)

    def least_confidence(self, wrong_answers: float, *, practised: bool = True) -> float:
        """The least confidence with which to answer, so that at most that share (0..1) of the answers is wrong."""
        if not self._practised:
            return self._general.numbers.least_confidence(wrong_answers * CAUTION)
        return (self._fitted if practised else self._general.numbers).least_confidence(wrong_answers)

    def _best_of(self, reading: Reading) -> tuple[Candidate, ...]:
        """The candidates of the text, or of a long text read for its last sentence, whichever are surer."""
        whole = self._weigh(reading)
        if len(reading.analysis.morphemes) < _LONG:
            return whole
        sentences = self._reader.sentences(reading.text)
        if len(sentences) == 1 or len(sentences[-1]) > _LONGEST_QUESTION:
            return whole
        by_last = self._weigh(self._reader.reread_together(reading, sentences[-1]))
        return max(whole, by_last, key=_confidence_of_answer)

    def _parts(self, reading: Reading) -> tuple[Candidate, ...]:
        """The best candidate of each question, where the text asks several."""
        if not _SEVERAL.search(reading.text):
            return ()
        sentences = map(self._reader.reread, self._reader.sentences(reading.text))
        asked = list(islice((each for each in sentences if "none" not in each.analysis.kinds), _MOST_QUESTIONS))
        if len(asked) <= 1:
            return ()
        found = [candidates[0] for candidates in map(self._weigh, asked) if candidates]
        return tuple(found) if len(found) > 1 else ()

    def _answered(self, before: Reading) -> Ints:
        """The entry that the question before was answered with: who asks on wants another."""
        if not self._practised:
            found = self._general.weigh(before)
            return np.array([self._index.entries.index(each.entry) for each in found[:1]], np.int64)
        evidence = gather(self._index, before.analysis, before.text.lower(), self._reader.elsewhere)
        if not len(evidence.answers):
            return evidence.answers
        confidences = self._fitted.confidences(evidence.features)
        return evidence.answers[[int(confidences.argmax())]]

    def _weigh(self, reading: Reading, without: Ints | None = None, *, followup: bool = False) -> tuple[Candidate, ...]:
        found = self._by_evidence(reading, without, followup=followup) if reading.analysis.morphemes else ()
        entry = self._index.asked_so(reading.text)
        return found if entry is None else self._in_its_own_words(self._index.entries[entry], found)

    def _in_its_own_words(self, entry: Entry, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The candidates where the text is one of the entry's ways to ask: no other entry has a chance."""
        others = [
            replace(each, confidence=min(each.confidence, 1 - _ITS_OWN_WORDS))
            for each in found
            if each.entry is not entry
        ]
        own = next((each for each in found if each.entry is entry), Candidate(entry, 0.0))
        stands_in = entry.id.startswith(UNANSWERABLE)
        return (*(() if stands_in else (replace(own, confidence=_ITS_OWN_WORDS),)), *others)

    def _by_evidence(self, reading: Reading, without: Ints | None, *, followup: bool) -> tuple[Candidate, ...]:
        if not self._practised:
            return self._general.weigh(reading, without)
        evidence = gather(self._index, reading.analysis, reading.text.lower(), self._reader.elsewhere, without)
        confidences = self._fitted.confidences(evidence.features, followup=followup)
        elsewhere = self._index.asked_elsewhere(reading.analysis, evidence.answers)
        confidences = np.where(elsewhere, np.minimum(confidences, MOST_ELSEWHERE), confidences)
        answers = [
            Candidate(self._index.entries[entry], confidence, NamedFeatures(row))
            for entry, confidence, row in zip(
                evidence.answers.tolist(), confidences.tolist(), evidence.features, strict=True
            )
        ]
        ranked = sorted([*answers, *self._gaps(evidence, confidences)], key=_unsureness)
        return self._with_new(ranked, reading, without) if self._new else tuple(ranked)

    def _with_new(self, ranked: Sequence[Candidate], reading: Reading, without: Ints | None) -> tuple[Candidate, ...]:
        """The candidates with the entries that nobody practised on, weighed as on any base, beside all others.

        What is not theirs is left to the others: the fitted numbers know nothing of them.
        """
        old = [each for each in ranked if each.entry.id not in self._new]
        if any(each.confidence >= _SURE_OF_OLD and not each.entry.known_gap for each in old):
            return tuple(old)
        new = [each for each in self._general.weigh(reading, without) if each.entry.id in self._new]
        left = 1 - max((each.confidence for each in new), default=0.0)
        old = [replace(each, confidence=each.confidence * left) for each in old]
        return tuple(sorted([*new, *old], key=_unsureness))

    def _gaps(self, evidence: Evidence, confidences: Floats) -> list[Candidate]:
        """The editors' gaps, nearest first: they share the probability that nothing answers, as far as they are near.

        The stand-ins for practice questions help to tell that nothing answers, and never why: they get no share.
        """
        named = np.array([int(gap) not in self._stand_ins for gap in evidence.gaps], bool)
        if not named.any():
            return []
        gaps, scores = evidence.gaps[named], evidence.gap_scores[named]
        nothing = self._fitted.nothing_answers(float(confidences.max(initial=0.0)), evidence.lead_of_gap)
        shares = np.exp(_GAP_SHARPNESS * (scores - scores.max()))
        nearness = np.clip((scores - _FAR_SCORE) / (_NEAR_SCORE - _FAR_SCORE), 0, 1)
        return [
            Candidate(self._index.entries[gap], float(confidence))
            for gap, confidence in zip(gaps, nothing * nearness * shares / shares.sum(), strict=True)
            if confidence >= _LEAST_OF_A_GAP
        ]


def _unsureness(candidate: Candidate) -> float:
    return -candidate.confidence


def _confidence_of_answer(candidates: tuple[Candidate, ...]) -> float:
    return max((found.confidence for found in candidates if not found.entry.known_gap), default=0.0)


def _names_a_gap(candidates: tuple[Candidate, ...]) -> bool:
    """Whether the question alone already names something that nothing is announced on."""
    return bool(candidates) and candidates[0].entry.known_gap and candidates[0].confidence >= _SURE_OF_A_GAP


def language_of(text: str) -> Language:
    """Korean where there is any Hangul, or no letters at all; otherwise English."""
    has_hangul = any("가" <= character <= "힣" for character in text)
    has_latin = any(character.isascii() and character.isalpha() for character in text)
    return "en" if has_latin and not has_hangul else "ko"
