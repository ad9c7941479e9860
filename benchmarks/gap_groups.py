"""The known gaps of a knowledge base as groups of questions that ask the same."""

from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.arrivals import Texts
from knowledge.base import KnowledgeBase
from knowledge.matching.analysis import Analyzer

_NEARLY_THE_SAME = 0.3
"""The cosine of two gaps' words from which on it is hard even for a reader to tell which of them a question means."""


def known_gaps(knowledge: KnowledgeBase) -> Texts:
    """The Korean ways to ask of each known gap."""
    gaps = [entry for entry in knowledge.entries.values() if entry.known_gap]
    return {gap.id: [text for language, text in gap.ways_to_ask() if language == "ko"] for gap in gaps}


def without_near_duplicates(groups: Texts, analyzer: Analyzer) -> Texts:
    """The groups whose words, all ways to ask taken together, are not nearly those of a group before."""
    words = [[word for text in texts for word in analyzer.analyze(text).morphemes] for texts in groups.values()]
    vectors = TfidfVectorizer(analyzer=lambda group: group, sublinear_tf=True).fit_transform(words)
    likeness = (vectors @ vectors.T).toarray()
    kept: list[int] = []
    for row in range(len(words)):
        if not any(likeness[row, other] >= _NEARLY_THE_SAME for other in kept):
            kept.append(row)
    return {name: texts for row, (name, texts) in enumerate(groups.items()) if row in kept}
