"""Fits the numbers of grouping to questions of several domains, texts arriving one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.arrivals import Arrivals, draw
from benchmarks.grouping_data import Domain, drawn
from knowledge.grouping import GroupTexts, QuestionGrouping
from knowledge.grouping.asked_texts import Meanings
from knowledge.grouping.fitted import GroupingNumbers, PairModel
from knowledge.grouping.pair_features import LEXICAL, pair_features
from knowledge.matching.analysis import Analyzer
from knowledge.matching.fitted import TreeModel
from knowledge.matching.fitting import SEEDS, as_trees
from knowledge.matching.likeness import Embedder
from knowledge.matching.term_index import Floats, Ints

GROUPS, TEXTS = 36, 6
"""Of each draw from a domain."""
MOST_WRONG = 0.08
"""Of the questions that join a group, the largest share that may join a wrong one, in domains not fitted on."""
_FOLDS = 3
_LOOKED_AT = 12
_LIMITS = np.arange(0.0, 3.01, 0.05).round(2)
_LEAF = {name: [[0]] for name in ("feature", "left", "right")} | {"threshold": [[0.0]], "value": [[0.0]]}
_NO_MODEL = PairModel(TreeModel.from_data({"baseline": 0.0, "depth": 0, **_LEAF}), 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside the nearest groups: features by text, sizes of the groups, and whether each is its own."""

    features: Floats
    sizes: Ints
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Questions that arrive among a background, each compared with the groups of those before it."""

    domain: str
    arrivals: Arrivals
    background: Sequence[str]
    compared: Sequence[Compared]


class _Remembering(Meanings):
    """An embedder that is asked for each text once."""

    def embed(self, texts: Sequence[str]) -> Floats:
        return self.of(texts)


class Fitting:
    """Gathers what is compared once, and fits both models to it."""

    def __init__(self, analyzer: Analyzer, embedder: Embedder, progress: Callable[[str], None]) -> None:
        self._analyzer, self._embedder = analyzer, _Remembering(embedder)
        self._progress = progress
        self._nothing = GroupingNumbers(_NO_MODEL, _NO_MODEL, np.zeros(0, np.float32), {})

    def fit(self, domains: Sequence[Domain]) -> GroupingNumbers:
        """The numbers; limits are chosen, and likenesses calibrated, with models that lack the domain."""
        self._nothing = replace(self._nothing, centre=self._centre(domains))
        lessons = [lesson for domain in domains for lesson in self._lessons(domain)]
        made_from = {"domains": [domain.name for domain in domains], "groups": GROUPS, "texts": TEXTS}
        numbers = replace(self._nothing, made_from=made_from)
        numbers = replace(numbers, lexical=self._model(lessons, semantic=False))
        return replace(numbers, semantic=self._model(lessons, semantic=True))

    def _centre(self, domains: Sequence[Domain]) -> Floats:
        texts = [text for domain in domains for group in domain.groups.values() for text in group]
        forms = {word.rsplit("/", 1)[0] for text in texts for word in self._analyzer.analyze(text).morphemes}
        return np.asarray(self._embedder.embed(sorted(forms)).mean(axis=0), np.float32)

    def _lessons(self, domain: Domain) -> Iterator[Lesson]:
        self._progress(f"comparing the questions of {domain.name}")
        for seed in range(domain.draws):
            chosen = drawn(domain, GROUPS, TEXTS, seed)
            arrivals = draw(chosen.groups, None, seed)
            compared = list(self._rightly_grouped(arrivals, chosen.background))
            yield Lesson(domain.name, arrivals, chosen.background, compared)

    def _rightly_grouped(self, arrivals: Arrivals, background: Sequence[str]) -> Iterator[Compared]:
        """Each question beside the groups of those before it, as they ought to be."""
        grouping = QuestionGrouping(self._analyzer, background, embedder=self._embedder, numbers=self._nothing)
        groups: dict[str, list[str]] = {}
        for text, name in zip(arrivals.texts, arrivals.groups, strict=True):
            names = list(groups)
            around = grouping.neighbourhood(text, [GroupTexts(tuple(texts)) for texts in groups.values()])
            if nearest := around.nearest(_LOOKED_AT):
                features = pair_features(around, nearest, self._nothing.centre)
                sizes = np.array([len(around.groups[place].texts) for place in nearest])
                yield Compared(features, sizes, np.array([names[place] == name for place in nearest]))
            groups.setdefault(name, []).append(text)

    def _model(self, lessons: Sequence[Lesson], *, semantic: bool) -> PairModel:
        columns = slice(None) if semantic else slice(len(LEXICAL))
        domains = sorted({lesson.domain for lesson in lessons})
        alike: list[float] = []
        right: list[bool] = []
        for fold in range(_FOLDS):
            left_out = domains[fold::_FOLDS]
            self._progress(f"trying {'all' if semantic else 'words and letters'} on {', '.join(left_out)}")
            known = [lesson for lesson in lessons if lesson.domain not in left_out]
            model = replace(_NO_MODEL, trees=_trees(known, columns))
            for each in (each for lesson in lessons if lesson.domain in left_out for each in lesson.compared):
                by_group = model.by_group(each.features[:, columns], each.sizes)
                alike.append(float(by_group.max()))
                right.append(bool(each.right[int(by_group.argmax())]))
        likeness, wrong = np.array(alike), ~np.array(right)
        calibration = LogisticRegression(C=100.0).fit(likeness[:, None], ~wrong)
        return PairModel(
            _trees(lessons, columns),
            enough=_limit(likeness, wrong, self._progress),
            slope=float(calibration.coef_[0, 0]),
            offset=float(calibration.intercept_[0]),
        )


def _limit(alike: NDArray[np.float64], wrong: NDArray[np.bool_], progress: Callable[[str], None]) -> float:
    """The least limit with which few enough of those that join a group join a wrong one, in domains not fitted on."""
    for limit in _LIMITS.tolist():
        joining = alike >= limit
        share = float(wrong[joining].mean())
        progress(f"limit {limit}: {joining.mean():.3f} join, {share:.3f} of them wrongly")
        if share <= MOST_WRONG:
            break
    return float(limit)


def _trees(lessons: Sequence[Lesson], columns: slice) -> TreeModel:
    compared = [each for lesson in lessons for each in lesson.compared]
    features = np.vstack([each.features[:, columns] for each in compared])
    same = np.concatenate([np.repeat(each.right, each.sizes) for each in compared])
    models = [
        HistGradientBoostingClassifier(
            max_iter=150,
            learning_rate=0.06,
            max_leaf_nodes=8,
            min_samples_leaf=30,
            l2_regularization=1.0,
            max_features=0.3,
            random_state=seed,
        )
        for seed in SEEDS
    ]
    return as_trees([model.fit(features, same) for model in models])


def place_all(grouping: QuestionGrouping, arrivals: Arrivals) -> list[int]:
    """The number of the group that each text is put into as they arrive."""
    groups: list[list[int]] = []
    for number, text in enumerate(arrivals.texts):
        texts = [GroupTexts(tuple(arrivals.texts[member] for member in group)) for group in groups]
        placed = grouping.place(text, texts)
        if placed.group is None:
            groups.append([number])
        else:
            groups[placed.group].append(number)
    made = {member: number for number, group in enumerate(groups) for member in group}
    return [made[number] for number in range(len(arrivals.texts))]
