"""The repair over the real knowledge base and Kiwi: what it must mend, and what it must leave alone."""

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.loading.loader import load_knowledge
from knowledge.text.morphology import shared_morphology
from knowledge.text.repair import TextRepair
from knowledge.text.words import words_of
from tests.processor import processor_units

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
TYPED = "집적단지 예샨 언제 어디 ㅈㅈㄷㅈ dPtks AI gist 먀 예ㅅㅏㄴ ㅋㅋ ㅇㅇ 됬나요".split()  # noqa: SIM905
SLOW = settings(max_examples=60)


@cache
def knowledge() -> KnowledgeBase:
    return load_knowledge(KNOWLEDGE)


@pytest.fixture(scope="session")
def repair() -> TextRepair:
    texts = [text for entry in knowledge().entries.values() for _, text in entry.ways_to_ask()]
    return TextRepair(words_of(texts), shared_morphology(()))


def questions(pattern: str) -> Iterator[str]:
    for file in sorted((KNOWLEDGE / "questions").rglob(pattern)):
        for line in file.read_text(encoding="utf-8").splitlines():
            question = json.loads(line).get("question")
            if question:
                yield question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("예샨이 얼마인가요", "예산이 얼마인가요"),
        ("집적딴지 언재 왼공되나요", "집적단지 언제 완공되나요"),
        ("데이타센타 위치", "데이터센터 위치"),
        ("운영위언회는 누구로 구셩되나요", "운영위원회는 누구로 구성되나요"),
        ("ㅈㅈㄷㅈ ㅇㅅ 얼마", "집적단지 예산 얼마"),
        ("ㅈㄴㄷ는 무슨 대학", "전남대는 무슨 대학"),
        ("wlqwjrekswl djeldp wldjdy", "집적단지 어디에 지어요"),
        ("햔ㅅ 는 뭐 하나요", "gist 는 뭐 하나요"),
        ("스타ㅌㅡ업 자리 있ㄴㅏ요ㅠ", "스타트업 자리 있나요"),
    ],
)
def test_slips_are_repaired_and_shown(repair: TextRepair, typed: str, meant: str) -> None:
    assert repair.repair(typed).understood == meant


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("광주는왜인공지능을골랐나요", "광주는 왜 인공지능을 골랐나요"),
        ("집적 단지에 들어 오는 시설 다 알 려줘", "집적단지에 들어오는 시설 다 알려 줘"),
        ("자동 차중소 기업이몇 개에 요", "자동차 중소기업이 몇 개에요"),
        ("데이 터센 터 어디", "데이터센터 어디"),
        ("광 주 시 장 이 누 구 예 요", "광주시장이 누구예요"),
        ("빛고을노인건강타운 어디", "빛고을노인건강타운 어디"),
        ("주차 되나요", "주차 되나요"),
        ("준공은 언제", "준공은 언제"),
    ],
)
def test_spaces_are_put_right_in_silence(repair: TextRepair, typed: str, read: str) -> None:
    repaired = repair.repair(typed)
    assert repaired.text == read
    assert repaired.understood is None


def test_english_phrasings_stay(repair: TextRepair) -> None:
    english = [
        text for entry in knowledge().entries.values() for language, text in entry.ways_to_ask() if language == "en"
    ]
    assert [text for text in english if repair.repair(text).understood] == []


@pytest.mark.parametrize("pattern", ["in_scope*.jsonl", "out_of_scope*.jsonl"])
def test_clean_questions_are_hardly_ever_changed(repair: TextRepair, pattern: str) -> None:
    asked = list(questions(pattern))
    changed = [question for question in asked if repair.repair(question).understood]
    print(f"{pattern}: {len(changed)} of {len(asked)} changed", *changed, sep="\n  ")  # noqa: T201
    assert len(changed) <= len(asked) / 100 + 2


def test_repair_is_fast(repair: TextRepair) -> None:
    asked = list(questions("in_scope*.jsonl"))
    assert processor_units(lambda: [repair.repair(question) for question in asked]) < 0.2 * len(asked)


@pytest.mark.parametrize(
    "piece",
    ["집적딴지 예샨이 ", "가나", "ㅋㅋㄱ", "wlqwj", "q w e ", "집적단지는언제완공되나요", "!?.,", "ㅈㅈㄷㅈ "],
)
def test_longest_message_is_repaired_in_time(repair: TextRepair, piece: str) -> None:
    text = (piece * 4096)[:4096]
    assert processor_units(lambda: repair.repair(text)) < 50


@SLOW
@given(st.text())
def test_never_raises(repair: TextRepair, text: str) -> None:
    repaired = repair.repair(text)
    assert repaired.understood in (None, repaired.text)


@SLOW
@given(
    st.lists(
        st.sampled_from(
            [
                "집적단지",
                "예샨",
                "언제",
                "어디",
                "ㅈㅈㄷㅈ",
                "dPtks",
                "AI",
                "gist",
                "먀",
                "예ㅅㅏㄴ",
                "ㅋㅋ",
                "ㅇㅇ",
                "됬나요",
            ]
        ),
        max_size=6,
    )
)
def test_decomposed_text_reads_the_same_and_stays(repair: TextRepair, words: list[str]) -> None:
    once = repair.repair(" ".join(words)).text
    assert repair.repair(unicodedata.normalize("NFD", " ".join(words))).text == once
    assert repair.repair(once).text == once
