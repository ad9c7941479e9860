"""Kiwi takes a second to start: it is started once."""

from pathlib import Path

import pytest

from knowledge.base import Vocabulary
from knowledge.grouping import QuestionGrouping, background_of
from knowledge.loading.loader import load_knowledge
from knowledge.matching.analysis import Analyzer
from knowledge.matching.likeness import open_embedder


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """An analyser with two synonyms."""
    return Analyzer(Vocabulary(synonyms=(("인공지능", "AI"),)))


@pytest.fixture(scope="session")
def grouping(analyzer: Analyzer) -> QuestionGrouping:
    """Grouping with the project's fitted numbers, and with embeddings where they are installed."""
    background = background_of(load_knowledge(Path("knowledge")))
    return QuestionGrouping(analyzer, background, embedder=open_embedder())
