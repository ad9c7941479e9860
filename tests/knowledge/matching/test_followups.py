"""Which questions are read with the one before them."""

import pytest

from knowledge.matching.analysis import Analysis, Analyzer
from knowledge.matching.followups import depends_on_previous, joined, joined_analyses


@pytest.mark.parametrize(
    ("text", "depends"),
    [
        ("그럼 언제?", True),
        ("그럼 집적단지 조성 사업의 전체 예산 규모는 얼마인가요?", True),
        ("그건 누가 투자해서 어디에 어떻게 짓는 건가요?", True),
        ("거기 대표는?", True),
        ("위치는?", True),
        ("호남대는요?", True),
        ("언제 끝나요?", True),
        ("왜요", True),
        ("what about the budget of the whole cluster then?", True),
        ("집적단지 조성 예산은 누가 얼마나 투자하나요?", False),
        ("과학골든벨 아카데미는 어떤 행사이고 누가 참가하나요?", False),
        ("who invests in the cluster and how much is it?", False),
    ],
)
def test_question_stands_alone_or_not(analyzer: Analyzer, text: str, depends: bool) -> None:
    assert depends_on_previous(analyzer.analyze(text), text) is depends


def test_new_question_counts_twice() -> None:
    assert joined("집적단지는 어디?", "그럼 언제?") == "그럼 언제? 집적단지는 어디? 그럼 언제?"


def test_analyses_are_joined_as_texts_are() -> None:
    before = Analysis(("집적단지/N",), frozenset(("none",)), frozenset(("2024",)))
    asked = Analysis(("예산/N",), frozenset(("when",)), frozenset(("3",)))
    together = joined_analyses(before, asked)
    assert together.morphemes == ("예산/N", "집적단지/N", "예산/N")
    assert together.kinds == {"when"}
    assert together.numbers == {"2024", "3"}
    assert joined_analyses(before, before).kinds == {"none"}
