"""Each reply meets one verdict, in scope or out of scope."""

from dataclasses import replace

import pytest

from knowledge.evaluation.verdicts import InScope, Judge, OutOfScope
from knowledge.finding import Finding, Outcome
from knowledge.loading.question_files import Expected
from tests.knowledge.evaluation.small_knowledge import (
    BUDGET,
    GAP,
    KNOWLEDGE,
    OUT_OF_SCOPE,
    PLACE,
    answered,
    case,
    must,
    refused,
    suggested,
)

BY_ENTRY = Expected(entries=("budget", "other"))
VERDICTS = {
    "entry": (BY_ENTRY, answered(BUDGET), InScope.ANSWERED_RIGHT),
    "wrong entry": (BY_ENTRY, answered(PLACE), InScope.ANSWERED_WRONG),
    "suggested": (BY_ENTRY, suggested(PLACE, BUDGET), InScope.RIGHT_AMONG_SUGGESTIONS),
    "suggested wrong": (BY_ENTRY, suggested(PLACE), InScope.WRONG_SUGGESTIONS),
    "refused": (BY_ENTRY, refused(), InScope.REFUSED),
    "must": (must("4116", "억"), answered(BUDGET), InScope.ANSWERED_RIGHT),
    "must in part": (must("4116", "조"), answered(BUDGET), InScope.ANSWERED_WRONG),
    "must in English": (must("billion"), answered(BUDGET, language="en"), InScope.ANSWERED_RIGHT),
    "must in the other language": (must("billion"), answered(BUDGET), InScope.ANSWERED_WRONG),
    "must without translation": (must("첨단"), answered(PLACE, language="en"), InScope.ANSWERED_RIGHT),
    "must suggested": (must("첨단"), suggested(BUDGET, PLACE), InScope.RIGHT_AMONG_SUGGESTIONS),
    "unanswerable answered": (OUT_OF_SCOPE, answered(BUDGET), OutOfScope.ANSWERED),
    "unanswerable suggested": (OUT_OF_SCOPE, suggested(BUDGET), OutOfScope.SUGGESTED),
    "unanswerable refused": (OUT_OF_SCOPE, refused(GAP), OutOfScope.REFUSED),
    "known gap": (Expected(entries=("gap-parking",)), refused(GAP), OutOfScope.REFUSED),
    "known gap answered": (Expected(entries=("gap-parking",)), answered(BUDGET), OutOfScope.ANSWERED),
}


@pytest.mark.parametrize(("expected", "finding", "verdict"), VERDICTS.values(), ids=VERDICTS.keys())
def test_verdict(expected: Expected, finding: Finding, verdict: InScope | OutOfScope) -> None:
    assert Judge(KNOWLEDGE).verdict(expected, finding) is verdict


@pytest.mark.parametrize(
    ("expected", "satisfiable"),
    [
        (must("4116"), True),
        (must("billion"), True),
        (must("4116", "첨단"), False),
        (must("알려진"), False),
        (Expected(entries=("none",)), False),
        (BY_ENTRY, True),
        (OUT_OF_SCOPE, True),
    ],
)
def test_what_no_entry_could_satisfy_is_noted(expected: Expected, satisfiable: bool) -> None:
    (judged,) = Judge(KNOWLEDGE).judge([case(expected)], lambda *_: refused())
    assert judged.satisfiable is satisfiable


def test_each_turn_is_asked_after_the_one_before() -> None:
    asked: list[tuple[str, str | None]] = []

    def ask(question: str, previous: str | None) -> Finding:
        asked.append((question, previous))
        return replace(refused(), outcome=Outcome.SUGGESTIONS, remembered=question)

    judged = list(Judge(KNOWLEDGE).judge([case(BY_ENTRY, BY_ENTRY, OUT_OF_SCOPE), case(BY_ENTRY, name="d")], ask))
    assert asked == [
        ("question 0", None),
        ("question 1", "question 0"),
        ("question 2", "question 1"),
        ("question 0", None),
    ]
    assert [each.id for each in judged] == ["c/1", "c/2", "c/3", "d"]


def test_refused_turn_is_not_remembered() -> None:
    asked: list[str | None] = []

    def ask(question: str, previous: str | None) -> Finding:
        asked.append(previous)
        return refused() if question == "question 1" else replace(refused(), outcome=Outcome.SUGGESTIONS)

    judged = list(Judge(KNOWLEDGE).judge([case(BY_ENTRY, OUT_OF_SCOPE, BY_ENTRY)], ask))
    assert len(judged) == len(asked)
    assert asked == [None, "question 0", "question 0"]


def test_refusing_fails_in_scope_only() -> None:
    judged = list(
        Judge(KNOWLEDGE).judge([case(BY_ENTRY, BY_ENTRY, OUT_OF_SCOPE)], lambda _question, _previous: refused())
    )
    assert [each.failed for each in judged] == [True, True, False]
