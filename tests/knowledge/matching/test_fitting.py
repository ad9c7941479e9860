"""A fit from a tiny knowledge base: it ends in seconds, and does what is said of it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from knowledge.base import Entry, PracticeQuestion
from knowledge.errors import FittedModelError
from knowledge.matching import fitting
from knowledge.matching.features import FEATURES
from knowledge.matching.fitted import FittedNumbers
from knowledge.matching.fitting import Best, calibrate, fit
from tests.knowledge.matching.small_base import BASE, PRACTICE

SUBJECTS = ("집적단지", "광주 단지", "인공지능 단지", "AI 집적단지", "첨단 단지")
ASKED = {
    "budget": "{} 예산이 얼마{}",
    "place": "{} 위치가 어디{}",
    "company": "{}에 있는 인코어드는 어떤 회사{}",
    "": "{} 주차 요금이 얼마{}",
}
EDITORS = ("", "일까", "였더라", "인지 알려 주세요")
ENDINGS = {"one": ("예요", "인가요"), "two": ("입니까", "죠")}
WRITTEN = tuple(
    PracticeQuestion(text.format(subject, ending), (entry,) if entry else (), author, kind="" if entry else "near")
    for author, endings in ENDINGS.items()
    for subject in SUBJECTS
    for ending in endings
    for entry, text in ASKED.items()
)
FOLLOW_UP = PracticeQuestion("위치는요?", ("place",), "one", before=("집적단지 예산이 얼마예요?",))


def _with_more_phrasings(entry: Entry) -> Entry:
    text = ASKED.get(entry.id, ASKED[""])
    return replace(entry, phrasings={"ko": tuple(text.format(subject, end) for subject in SUBJECTS for end in EDITORS)})


TOPIC = replace(BASE.topics[0], entries=tuple(map(_with_more_phrasings, BASE.topics[0].entries)))
TINY = replace(BASE, topics=(TOPIC,), practice=(*WRITTEN, FOLLOW_UP))


@pytest.fixture(scope="module", autouse=True)
def _quick(one_core: None) -> Iterator[None]:  # noqa: ARG001
    """Fewer trees, and fewer parts to leave out in turn: what is tested is the way, not how good the numbers are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "SEEDS", (0,))
        patch.setattr(fitting, "ITERATIONS", 40)
        patch.setattr(fitting, "FOLDS", 3)
        yield


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def numbers(told: list[str]) -> FittedNumbers:
    return fit(TINY, told.append)


def test_fit_says_what_it_is_at(numbers: FittedNumbers, told: list[str]) -> None:
    assert numbers.wrong_shares
    assert [message.split()[0] for message in told] == ["gathering", "growing", "calibrating", "calibrating"]


def test_fit_notes_from_what_it_was_made(numbers: FittedNumbers) -> None:
    assert numbers.made_from == {"authors": ["one", "two"], "questions": len(WRITTEN), "entries": 4}


def test_fit_reads_the_features_of_today(numbers: FittedNumbers) -> None:
    features = np.zeros((2, len(FEATURES)), np.float32)
    assert numbers.confidences(features).shape == (2,)
    assert -2 <= numbers.followup_offset <= 2


def test_the_same_questions_fit_the_same_numbers(numbers: FittedNumbers) -> None:
    assert fit(TINY).trees.to_data() == numbers.trees.to_data()


@pytest.mark.parametrize("authors", [(), ("first",)])
def test_fewer_than_two_authors_are_refused(authors: tuple[str, ...]) -> None:
    kept = tuple(question for question in PRACTICE if question.author in authors)
    with pytest.raises(FittedModelError, match="at least two authors"):
        fit(replace(BASE, practice=kept))


@pytest.mark.parametrize("answerable", [True, False])
def test_questions_of_one_kind_alone_are_too_few(*, answerable: bool) -> None:
    kept = tuple(question for question in WRITTEN if bool(question.entries) is answerable)
    with pytest.raises(FittedModelError, match="too few to learn from"):
        fit(replace(BASE, practice=kept))


def test_without_conversations_follow_ups_are_as_sure_as_others() -> None:
    assert fit(replace(TINY, practice=WRITTEN)).followup_offset == 0


def _judged(count: int, score: float, *, right: bool, answerable: bool) -> list[Best]:
    scores = score + np.linspace(-1, 1, count)
    return [Best(float(each), right, answerable, -each / 4) for each in scores]


@pytest.fixture(scope="module")
def calibrated() -> dict[str, object]:
    surely = _judged(80, 2.0, right=True, answerable=True)
    slips = _judged(20, 0.0, right=False, answerable=True)
    return calibrate([*surely, *slips, *_judged(100, -2.0, right=False, answerable=False)])


def test_higher_scores_are_surer(calibrated: dict[str, tuple[float, ...]]) -> None:
    slope, _offset = calibrated["calibration"]
    assert slope > 0


def test_sure_answers_speak_against_a_refusal(calibrated: dict[str, tuple[float, ...]]) -> None:
    _constant, by_answer, _by_lead = calibrated["refusal"]
    assert by_answer < 0


def test_curve_of_wrong_answers_rises_as_confidence_falls(
    calibrated: dict[str, tuple[tuple[float, float], ...]],
) -> None:
    confidences, shares = zip(*calibrated["wrong_shares"], strict=True)
    assert list(confidences) == sorted(confidences, reverse=True)
    assert list(shares) == sorted(shares)
    assert shares[0] == 0


def test_curve_ends_at_the_share_of_all_wrong_answers(calibrated: dict[str, tuple[tuple[float, float], ...]]) -> None:
    """A fifth of the answerable two thirds, and the third that nothing answers."""
    assert calibrated["wrong_shares"][-1][1] == pytest.approx(2 / 3 / 5 + 1 / 3, abs=0.001)
