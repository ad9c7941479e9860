"""What citizens ask: Korean questions, each with a number of its own."""

import re

KNOWN = (
    ("집적단지 예산이 얼마예요?", "4116"),
    ("단지는 언제 다 지어요?", "20"),
    ("조선대는 뭘 해요?", "조선대"),
)
"""Questions that the knowledge base answers, and words of the answers."""
UNKNOWN = ("고양이 사료는 어디서 사요?", "오늘 점심 메뉴 추천해 주세요")
"""Questions that it cannot answer: they have to be recorded."""

_NUMBER = re.compile(r"#(\d+)")


def question(number: int) -> str:
    """The question of that number: three of five are known."""
    place = number % (len(KNOWN) + len(UNKNOWN))
    return f"{KNOWN[place][0] if is_known(number) else UNKNOWN[place - len(KNOWN)]} #{number}"


def is_known(number: int) -> bool:
    """Whether the knowledge base answers that question."""
    return number % (len(KNOWN) + len(UNKNOWN)) < len(KNOWN)


def answer_words(number: int) -> str:
    """Words that stand in the answer to a known question."""
    return KNOWN[number % (len(KNOWN) + len(UNKNOWN))][1]


def number_in(text: str) -> int:
    """The number of the question in a text, -1 where there is none."""
    found = _NUMBER.search(text)
    return int(found[1]) if found else -1
