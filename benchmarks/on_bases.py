"""Matchers on small knowledge bases that nothing was fitted on, each with questions in scope and out of scope."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks import measures
from benchmarks.matchers import Ranker
from benchmarks.measures import share, told_apart
from benchmarks.on_questions import REFUSED, Questions, Result
from knowledge.base import KnowledgeBase
from knowledge.evaluation.verdicts import Judge, expected_calibration_error, reliability, scores
from knowledge.finding import Finder
from knowledge.loading.loader import load_knowledge
from knowledge.loading.question_files import read_questions
from knowledge.matching import build_matcher

HEADINGS = (
    *("matcher", "right first", "in three", f"answered right where {1 - REFUSED:.0%} out of scope is answered"),
    *("AUROC", "ms a question, p50"),
)
OUTCOMES = ("base", *measures.OUTCOMES, "calibration error")


def row(build: Callable[[KnowledgeBase], Ranker], folders: Sequence[Path]) -> list[str]:
    """One matcher's line of the table: means over the bases."""
    figures = [_figures(build, folder) for folder in folders]
    *shares, milliseconds = np.mean(figures, axis=0).tolist()
    return [*(f"{value:.3f}" for value in shares), f"{milliseconds:.1f}"]


def _figures(build: Callable[[KnowledgeBase], Ranker], folder: Path) -> tuple[float, ...]:
    knowledge = load_knowledge(folder)
    result: Result = Questions(knowledge, _files(folder)).ask(build(knowledge))
    asked = (*result.in_scope, *result.out_of_scope)
    return (
        share(each.right for each in result.in_scope),
        share(each.right_in_three for each in result.in_scope),
        result.curve.at_refused(REFUSED)[0],
        told_apart(result.in_scope, result.out_of_scope),
        float(np.median([each.milliseconds for each in asked])),
    )


def outcomes(folder: Path) -> list[str]:
    """The base's line of the second table: what becomes of its questions with the assistant's own limits."""
    knowledge = load_knowledge(folder)
    judge, finder = Judge(knowledge), Finder(build_matcher(knowledge))
    judged = list(judge.judge((case for file in _files(folder) for case in read_questions(file)), finder.find))
    error = expected_calibration_error(reliability(judged, judge))
    return [folder.name, *measures.outcomes_of(scores(judged)), measures.figure(error)]


def _files(folder: Path) -> tuple[Path, Path]:
    return folder / "in_scope.jsonl", folder / "out_of_scope.jsonl"
