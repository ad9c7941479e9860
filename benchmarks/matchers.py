"""Matchers behind one interface, so that they can be compared: this project's, and plain ones from libraries."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import bm25s
import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.base import KnowledgeBase, Vocabulary
from knowledge.matching.analysis import Analyzer
from knowledge.matching.evidence_matcher import EvidenceMatcher
from knowledge.matching.likeness import Embedder, open_embedder

Ranking = list[tuple[str, float]]
Words = Callable[[str], list[str]]
NOTHING = "~nothing"
"""The id under which practice questions stand that nothing answers: finding it is a refusal."""
OURS = "this project"
_KEPT = 10


class Ranker(Protocol):
    """Anything that can be compared."""

    def ranked(self, question: str) -> Ranking:
        """The ids of the best entries with their scores, best first."""
        ...


class Ours:
    """This project's matcher; its scores are probabilities."""

    def __init__(self, knowledge: KnowledgeBase, *, semantic: bool = True) -> None:
        self._matcher = EvidenceMatcher(knowledge, semantic=semantic)

    def ranked(self, question: str) -> Ranking:
        """The candidates with their confidences."""
        return [(found.entry.id, found.confidence) for found in self._matcher.match(question).candidates]


class Plain(ABC):
    """A matcher that scores every way to ask; an entry's score is that of its best one.

    It searches what this project's matcher learns from: the editors' ways to ask, and the practice questions.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        ways = sorted(ways_of(knowledge))
        self._ids = sorted({entry_id for entry_id, _ in ways})
        owners = [entry_id for entry_id, _ in ways]
        self._starts = np.searchsorted(np.array(owners), self._ids)
        self.index([text for _, text in ways])

    def ranked(self, question: str) -> Ranking:
        """The ten entries with the most similar ways to ask."""
        best = np.maximum.reduceat(self.scores(question), self._starts)
        order = np.argsort(-best, kind="stable")[:_KEPT]
        return [(self._ids[number], float(best[number])) for number in order]

    @abstractmethod
    def index(self, texts: list[str]) -> None:
        """Prepares the ways to ask."""

    @abstractmethod
    def scores(self, question: str) -> NDArray[Any]:
        """A score for each of them."""


class Fuzzy(Plain):
    """A scorer of rapidfuzz, on its default processing."""

    def __init__(self, knowledge: KnowledgeBase, scorer: Callable[..., float]) -> None:
        self._scorer = scorer
        super().__init__(knowledge)

    def index(self, texts: list[str]) -> None:
        """Lower case, signs as spaces."""
        self._texts = [utils.default_process(text) for text in texts]

    def scores(self, question: str) -> NDArray[Any]:
        """0 to 100."""
        asked = [utils.default_process(question)]
        return np.asarray(process.cdist(asked, self._texts, scorer=self._scorer)[0])


class RankBm25(Plain):
    """BM25 by rank-bm25."""

    def __init__(self, knowledge: KnowledgeBase, words: Words) -> None:
        self._words = words
        super().__init__(knowledge)

    def index(self, texts: list[str]) -> None:
        """Okapi with its default parameters."""
        self._bm25 = BM25Okapi([self._words(text) for text in texts])

    def scores(self, question: str) -> NDArray[Any]:
        """Unbounded; 0 without a common word."""
        return np.asarray(self._bm25.get_scores(self._words(question)))


class Bm25s(Plain):
    """BM25 by bm25s."""

    def __init__(self, knowledge: KnowledgeBase, words: Words) -> None:
        self._words = words
        super().__init__(knowledge)

    def index(self, texts: list[str]) -> None:
        """Its default (Lucene) variant and parameters."""
        self._bm25 = bm25s.BM25()
        self._bm25.index([self._words(text) for text in texts], show_progress=False)
        self._size = len(texts)

    def scores(self, question: str) -> NDArray[Any]:
        """Unbounded; 0 without a common word."""
        known = [word for word in self._words(question) if word in self._bm25.vocab_dict]
        return np.asarray(self._bm25.get_scores(known)) if known else np.zeros(self._size)


class Characters(Plain):
    """TF-IDF of runs of one to three characters, by scikit-learn."""

    def index(self, texts: list[str]) -> None:
        """Lower case, signs and spaces as they are."""
        self._vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self._rows = self._vectors.fit_transform(texts)

    def scores(self, question: str) -> NDArray[Any]:
        """Cosines."""
        return np.asarray((self._rows @ self._vectors.transform([question]).T).toarray()[:, 0])


class Embeddings(Plain):
    """The sentence embeddings that this project's matcher uses, alone."""

    def __init__(self, knowledge: KnowledgeBase, embedder: Embedder) -> None:
        self._embedder = embedder
        super().__init__(knowledge)

    def index(self, texts: list[str]) -> None:
        """Each text as it stands."""
        self._vectors = self._embedder.embed(texts)

    def scores(self, question: str) -> NDArray[Any]:
        """Cosines."""
        return np.asarray(self._vectors @ self._embedder.embed([question])[0])


def ways_of(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every way to ask with the id of its entry, practice questions without slips among them."""
    for entry in knowledge.entries.values():
        yield from ((entry.id, text) for _, text in entry.ways_to_ask())
    for question in knowledge.practice:
        owner = question.entries[0] if question.entries else NOTHING
        if not question.noise and (owner in knowledge.entries or owner == NOTHING):
            yield owner, question.text


def matchers() -> Mapping[str, Callable[[KnowledgeBase], Ranker]]:
    """How to build each matcher, by its name; this project's comes first, embeddings where they are installed."""
    analyzer = Analyzer(Vocabulary())
    embedder = open_embedder()

    def morphemes(text: str) -> list[str]:
        return list(analyzer.analyze(text).morphemes)

    def spaced(text: str) -> list[str]:
        return text.lower().split()

    embedding: dict[str, Callable[[KnowledgeBase], Ranker]] = {}
    if embedder:
        embedding = {
            f"{OURS}, without embeddings": lambda knowledge: Ours(knowledge, semantic=False),
            "embeddings alone": lambda knowledge: Embeddings(knowledge, embedder),
        }
    return {
        OURS: Ours,
        **embedding,
        "rapidfuzz WRatio": lambda knowledge: Fuzzy(knowledge, fuzz.WRatio),
        "rapidfuzz token_sort_ratio": lambda knowledge: Fuzzy(knowledge, fuzz.token_sort_ratio),
        "rank-bm25, whitespace": lambda knowledge: RankBm25(knowledge, spaced),
        "rank-bm25, morphemes": lambda knowledge: RankBm25(knowledge, morphemes),
        "bm25s, whitespace": lambda knowledge: Bm25s(knowledge, spaced),
        "bm25s, morphemes": lambda knowledge: Bm25s(knowledge, morphemes),
        "TF-IDF, characters": Characters,
    }
