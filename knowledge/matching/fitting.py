"""Makes the fitted numbers from the practice questions of a knowledge base.

Nothing is judged by what it has seen: the trees learn from each author's questions with an index that lacks that
author, and the calibration learns from questions that neither the index nor the trees it uses know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.base import KnowledgeBase, PracticeQuestion
from knowledge.errors import FittedModelError
from knowledge.matching.analysis import Analyzer, Reader
from knowledge.matching.entry_index import AskedWay, Corpus, EntryIndex
from knowledge.matching.evidence_matcher import EvidenceMatcher
from knowledge.matching.features import Evidence, gather
from knowledge.matching.fitted import FITTED_FILE, FittedNumbers, TreeModel, logistic, logit
from knowledge.matching.term_index import Floats

FOLDS = 8
SEEDS = (0, 1, 2)
ITERATIONS = 250
CURVE_POINTS = 100
ANSWERABLE_SHARE = 2 / 3
"""Of the questions that citizens ask: an assumption, by which the calibration weighs the practice questions."""
ALSO_WEIGHT = 0.3
"""Of entries that happen to hold what is asked: right, but not what the ranking should learn to prefer."""
TOO_FEW = "the entries or the practice questions are too few to learn from"


@dataclass(frozen=True, slots=True)
class Practised:
    """A practice question with what was gathered for it, and which of the answers are right.

    `right` and `weight` have one element an answer of the evidence.
    """

    question: PracticeQuestion
    evidence: Evidence
    right: NDArray[np.bool_]
    weight: NDArray[np.float32]


def fit(knowledge: KnowledgeBase, progress: Callable[[str], None] = lambda _message: None) -> FittedNumbers:
    """The numbers fitted to the knowledge base's practice questions.

    Needs scikit-learn. Raises FittedModelError when fewer than two authors wrote questions.
    """
    fitting = _Fitting(knowledge)
    if len(fitting.authors) <= 1:
        raise FittedModelError(FITTED_FILE, "practice questions of at least two authors are needed in questions/")
    progress("gathering evidence, each author's questions without that author")
    by_author = {author: fitting.without_author(author) for author in fitting.authors}
    progress("growing trees")
    everything = [practised for group in by_author.values() for practised in group]
    trees = grow(everything)
    progress("calibrating on questions that neither index nor trees know")
    raw = []
    held_out = fitting.without_folds()
    for author in fitting.authors:
        others = grow([practised for name, group in by_author.items() if name != author for practised in group])
        raw += [(practised, others) for practised in held_out if practised.question.author == author]
    best = [_best(practised, model) for practised, model in raw]
    progress("calibrating follow-ups")
    made_from = {"authors": list(fitting.authors), "questions": len(everything), "entries": len(knowledge.entries)}
    fitted = FittedNumbers(trees, **calibrate(best), followup_offset=0.0, made_from=made_from)
    return replace(fitted, followup_offset=_followup_offset(knowledge, fitted))


class _Fitting:
    """The practice questions of a knowledge base, and the evidence for them from indexes that lack them."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        analyzer = Analyzer(knowledge.vocabulary)
        self.corpus = Corpus(knowledge, analyzer)
        self.reader = Reader(knowledge, analyzer, self.corpus.editors_texts())
        self.questions = [question for question in knowledge.practice if not question.before]
        self.authors = sorted({question.author for question in self.questions})

    def without_author(self, author: str) -> list[Practised]:
        index = self.corpus.index(lambda _way, written_by: written_by != author)
        return [self._practise(index, question) for question in self.questions if question.author == author]

    def without_folds(self) -> list[Practised]:
        fold = {question.text.lower(): number % FOLDS for number, question in enumerate(self.questions)}
        practised = []
        for left_out in range(FOLDS):
            index = self.corpus.index(_not_in_fold(fold, left_out))
            asked = [question for question in self.questions if fold[question.text.lower()] == left_out]
            practised += [self._practise(index, question) for question in asked]
        return practised

    def _practise(self, index: EntryIndex, question: PracticeQuestion) -> Practised:
        reading = self.reader.read(question.text)
        evidence = gather(index, reading.analysis, reading.text.lower(), self.reader.elsewhere)
        ids = [index.entries[entry].id for entry in evidence.answers]
        best = np.array([entry_id in question.entries for entry_id in ids], bool)
        also = np.array([entry_id in question.also for entry_id in ids], bool)
        return Practised(question, evidence, best | also, np.where(also, ALSO_WEIGHT, 1).astype(np.float32))


def _not_in_fold(fold: dict[str, int], left_out: int) -> Callable[[AskedWay, str], bool]:
    return lambda way, author: not author or fold.get(way.text) != left_out


