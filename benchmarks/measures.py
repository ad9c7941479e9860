"""Figures of a matcher's replies, from the score of its best candidate and whether that is right."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matchers import Ranking
from knowledge.evaluation.verdicts import InScope, OutOfScope, Scores

FIRST = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """A matcher's best candidates for one question: how sure it is, and whether they are right.

    `score` is NaN when there is no candidate, or the best one says that nothing is known: then nothing is answered.
    """

    score: float
    right: bool
    right_in_three: bool
    milliseconds: float = 0.0


def reply(
    ranking: Ranking, is_right: Callable[[str], bool], is_gap: Callable[[str], bool], taken: float = 0.0
) -> Reply:
    """The reply of a ranking. Right is judged among the candidates that answer something."""
    answers = [entry_id for entry_id, _ in ranking if not is_gap(entry_id)]
    right = [is_right(entry_id) for entry_id in answers[:FIRST]]
    score = ranking[0][1] if ranking and not is_gap(ranking[0][0]) else math.nan
    return Reply(score, right[:1] == [True], any(right), taken)


def share(facts: Iterable[bool]) -> float:
    """The share that is true; not a number of nothing."""
    return float(np.mean([float(fact) for fact in facts] or [np.nan]))


OUTCOMES = ("answered right", "one tap", "answered wrong", "refused", "out of scope answered", "refused")


def outcomes_of(met: Scores) -> list[str]:
    """The shares of `OUTCOMES`, as cells of a table."""
    shares = (
        met.share(InScope.ANSWERED_RIGHT),
        met.share(InScope.ANSWERED_RIGHT, InScope.RIGHT_AMONG_SUGGESTIONS),
        met.share(InScope.ANSWERED_WRONG),
        met.share(InScope.REFUSED),
        met.out_of_scope_share(OutOfScope.ANSWERED),
        met.out_of_scope_share(OutOfScope.REFUSED),
    )
    return [figure(each) for each in shares]


def figure(value: float | None) -> str:
    """A figure as a cell of a table; empty where there is none."""
    return "" if value is None else f"{value:.3f}"


@dataclass(frozen=True, slots=True)
class Curve:
    """For each possible limit, shares of the questions: falsely answered, answered right, answered wrong."""

    answered: NDArray[np.float64]
    right: NDArray[np.float64]
    wrong: NDArray[np.float64]

    def at_refused(self, refused: float) -> tuple[float, float]:
        """The shares answered right and wrong where at least that share of the others is refused."""
        allowed = int(np.searchsorted(self.answered, 1 - refused + 1e-9, side="right")) - 1
        return float(self.right[allowed]), float(self.wrong[allowed])


def curve(in_scope: Sequence[Reply], out_of_scope: Sequence[Reply]) -> Curve:
    """The trade of refusing for answering, from the highest limit to the lowest."""
    scores = np.unique(_scores([*in_scope, *out_of_scope]))
    limits = np.append(np.inf, scores[~np.isnan(scores)][::-1])
    right = np.array([each.right for each in in_scope], bool)
    answered = _scores(in_scope)[None, :] >= limits[:, None]
    return Curve(
        (_scores(out_of_scope)[None, :] >= limits[:, None]).mean(axis=1),
        (answered & right).mean(axis=1),
        (answered & ~right).mean(axis=1),
    )


def _scores(replies: Sequence[Reply]) -> NDArray[np.float64]:
    return np.array([each.score for each in replies], np.float64)


def told_apart(in_scope: Sequence[Reply], out_of_scope: Sequence[Reply]) -> float:
    """AUROC: the chance that a question in scope has a higher score than one out of scope; ties count half."""
    known, unknown = (np.nan_to_num(_scores(replies), nan=-np.inf) for replies in (in_scope, out_of_scope))
    higher, equal = known[:, None] > unknown[None], known[:, None] == unknown[None]
    return float((higher + equal / 2).mean())


def rejected(known: Sequence[Reply], unknown: Sequence[Reply], kept: float) -> float:
    """The share of the unknown ones below the score that this share of the known ones reaches."""
    limit = np.quantile(np.nan_to_num(_scores(known), nan=-np.inf), 1 - kept, method="lower")
    return float((~(_scores(unknown) >= limit)).mean())
