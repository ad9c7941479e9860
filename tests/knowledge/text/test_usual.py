"""The usual words, and the table that holds the English ones."""

import pickle

import pytest

from knowledge.text.usual import FrequencyTable, usual_words

TABLE = FrequencyTable({"the": 0.05, "there": 0.01, "a": 0.03, "zebra": 1e-6})


@pytest.mark.parametrize(("word", "frequency"), [("the", 0.05), ("there", 0.01), ("a", 0.03), ("zebra", 1e-6)])
def test_words_have_their_frequency(word: str, frequency: float) -> None:
    assert TABLE.frequency(word) == frequency
    assert word in TABLE


@pytest.mark.parametrize("word", ["", "th", "thee", "aa", "zz", "zebras", "0", "집적단지", "\ud800"])
def test_other_words_have_none(word: str) -> None:
    assert TABLE.frequency(word) == 0
    assert word not in TABLE


def test_empty_table_holds_nothing() -> None:
    assert "a" not in FrequencyTable({})


def test_pickled_table_is_the_same() -> None:
    again: FrequencyTable = pickle.loads(pickle.dumps(TABLE))  # noqa: S301  # our own
    assert len(again) == 4
    assert again.frequency("there") == 0.01


def test_table_holds_what_the_word_list_does() -> None:
    wordfreq = pytest.importorskip("wordfreq")
    listed = wordfreq.get_frequency_dict("en")
    english = usual_words().english
    assert len(english) == len(listed)
    assert all(english.frequency(word) == frequency for word, frequency in list(listed.items())[::97])


def test_frequency_is_that_of_the_word_in_its_language() -> None:
    usual = usual_words()
    assert usual.frequency("budget") == usual.english.frequency("budget") > 0
    assert usual.frequency("예산") == usual.korean["예산"] > 0
    assert usual.frequency("뷁뷁") == 0
