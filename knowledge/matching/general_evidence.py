"""What speaks for each entry in numbers that mean the same on any knowledge base, and how they are weighed.

They need neither known gaps nor practice questions: words count by how few entries say them and how rare they are in
Korean, an entry is compared with the others that are near, and with the question word by word.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from knowledge.errors import FittedModelError
from knowledge.matching import Candidate
from knowledge.matching.analysis import KINDS, Analysis, Reading, kind_bits
from knowledge.matching.comparison import NO_VECTOR, PAIR_FEATURES, compare
from knowledge.matching.entry_index import EntryIndex
from knowledge.matching.features import NEAR_WAYS, POSTINGS_READ
from knowledge.matching.fitted import TreeModel, logistic, logit
from knowledge.matching.likeness import Embedder, open_embedder
from knowledge.matching.term_index import Doubles, Floats, Ints

NEAR_MEANINGS = 24
ENTRIES_KEPT = 12
PAIRS_AN_ENTRY = 4
"""The ways to ask of each entry that are compared with the question word by word."""
_UNLIKE = -8.0
"""The logit of asking the same where nothing is compared."""
_MISSING = -2.0
"""Stands for a difference of likenesses where an entry has no vector."""

_LIKENESSES = ("meaning", "spelling", "semantic")
_LIKE = tuple(f"{view}-{name}" for view in _LIKENESSES for name in ("max", "2"))
_SAME = ("same-max", "same-2")
"""From the comparison of pairs: the logit of asking the same, of the likest way to ask and of the likest two."""
_OWN: tuple[str, ...] = (
    "coverage",
    "coverage-general",
    "left",
    "left-most",
    "said-by-answer",
    "names-unheard",
    "kind",
    "gives",
)
_OWN += ("semantic-answer", "numbers-foreign", "places-elsewhere", "years-elsewhere", "ways")
_COMPARED = (*_LIKE, *_SAME, "semantic-answer")
_OF_QUESTION = ("place", "same-best", "same-next", "unknown", "unknown-most", "entries")
GENERAL_FEATURES: tuple[str, ...] = (
    *_LIKE,
    *_SAME,
    *_OWN,
    *(f"{name}-over-others" for name in (*_COMPARED, "coverage")),
    *(f"{name}-standardised" for name in _COMPARED),
    *_OF_QUESTION,
    *(f"likest-{name}" for name in PAIR_FEATURES),
)
_DIGITS = 4

Logits = Callable[[Floats], Floats]
"""Gives the logit that the two of a pair ask the same, for each row of PAIR_FEATURES."""


@dataclass(frozen=True, slots=True)
class GeneralEvidence:
    """What was gathered for a question: the entries near to it, and the ways to ask that it was compared with.

    `pairs` has a row for each of these, shape (ways, PAIR_FEATURES), `sizes` says how many each entry has. `own` has an
    array by name with an element an entry.
    """

    entries: Ints
    pairs: Floats
    sizes: Ints
    own: Mapping[str, Doubles]
    unknown: tuple[float, float]
    size_of_base: int

    def features(self, same: Logits) -> Floats:
        """A row for each of the entries, in the order of GENERAL_FEATURES; `same` weighs the pairs."""
        count = len(self.entries)
        if not count:
            return np.zeros((0, len(GENERAL_FEATURES)), np.float32)
        likest, pairs = self._likest(same)
        own = {**self.own, **likest}
        best = np.sort(own["same-max"])[::-1]
        of_question = (best[0], best[1] if count > 1 else _UNLIKE, *self.unknown, np.log(self.size_of_base))
        columns: list[Any] = [own[name] for name in (*_LIKE, *_SAME, *_OWN)]
        columns += [_over_others(own[name]) for name in (*_COMPARED, "coverage")]
        columns += [_standardised(own[name]) for name in _COMPARED]
        columns += [np.arange(count, dtype=np.float64), *(np.full(count, value) for value in of_question)]
        return np.round(np.column_stack([*columns, pairs]), _DIGITS).astype(np.float32)

    def _likest(self, same: Logits) -> tuple[dict[str, Doubles], Floats]:
        """What `same` says of each entry, and the features of the way to ask that it finds likest."""
        logits = np.asarray(same(self.pairs), np.float64)
        starts = np.cumsum(self.sizes) - self.sizes
        order = np.lexsort((-logits, np.repeat(np.arange(len(self.sizes)), self.sizes)))
        first, second = order[starts], order[starts + np.minimum(1, self.sizes - 1)]
        best = logits[first]
        return {"same-max": best, "same-2": (best + logits[second]) / 2}, self.pairs[first]

    def without_vectors(self) -> "GeneralEvidence":
        """The same as it would be without an embedder."""
        pairs = self.pairs.copy()
        pairs[:, PAIR_FEATURES.index("semantic")] = NO_VECTOR
        blank = np.full(len(self.entries), NO_VECTOR)
        own = {**self.own, "semantic-max": blank, "semantic-2": blank, "semantic-answer": blank}
        return GeneralEvidence(self.entries, pairs, self.sizes, own, self.unknown, self.size_of_base)


def gather_anywhere(
    index: EntryIndex, question: Analysis, text: str, embedder: Embedder | None, without: Ints | None = None
) -> GeneralEvidence:
    """The entries near to the question, the best first; `without` are entries that are not considered."""
    morphemes = tuple(dict.fromkeys(question.morphemes))
    meaning, spelling = index.meaning.search(morphemes), index.spelling.search(text)
    near = [search.nearest(NEAR_WAYS, POSTINGS_READ) for search in (meaning, spelling)]
    vector = embedder.embed([text])[0] if embedder and len(index.semantic) else None
    vectors = index.semantic.likenesses(vector) if vector is not None else None
    if vectors is not None:
        near.append(index.semantic.rows[np.argsort(-vectors, kind="stable")[:NEAR_MEANINGS]])
    entries = index.near(near)
    if without is not None:
        entries = np.setdiff1d(entries, without)
    rows, sizes = index.rows_of(entries), index.sizes[entries]
    views = (meaning.similarities(rows), spelling.similarities(rows), index.semantic.of_rows(rows, vectors))
    by_row = dict(zip(_LIKENESSES, views, strict=True))
    owners = np.repeat(np.arange(len(entries)), sizes)
    own = {name: values for view in _LIKENESSES for name, values in _nearest(view, by_row[view], sizes, owners).items()}
    score = own["meaning-max"] + own["meaning-2"] + own["spelling-max"] + own["spelling-2"]
    order = np.argsort(-np.round(score + 1.5 * (own["semantic-max"] + own["semantic-2"]), 6), kind="stable")
    kept = np.sort(order[:ENTRIES_KEPT])
    rank = order[:ENTRIES_KEPT]
    own = {name: values[rank] for name, values in own.items()} | _by_words(
        index, morphemes, question, entries[kept], np.searchsorted(kept, rank)
    )
    of_answers = index.semantic_answers.likenesses(vector) if vector is not None else None
    own["semantic-answer"] = index.semantic_answers.of_rows(entries[rank], of_answers).astype(np.float64)
    likest, pair_sizes = _likest_rows(by_row, sizes, owners, rank)
    given = {view: values[likest] for view, values in by_row.items()}
    given["string"] = index.likeness.ratios(text, rows[likest]).astype(np.float32)
    asked = index.asked(morphemes)
    pairs = compare(asked, kind_bits(question), index.held(rows[likest]), given)
    unknown = asked.general[asked.numbers < 0]
    return GeneralEvidence(
        entries[rank], pairs, pair_sizes, own, (float(unknown.sum()), float(unknown.max(initial=0))), len(index.entries)
    )


def _nearest(view: str, likenesses: Floats, sizes: Ints, owners: Ints) -> dict[str, Doubles]:
    """Each entry's likest way to ask, and the mean of its likest two."""
    starts = np.cumsum(sizes) - sizes
    ordered = likenesses[np.lexsort((-likenesses, owners))].astype(np.float64)
    best = ordered[starts] if len(sizes) else np.zeros(0)
    second = ordered[starts + np.minimum(1, sizes - 1)] if len(sizes) else best
    return {f"{view}-max": best, f"{view}-2": (best + second) / 2}


