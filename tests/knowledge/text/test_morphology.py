"""Kiwi as the program uses it, and that a pickled one reads the same."""

import pickle

import pytest

from knowledge.text.morphology import Morphology, shared_morphology

NAMES = ("집적단지", "인코어드")


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology(NAMES)


def _forms(morphology: Morphology, text: str) -> list[str]:
    return [token.form for token in morphology.tokenize(text)]


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_whole(morphology: Morphology, name: str) -> None:
    assert _forms(morphology, f"{name}는 어디예요?")[0] == name


def test_many_texts_are_read_in_order(morphology: Morphology) -> None:
    read = [[token.form for token in tokens] for tokens in morphology.tokenize_all(["집적단지", "", "예산"])]
    assert read == [["집적단지"], [], ["예산"]]


def test_likely_text_is_more_probable(morphology: Morphology) -> None:
    assert morphology.log_probability("예산이 얼마예요") > morphology.log_probability("예산 이 얼 마예 요")


def test_spaces_are_put_where_korean_has_them(morphology: Morphology) -> None:
    assert morphology.space("예산이얼마인지알려줘") == "예산이 얼마인지 알려 줘"
    assert morphology.space("예 산이 얼마 예요", reset_whitespace=True) == "예산이 얼마예요"


def test_text_is_cut_into_sentences(morphology: Morphology) -> None:
    assert morphology.sentences("예산이 궁금해요. 언제 끝나요?") == ["예산이 궁금해요.", "언제 끝나요?"]


def test_pickled_one_reads_the_same(morphology: Morphology) -> None:
    again: Morphology = pickle.loads(pickle.dumps(morphology))  # noqa: S301  # our own
    assert _forms(again, "인코어드는 어디예요?") == _forms(morphology, "인코어드는 어디예요?")


def test_what_reads_with_the_same_names_shares_one(morphology: Morphology) -> None:
    again = pickle.loads(pickle.dumps(morphology))  # noqa: S301  # our own
    assert again is shared_morphology(NAMES)
    assert again is not shared_morphology(())
