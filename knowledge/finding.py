"""Decides what becomes of a question: an answer, suggestions, or a fallback."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from knowledge.base import Entry, Language
from knowledge.matching import Candidate, Match, Matcher

MOST_SUGGESTIONS = 3
LEAST_SUGGESTION = 0.01
"""The chance of being right that a suggestion has at least."""
LIKELY = 0.5
"""A suggestion that is likelier than this is shown with its answer at once."""
SHOWN_CANDIDATES = 5
LEAST_REASON = 0.41
"""How sure a known gap must be to be given as the reason of a fallback that suggests nothing."""


class Outcome(StrEnum):
    """The three things that can become of a question."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure is sure enough; all are shares or probabilities in 0..1.

    `wrong_answers` is the largest share of the answers given that may be wrong, by the questions the matcher was
    calibrated on. `useful_suggestion` is the least chance that one of the suggestions is right, without which none
    are made. `known_gap` is how sure it must be that nothing is announced, before suggestions are held back.
    """

    wrong_answers: float = 0.07
    useful_suggestion: float = 0.2
    known_gap: float = 0.6


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one question.

    `entry` is the answer's entry, or with a fallback the known gap that gives the reason, or None.
    """

    outcome: Outcome
    language: Language
    confidence: float
    entry: Entry | None = None
    suggestions: tuple[Entry, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    understood: str | None = None
    remembered: str | None = None
    """What the next question of the conversation should be read with."""
    further: tuple[Entry, ...] = ()
    """Answers to further questions in the same message; only with an answer."""
    morphemes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """What was asked (kinds of question) of what (content morphemes), for explanations."""
    likely: bool = False
    """Whether the first of the suggestions is likelier than not: its answer saves a tap, and claims nothing."""

    def without_features(self) -> Self:
        """The same without the numbers of its candidates, which only explanations show."""
        return replace(self, candidates=tuple(replace(candidate, features={}) for candidate in self.candidates))


class Finder:
    """Answers questions from one knowledge base through a matcher."""

    def __init__(self, matcher: Matcher, limits: Limits | None = None) -> None:
        self.matcher = matcher
        self.limits = limits or Limits()
        self._enough = {
            practised: matcher.least_confidence(self.limits.wrong_answers, practised=practised)
            for practised in (True, False)
        }

    def enough(self, *, practised: bool) -> float:
        """The least confidence with which an entry is the answer; `practised` is as with its candidate."""
        return self._enough[practised]

    def find(self, question: str, previous: str | None = None) -> Finding:
        """What becomes of `question`, asked after `previous` in the same conversation."""
        match = self.matcher.match(question, previous)
        several = self._several(match)
        best = match.candidates[0] if match.candidates else None
        outcome, entry, suggestions = self._decide(match.candidates)
        if several:
            outcome, entry, suggestions = Outcome.ANSWER, several[0].entry, ()
        return Finding(
            outcome=outcome,
            language=match.language,
            confidence=several[0].confidence if several else best.confidence if best else 0.0,
            entry=entry,
            suggestions=suggestions,
            likely=any(each.entry in suggestions[:1] and each.confidence > LIKELY for each in match.candidates),
            candidates=match.candidates[:SHOWN_CANDIDATES],
            understood=match.understood,
            remembered=match.remembered,
            morphemes=match.morphemes,
            kinds=match.kinds,
            further=tuple(candidate.entry for candidate in several[1:]),
        )

    def _decide(self, candidates: tuple[Candidate, ...]) -> tuple[Outcome, Entry | None, tuple[Entry, ...]]:
        answers = [candidate for candidate in candidates if not candidate.entry.known_gap]
        gaps = [candidate for candidate in candidates if candidate.entry.known_gap]
        if answers and self._is_sure(answers[0]):
            return Outcome.ANSWER, answers[0].entry, ()
        if gaps and gaps[0].confidence >= self.limits.known_gap:
            return Outcome.FALLBACK, gaps[0].entry, ()
        useful = [each for each in answers if each.confidence >= LEAST_SUGGESTION][:MOST_SUGGESTIONS]
        if sum(each.confidence for each in useful) >= self.limits.useful_suggestion:
            return Outcome.SUGGESTIONS, None, tuple(each.entry for each in useful)
        return Outcome.FALLBACK, gaps[0].entry if gaps and gaps[0].confidence >= LEAST_REASON else None, ()

    def _is_sure(self, candidate: Candidate) -> bool:
        return candidate.confidence >= self._enough[candidate.practised]

    def _several(self, match: Match) -> tuple[Candidate, ...]:
        """The answers to a message's several questions; none unless two at least are answered, each with another."""
        sure = [part for part in match.parts if self._is_sure(part) and not part.entry.known_gap]
        by_entry = {part.entry.id: part for part in sure}
        return tuple(by_entry.values()) if len(by_entry) > 1 else ()
