"""Kiwi takes a second to start, the project's own knowledge base many: each is built once."""

from collections.abc import Iterator

import pytest

from knowledge.base import KnowledgeBase
from knowledge.finding import Finder, Limits
from knowledge.matching.analysis import Analyzer
from knowledge.matching.entry_index import Corpus, EntryIndex
from knowledge.matching.evidence_matcher import EvidenceMatcher
from knowledge.opening import open_finder
from tests.knowledge.matching.small_base import BASE, VOCABULARY
from tests.prepared import OWN, cache_of


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """An analyser with the vocabulary of the small knowledge base."""
    return Analyzer(VOCABULARY)


@pytest.fixture(scope="session")
def corpus(analyzer: Analyzer) -> Corpus:
    """The corpus of the small knowledge base."""
    return Corpus(BASE, analyzer)


@pytest.fixture(scope="session")
def one_core() -> Iterator[None]:
    """scikit-learn grows small trees much faster on one core than on all of a busy machine."""
    pytest.importorskip("sklearn.ensemble")
    with pytest.importorskip("threadpoolctl").threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def opened() -> tuple[KnowledgeBase, Finder]:
    """The knowledge base that citizens ask, and a finder over it with the default limits."""
    return open_finder(OWN, Limits(), cache_of(OWN))


@pytest.fixture(scope="session")
def project(opened: tuple[KnowledgeBase, Finder]) -> KnowledgeBase:
    """The knowledge base that citizens ask."""
    return opened[0]


@pytest.fixture(scope="session")
def matcher(opened: tuple[KnowledgeBase, Finder]) -> EvidenceMatcher:
    """The matcher over the project's knowledge base, with the fitted numbers of the project."""
    matcher = opened[1].matcher
    assert isinstance(matcher, EvidenceMatcher)
    return matcher


@pytest.fixture(scope="session")
def finder(matcher: EvidenceMatcher) -> Finder:
    """Answers as the assistant does, with the default limits."""
    return Finder(matcher)


@pytest.fixture(scope="session")
def project_index(matcher: EvidenceMatcher) -> EntryIndex:
    """The index of the project's knowledge base."""
    return matcher._index
