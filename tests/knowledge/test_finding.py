"""Answer, suggestions or fallback: what the probabilities decide."""

from dataclasses import replace

import pytest

from knowledge.base import Bilingual, Entry
from knowledge.finding import MOST_SUGGESTIONS, SHOWN_CANDIDATES, Finder, Limits, Outcome
from knowledge.matching import Candidate, Match

ENTRIES = {name: Entry(name, "t", Bilingual(name), Bilingual(f"{name}!")) for name in "abcdefg"}
GAP = Entry("gap", "t", Bilingual("gap"), Bilingual("not announced"), known_gap=True)
LIMITS = Limits(wrong_answers=0.08, useful_suggestion=0.2, known_gap=0.6)


class _Says:
    """A matcher that finds what the test says."""

    def __init__(self, *, several: str = "", **confidences: float) -> None:
        entries = ENTRIES | {"gap": GAP}
        found = tuple(Candidate(entries[name], value) for name, value in confidences.items())
        self._match = Match(found, "en", "read", parts=tuple(Candidate(entries[name], 1) for name in several))

    def match(self, question: str, previous: str | None = None) -> Match:  # noqa: ARG002
        return self._match

    def least_confidence(self, wrong_answers: float, *, practised: bool = True) -> float:
        return 1 - wrong_answers if practised else 1.0


@pytest.mark.parametrize(
    ("confidences", "outcome", "entry", "suggestions"),
    [
        ({"a": 0.92, "b": 0.7}, Outcome.ANSWER, "a", ""),
        ({"a": 0.91, "b": 0.01, "c": 0.009}, Outcome.SUGGESTIONS, None, "ab"),
        ({"a": 0.1, "b": 0.06, "c": 0.05, "d": 0.04}, Outcome.SUGGESTIONS, None, "abc"),
        ({"a": 0.19}, Outcome.FALLBACK, None, ""),
        ({}, Outcome.FALLBACK, None, ""),
        ({"gap": 0.6, "a": 0.3}, Outcome.FALLBACK, "gap", ""),
        ({"gap": 0.59, "a": 0.3}, Outcome.SUGGESTIONS, None, "a"),
        ({"gap": 0.5, "a": 0.01}, Outcome.FALLBACK, "gap", ""),
        ({"gap": 0.01}, Outcome.FALLBACK, None, ""),
    ],
)
def test_outcome(confidences: dict[str, float], outcome: Outcome, entry: str | None, suggestions: str) -> None:
    finding = Finder(_Says(several="", **confidences), LIMITS).find("q")
    assert finding.outcome is outcome
    assert (finding.entry.id if finding.entry else None) == entry
    assert [each.id for each in finding.suggestions] == list(suggestions)


@pytest.mark.parametrize(
    ("confidences", "likely"),
    [
        ({"a": 0.51, "b": 0.2}, True),
        ({"a": 0.5, "b": 0.2}, False),
        ({"gap": 0.55, "a": 0.51}, True),
        ({"a": 0.93}, False),  # it is the answer
        ({"gap": 0.6, "a": 0.55}, False),  # nothing is suggested
        ({}, False),
    ],
)
def test_suggestion_that_is_likelier_than_not_is_likely(confidences: dict[str, float], likely: bool) -> None:
    assert Finder(_Says(several="", **confidences), LIMITS).find("q").likely is likely


def test_several_answers_come_in_their_order() -> None:
    finding = Finder(_Says(several="ba", a=0.3)).find("q")
    assert (finding.outcome, finding.entry, finding.further) == (Outcome.ANSWER, ENTRIES["b"], (ENTRIES["a"],))


@pytest.mark.parametrize("parts", ["aa", "a"])
def test_one_entry_is_no_several_answers(parts: str) -> None:
    finding = Finder(_Says(several=parts, b=0.3)).find("q")
    assert (finding.outcome, finding.further) == (Outcome.SUGGESTIONS, ())


def test_suggestions_and_candidates_are_bounded() -> None:
    finding = Finder(_Says(several="", **dict.fromkeys("abcdefg", 0.5))).find("q")
    assert (len(finding.suggestions), len(finding.candidates)) == (MOST_SUGGESTIONS, SHOWN_CANDIDATES)


def test_limits_are_the_operators() -> None:
    finder = Finder(_Says(a=0.6), Limits(wrong_answers=0.5))
    assert finder.find("q").outcome is Outcome.ANSWER
    assert Finder(_Says(a=0.6), Limits(0.1, 0.7)).find("q").outcome is Outcome.FALLBACK


def test_what_nobody_practised_has_its_own_limit() -> None:
    says = _Says(a=0.95)
    says._match = replace(says._match, candidates=(replace(says._match.candidates[0], practised=False),))
    assert Finder(says).find("q").outcome is Outcome.SUGGESTIONS


def test_finding_says_how_the_question_was_read() -> None:
    finding = Finder(_Says(a=0.6)).find("q")
    assert (finding.language, finding.understood, finding.confidence) == ("en", "read", 0.6)
