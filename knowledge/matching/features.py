"""What speaks for and against each candidate entry, as numbers that the fitted model weighs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.matching.analysis import KINDS, Analysis
from knowledge.matching.entry_index import EntryIndex
from knowledge.matching.term_index import Doubles, Floats, Ints

NEAR_WAYS = 64
POSTINGS_READ = 50_000
ANSWERS_KEPT = 10
GAPS_KEPT = 5
_BEST = 8
_SHARPNESS = 12.0
"""Of the soft maximum over an entry's ways to ask; found best among 8, 12 and 20 on held-out phrasings."""
_SMOOTHING = 0.05
_SELDOM = 0.05
"""Share of an entry's ways to ask below which a word is not the entry's own."""

_OWN = ["meaning-max", "meaning-2", "meaning-8", "meaning-soft", "spelling-max", "spelling-2", "spelling-8"]
_OWN += ["spelling-soft", "log-odds", "coverage", "frequent-coverage", "uncovered", "kind", "string", "numbers-held"]
_OWN += ["numbers-foreign", "rank-score", "answer-coverage", "unheard", "lean-uncovered"]
_OWN += ["elsewhere"]
_COMPARED = ["meaning-max", "meaning-2", "meaning-8", "spelling-max", "spelling-8", "meaning-soft", "log-odds"]
_COMPARED += ["coverage", "answer-coverage", "kind", "string", "rank-score"]
_OF_QUESTION = ["unknown", "unknown-most", "length", "weight", "lean", "lean-most"]
FEATURES: tuple[str, ...] = (
    *_OWN,
    *(f"{name}-over-gaps" for name in _COMPARED),
    *(f"{name}-over-nearest-gap" for name in _COMPARED),
    *(f"{name}-over-others" for name in _COMPARED),
    "place",
    *_OF_QUESTION,
)
_PLACES = {name: place for place, name in enumerate(FEATURES)}
_DIGITS = 4
"""To which features are rounded."""
_DIGITS_OF_SCORE = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was gathered for a question: its nearest answers and gaps, each best first by rank score.

    `features` has a row for each of the `answers`, in the order of FEATURES. Scores are rank scores.
    """

    answers: Ints
    features: Floats
    answer_scores: Doubles
    gaps: Ints
    gap_scores: Doubles

    @property
    def lead_of_gap(self) -> float:
        """How far the best gap's rank score is ahead of the best answer's."""
        return float(self.gap_scores.max(initial=0.0) - self.answer_scores.max(initial=0.0))


class NamedFeatures(Mapping[str, float]):
    """The features of one answer by their names, which only explanations need."""

    __slots__ = ("_values",)

    def __init__(self, values: Floats) -> None:
        self._values = values

    def __getitem__(self, name: str) -> float:
        return float(self._values[_PLACES[name]])

    def __iter__(self) -> Iterator[str]:
        return iter(FEATURES)

    def __len__(self) -> int:
        return len(FEATURES)

    def __repr__(self) -> str:
        return repr(dict(self))


class _Words:
    """The morphemes of a question, each once, and which of them the ways to ask know."""

    def __init__(self, index: EntryIndex, question: Analysis) -> None:
        self.all = tuple(dict.fromkeys(question.morphemes))
        self.weights = np.array([index.rarity(word) for word in self.all], np.float64)
        numbers = [index.meaning.vocabulary.get(word, -1) for word in self.all]
        self.known = np.array([number >= 0 for number in numbers], bool)
        self.numbers: Ints = np.array([number for number in numbers if number >= 0], np.int64)


def gather(
    index: EntryIndex, question: Analysis, text: str, elsewhere: frozenset[str], without: Ints | None = None
) -> Evidence:
    """The entries near to the question, and what speaks for each; `without` are entries that are not considered."""
    meaning, spelling = index.meaning.search(question.morphemes), index.spelling.search(text)
    entries = index.near([search.nearest(NEAR_WAYS, POSTINGS_READ) for search in (meaning, spelling)])
    if without is not None:
        entries = np.setdiff1d(entries, without)
    rows, sizes, words = index.rows_of(entries), index.sizes[entries], _Words(index, question)
    own = {
        **_pooled("meaning", meaning.similarities(rows), sizes),
        **_pooled("spelling", spelling.similarities(rows), sizes),
        **_by_words(index, words, entries, elsewhere),
    }
    own["rank-score"] = _rank_score(own)
    gap = index.known_gap[entries]
    order = np.argsort(-own["rank-score"], kind="stable")
    answers, gaps = order[~gap[order]][:ANSWERS_KEPT], order[gap[order]][:GAPS_KEPT]
    kept = np.concatenate([answers, gaps])
    own = {name: values[kept] for name, values in own.items()} | _by_details(index, question, text, entries[kept])
    scores = own["rank-score"]
    matrix = _matrix(own, len(answers), _of_question(index, words))
    return Evidence(entries[answers], matrix, scores[: len(answers)], entries[gaps], scores[len(answers) :])


def _rank_score(own: Mapping[str, Doubles]) -> Doubles:
    """Rounded, so that entries with equal evidence stay in their order on every processor."""
    similarity = own["meaning-8"] + own["spelling-8"] + own["meaning-soft"] + own["spelling-soft"]
    return np.round(similarity + own["log-odds"] / 8, _DIGITS_OF_SCORE)


def _pooled(view: str, similarities: Floats, sizes: Ints) -> dict[str, Doubles]:
    """Each entry's similarity: its most similar way to ask, the mean of its best 2 and 8, and a soft maximum."""
    if not len(sizes):
        return {f"{view}-{name}": np.zeros(0) for name in ("max", "2", "8", "soft")}
    starts = np.cumsum(sizes) - sizes
    owners = np.repeat(2.0 * np.arange(len(sizes)), sizes)
    by_entry = owners - np.sort(owners - similarities, kind="stable")  # entry after entry, the most similar first
    places = starts[:, None] + np.arange(_BEST)
    best = by_entry.take(places, mode="clip") * (np.arange(_BEST) < sizes[:, None])
    soft = np.log(np.add.reduceat(np.exp(_SHARPNESS * similarities), starts, dtype=np.float64)) / _SHARPNESS
    return {
        f"{view}-max": best[:, 0],
        f"{view}-2": (best[:, 0] + best[:, 1]) / np.minimum(2, sizes),
        f"{view}-8": best.sum(axis=1) / np.minimum(_BEST, sizes),
        f"{view}-soft": soft,
    }


