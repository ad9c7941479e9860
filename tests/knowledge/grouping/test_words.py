import numpy as np
import pytest

from knowledge.grouping.words import Words
from knowledge.text.word_frequencies import FrequencyTable, WordFrequencies


@pytest.fixture
def words() -> Words:
    """Words of a language in which 것 is common and 예산 is known."""
    return Words(WordFrequencies({"것": 0.1, "예산": 1e-4}, FrequencyTable({"data": 1e-4})))


def test_a_word_keeps_its_number(words: Words) -> None:
    first = words.numbers(["예산/N", "것/N"])
    assert words.numbers(["것/N", "얼마/N", "예산/N", "예산/N"]).tolist() == [*first.tolist(), 2]


def test_rare_words_tell_more(words: Words) -> None:
    common, known, unknown = words.numbers(["것/N", "예산/N", "집적/N"]).tolist()
    rarities = words.rarities(np.zeros(3, np.int64), 0)
    assert rarities[common] < rarities[known] < rarities[unknown]


def test_what_everybody_asks_for_tells_little(words: Words) -> None:
    often, seldom = words.numbers(["집적/N", "주차/N"])
    rarities = words.rarities(np.array([500, 2]), 1000)
    assert rarities[often] < 1 < rarities[seldom]


def test_nouns_and_foreign_words_name_something(words: Words) -> None:
    words.numbers(["예산/N"])
    words.numbers(["data/S"])
    words.numbers(["하/V"])
    assert words.names().tolist() == [1, 1, 0]