def _likest_rows(by_row: Mapping[str, Floats], sizes: Ints, owners: Ints, kept: Ints) -> tuple[Ints, Ints]:
    """The places of the rows of the kept entries that seem most like the question, and how many each entry has."""
    alike = by_row["meaning"] + by_row["spelling"] + 1.5 * np.maximum(0, by_row["semantic"])
    starts = np.cumsum(sizes) - sizes
    order = np.lexsort((-alike, owners))
    chosen = [order[starts[entry] :][: min(sizes[entry], PAIRS_AN_ENTRY)] for entry in kept.tolist()]
    return np.concatenate([np.zeros(0, np.int64), *chosen]), np.minimum(sizes[kept], PAIRS_AN_ENTRY)


def _by_words(
    index: EntryIndex, morphemes: tuple[str, ...], question: Analysis, entries: Ints, order: Ints
) -> dict[str, Doubles]:
    """How each entry as a whole holds the question; the entries ascend, and the results stand in `order`."""
    words = index.asked(morphemes)
    weights, general = words.general * words.spread, words.general
    said = np.zeros((len(morphemes), len(entries)), bool)
    known = words.numbers >= 0
    said[known] = index.said.table(words.numbers[known], entries) > 0
    answered = index.answers.hold(morphemes, entries)
    names = np.array([word in question.names for word in morphemes], bool) * general
    kinds = sorted(map(KINDS.index, question.kinds))
    places, numbers = question.places - index.own_places, entries.tolist()
    found = {
        "coverage": weights @ said / (weights.sum() + 1e-6),
        "coverage-general": general @ said / (general.sum() + 1e-6),
        "left": weights @ ~(said | answered),
        "left-most": (weights[:, None] * ~(said | answered)).max(axis=0, initial=0),
        "said-by-answer": weights @ (answered & ~said),
        "names-unheard": names @ ~(said | answered),
        "kind": np.log(index.kinds[entries][:, kinds] / index.kinds_overall[kinds]).mean(axis=1, dtype=np.float64),
        "gives": index.gives[entries][:, kinds].mean(axis=1, dtype=np.float64),
        "numbers-foreign": np.array([len(question.numbers - index.numbers[entry]) for entry in numbers], np.float64),
        "places-elsewhere": np.array([len(places - index.places[entry]) for entry in numbers], np.float64),
        "years-elsewhere": np.array([len(question.years - index.years[entry]) for entry in numbers], np.float64),
        "ways": np.log(index.sizes[entries]),
    }
    return {name: np.asarray(values, np.float64)[order] for name, values in found.items()}


