"""Limits that the scores of an evaluation must keep."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.command_line.evaluation_run import EvaluationResult
from knowledge.evaluation.judging import InScope, OutOfScope
from knowledge.evaluation.reliability import expected_calibration_error
from knowledge.evaluation.scoring import scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Shares in 0..1 over all files together; None is no limit."""

    min_answered_right: float | None = None
    min_right_or_suggested: float | None = None
    max_answered_wrong: float | None = None
    max_out_of_scope_answered: float | None = None
    max_calibration_error: float | None = None

    def broken(self, result: EvaluationResult) -> list[str]:
        """A line for each limit that is not kept."""
        return list(self._broken(result))

    def _broken(self, result: EvaluationResult) -> Iterator[str]:
        total = scores(result.judged)
        right = total.share(InScope.ANSWERED_RIGHT)
        right_or_suggested = total.share(InScope.ANSWERED_RIGHT, InScope.RIGHT_AMONG_SUGGESTIONS)
        yield from _below("answered right", right, self.min_answered_right)
        yield from _below("right or among the suggestions", right_or_suggested, self.min_right_or_suggested)
        yield from _above("answered wrong", total.share(InScope.ANSWERED_WRONG), self.max_answered_wrong)
        answered = total.out_of_scope_share(OutOfScope.ANSWERED)
        yield from _above("out of scope answered", answered, self.max_out_of_scope_answered)
        error = expected_calibration_error(result.reliability)
        yield from _above("calibration error", error, self.max_calibration_error)


def _below(name: str, value: float | None, limit: float | None) -> Iterator[str]:
    if limit is not None and (value is None or value < limit):
        yield f"{name}: {_figure(value)} is below the limit of {limit:.3f}"


def _above(name: str, value: float | None, limit: float | None) -> Iterator[str]:
    if limit is not None and (value is None or value > limit):
        yield f"{name}: {_figure(value)} is above the limit of {limit:.3f}"


def _figure(value: float | None) -> str:
    return "no question of that kind, which" if value is None else f"{value:.3f}"
