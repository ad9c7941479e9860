"""Finding the entries that may answer a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.base import Entry, KnowledgeBase, Language


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer the question.

    `confidence` is a calibrated probability in 0..1 that the entry answers it; for a known gap, that the question is
    the one nothing is announced on. `features` are what the confidence was computed from, for explanations.
    """

    entry: Entry
    confidence: float
    features: Mapping[str, float] = field(default_factory=dict)
    practised: bool = True
    """Whether the confidence is of numbers fitted to this base's practice questions; else of those for any base."""


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates for one question, best first, and how the question was read."""

    candidates: tuple[Candidate, ...]
    language: Language = "ko"
    understood: str | None = None
    """The question as repaired, where the text as typed could not be read as it stood."""
    remembered: str | None = None
    """What the next question of the conversation should be read with."""
    morphemes: tuple[str, ...] = ()
    """The content morphemes it was found by, as `form/T`: the subject of the question."""
    kinds: tuple[str, ...] = ()
    """The kinds of question asked: `how-much`, `when`, `where` ..."""
    parts: tuple[Candidate, ...] = ()
    """Where the text asks several questions: the best candidate of each, in their order."""


class Matcher(Protocol):
    """Finds the entries of one knowledge base that may answer a question."""

    def match(self, question: str, previous: str | None = None) -> Match:
        """The best candidates for `question`; `previous` is the question before it in the same conversation.

        Never raises, whatever the text.
        """
        ...

    def least_confidence(self, wrong_answers: float, *, practised: bool = True) -> float:
        """The least confidence with which to answer, so that at most that share (0..1) of the answers is wrong.

        `practised` is that of the candidate.
        """
        ...


def build_matcher(knowledge: KnowledgeBase) -> Matcher:
    """The matcher that the assistant uses, over that knowledge base. Raises FittedModelError."""
    from knowledge.matching.evidence_matcher import EvidenceMatcher

    return EvidenceMatcher(knowledge)


__all__ = ["Candidate", "Match", "Matcher", "build_matcher"]