def grow(practised: Sequence[Practised]) -> TreeModel:
    """Trees that tell right answers from wrong ones; the mean of several seeds, as one sum."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    features = np.vstack([each.evidence.features for each in practised])
    right = np.concatenate([each.right for each in practised])
    weight = np.concatenate([each.weight for each in practised])
    models = []
    for seed in SEEDS:
        model = HistGradientBoostingClassifier(
            max_iter=ITERATIONS,
            learning_rate=0.05,
            max_leaf_nodes=15,
            min_samples_leaf=25,
            l2_regularization=2.0,
            max_features=0.3,
            random_state=seed,
        )
        models.append(model.fit(features, right, sample_weight=weight))
    return as_trees(models)


def as_trees(models: Sequence[Any]) -> TreeModel:
    """scikit-learn's trees as arrays; the models' scores are averaged."""
    nodes = [predictor[0].nodes for model in models for predictor in model._predictors]  # noqa: SLF001  # no public way
    width = max(map(len, nodes))
    shape = (len(nodes), width)
    feature, left, right = (np.zeros(shape, np.int32) for _ in range(3))
    threshold, value = np.full(shape, np.inf, np.float32), np.zeros(shape, np.float32)
    for tree, tree_nodes in enumerate(nodes):
        leaf = tree_nodes["is_leaf"].astype(bool)
        own = np.arange(len(tree_nodes))
        feature[tree, own] = np.where(leaf, 0, tree_nodes["feature_idx"])
        threshold[tree, own] = np.where(leaf, np.inf, tree_nodes["num_threshold"])
        left[tree, own] = np.where(leaf, own, tree_nodes["left"])
        right[tree, own] = np.where(leaf, own, tree_nodes["right"])
        value[tree, own] = np.where(leaf, tree_nodes["value"] / len(models), 0)
    baseline = float(np.mean([model._baseline_prediction for model in models]))  # noqa: SLF001  # no public way
    depth = max(int(tree_nodes["depth"].max()) for tree_nodes in nodes)
    return TreeModel(baseline, feature, np.nan_to_num(threshold, posinf=1e30), left, right, value, depth)


@dataclass(frozen=True, slots=True)
class Best:
    """The best answer to a practice question that neither index nor trees knew."""

    score: float
    """The logit of its raw probability."""
    right: bool
    answerable: bool
    lead_of_gap: float


def _best(practised: Practised, trees: TreeModel) -> Best:
    probabilities = trees.probabilities(practised.evidence.features)
    best = int(probabilities.argmax()) if len(probabilities) else None
    return Best(
        score=float(logit(probabilities[best])) if best is not None else float(logit(np.float32(0))),
        right=best is not None and bool(practised.right[best]),
        answerable=bool(practised.question.entries),
        lead_of_gap=practised.evidence.lead_of_gap,
    )


def calibrate(best: Sequence[Best]) -> dict[str, Any]:
    """The calibration, the refusal's weights and the curve of wrong answers, as FittedNumbers takes them.

    The calibration is Platt's scaling (1999) of the best answer's logit. Questions are weighted so that
    ANSWERABLE_SHARE of them can be answered, whatever their share among the practice questions is. Raises
    FittedModelError when all can be answered, or none.
    """
    answerable = np.array([each.answerable for each in best])
    weights = weights_of(answerable)
    scores = np.array([each.score for each in best])
    right = np.array([each.right for each in best])
    offset, slope = logistic_weights(scores[:, None], right, weights)
    confidences = logistic((slope * scores + offset).astype(np.float32))
    leads = np.array([each.lead_of_gap for each in best])
    refusal = logistic_weights(np.column_stack([logit(confidences), leads]), ~answerable, weights)
    return {
        "calibration": (slope, offset),
        "refusal": tuple(refusal),
        "wrong_shares": wrong_shares(confidences, ~right, weights),
    }


def weights_of(answerable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What each question counts, so that ANSWERABLE_SHARE of them can be answered; raises as `calibrate` does."""
    if len(np.unique(answerable)) <= 1:
        raise FittedModelError(FITTED_FILE, TOO_FEW)
    share = answerable.mean()
    weights = np.where(answerable, ANSWERABLE_SHARE / share, (1 - ANSWERABLE_SHARE) / (1 - share))
    return np.asarray(weights, np.float64)


def wrong_shares(
    confidences: Floats, wrong: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[tuple[float, float], ...]:
    """(confidence, share of wrong answers among those given at that confidence and above), from sure to unsure."""
    order = np.argsort(-confidences)
    shares = np.cumsum((wrong * weights)[order]) / np.cumsum(weights[order])
    rising = np.maximum.accumulate(shares)
    points = np.linspace(0, len(order) - 1, CURVE_POINTS).astype(int)
    return tuple((round(float(confidences[order][point]), 4), round(float(rising[point]), 4)) for point in points)


def _followup_offset(knowledge: KnowledgeBase, fitted: FittedNumbers) -> float:
    """What makes the confidences of follow-ups right on average: the offset of the least logarithmic loss."""
    matcher = EvidenceMatcher(knowledge, fitted)
    scores, right = [], []
    for question in knowledge.practice:
        previous = None
        for earlier in question.before:
            previous = matcher.match(earlier, previous).remembered
        answers = previous and [found for found in matcher.match(question.text, previous).candidates if found.features]
        if answers:
            scores.append(answers[0].confidence)
            right.append(answers[0].entry.id in (*question.entries, *question.also))
    if not scores:
        return 0.0
    logits, truth = logit(np.array(scores, np.float32)), np.array(right)
    offsets = np.linspace(-2, 2, 81)
    losses = [-np.log(np.where(truth, p := logistic(logits + offset), 1 - p)).mean() for offset in offsets]
    return round(float(offsets[int(np.argmin(losses))]), 3)


def logistic_weights(
    rows: NDArray[np.floating[Any]], labels: NDArray[np.bool_], weights: NDArray[np.floating[Any]]
) -> list[float]:
    """The constant and the weights of a logistic regression. Raises FittedModelError when there is nothing to tell."""
    from sklearn.linear_model import LogisticRegression

    if len(np.unique(labels)) <= 1:
        raise FittedModelError(FITTED_FILE, TOO_FEW)
    model = LogisticRegression(C=100.0).fit(rows, labels, sample_weight=weights)
    return [round(float(weight), 5) for weight in (*model.intercept_, *model.coef_[0])]
