"""Decides what becomes of a question: an answer, suggestions, or a fallback."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.base import Entry, Language
from knowledge.matching.candidates import Candidate, Matcher

MOST_SUGGESTIONS = 3
SHOWN_CANDIDATES = 5


class Outcome(StrEnum):
    """The three things that can become of a question."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure is sure enough; both are probabilities in 0..1.

    `wrong_answers` is the largest chance of a wrong answer that is accepted when one is given without asking back.
    `useful_suggestion` is the least chance of being right that earns an entry a place among the suggestions.
    """

    wrong_answers: float = 0.2
    useful_suggestion: float = 0.05


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


class Finder:
    """Answers questions from one knowledge base through a matcher."""

    def __init__(self, matcher: Matcher, limits: Limits | None = None) -> None:
        self.matcher = matcher
        self.limits = limits or Limits()

    def find(self, question: str, previous: str | None = None) -> Finding:
        """What becomes of `question`, asked after `previous` in the same conversation."""
        match = self.matcher.match(question, previous)
        best = match.candidates[0] if match.candidates else None
        outcome, entry, suggestions = self._decide(match.candidates)
        return Finding(
            outcome=outcome,
            language=match.language,
            confidence=best.confidence if best else 0.0,
            entry=entry,
            suggestions=suggestions,
            candidates=match.candidates[:SHOWN_CANDIDATES],
            understood=match.understood,
        )

    def _decide(self, candidates: tuple[Candidate, ...]) -> tuple[Outcome, Entry | None, tuple[Entry, ...]]:
        best = candidates[0] if candidates else None
        if best and best.confidence >= 1 - self.limits.wrong_answers:
            outcome = Outcome.FALLBACK if best.entry.known_gap else Outcome.ANSWER
            return outcome, best.entry, ()
        useful = [candidate for candidate in candidates if candidate.confidence >= self.limits.useful_suggestion]
        suggestions = tuple(candidate.entry for candidate in useful if not candidate.entry.known_gap)
        if suggestions:
            return Outcome.SUGGESTIONS, None, suggestions[:MOST_SUGGESTIONS]
        reason = useful[0].entry if useful else None
        return Outcome.FALLBACK, reason, ()
