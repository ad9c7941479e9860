"""Grouping unanswered questions as they arrive, beside plain ways to group; `--fit` makes the fitted numbers anew."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.arrivals import Arrivals, Scores, Texts, average_linkage, by_text, draw, halves, in_hindsight
from benchmarks.gap_groups import known_gaps, without_near_duplicates
from benchmarks.grouping_fit import fit, place_all
from benchmarks.grouping_speed import speed
from benchmarks.parakqc import read_groups
from benchmarks.tables import markdown, stop
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError
from knowledge.grouping import QuestionGrouping
from knowledge.grouping.fitted import load_fitted, save_fitted
from knowledge.loading.loader import load_knowledge
from knowledge.matching.analysis import Analyzer

GROUPS, GAPS = 50, 25
"""Of each draw: about 500 questions."""
_HEADINGS = ("grouped by", "precision", "recall", "F1", "least F1", "greatest F1")
_TOKEN_SORT_LIMITS = [percent / 100 for percent in range(36, 61)]
_OUR_LIMITS = [quarters / 4 for quarters in range(-6, 7)]
_WEIGHED, _LIMITED = range(100, 108), range(200, 206)
"""Seeds of the draws that weights and limits are fitted to."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for ParaKQC and the knowledge base's known gaps, or fits the numbers and saves them."""
    given = _parser().parse_args(arguments)
    if not given.parakqc:
        stop("Give --parakqc FILE (parakqc_v1.txt of warnikchow/paraKQC, CC BY-SA 4.0).")
    try:
        groups = {str(number): group for number, group in enumerate(read_groups(given.parakqc))}
        knowledge = load_knowledge(given.knowledge)
        if given.fit:
            _fit(knowledge, groups)
        else:
            _compare(knowledge, groups, given.draws)
    except (OSError, ValueError, KnowledgeError) as error:
        stop(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parakqc", type=Path, metavar="FILE")
    parser.add_argument("--knowledge", type=Path, metavar="DIR", default=Path("knowledge"), help="a knowledge base")
    parser.add_argument("--draws", type=int, default=10, metavar="N")
    parser.add_argument("--fit", action="store_true", help="fit the numbers to one half of the groups and save them")
    return parser


def _fit(knowledge: KnowledgeBase, groups: Texts) -> None:
    fitted_on, _ = halves(groups)
    weighed, limited = ([draw(fitted_on, GROUPS, seed) for seed in seeds] for seeds in (_WEIGHED, _LIMITED))
    numbers = fit(Analyzer(knowledge.vocabulary), weighed, limited, partial(print, file=sys.stderr))
    save_fitted(replace(numbers, made_from={"data": "ParaKQC", "groups": len(fitted_on), "draws": len(weighed)}))


def _compare(knowledge: KnowledgeBase, groups: Texts, draws: int) -> None:
    _, judged_by = halves(groups)
    analyzer = Analyzer(knowledge.vocabulary)
    print(f"ParaKQC: {GROUPS} of {len(judged_by)} groups that nothing was fitted on, means of {draws} draws:\n")
    print(_table(analyzer, [draw(judged_by, GROUPS, seed) for seed in range(draws)]), end="\n\n")
    gaps = known_gaps(knowledge)
    distinct = without_near_duplicates(gaps, analyzer)
    for title, chosen in (("known gaps", gaps), ("known gaps without near-duplicates", distinct)):
        print(f"The knowledge base's {len(chosen)} {title}, {GAPS} a draw:\n")
        print(_table(analyzer, [draw(chosen, GAPS, seed) for seed in range(draws)]), end="\n\n")
    print(speed(groups, analyzer))


def _table(analyzer: Analyzer, drawn: Sequence[Arrivals]) -> str:
    ways = _ways(analyzer)
    return markdown(_HEADINGS, [[name, *_row([score(arrivals) for arrivals in drawn])] for name, score in ways])


def _ways(analyzer: Analyzer) -> Iterator[tuple[str, Callable[[Arrivals], Scores]]]:
    numbers = load_fitted()
    yield "this project", lambda arrivals: arrivals.scores(place_all(QuestionGrouping(analyzer), arrivals))
    yield (
        "this project, merging what is proposed",
        lambda arrivals: arrivals.scores(place_all(QuestionGrouping(analyzer), arrivals, merging=True)),
    )
    yield "exact text", lambda arrivals: arrivals.scores(by_text(arrivals))
    yield "token_sort_ratio, best limit in hindsight", _token_sort
    yield (
        "this project, best limit in hindsight",
        lambda arrivals: in_hindsight(
            arrivals,
            lambda limit: place_all(QuestionGrouping(analyzer, replace(numbers, enough=limit)), arrivals),
            _OUR_LIMITS,
        ),
    )


def _token_sort(arrivals: Arrivals) -> Scores:
    texts = [utils.default_process(text) for text in arrivals.texts]
    likeness = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio) / 100
    return in_hindsight(arrivals, lambda limit: average_linkage(likeness, limit), _TOKEN_SORT_LIMITS)


def _row(scores: Sequence[Scores]) -> list[str]:
    f1 = [each.f1 for each in scores]
    return [f"{value:.3f}" for value in (*np.mean(scores, axis=0), min(f1), max(f1))]


if __name__ == "__main__":
    main()
