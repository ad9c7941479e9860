"""The lists of word frequencies, and the table that holds the English one."""

import pickle
from pathlib import Path

import pytest

from knowledge.text.word_frequencies import FrequencyTable, read_list, word_frequencies, write_list

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


@pytest.mark.parametrize("language", ["ko", "en"])
def test_lists_are_those_of_wordfreq_and_writing_them_changes_nothing(language: str, tmp_path: Path) -> None:
    wordfreq = pytest.importorskip("wordfreq", reason="wordfreq is not installed: it is needed to write the lists")
    assert read_list(language) == wordfreq.get_frequency_dict(language)
    write_list(language, tmp_path)
    assert read_list(language, tmp_path) == read_list(language)


def test_table_holds_the_whole_list() -> None:
    listed = read_list("en")
    english = word_frequencies().english
    assert len(english) == len(listed) > 300_000
    assert all(english.frequency(word) == frequency for word, frequency in list(listed.items())[::97])


def test_frequency_is_that_of_the_word_in_its_language() -> None:
    usual = word_frequencies()
    assert usual.frequency("budget") == usual.english.frequency("budget") > 0
    assert usual.frequency("예산") == usual.korean["예산"] > 0
    assert usual.frequency("뷁뷁") == 0
