"""Kiwi takes a second to start: it is started once."""

import pytest

from knowledge.base import Vocabulary
from knowledge.grouping import QuestionGrouping
from knowledge.matching.analysis import Analyzer


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """An analyser with two synonyms."""
    return Analyzer(Vocabulary(synonyms=(("인공지능", "AI"),)))


@pytest.fixture(scope="session")
def grouping(analyzer: Analyzer) -> QuestionGrouping:
    """Grouping with the project's fitted numbers."""
    return QuestionGrouping(analyzer)
