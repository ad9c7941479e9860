"""The texts of a knowledge base as vectors: how near in meaning a question is to each."""

from collections.abc import Mapping

import numpy as np

from knowledge.matching.comparison import NO_VECTOR
from knowledge.matching.embedder import Embedder
from knowledge.matching.lists import Floats, Ints

_USUAL_QUESTIONS = (
    *("신청은 어떻게 하나요?", "언제까지 하나요?", "비용이 얼마예요?", "어디에 있어요?", "누가 받을 수 있나요?"),
    *("무료인가요?", "예약해야 하나요?", "몇 시에 열어요?", "전화번호 알려 주세요", "준비물이 뭐예요?"),
)
"""What questions have in common is taken from these too, lest a few texts have all of their meaning in common."""
_USUAL_WEIGHT = 3


class SemanticIndex:
    """Vectors of the rows whose texts it was given; none without an embedder, or when there are too many to embed.

    Where an entry has many ways to ask, words alone tell it apart, and vectors add nothing but time: only those with
    few get any.
    """

    FEW = 16
    """Ways to ask up to which an entry's are embedded."""
    MOST = 6_000
    """Texts that are embedded at most: about a minute's work, done once."""

    def __init__(self, texts: Mapping[int, str], embedder: Embedder | None) -> None:
        used = bool(texts) and embedder is not None and len(texts) <= self.MOST
        self.rows: Ints = np.array(sorted(texts) if used else [], np.int64)
        self._mean: Floats = np.zeros(1, np.float32)
        self._vectors: Floats = np.zeros((0, 1), np.float32)
        if used and embedder:
            vectors = embedder.embed([texts[row] for row in self.rows.tolist()])
            self._mean = common(vectors, embedder)
            self._vectors = centred(vectors, self._mean)

    def __len__(self) -> int:
        return len(self.rows)

    def likenesses(self, vector: Floats) -> Floats:
        """How near a text's vector is to each of `rows`, in -1..1."""
        return np.asarray(self._vectors @ centred(vector, self._mean), np.float32)

    def of_rows(self, rows: Ints, likenesses: Floats | None) -> Floats:
        """The likenesses of these rows of the index; NO_VECTOR for those without a vector."""
        found = np.full(len(rows), NO_VECTOR, np.float32)
        if likenesses is not None and len(self.rows):
            places = np.searchsorted(self.rows, rows)
            has = self.rows.take(places, mode="clip") == rows
            found[has] = likenesses[places[has]]
        return found


def common(vectors: Floats, embedder: Embedder) -> Floats:
    """What all texts have in common, and tells nothing: their mean, and that of usual questions."""
    usual = embedder.embed(_USUAL_QUESTIONS)
    total = vectors.sum(axis=0) + _USUAL_WEIGHT * usual.sum(axis=0)
    return np.asarray(total / (len(vectors) + _USUAL_WEIGHT * len(usual)), np.float32)


def centred(vectors: Floats, mean: Floats) -> Floats:
    """The vectors less what all have in common, with length 1."""
    rest = vectors - mean
    return np.asarray(rest / np.maximum(1e-9, np.linalg.norm(rest, axis=-1, keepdims=True)), np.float32)
