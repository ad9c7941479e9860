"""Questions are repaired and analysed, alone and with what was said before."""

import pytest

from knowledge.matching.evidence_matcher import EvidenceMatcher
from knowledge.matching.reading import Reader


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
