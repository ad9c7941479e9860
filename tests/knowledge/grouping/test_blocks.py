import numpy as np

from knowledge.grouping.blocks import Block, Frequencies, ReadGroup, total
from knowledge.grouping.reading import GRAMS, ReadText


def _text(*words: int) -> ReadText:
    numbers = np.array(words, np.int64)
    return ReadText(words=numbers, grams=numbers, letters=str(words), sorted_words="")


BLOCK = Block.of([ReadGroup.of([_text(0, 1), _text(1)]), ReadGroup.of([]), ReadGroup.of([_text()])])


def test_frequencies_count_texts_of_all_blocks() -> None:
    frequencies = BLOCK.word_frequencies
    assert total([frequencies, frequencies], 3).tolist() == [2, 4, 0]


def test_no_blocks_have_no_frequencies() -> None:
    assert total([], 2).tolist() == [0, 0]
    assert Frequencies.of(Block.of([]).words).terms.tolist() == []


def test_group_that_shares_terms_is_nearer_than_one_that_does_not() -> None:
    words, grams = np.array([1, 1], np.float32), np.zeros(GRAMS, np.float32)
    shares_words, empty, shares_nothing = BLOCK.nearness(words, grams).tolist()
    assert shares_words > shares_nothing == 0 > empty
