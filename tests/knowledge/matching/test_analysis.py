"""Morphemes, kinds of question, numbers, and what a morpheme tells."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.matching.analysis import KINDS, Analyzer, Rarity, letter_grams, numbers_in
from knowledge.text.words import word_frequencies


def _words(analyzer: Analyzer, text: str) -> list[str]:
    return [morpheme.rsplit("/", 1)[0] for morpheme in analyzer.analyze(text).morphemes]


def test_grammar_and_signs_are_left_out(analyzer: Analyzer) -> None:
    assert analyzer.analyze("예산은, 위치가!?").morphemes == ("예산/N", "위치/N")


@pytest.mark.parametrize("text", ["사업비", "예산", "사업비가", "예산이라도"])
def test_synonyms_are_read_as_the_first_of_their_group(analyzer: Analyzer, text: str) -> None:
    assert _words(analyzer, text) == ["예산"]


@pytest.mark.parametrize("word", ["은하수테크", "부산", "삼성"])
def test_declared_words_stay_whole(analyzer: Analyzer, word: str) -> None:
    assert word in _words(analyzer, f"{word}에서는 뭐 해요")


def test_letter_case_does_not_count(analyzer: Analyzer) -> None:
    assert analyzer.analyze("GIST Budget") == analyzer.analyze("gist budget")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("예산이 얼마예요", "how-much"),
        ("언제 지어요", "when"),
        ("어디에 있나요", "where"),
        ("시장은 누구예요", "who"),
        ("몇 명이에요", "how-many"),
        ("왜 하나요", "why"),
        ("그게 뭐예요", "what"),
        ("어떤 회사예요", "which"),
        ("집적단지 예산", "none"),
        ("when is it", "when"),
        ("where is it", "where"),
        ("", "none"),
    ],
)
def test_kind_of_question(analyzer: Analyzer, text: str, kind: str) -> None:
    assert analyzer.analyze(text).kinds == {kind}


def test_text_may_ask_several_kinds(analyzer: Analyzer) -> None:
    kinds = analyzer.analyze("언제 어디에 지어요").kinds
    assert kinds == {"when", "where"}
    assert kinds <= set(KINDS)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("4,116억원", {"4116"}), ("2020년부터 2024년까지.", {"2020", "2024"}), ("2024.", {"2024"}), ("억원", set())],
)
def test_numbers_are_read_without_commas(text: str, numbers: set[str]) -> None:
    assert numbers_in(text) == numbers


def test_letter_grams_are_runs_of_three_to_five_jamo() -> None:
    assert [len(gram) for gram in letter_grams("예산")] == [3, 3, 3, 4, 4, 5]


def test_letter_grams_do_not_see_spaces_signs_and_case() -> None:
    assert letter_grams("AI 단지, 예산?") == letter_grams("ai단지예산")


def test_slip_of_one_letter_keeps_most_letter_grams() -> None:
    meant, typed = set(letter_grams("집적단지")), set(letter_grams("집적딴지"))
    assert len(meant & typed) > len(meant) / 3


@pytest.mark.parametrize("text", ["", "가", "?!", "👨‍👩‍👧", "\u200d"])
def test_too_few_letters_have_no_grams(text: str) -> None:
    assert letter_grams(text) in ((), letter_grams("가"))


def test_many_texts_are_read_as_each_alone(analyzer: Analyzer) -> None:
    texts = ["예산이 얼마예요?", "", "은하수테크는 어디"] * 20
    assert list(analyzer.analyze_all(texts)) == [analyzer.analyze(text) for text in texts]


def test_threads_read_the_same(analyzer: Analyzer) -> None:
    texts = [f"집적단지 {number}번 예산이 얼마예요?" for number in range(50)] * 8
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(analyzer.analyze, texts))
    assert read == [analyzer.analyze(text) for text in texts]


@pytest.mark.parametrize("text", ["이 사업을 이끄는 대표는 누구예요", "연구소 소장님은 언제 오시나요"])
def test_other_words_are_no_persons(analyzer: Analyzer, text: str) -> None:
    assert analyzer.analyze(text).people == frozenset()


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
