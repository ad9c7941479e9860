"""Questions that stand alone, and those that are read with the one before."""

import pytest

from knowledge.matching.analysis import Analysis, Analyzer, Reader, depends_on_previous, joined, joined_analyses
from knowledge.matching.back_references import names_only_a_topic, without_pointing_back
from knowledge.matching.evidence_matcher import EvidenceMatcher


@pytest.fixture(scope="module")
def reader(matcher: EvidenceMatcher) -> Reader:
    return matcher._reader


def test_question_is_repaired_before_it_is_analysed(reader: Reader) -> None:
    reading = reader.read("예샨이 얼마예요?")
    assert reading.understood == reading.text == "예산이 얼마예요?"
    assert "예산/N" in reading.analysis.morphemes


def test_question_asked_again_is_read_the_same(reader: Reader) -> None:
    assert reader.read("dPtks 얼마?") == reader.read("dPtks 얼마?")


def test_question_and_what_was_before_are_read_as_one_text(reader: Reader) -> None:
    before = reader.read("집적단지 예산이 궁금해요.")
    assert reader.reread_together(before, "위치는?") == reader.reread(f"위치는? {before.text} 위치는?")


def test_what_was_asked_before_no_longer_counts(reader: Reader) -> None:
    before = reader.read("집적단지는 2024년에 어디에 생기나요?")
    together = reader.reread_together(before, "예산은 얼마예요?")
    assert together.text == f"예산은 얼마예요? {before.text} 예산은 얼마예요?"
    assert together.analysis.kinds == {"how-much"}
    assert "단지/N" in together.analysis.morphemes
    assert not any(morpheme.startswith("어디/") for morpheme in together.analysis.morphemes)


@pytest.mark.parametrize("text", ["AI 예산이 궁금해요. 언제 끝나요?", "İstanbul에서 왔어요. 언제 끝나요?"])
def test_sentences_are_those_of_the_text_as_it_stands(reader: Reader, text: str) -> None:
    first, second = reader.sentences(text)
    assert (first, second) == (text.removesuffix(" 언제 끝나요?"), "언제 끝나요?")


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


@pytest.mark.parametrize(
    ("text", "rest"),
    [("그럼 언제 완공돼요?", "언제 완공돼요?"), ("거기", "거기"), ("예산은 얼마예요", "예산은 얼마예요")],
)
def test_words_that_point_back_are_taken_off(text: str, rest: str) -> None:
    assert without_pointing_back(text) == rest


@pytest.mark.parametrize(
    ("text", "alone"),
    [("조선대는?", True), ("그럼 조선대는요?", True), ("조선대는 뭘 해요?", False), ("언제요", False)],
)
def test_topic_alone_is_known(text: str, alone: bool) -> None:
    assert names_only_a_topic(text) is alone
