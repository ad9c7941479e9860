import numpy as np

from knowledge.grouping.asked_texts import GRAMS, AskedText
from knowledge.grouping.group_blocks import AskedGroup, Block, Frequencies, Terms, total

TERMS = Terms.of([np.array([0, 2]), np.array([], np.int64), np.array([2]), np.array([], np.int64)])
VALUES = np.array([1, 5, 5], np.float32)


def _text(*words: int) -> AskedText:
    numbers = np.array(words, np.int64)
    return AskedText(str(words), words=numbers, grams=numbers, letters=str(words), sorted_words="", kinds=0)


BLOCK = Block.of([AskedGroup.of([_text(0, 1), _text(1)]), AskedGroup.of([]), AskedGroup.of([_text()])], None)


def test_sums_are_by_text() -> None:
    assert TERMS.sums(VALUES).tolist() == [6, 0, 5, 0]


def test_largest_is_by_text() -> None:
    assert TERMS.largest(VALUES).tolist() == [5, 0, 5, 0]


def test_no_texts_have_no_sums() -> None:
    assert Terms.of([]).sums(np.zeros(0, np.float32)).tolist() == []
    assert Terms.of([]).largest(np.zeros(0, np.float32)).tolist() == []


def test_frequencies_count_texts_of_all_blocks() -> None:
    frequencies = BLOCK.word_frequencies
    assert total([frequencies, frequencies], 3).tolist() == [2, 4, 0]


def test_no_blocks_have_no_frequencies() -> None:
    assert total([], 2).tolist() == [0, 0]
    assert Frequencies.of(Block.of([], None).words).terms.tolist() == []


def test_group_that_shares_terms_is_nearer_than_one_that_does_not() -> None:
    words, grams = np.array([1, 1], np.float32), np.zeros(GRAMS, np.float32)
    shares_words, empty, shares_nothing = BLOCK.nearness(words, grams).tolist()
    assert shares_words > shares_nothing == 0 > empty
