"""Verdicts on replies to questions, counted: what became of each, and whether confidence is what it says.

Scores always come as a set, in scope and out of scope together. Of replies with a confidence of 0.8, eight in ten
should be right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.base import Entry, KnowledgeBase
from knowledge.finding import Finding, Outcome
from knowledge.loading.question_files import AskedTurn, Case, Expected

Ask = Callable[[str, str | None], Finding]
"""Finds what becomes of a question, given the question before it in the same conversation."""


class InScope(StrEnum):
    """What became of a question that the knowledge base should answer."""

    ANSWERED_RIGHT = "answered_right"
    RIGHT_AMONG_SUGGESTIONS = "right_among_suggestions"
    WRONG_SUGGESTIONS = "wrong_suggestions"
    ANSWERED_WRONG = "answered_wrong"
    REFUSED = "refused"


class OutOfScope(StrEnum):
    """What became of a question that must not be answered."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with its reply and the verdict on it."""

    case: Case
    turn: AskedTurn
    position: int
    """Counted from 0 in the conversation; later turns are follow-ups."""
    finding: Finding
    verdict: InScope | OutOfScope
    satisfiable: bool
    """Whether any entry could have answered it as expected."""

    @property
    def id(self) -> str:
        return f"{self.case.id}/{self.position + 1}" if len(self.case.turns) > 1 else self.case.id

    @property
    def failed(self) -> bool:
        """Whether it was answered wrong, not answered though it should be, or answered though it should not be."""
        good = (InScope.ANSWERED_RIGHT, InScope.RIGHT_AMONG_SUGGESTIONS, OutOfScope.REFUSED)
        return not any(self.verdict is each for each in good)  # both kinds have a `refused`, and texts compare equal


class Judge:
    """Knows which entries a question may be answered with, in one knowledge base."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def judge(self, cases: Iterable[Case], ask: Ask) -> Iterator[Judged]:
        """Every turn of every case with its verdict, in order."""
        for case in cases:
            previous: str | None = None
            for position, turn in enumerate(case.turns):
                finding = ask(turn.question, previous)
                satisfiable = self._satisfiable(turn.expected)
                yield Judged(case, turn, position, finding, self.verdict(turn.expected, finding), satisfiable)
                if finding.outcome is not Outcome.FALLBACK:  # as a citizen's conversation is remembered
                    previous = finding.remembered or turn.question

    def verdict(self, expected: Expected, finding: Finding) -> InScope | OutOfScope:
        """What is to be said of the finding."""
        if self.is_unanswerable(expected):
            return _out_of_scope(finding)
        if finding.outcome is Outcome.FALLBACK:
            return InScope.REFUSED
        if finding.outcome is Outcome.SUGGESTIONS:
            right = any(answers(entry, expected, finding) for entry in finding.suggestions)
            return InScope.RIGHT_AMONG_SUGGESTIONS if right else InScope.WRONG_SUGGESTIONS
        right = finding.entry is not None and answers(finding.entry, expected, finding)
        return InScope.ANSWERED_RIGHT if right else InScope.ANSWERED_WRONG

    def is_unanswerable(self, expected: Expected) -> bool:
        """Whether the question must not be answered: it is marked so, or its entries are known gaps."""
        entries = [self._knowledge.entries.get(entry_id) for entry_id in expected.entries]
        return expected.unanswerable or (bool(entries) and all(entry and entry.known_gap for entry in entries))

    def _satisfiable(self, expected: Expected) -> bool:
        if self.is_unanswerable(expected):
            return True
        if expected.entries:
            return any(entry_id in self._knowledge.entries for entry_id in expected.entries)
        texts = (
            text for entry in self._knowledge.entries.values() if not entry.known_gap
            for text in (entry.answer.ko, entry.answer.en) if text
        )  # fmt: skip
        return any(_matches(expected, text) for text in texts)


def answers(entry: Entry, expected: Expected, finding: Finding) -> bool:
    """Whether the entry's answer, in the language of the reply, is as expected."""
    if entry.known_gap:
        return False
    if expected.entries:
        return entry.id in (*expected.entries, *expected.also)
    return _matches(expected, entry.answer.in_language(finding.language))


def _matches(expected: Expected, text: str) -> bool:
    return all(pattern.search(text) for pattern in expected.must)


def _out_of_scope(finding: Finding) -> OutOfScope:
    return {
        Outcome.ANSWER: OutOfScope.ANSWERED,
        Outcome.SUGGESTIONS: OutOfScope.SUGGESTED,
        Outcome.FALLBACK: OutOfScope.REFUSED,
    }[finding.outcome]


FOLLOW_UPS = "follow-ups"


@dataclass(frozen=True, slots=True)
class Scores:
    """How many questions in scope and out of scope met each verdict."""

    in_scope: Mapping[InScope, int]
    out_of_scope: Mapping[OutOfScope, int]

    @property
    def in_scope_asked(self) -> int:
        return sum(self.in_scope.values())

    @property
    def out_of_scope_asked(self) -> int:
        return sum(self.out_of_scope.values())

    def share(self, *verdicts: InScope) -> float | None:
        """The share of the in-scope questions that met one of the verdicts; None when there were none."""
        return _share(sum(self.in_scope[verdict] for verdict in verdicts), self.in_scope_asked)

    def out_of_scope_share(self, *verdicts: OutOfScope) -> float | None:
        """The share of the out-of-scope questions that met one of the verdicts; None when there were none."""
        return _share(sum(self.out_of_scope[verdict] for verdict in verdicts), self.out_of_scope_asked)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def scores(judged: Iterable[Judged]) -> Scores:
    """The counts of the verdicts."""
    met = Counter((type(each.verdict), each.verdict) for each in judged)
    return Scores(
        {verdict: met[InScope, verdict] for verdict in InScope},
        {verdict: met[OutOfScope, verdict] for verdict in OutOfScope},
    )


def by_label(judged: Sequence[Judged]) -> dict[str, Scores]:
    """The scores of each label (`kind near`, `style polite`), and of the later turns of conversations."""
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        for name, value in each.case.labels.items():
            groups.setdefault(f"{name} {value}", []).append(each)
        if each.position > 0:
            groups.setdefault(FOLLOW_UPS, []).append(each)
    return {label: scores(groups[label]) for label in sorted(groups, key=lambda label: (label == FOLLOW_UPS, label))}


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