def _by_words(index: EntryIndex, words: _Words, entries: Ints, elsewhere: frozenset[str]) -> dict[str, Doubles]:
    """How the question's morphemes are held by each entry: tables of a row a morpheme, a column an entry."""
    shares = np.zeros((len(words.all), len(entries)))
    shares[words.known] = index.shares_with(words.numbers, entries)
    answered = index.answers.hold(words.all, entries)
    held = shares > 0
    anywhere = answered | held
    sizes = index.sizes[entries]
    inside = (shares[words.known] * sizes + _SMOOTHING) / (sizes + 1)
    overall = (index.meaning.document_frequency[words.numbers] + 1) / (len(index.owner) + 1)
    odds = np.log(inside / overall[:, None]).sum(axis=0)
    total = 1e-6 + words.weights.sum()
    covered, said = words.weights @ held, words.weights @ anywhere
    foreign = [place for place, word in enumerate(words.all) if word.rsplit("/", 1)[0] in elsewhere]
    return {
        "log-odds": odds / max(1, len(words.all)) ** 0.5,
        "coverage": covered / total,
        "frequent-coverage": words.weights @ np.minimum(1, shares / _SELDOM) / total,
        "uncovered": total - covered,
        "answer-coverage": said / total,
        "unheard": total - said,
        "lean-uncovered": np.maximum(0, index.lean[words.numbers]) @ ~anywhere[words.known],
        "elsewhere": (~answered[foreign] & (shares[foreign] < _SELDOM)).sum(axis=0),
    }


def _by_details(index: EntryIndex, question: Analysis, text: str, entries: Ints) -> dict[str, Doubles]:
    """Kinds of question, numbers, and the likeness of the strings."""
    kinds = sorted(map(KINDS.index, question.kinds))
    asked, numbers = question.numbers, [index.numbers[entry] for entry in entries.tolist()]
    return {
        "kind": np.log(index.kinds[entries][:, kinds] / index.kinds_overall[kinds]).mean(axis=1, dtype=np.float64),
        "string": index.likeness.likest(text, index.starts[entries], index.sizes[entries]),
        "numbers-held": np.array([len(asked & own) for own in numbers], np.float64),
        "numbers-foreign": np.array([len(asked - own) for own in numbers], np.float64),
    }


def _of_question(index: EntryIndex, words: _Words) -> list[float]:
    unknown = words.weights[~words.known]
    lean = index.lean[words.numbers]
    return [
        unknown.sum(),
        unknown.max(initial=0.0),
        len(words.all),
        words.weights.sum(),
        lean.sum(),
        lean.max() if len(lean) else 0.0,
    ]


def _matrix(own: Mapping[str, Doubles], answers: int, of_question: Sequence[float]) -> Floats:
    """A row an answer. Rounded, so that a value on a threshold of the trees stays there on every processor."""
    values = np.array([own[name] for name in _OWN], np.float64)
    compared = np.array([own[name] for name in _COMPARED], np.float64)
    of_answers, of_gaps = compared[:, :answers], compared[:, answers:]
    gaps = of_gaps.shape[1] > 0
    columns = [
        values[:, :answers],
        of_answers - (of_gaps.max(axis=1, keepdims=True) if gaps else 0),
        of_answers - (of_gaps[:, :1] if gaps else 0),
        of_answers - _best_other(of_answers),
        np.arange(answers)[None],
        np.repeat(np.array(of_question)[:, None], answers, axis=1),
    ]
    return np.round(np.concatenate(columns).T, _DIGITS).astype(np.float32)


def _best_other(values: Doubles) -> Doubles:
    """For each value of a row the largest of the row's others; 0 where there is none."""
    if values.shape[1] <= 1:
        return np.zeros_like(values)
    ordered = np.sort(values, axis=1)
    first, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.where(values == first, second, first)
