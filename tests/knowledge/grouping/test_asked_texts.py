from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.grouping.asked_texts import AskedTexts, Meanings, WordTable
from knowledge.matching.analysis import Analyzer, Rarity
from knowledge.matching.term_index import Floats
from knowledge.text.words import FrequencyTable, WordFrequencies, word_frequencies


class CountingEmbedder:
    """Gives each text its length, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        return np.array([[len(text), 0] for text in texts], np.float32).reshape(len(texts), 2)


@pytest.fixture
def words() -> WordTable:
    """Words of a language in which 것 is common and 예산 is known."""
    return WordTable(Rarity(WordFrequencies({"것": 0.1, "예산": 1e-4}, FrequencyTable({"data": 1e-4}))))


def test_a_word_keeps_its_number(words: WordTable) -> None:
    first = words.numbers(["예산/N", "것/N"])
    assert words.numbers(["것/N", "얼마/N", "예산/N", "예산/N"]).tolist() == [*first.tolist(), 2]


def test_rare_words_tell_more(words: WordTable) -> None:
    common, known, unknown = words.numbers(["것/N", "예산/N", "집적/N"]).tolist()
    tells = words.general()
    assert tells[common] < tells[known] < tells[unknown]


def test_rare_nouns_and_foreign_words_name_something(words: WordTable) -> None:
    for word in ("예산/N", "data/S", "하/V", "것/N"):
        words.numbers([word])
    assert words.names().tolist() == [1, 1, 0, 0]


def test_kinds_of_question_are_told_apart(analyzer: Analyzer) -> None:
    texts = AskedTexts(analyzer, Rarity(word_frequencies()))
    much, when, none = (texts.read(text).kinds for text in ("요금이 얼마예요?", "언제 열어요?", "주차 요금"))
    assert much != when
    assert not none
    assert not much & when


def test_a_text_is_embedded_once() -> None:
    embedder = CountingEmbedder()
    meanings = Meanings(embedder)
    assert meanings.of(["가나", "다", "가나"]).tolist() == [[2, 0], [1, 0], [2, 0]]
    meanings.of(["다", "라"])
    assert embedder.asked == ["가나", "다", "라"]
    assert "라" in meanings


def test_no_texts_have_no_vectors() -> None:
    assert Meanings(CountingEmbedder()).of([]).shape == (0, 2)
