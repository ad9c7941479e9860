"""Scores come as a set, and confidences are held against what came of them."""

import pytest

from knowledge.evaluation.verdicts import (
    InScope,
    Judge,
    Judged,
    OutOfScope,
    by_label,
    expected_calibration_error,
    reliability,
    scores,
)
from knowledge.loading.question_files import Expected
from tests.knowledge.evaluation.small_knowledge import (
    BUDGET,
    GAP,
    KNOWLEDGE,
    OUT_OF_SCOPE,
    PLACE,
    answered,
    case,
    judged,
    refused,
    suggested,
)

RIGHT = Expected(entries=("budget",))
CASES = [
    case(RIGHT, name="a", style="polite"),
    case(OUT_OF_SCOPE, name="b", kind="near"),
    case(RIGHT, RIGHT, name="c"),
]


def _judged() -> list[Judged]:
    findings = iter([answered(BUDGET), suggested(PLACE), suggested(BUDGET, PLACE), refused()])
    return list(Judge(KNOWLEDGE).judge(CASES, lambda *_: next(findings)))


def test_in_scope_and_out_of_scope_are_counted_together() -> None:
    total = scores(_judged())
    assert (total.in_scope_asked, total.out_of_scope_asked) == (3, 1)
    assert total.share(InScope.ANSWERED_RIGHT) == pytest.approx(1 / 3)
    assert total.share(InScope.ANSWERED_RIGHT, InScope.RIGHT_AMONG_SUGGESTIONS) == pytest.approx(2 / 3)
    assert total.out_of_scope_share(OutOfScope.SUGGESTED) == 1


def test_suggested_and_refused_of_both_kinds_are_not_mixed_up() -> None:
    total = scores(_judged())
    assert total.in_scope[InScope.REFUSED] == 1
    assert total.out_of_scope[OutOfScope.REFUSED] == 0


def test_nothing_asked_has_no_share() -> None:
    assert (scores([]).share(InScope.REFUSED), scores([]).out_of_scope_share(OutOfScope.REFUSED)) == (None, None)


def test_labels_and_follow_ups_are_reported_apart() -> None:
    rows = by_label(_judged())
    assert list(rows) == ["kind near", "style polite", "follow-ups"]
    assert rows["follow-ups"].in_scope[InScope.REFUSED] == rows["follow-ups"].in_scope_asked == 1


def test_reliability_compares_confidence_with_the_share_of_right_ones() -> None:
    sure = [judged(RIGHT, answered(BUDGET, 0.95)), judged(RIGHT, answered(PLACE, 0.93))]
    unsure = [judged(RIGHT, refused(BUDGET, 0.05)), judged(OUT_OF_SCOPE, suggested(BUDGET, confidence=1.0))]
    low, high = reliability(sure + unsure, Judge(KNOWLEDGE))
    assert (low.low, low.questions, low.right) == (0.0, 1, 1.0)
    assert (high.low, high.questions) == (0.9, 3)
    assert high.confidence == pytest.approx(0.96)
    assert high.right == pytest.approx(1 / 3)
    assert expected_calibration_error([low, high]) == pytest.approx((0.95 + 3 * (0.96 - 1 / 3)) / 4)


def test_what_nobody_can_say_is_left_out_of_reliability() -> None:
    unknown = [judged(OUT_OF_SCOPE, refused(GAP, 0.9)), judged(OUT_OF_SCOPE, refused())]
    named = judged(Expected(entries=("gap-parking",)), refused(GAP, 0.9))
    assert reliability(unknown, Judge(KNOWLEDGE)) == []
    assert expected_calibration_error([]) is None
    assert [each.right for each in reliability([named], Judge(KNOWLEDGE))] == [1.0]
