"""Finding the entries that may answer a question."""

from knowledge.base import KnowledgeBase
from knowledge.matching.candidates import Candidate, Match, Matcher
from knowledge.matching.string_similarity import StringSimilarityMatcher


def build_matcher(knowledge: KnowledgeBase) -> Matcher:
    """The matcher that the assistant uses, over that knowledge base."""
    return StringSimilarityMatcher(knowledge)


__all__ = ["Candidate", "Match", "Matcher", "build_matcher"]
