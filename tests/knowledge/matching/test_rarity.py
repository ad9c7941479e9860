"""What a word tells: rare nouns most, frequent adverbs least."""

import pytest

from knowledge.matching.rarity import Rarity
from knowledge.text.words import word_frequencies

rarity = Rarity(word_frequencies())


@pytest.mark.parametrize("word", ["집적단지/N", "the/S", "하/V", "zzzqqq/S", "잘/M", "/N", "4116/S"])
def test_rarity_is_a_share(word: str) -> None:
    assert 0 <= rarity(word) <= 1


@pytest.mark.parametrize(("rarer", "commoner"), [("집적/N", "사람/N"), ("zzzqqq/S", "the/S"), ("착공/N", "일/N")])
def test_rare_word_tells_more(rarer: str, commoner: str) -> None:
    assert rarity(rarer) > rarity(commoner)


def test_noun_tells_more_than_verb_and_adverb() -> None:
    assert rarity("뷁뷁/N") > rarity("뷁뷁/V") > rarity("뷁뷁/M") > 0


def test_word_that_nobody_knows_tells_all_that_its_tag_can() -> None:
    assert (rarity("뷁뷁/N"), rarity("뷁뷁/S"), rarity("뷁뷁/?")) == (1.0, 0.8, 0.5)


def test_word_may_hold_a_stroke() -> None:
    assert rarity("a/b/N") == 1.0
