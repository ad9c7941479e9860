"""TF-IDF over short texts: which of them share terms with a query, and how similar they are."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_MANY = 10


@dataclass(frozen=True, slots=True)
class Query:
    """A query's known terms with their weights; the weights' squares sum to 1."""

    terms: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of numbered items, each item with a weight: list `n` is that from `ends[n]` up to `ends[n + 1]`."""

    ends: Ints
    items: NDArray[np.int32]
    weights: Floats

    def __len__(self) -> int:
        return len(self.ends) - 1

    def by_item(self, size: int) -> "Lists":
        """For each of the `size` items the lists that hold it, ascending."""
        from scipy import sparse  # only to build: a start from the cache does without

        turned = sparse.csr_matrix((self.weights, self.items, self.ends), shape=(len(self), size)).tocsc()
        turned.sort_indices()
        return Lists(turned.indptr.astype(np.int64), turned.indices.astype(np.int32), turned.data)

    def chosen(self, numbers: Ints) -> tuple[NDArray[np.int32], Floats, Ints]:
        """The items and the weights of these lists, one list after another, and how long each is."""
        starts = self.ends[numbers]
        sizes = self.ends[numbers + 1] - starts
        places = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        return self.items[places], self.weights[places], sizes


class TermIndex:
    """Texts as unit vectors of TF-IDF weights (1 + log tf) * (1 + log((1 + n) / (1 + df))), by row and by term."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self.vocabulary: dict[str, int] = {}
        terms, counts, ends = array("i"), array("f"), array("q", [0])
        for text in texts:
            for term, count in Counter(text).items():
                terms.append(self.vocabulary.setdefault(term, len(self.vocabulary)))
                counts.append(count)
            ends.append(len(terms))
        size = len(ends) - 1
        columns = np.frombuffer(terms, np.int32) if terms else np.zeros(0, np.int32)
        frequencies = np.frombuffer(counts, np.float32) if counts else np.zeros(0, np.float32)
        self.document_frequency = np.bincount(columns, minlength=len(self.vocabulary))
        self.idf: Floats = (1 + np.log((1 + size) / (1 + self.document_frequency))).astype(np.float32)
        weights = (1 + np.log(frequencies)) * self.idf[columns]
        lengths = np.diff(np.frombuffer(ends, np.int64))
        owners = np.repeat(np.arange(size), lengths.astype(np.int64))
        norms = np.sqrt(np.bincount(owners, weights.astype(np.float64) ** 2, minlength=size)).astype(np.float32)
        weights = (weights / norms[owners]).astype(np.float32)
        self._rows = Lists(np.frombuffer(ends, np.int64), columns.copy(), weights)
        self._postings = self._rows.by_item(len(self.vocabulary))

    def query(self, terms: Sequence[str]) -> Query:
        """The terms that the index knows, weighted as the texts are."""
        counts = Counter(self.vocabulary[term] for term in terms if term in self.vocabulary)
        known = np.fromiter(counts.keys(), np.int64, len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.idf[known]
        norm = float(np.sqrt(np.sum(weights**2))) or 1.0
        return Query(known, (weights / norm).astype(np.float32))

    def frequency_among(self, chosen: NDArray[np.bool_]) -> Floats:
        """In how many of the chosen rows each term stands."""
        held = np.repeat(chosen, np.diff(self._rows.ends))
        return np.bincount(self._rows.items, held, minlength=len(self.vocabulary)).astype(np.float32)

    def nearest(self, query: Query, limit: int, budget: int) -> Ints:
        """The rows most similar to the query, at most `limit`, in no order.

        Terms are looked up from the rarest on until `budget` postings are read, so that cost is bounded; what is
        left out are the commonest terms, which tell least.
        """
        order = np.argsort(self.document_frequency[query.terms], kind="stable")
        read = np.cumsum(self.document_frequency[query.terms][order])
        kept = order[: max(1, int(np.searchsorted(read, budget, side="right")))] if len(order) else order
        if not len(kept):
            return np.zeros(0, np.int64)
        rows, weights, sizes = self._postings.chosen(query.terms[kept])
        return _best(rows, weights * np.repeat(query.weights[kept], sizes), limit, len(self._rows))

    def similarities(self, query: Query, rows: Ints) -> Floats:
        """The cosine of the query with each of the rows."""
        asked = np.zeros(len(self.vocabulary), np.float32)
        asked[query.terms] = query.weights
        terms, weights, sizes = self._rows.chosen(rows)
        owners = np.repeat(np.arange(len(rows)), sizes)
        return np.bincount(owners, weights * asked[terms], minlength=len(rows)).astype(np.float32)

    def rows_with(self, term: str) -> Ints:
        """The rows that hold the term, ascending."""
        number = self.vocabulary.get(term)
        if number is None:
            return np.zeros(0, np.int64)
        start, end = self._postings.ends[number : number + 2]
        return self._postings.items[start:end].astype(np.int64)


def _best(rows: NDArray[np.int32], scores: Floats, limit: int, size: int) -> Ints:
    """The `limit` rows with the largest sums of scores; sums over all rows are cheaper once many are touched."""
    if _MANY * len(rows) > size:
        sums = np.bincount(rows, scores, minlength=size)
        best = np.argpartition(-sums, limit - 1)[:limit] if size > limit else np.arange(size)
        return best[sums[best] > 0].astype(np.int64)
    found, places = np.unique(rows, return_inverse=True)
    sums = np.bincount(places, scores)
    if len(found) <= limit:
        return found.astype(np.int64)
    return found[np.argpartition(-sums, limit - 1)[:limit]].astype(np.int64)
