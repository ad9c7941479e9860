"""Which keys stand where in the files, and what belongs behind each: what an editor can have meant by a line."""

from collections.abc import Mapping
from typing import Final

from knowledge.yaml_format.schema import (
    AboutShape,
    ContactShape,
    EntryShape,
    FigureShape,
    SourceShape,
    Strict,
    TopicShape,
    VocabularyShape,
)

WORD: Final = "word"
"""One word or number: an id, a date."""
TEXT: Final = "text"
"""A text, or a mapping of languages to texts."""
TEXTS: Final = "texts"
"""A list of texts."""
PHRASINGS: Final = "phrasings"
"""A list of texts, or a mapping of languages to such lists."""
WORDS: Final = "words"
"""A list of words."""
GROUPS: Final = "groups"
"""A list of lists of words."""
ENTRIES: Final = "entries"
ENTRY: Final = "entry"
CONTACT: Final = "contact"
SOURCE: Final = "source"
SOURCES: Final = "sources"
TOPIC: Final = "topic"
ABOUT: Final = "about"
VOCABULARY: Final = "vocabulary"
FIGURES: Final = "figures"
"""A mapping of sources to lists of figures."""
FIGURE_LIST: Final = "figure list"
FIGURE: Final = "figure"
QUESTIONS: Final = "questions"
"""The list of a question file, or the turns of a conversation in it."""
QUESTION: Final = "question"
ANYTHING: Final = "anything"

LABELS: Final = ("kind", "style", "noise")
OUTCOMES: Final = ("must", "entry", "unanswerable")
TURN_KEYS: Final = ("question", *OUTCOMES, "also")
"""The keys of a question inside a conversation."""
CASE_KEYS: Final = (*TURN_KEYS, "id", "turns", *LABELS)
"""The keys of a question, or of a whole conversation."""

LISTS: Final = frozenset({TEXTS, PHRASINGS, WORDS, GROUPS, ENTRIES, FIGURE_LIST, QUESTIONS})
"""What is written as lines with dashes."""
SENTENCES: Final = frozenset({TEXT, TEXTS, PHRASINGS})
"""What people read or write as sentences."""

_TEXT_KEYS = ("question", "answer", "title", "subject", "name", "greeting", "scope", "basis", "office", "hours")
_BEHIND: Final[Mapping[str, str]] = {
    **dict.fromkeys(_TEXT_KEYS, TEXT),
    "phrasings": PHRASINGS,
    "see_also": WORDS,
    "languages": WORDS,
    "samples": TEXTS,
    "places": TEXTS,
    "synonyms": GROUPS,
    "elsewhere": GROUPS,
    "entries": ENTRIES,
    "contact": CONTACT,
    "beside": WORDS,
    "turns": QUESTIONS,
}
_SHAPES: Final[Mapping[str, type[Strict]]] = {
    TOPIC: TopicShape,
    ENTRY: EntryShape,
    ABOUT: AboutShape,
    CONTACT: ContactShape,
    SOURCE: SourceShape,
    VOCABULARY: VocabularyShape,
    FIGURE: FigureShape,
}
KEYS: Final[Mapping[str, frozenset[str]]] = {
    **{context: frozenset(shape.model_fields) for context, shape in _SHAPES.items()},
    **dict.fromkeys((TEXT, TEXTS, PHRASINGS), frozenset({"ko", "en"})),
    QUESTION: frozenset(CASE_KEYS),
}
"""The keys that are known in each context."""
_ITEMS: Final[Mapping[str, str]] = {
    ENTRIES: ENTRY,
    TEXTS: TEXT,
    PHRASINGS: TEXT,
    WORDS: WORD,
    GROUPS: WORDS,
    FIGURE_LIST: FIGURE,
    QUESTIONS: QUESTION,
}

_MEANT: Final[Mapping[str, str]] = {
    "질문": "question", "물음": "question", "답": "answer", "답변": "answer", "대답": "answer", "주제": "topic",
    "제목": "title", "항목": "entries", "출처": "source", "기준": "as_of", "기준일": "as_of", "기준시점": "as_of",
    "다른질문": "phrasings", "다른물음": "phrasings", "비슷한질문": "phrasings", "담당": "owner", "담당자": "owner",
    "확인할날": "review_by", "다시확인한날": "verified", "확인한날": "verified", "함께볼것": "see_also",
    "모르는것": "known_gap", "모르는것의이름": "subject", "한국어": "ko", "한글": "ko", "영어": "en", "이름": "name",
    "인사": "greeting", "인사말": "greeting", "보기": "samples", "예시": "samples", "범위": "scope", "근거": "basis",
    "지역": "places", "언어": "languages", "부서": "office", "전화": "telephone", "전화번호": "telephone",
    "시간": "hours", "운영시간": "hours", "누리집": "page", "홈페이지": "page", "문의": "contact", "문의처": "contact",
    "연락처": "contact", "동의어": "synonyms", "유의어": "synonyms", "같은뜻": "synonyms", "같은뜻의말": "synonyms",
    "다른곳": "elsewhere",
    "아이디": "id", "korean": "ko", "kr": "ko", "english": "en", "eng": "en",
}  # fmt: skip


def context_of_file(name: str) -> str:
    """The context at the top of the file of that name."""
    tops = {"about.yaml": ABOUT, "sources.yaml": SOURCES, "vocabulary.yaml": VOCABULARY, "figures.yaml": FIGURES}
    return TOPIC if name.startswith("entries/") else tops.get(name, QUESTIONS)


def behind(context: str, key: str) -> str:
    """What stands behind a key of that context."""
    if context == SOURCES:
        return SOURCE
    if context == FIGURES:
        return FIGURE_LIST
    if context in (TEXT, TEXTS):
        return TEXT
    if context == PHRASINGS:
        return TEXTS
    return _BEHIND.get(key, WORD if context in KEYS else ANYTHING)


def item_of(context: str) -> str:
    """What an item is of a list in that context."""
    return _ITEMS.get(context, ANYTHING)


def role_of(key: str) -> str:
    """What stands behind that key, wherever it stands."""
    return _BEHIND.get(key, WORD)


def meant_key(written: str) -> str | None:
    """The key that is meant by a Korean or foreign name for it."""
    return _MEANT.get(written.casefold().replace(" ", "").replace("_", ""))