def _over_others(values: Doubles) -> Doubles:
    """How far each value is above the largest of the others."""
    if len(values) <= 1:
        return np.zeros(len(values))
    second, first = np.partition(values, -2)[-2:]
    return np.where(values <= NO_VECTOR, _MISSING, values - np.where(values == first, second, first))


def _standardised(values: Doubles) -> Doubles:
    """How many standard deviations each value is above the mean of all."""
    return np.asarray((values - values.mean()) / (values.std() + 0.01), np.float64)


GENERAL_FILE = Path(__file__).with_name("general.npz")
MOST_ELSEWHERE = 0.25
"""What is asked of another municipality, year or person is never answered, at most suggested."""
CAUTION = 0.6
"""What the accepted share of wrong answers is multiplied by on a base that nobody practised on.

So that at most 5 % of what nothing answers was answered on the training bases, each left out of the fit.
"""
_ARRAYS = ("feature", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True)
class GeneralNumbers:
    """What `python main.py fit` makes of the bases in `knowledge/training`.

    `pairs` say whether a question and a way to ask mean the same, `entries` whether an entry answers the question;
    `calibration` (slope, offset) and `wrong_shares` are as in FittedNumbers.
    """

    pairs: TreeModel
    entries: TreeModel
    calibration: tuple[float, float]
    wrong_shares: tuple[tuple[float, float], ...]
    made_from: Mapping[str, Any]

    def same(self, pairs: Floats) -> Floats:
        """The logit that the two of each pair ask the same."""
        return logit(self.pairs.probabilities(pairs))

    def confidences(self, features: Floats) -> Floats:
        """The calibrated probability of each entry, by the features that its evidence has with `same`."""
        slope, offset = self.calibration
        return logistic(slope * logit(self.entries.probabilities(features)) + offset)

    def least_confidence(self, wrong_answers: float) -> float:
        """The least confidence with which to answer, so that at most that share of the answers is wrong.

        See CAUTION for a base that nobody practised on.
        """
        return min((confidence for confidence, share in self.wrong_shares if share <= wrong_answers), default=1.0)


