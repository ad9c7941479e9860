"""Finding the entries that may answer a question."""

from knowledge.base import KnowledgeBase
from knowledge.matching.candidates import Candidate, Match, Matcher


def build_matcher(knowledge: KnowledgeBase) -> Matcher:
    """The matcher that the assistant uses, over that knowledge base. Raises FittedModelError."""
    from knowledge.matching.evidence_matcher import EvidenceMatcher

    return EvidenceMatcher(knowledge)


__all__ = ["Candidate", "Match", "Matcher", "build_matcher"]
