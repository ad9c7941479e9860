"""Whether the confidence of the best candidate is what it says: of replies with 0.8, eight in ten are right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.evaluation.judging import Judge, Judged, answers

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose best candidate had a confidence from `low` up to `high`."""

    low: float
    high: float
    questions: int
    confidence: float
    """The mean of the confidences."""
    right: float
    """The share of the best candidates that were right."""


def reliability(judged: Iterable[Judged], judge: Judge) -> list[Bin]:
    """The bins that hold a question, lowest first."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for each in judged:
        right = _best_is_right(each, judge)
        if right is not None:
            confidence = each.finding.confidence
            groups.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return [_bin(number, groups[number]) for number in sorted(groups)]


def expected_calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance of confidence and share of right ones, by questions; None without any."""
    asked = sum(each.questions for each in bins)
    return sum(each.questions * abs(each.confidence - each.right) for each in bins) / asked if asked else None


def _best_is_right(each: Judged, judge: Judge) -> bool | None:
    """None where nobody can say: no candidate, or a known gap for a question whose gap is not named."""
    if not each.finding.candidates:
        return None
    best, expected = each.finding.candidates[0].entry, each.turn.expected
    if expected.unanswerable:
        return None if best.known_gap else False
    if judge.is_unanswerable(expected):
        return best.id in expected.entries
    return answers(best, expected, each.finding)


def _bin(number: int, group: Sequence[tuple[float, bool]]) -> Bin:
    confidence = sum(value for value, _ in group) / len(group)
    right = sum(is_right for _, is_right in group) / len(group)
    return Bin(number / BINS, (number + 1) / BINS, len(group), confidence, right)
