"""What speaks for and against each candidate entry, as numbers that the fitted model weighs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.matching.analysis import KINDS, Analysis, letter_grams
from knowledge.matching.entry_index import EntryIndex, in_token_order
from knowledge.matching.term_index import Floats, Ints

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


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was gathered for a question: its nearest answers and gaps, each best first by rank score.

    `features` has a row for each of the `answers`, in the order of FEATURES. Scores are rank scores.
    """

    answers: Ints
    features: Floats
    answer_scores: Floats
    gaps: Ints
    gap_scores: Floats

    @property
    def lead_of_gap(self) -> float:
        """How far the best gap's rank score is ahead of the best answer's."""
        return float(self.gap_scores.max(initial=0.0) - self.answer_scores.max(initial=0.0))


def gather(
    index: EntryIndex, question: Analysis, text: str, elsewhere: frozenset[str], without: Ints | None = None
) -> Evidence:
    """The entries near to the question, and what speaks for each; `without` are entries that are not considered."""
    meaning, spelling = index.meaning.query(question.morphemes), index.spelling.query(letter_grams(text))
    entries = index.near(meaning, spelling, NEAR_WAYS, POSTINGS_READ)
    if without is not None:
        entries = np.setdiff1d(entries, without)
    rows = index.rows_of(entries)
    sizes = index.sizes[entries]
    own = {
        **_pooled("meaning", index.meaning.similarities(meaning, rows), sizes),
        **_pooled("spelling", index.spelling.similarities(spelling, rows), sizes),
        **_by_words(index, question, entries, elsewhere),
    }
    own["rank-score"] = (
        own["meaning-8"] + own["spelling-8"] + own["meaning-soft"] + own["spelling-soft"] + own["log-odds"] / 8
    )
    gap = index.known_gap[entries]
    order = np.argsort(-own["rank-score"], kind="stable")
    answers, gaps = order[~gap[order]][:ANSWERS_KEPT], order[gap[order]][:GAPS_KEPT]
    kept = np.concatenate([answers, gaps])
    own = {name: values[kept] for name, values in own.items()}
    own |= _by_details(index, question, text, entries[kept])
    matrix = _matrix(own, len(answers), _of_question(index, question))
    scores = own["rank-score"]
    return Evidence(entries[answers], matrix, scores[: len(answers)], entries[gaps], scores[len(answers) :])


def _pooled(view: str, similarities: Floats, sizes: Ints) -> dict[str, Floats]:
    """Each entry's similarity: its most similar way to ask, the mean of its best 2 and 8, and a soft maximum."""
    if not len(sizes):
        return {f"{view}-{name}": np.zeros(0, np.float32) for name in ("max", "2", "8", "soft")}
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owners = np.repeat(np.arange(len(sizes), dtype=np.float32), sizes)
    by_entry = similarities[np.argsort(2 * owners - similarities, kind="stable")]
    places = starts[:, None] + np.arange(_BEST)
    best = np.where(np.arange(_BEST) < sizes[:, None], by_entry[np.minimum(places, len(by_entry) - 1)], 0)
    soft = np.log(np.add.reduceat(np.exp(_SHARPNESS * similarities), starts)) / _SHARPNESS
    counted = np.minimum(_BEST, sizes)
    return {
        f"{view}-max": best[:, 0],
        f"{view}-2": best[:, :2].sum(axis=1) / np.minimum(2, sizes),
        f"{view}-8": best.sum(axis=1) / counted,
        f"{view}-soft": soft.astype(np.float32),
    }


