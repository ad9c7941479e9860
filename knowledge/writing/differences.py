"""What changed files change for citizens: the same questions, asked before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.evaluation.verdicts import Ask, InScope, Judge, Judged, OutOfScope
from knowledge.finding import Finding
from knowledge.loading.base_files import question_files_in
from knowledge.loading.question_files import Case, read_questions

_WORTH = {
    InScope.ANSWERED_RIGHT: 3,
    InScope.RIGHT_AMONG_SUGGESTIONS: 2,
    InScope.WRONG_SUGGESTIONS: 1,
    InScope.REFUSED: 1,
    InScope.ANSWERED_WRONG: 0,
}
_WORTH_OUT_OF_SCOPE = {OutOfScope.REFUSED: 3, OutOfScope.SUGGESTED: 1, OutOfScope.ANSWERED: 0}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two knowledge bases, and how it is asked."""

    knowledge: KnowledgeBase
    ask: Ask


@dataclass(frozen=True, slots=True)
class Difference:
    """A question with another outcome; `worth` is above 0 where it is better now, below 0 where it is worse."""

    id: str
    question: str
    before: Finding
    after: Finding
    worth: int


def practice_cases(folder: Path) -> list[Case]:
    """Every question with a known outcome that the folder holds; raises QuestionFileError."""
    return [case for file in question_files_in(folder) for case in read_questions(file)]


def differences(cases: Iterable[Case], before: Side, after: Side) -> Iterator[Difference]:
    """The questions whose outcome is another, as they are asked."""
    judges = Judge(before.knowledge), Judge(after.knowledge)
    for case in cases:
        was, now = (list(judge.judge([case], side.ask)) for judge, side in zip(judges, (before, after), strict=True))
        yield from judged_differently(was, now)


def judged_differently(was: Iterable[Judged], now: Iterable[Judged]) -> Iterator[Difference]:
    """The same for questions that were asked already: `was` and `now` are of the same questions in the same order."""
    for one, other in zip(was, now, strict=True):
        if reply_of(one.finding) != reply_of(other.finding):
            worth = _worth(other) - _worth(one)
            yield Difference(other.id, other.turn.question, one.finding, other.finding, worth)


def reply_of(finding: Finding) -> tuple[object, ...]:
    """What a citizen would notice of a finding."""
    entry = finding.entry.id if finding.entry else None
    return finding.outcome, entry, tuple(each.id for each in (*finding.suggestions, *finding.further))


def _worth(judged: Judged) -> int:
    verdict = judged.verdict
    return _WORTH_OUT_OF_SCOPE[verdict] if isinstance(verdict, OutOfScope) else _WORTH[verdict]
