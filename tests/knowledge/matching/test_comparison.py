"""What two questions share, and what is left over on either side."""

import numpy as np
import pytest

from knowledge.matching.analysis import Analyzer, kind_bits
from knowledge.matching.comparison import PAIR_FEATURES, compare
from knowledge.matching.entry_index import Corpus
from tests.knowledge.matching.small_base import WITHOUT_PRACTICE


@pytest.fixture(scope="module")
def pairs(analyzer: Analyzer) -> dict[str, dict[str, float]]:
    """'집적단지 예산이 얼마예요' compared with every way to ask of the small knowledge base."""
    index = Corpus(WITHOUT_PRACTICE, analyzer).index()
    question = analyzer.analyze("집적단지 예산이 얼마예요")
    rows = np.arange(len(index.owner))
    nothing = np.zeros(len(rows), np.float32)
    given = dict.fromkeys(("meaning", "spelling", "string", "semantic"), nothing)
    found = compare(index.asked(tuple(dict.fromkeys(question.morphemes))), kind_bits(question), index.held(rows), given)
    names = [index.likeness.texts[row] for row in rows]
    return {
        name: dict(zip(PAIR_FEATURES, map(float, row), strict=True)) for name, row in zip(names, found, strict=True)
    }


def _likest(pairs: dict[str, dict[str, float]], word: str) -> dict[str, float]:
    return max((row for text, row in pairs.items() if word in text), key=lambda row: row["shared"])


def test_of_the_same_question_nothing_is_left_over(pairs: dict[str, dict[str, float]]) -> None:
    same = _likest(pairs, "예산이")
    assert (same["left-asked"], same["left-held"], same["letters-left"]) == (0, 0, 1)
    assert same["covers-asked"] == pytest.approx(1, abs=1e-3)


def test_the_thing_asked_about_is_left_over_where_only_the_frame_is_shared(pairs: dict[str, dict[str, float]]) -> None:
    other = _likest(pairs, "위치가")
    assert other["left-asked"] > 0
    assert other["left-held"] > 0
    assert other["letters-left"] < 1


def test_kinds_agree_or_contradict(pairs: dict[str, dict[str, float]]) -> None:
    assert _likest(pairs, "예산이")["same-kind"] == 1
    assert _likest(pairs, "위치가")["other-kind"] == 1


def test_every_number_is_finite(pairs: dict[str, dict[str, float]]) -> None:
    assert np.isfinite([value for row in pairs.values() for value in row.values()]).all()
