"""Whatever is typed, the matcher returns a match, and soon."""

import time
import unicodedata
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.matching import Match
from knowledge.matching.evidence_matcher import EvidenceMatcher
from tests.processor import processor_units

MOST_CHARACTERS = 4096
"""Telegram sends no more in a message."""
SOON = 3
"""Units of the processor's time. Most take a fifth of that, while coverage is measured twice as much."""
HOSTILE = {
    "words": "집적단지 예산 " * 512,
    "no spaces": "집적단지의예산이얼마" * 409,
    "one syllable": "가" * MOST_CHARACTERS,
    "one letter": "a" * MOST_CHARACTERS,
    "digits": "1" * MOST_CHARACTERS,
    "laughter": "ㅋ" * MOST_CHARACTERS,
    "lone jamo": "ㅈㅈㄷㅈ " * 819,
    "leading jamo": "\u1100" * MOST_CHARACTERS,
    "keyboard layout": "dPtksdl djfaodPdy " * 227,
    "many questions": "집적단지는 어디에요? " * 341,
    "signs": ".?!" * 1365,
    "line breaks": "\n" * 4090 + "예산?",
    "emoji": "🎯" * MOST_CHARACTERS,
    "joined emoji": "👨‍👩‍👧‍👦" * 372,
    "joiners": "\u200d" * MOST_CHARACTERS,
    "lone surrogates": "\ud800\udfff" * 2048,
    "surrogate inside": "집적단지 \ud83d 예산",
    "right to left": "شكرا " * 819,
    "direction marks": "\u202e집적단지 예산이 얼마예요?\u202c",
    "decomposed": unicodedata.normalize("NFD", "집적단지 예산이 얼마예요? ") * 120,
    "accents": "e\u0301" * 2048,
    "accent tower": "가" + "\u0300" * 4095,
    "mathematical": "𝔸𝕀" * 2048,
    "nulls": "\x00" * MOST_CHARACTERS,
    "markup": "<b>*_`[](" * 455,
    "empty": "",
    "space": " \t\u3000",
}
_SHORT = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "집적단지",
                "예산",
                "은",
                "얼마예요",
                "?",
                " ",
                "그럼",
                "부산",
                "ㅈㅈㄷㅈ",
                "dPtks",
                "AI",
                "2024년",
                "4,116억",
                "\n",
            ]
        ),
        st.characters(),
        st.sampled_from(["\u200d", "\ud800", "\u202e", "\x00", "👨‍👩‍👧", "\u1100", "\u0301", "%s", "'", "\\"]),
        st.characters(min_codepoint=0x3131, max_codepoint=0x318E),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("previous", [None, "집적단지는 어디에 생기나요?"], ids=["alone", "after another"])
def test_hostile_text_has_a_match(matcher: EvidenceMatcher, text: str, previous: str | None) -> None:
    assert len(text) <= MOST_CHARACTERS
    assert isinstance(matcher.match(text, previous), Match)


@pytest.mark.parametrize("previous", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_may_be_remembered(matcher: EvidenceMatcher, previous: str) -> None:
    assert isinstance(matcher.match("그럼 언제?", previous), Match)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_matched_soon(matcher: EvidenceMatcher, text: str) -> None:
    """Alone, and as what was said before; in one of three tries, each with another end: the same text is remembered."""
    ends = [text[:-2] + end for end in ("가나", "가니", "가네")]
    assert any(processor_units(partial(matcher.match, each)) < 2 * SOON for each in ends)
    assert any(processor_units(partial(matcher.match, "그럼 언제?", each)) < 2 * SOON for each in ends)


@pytest.mark.parametrize("text", ["집적단지 예산이 얼마예요?", "과학골든벨이 뭐예요?"])
def test_decomposed_hangul_reads_as_composed(matcher: EvidenceMatcher, text: str) -> None:
    assert matcher.match(unicodedata.normalize("NFD", text)).candidates == matcher.match(text).candidates


@pytest.mark.parametrize("count", [400, pytest.param(10_000, marks=pytest.mark.soak)])
def test_whatever_is_typed_is_matched_soon(matcher: EvidenceMatcher, count: int) -> None:
    took: list[tuple[float, str]] = []

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(_SHORT)
    def ask(question: str) -> None:
        started = time.thread_time()
        found = matcher.match(question)
        took.append((time.thread_time() - started, question))
        assert all(0 <= each.confidence <= 1 for each in found.candidates)

    ask()
    assert len(took) >= count
    slowest = max(took)[1]
    assert any(processor_units(partial(matcher.match, slowest)) < SOON for _ in range(5)), slowest
