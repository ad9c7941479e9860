"""The lists of word frequencies, and the words of a knowledge base."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.text.particles import attached, readings
from knowledge.text.words import FrequencyTable, Lexicon, read_list, word_frequencies, words_of, write_list
from tests.processor import processor_units

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


@dataclass(frozen=True)
class Token:
    form: str
    tag: str
    start: int
    len: int
    oov: bool = False


def test_particles_are_taken_off() -> None:
    words = words_of(["예산 얼마", "예산이 얼마인가요", "국가 예산은 AI"])
    assert words["예산"] == 3
    assert words["얼마"] == 2
    assert words["국가"] == 1
    assert words["ai"] == 1


def test_compounds_of_tokens_are_words() -> None:
    tokens = [
        Token("집적", "XR", 0, 2),
        Token("단지", "NNG", 2, 2),
        Token("를", "JKO", 4, 1),
        Token("조성", "NNG", 6, 2),
    ]
    words = words_of([], [tokens])
    assert set(words) == {"집적", "집적단지", "단지", "조성"}


def test_many_texts_are_read_at_once() -> None:
    texts = [f"집적단지 {number}동의 예산은 얼마인가요" for number in range(11_000)]
    assert processor_units(lambda: words_of(texts)) < 50


@pytest.mark.parametrize(
    ("word", "stem", "tail"),
    [
        ("예산이", "예산", "이"),
        ("완공되나요", "완공", "되나요"),
        ("단지에서는", "단지", "에서는"),
        ("예산", "예산", ""),
    ],
)
def test_word_is_read_as_stem_and_tail(word: str, stem: str, tail: str) -> None:
    assert (stem, tail) in list(readings(word))


@pytest.mark.parametrize(
    ("word", "particle", "both"),
    [
        ("집적단지", "은", "집적단지는"),
        ("예산", "를", "예산을"),
        ("광주", "으로", "광주로"),
        ("예산", "에서", "예산에서"),
    ],
)
def test_particle_takes_its_form(word: str, particle: str, both: str) -> None:
    assert attached(word, particle) == both


@pytest.mark.parametrize(
    ("word", "known"), [("집적단지를", True), ("주차장은", True), ("예샨", False), ("고딩인데", True), ("", False)]
)
def test_words_are_known(word: str, known: bool) -> None:
    assert Lexicon({"집적단지": 3}, word_frequencies()).knows(word) is known


def test_strange_syllables_are_seen() -> None:
    lexicon = Lexicon({"예산": 3}, word_frequencies())
    assert lexicon.has_strange_syllable("예쌶")
    assert not lexicon.has_strange_syllable("예산")


def test_any_texts_will_do() -> None:
    assert not words_of(iter(()))