def _by_words(index: EntryIndex, question: Analysis, entries: Ints, elsewhere: frozenset[str]) -> dict[str, Floats]:
    """How the question's morphemes are held by each entry."""
    odds, covered, frequent, answered, lean, foreign = (np.zeros(len(entries), np.float32) for _ in range(6))
    total = 1e-6
    words = set(question.morphemes)
    for word in words:
        weight = index.rarity(word)
        total += weight
        said = np.fromiter((word in index.answer_words[entry] for entry in entries), bool, len(entries))
        number = index.meaning.vocabulary.get(word)
        if word.rsplit("/", 1)[0] in elsewhere:
            foreign += ~said if number is None else ~said & (index.shares_with(word, entries) < _SELDOM)
        if number is None:
            answered += weight * said
            continue
        share = index.shares_with(word, entries)
        answered += weight * (said | (share > 0))
        lean += max(0, index.lean[number]) * ~(said | (share > 0))
        sizes = index.sizes[entries]
        inside = (share * sizes + _SMOOTHING) / (sizes + 1)
        overall = (index.meaning.document_frequency[number] + 1) / (len(index.texts) + 1)
        odds += np.log(inside / overall)
        covered += weight * (share > 0)
        frequent += weight * np.minimum(1, share / _SELDOM)
    return {
        "log-odds": odds / max(1, len(words)) ** 0.5,
        "coverage": covered / total,
        "frequent-coverage": frequent / total,
        "uncovered": total - covered,
        "answer-coverage": answered / total,
        "unheard": total - answered,
        "lean-uncovered": lean,
        "elsewhere": foreign,
    }


def _by_details(index: EntryIndex, question: Analysis, text: str, entries: Ints) -> dict[str, Floats]:
    """Kinds of question, numbers, and the likeness of the strings."""
    kinds = [KINDS.index(kind) for kind in question.kinds]
    agreement = np.log(index.kinds[entries][:, kinds] / index.kinds_overall[kinds]).mean(axis=1)
    held = [index.numbers[entry] for entry in entries]
    return {
        "kind": agreement,
        "string": _likeness(index, entries, text),
        "numbers-held": np.array([len(question.numbers & numbers) for numbers in held], np.float32),
        "numbers-foreign": np.array([len(question.numbers - numbers) for numbers in held], np.float32),
    }


def _likeness(index: EntryIndex, entries: Ints, text: str) -> Floats:
    """The token_sort_ratio of rapidfuzz with the likest way to ask of each entry, in 0..1."""
    if not len(entries):
        return np.zeros(0, np.float32)
    rows = index.rows_of(entries)
    likeness = process.cdist([in_token_order(text)], [index.sorted_texts[row] for row in rows], scorer=fuzz.ratio)[0]
    starts = np.concatenate([[0], np.cumsum(index.sizes[entries])[:-1]]).astype(np.int64)
    return np.asarray(np.maximum.reduceat(likeness, starts) / 100, np.float32)


def _of_question(index: EntryIndex, question: Analysis) -> list[float]:
    words = set(question.morphemes)
    unknown = [index.rarity(word) for word in words if word not in index.meaning.vocabulary]
    known = [index.meaning.vocabulary[word] for word in words if word in index.meaning.vocabulary]
    lean = index.lean[known] if known else np.zeros(1, np.float32)
    weight = sum(map(index.rarity, words))
    return [sum(unknown), max(unknown, default=0.0), len(words), weight, float(lean.sum()), float(lean.max())]


def _matrix(own: dict[str, Floats], answers: int, of_question: Sequence[float]) -> Floats:
    columns = [own[name][:answers] for name in _OWN]
    for name in _COMPARED:
        gaps = own[name][answers:]
        columns.append(own[name][:answers] - (gaps.max() if len(gaps) else 0))
    for name in _COMPARED:
        gaps = own[name][answers:]
        columns.append(own[name][:answers] - (gaps[0] if len(gaps) else 0))
    columns += [own[name][:answers] - _best_other(own[name][:answers]) for name in _COMPARED]
    columns.append(np.arange(answers, dtype=np.float32))
    columns += [np.full(answers, value) for value in of_question]
    return np.column_stack(columns).astype(np.float32)


def _best_other(values: Floats) -> Floats:
    """For each value the largest of the others; 0 where there is none."""
    if len(values) <= 1:
        return np.zeros_like(values)
    first, second = np.sort(values)[::-1][:2]
    return np.asarray(np.where(values == first, second, first), np.float32)