def save_general(with_vectors: GeneralNumbers, without: GeneralNumbers, file: Path = GENERAL_FILE) -> None:
    """Writes the numbers for use with an embedder and without one."""
    arrays: dict[str, Any] = {}
    meta: dict[str, Any] = {"pair_features": PAIR_FEATURES, "features": GENERAL_FEATURES}
    for name, numbers in (("with", with_vectors), ("without", without)):
        meta[name] = {
            "calibration": numbers.calibration,
            "wrong_shares": numbers.wrong_shares,
            "made_from": dict(numbers.made_from),
        }
        for part, trees in (("pairs", numbers.pairs), ("entries", numbers.entries)):
            meta[name][part] = {"baseline": trees.baseline, "depth": trees.depth}
            arrays |= {f"{name}-{part}-{array}": getattr(trees, array) for array in _ARRAYS}
    arrays["meta"] = np.frombuffer(json.dumps(meta).encode(), np.uint8)
    np.savez_compressed(file, **arrays)


@cache
def load_general(file: Path = GENERAL_FILE, *, vectors: bool) -> GeneralNumbers:
    """The numbers of the file, with an embedder or without. Raises FittedModelError when they cannot be used."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if tuple(meta["features"]) != GENERAL_FEATURES or tuple(meta["pair_features"]) != PAIR_FEATURES:
                raise FittedModelError(file, "it was made for other features")
            name = "with" if vectors else "without"
            own = meta[name]
            pairs, entries = (
                TreeModel.from_data(own[part] | {array: arrays[f"{name}-{part}-{array}"] for array in _ARRAYS})
                for part in ("pairs", "entries")
            )
            shares = tuple((confidence, share) for confidence, share in own["wrong_shares"])
            return GeneralNumbers(pairs, entries, tuple(own["calibration"]), shares, own["made_from"])
    except OSError as error:
        raise FittedModelError(file, f"it cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise FittedModelError(file, f"it is damaged ({error})") from None


class GeneralWeighing:
    """Over one index; safe to use from several threads, and to pickle.

    `elsewhere` are the names, in small letters, of what the knowledge base says nothing about. With `semantic`, an
    embedder helps, where one is installed and the index has vectors.
    """

    def __init__(self, index: EntryIndex, elsewhere: frozenset[str], *, semantic: bool) -> None:
        self._index, self._elsewhere = index, elsewhere
        self._semantic = semantic and len(index.semantic) > 0

    @property
    def numbers(self) -> GeneralNumbers:
        """The numbers that fit what is installed; a pickled matcher does not hold them."""
        return load_general(vectors=self._embedder is not None)

    @property
    def _embedder(self) -> Embedder | None:
        return open_embedder() if self._semantic else None

    def weigh(self, reading: Reading, without: Ints | None = None) -> tuple[Candidate, ...]:
        """The candidates, best first; known gaps are weighed as all entries are. `without` are not considered."""
        evidence = gather_anywhere(self._index, reading.analysis, reading.text.lower(), self._embedder, without)
        numbers = self.numbers
        rows = evidence.features(numbers.same)
        elsewhere = self._index.asked_elsewhere(reading.analysis, evidence.entries)
        confidences = numbers.confidences(rows)
        confidences = np.where(elsewhere, np.minimum(confidences, MOST_ELSEWHERE), confidences)
        names = self._elsewhere & {word.rsplit("/", 1)[0] for word in reading.analysis.morphemes}
        found = []
        for place in np.argsort(-confidences, kind="stable").tolist():
            entry, confidence = int(evidence.entries[place]), float(confidences[place])
            if names - self._said(entry):
                confidence = min(confidence, MOST_ELSEWHERE)
            features = dict(zip(GENERAL_FEATURES, rows[place].tolist(), strict=True))
            found.append(Candidate(self._index.entries[entry], confidence, features, practised=False))
        return tuple(found)

    def _said(self, entry: int) -> frozenset[str]:
        """Which of the names that belong elsewhere an entry says itself."""
        found = self._index.entries[entry]
        texts = " ".join((found.answer.ko, *(text for _, text in found.ways_to_ask()))).lower()
        return frozenset(name for name in self._elsewhere if name in texts)
