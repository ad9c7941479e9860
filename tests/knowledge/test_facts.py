"""No answer from the newspaper article says a figure or a name that the article does not.

The figures are listed in knowledge/figures.yaml and told by `check`, the names in `article_facts.yaml` here.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from kiwipiepy import Kiwi

from knowledge.base import Entry
from knowledge.loading.lint import StrangeFigure, lint, strange_figures
from knowledge.loading.loader import KnowledgeFiles, read_knowledge
from knowledge.yaml_format.yaml_reader import read_yaml

_HERE = Path(__file__).parent
_ARTICLE = "gwangju-ilbo"
_NATIVE = "한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|수십|수백|수천|몇"
_COUNTER = "곳|가지|개|명|차례|단계|동|채|해|년|달|분야|축|대학|배|기관|회사|억|만|천"
_NUMBER_WORD = re.compile(rf"(?<![가-힣])(?:{_NATIVE})\s?(?:{_COUNTER})(?![가-힣]*[다요]\b)")
_ENGLISH_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|"
    r"thousands?|millions?|billions?|trillions?|first|second|third|fourth|fifth|sixth|half|twice|percent)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"[가-힣A-Za-z]+(?:대|대학|대학교|대학원|연구소|연구원|센터|병원|재단|공단|공사|은행|과학관|교육청|협회|진흥원|"
    r"파크|타운|위원회|그룹|전자|텔레콤|부처|정부)(?=[은는이가을를의와과도에로,·()\s.]|에서|으로|$)"
)
_ORDINARY = re.compile(r"[가-힣]*(?:확대|반대|공대|최대|절대|상대|세대|시대|기대|지대|토대|연대|임대|유전자)")
_CAPITALISED = re.compile(r"\b[A-Z][A-Za-z]*(?:-[A-Za-z]+)*")


@cache
def _files() -> KnowledgeFiles:
    return read_knowledge(_HERE.parents[1] / "knowledge")


@cache
def _entries() -> tuple[Entry, ...]:
    """Those of the article: what rests on another source is held against that."""
    entries = _files().knowledge.entries.values()
    return tuple(entry for entry in entries if entry.source is None or entry.source.key == _ARTICLE)


@cache
def _facts() -> dict[str, Any]:
    document, faults = read_yaml(_HERE / "article_facts.yaml", "article_facts.yaml")
    assert not faults
    facts: dict[str, Any] = document.data
    return facts


def _korean(entry: Entry) -> str:
    """What an entry says in Korean; of a known gap also what it says is missing."""
    return f"{entry.subject.ko}: {entry.answer.ko}" if entry.subject else entry.answer.ko


def _english(entry: Entry) -> str:
    answer = entry.answer.en or ""
    return f"{entry.subject.en}: {answer}" if entry.subject else answer


def _strange(text: str, question: str = "") -> list[StrangeFigure]:
    return list(strange_figures(text, _files().figures[_ARTICLE], question))


def test_what_the_assistant_says_of_itself_is_in_the_article() -> None:
    about = _files().knowledge.about
    said = [*filter(None, (about.name, about.greeting, about.scope, about.basis)), *about.samples]
    assert [text for text in said if _strange(text.ko, "기사")] == []
    assert about.contact is None  # the article gives none, and the advertisement beside it is none of ours


def test_every_figure_is_in_the_article() -> None:
    told = lint(_files(), date(2026, 1, 1)).warnings
    assert [str(fault) for fault in told if fault.kind in {"figure-not-in-source", "figure-of-another"}] == []


def test_numbers_in_words_are_in_the_article() -> None:
    korean = {word for entry in _entries() for word in _NUMBER_WORD.findall(_korean(entry))}
    english = {word.lower() for entry in _entries() for word in _ENGLISH_NUMBER_WORD.findall(_without_won(entry))}
    assert korean <= set(_facts()["korean_number_words"])
    assert english <= set(_facts()["english_number_words"])


def _without_won(entry: Entry) -> str:
    return _english(entry).replace("billion won", "")


def test_latin_names_in_korean_answers_are_in_the_article() -> None:
    names = {name for entry in _entries() for name in re.findall(r"[A-Za-z]+", _korean(entry))}
    assert names <= set(_facts()["latin_names_in_korean"])


def test_korean_proper_nouns_are_in_the_article() -> None:
    tokens = Kiwi(load_multi_dict=False, load_typo_dict=False).tokenize([_korean(entry) for entry in _entries()])
    names = {token.form for answer in tokens for token in answer if token.tag == "NNP"}
    assert names <= set(_facts()["korean_names"])


def test_institutions_are_in_the_article() -> None:
    found = {name for entry in _entries() for name in _INSTITUTION.findall(_korean(entry))}
    assert {name for name in found if not _ORDINARY.fullmatch(name)} <= set(_facts()["korean_institutions"])


def test_english_names_are_in_the_article() -> None:
    known = set(_facts()["english_names"])
    assert {name for entry in _entries() for name in _english_names(_english(entry))} <= known


def _english_names(text: str) -> Iterator[str]:
    for match in _CAPITALISED.finditer(text):
        word = match[0]
        begins = not (before := text[: match.start()].rstrip(" \"'(‘“")) or before[-1] in ".!?:\n-"
        if not ((begins and word.lower() in _written_small()) or word in _facts()["english_sentence_starts"]):
            yield word


@cache
def _written_small() -> frozenset[str]:
    """Words that stand somewhere without a capital, so that one at a sentence's beginning makes no name of them."""
    english = (text for entry in _entries() for language, text in entry.ways_to_ask() if language == "en")
    answers = (_english(entry) for entry in _entries())
    return frozenset(word for text in (*english, *answers) for word in re.findall(r"\b[a-z][a-z-]*", text))


@pytest.mark.parametrize(
    "invented",
    [
        "5000억원을 투입합니다.",
        "연구비는 4116억원입니다",
        "2025년 완공입니다.",
        "280개 에너지 기업",
        "직원은 120명입니다.",
        "4116개",
        "예산 14116억원",
        "집적단지 2024㎡",
    ],
)
def test_invented_figures_are_noticed(invented: str) -> None:
    assert _strange(invented)


@pytest.mark.parametrize("invented", ["It costs 500 billion won.", "312 car makers", "It opens on May 3.", "in 2025"])
def test_invented_english_figures_are_noticed(invented: str) -> None:
    assert _strange(invented)


@pytest.mark.parametrize("invented", ["Samsung invests too.", "It works with Naver.", "The head is Hong Gil-dong."])
def test_invented_english_names_are_noticed(invented: str) -> None:
    assert not set(_english_names(invented)) <= set(_facts()["english_names"])


@pytest.mark.parametrize(
    "invented", ["삼성전자와 협력합니다.", "포항공과대학교가 맡습니다.", "국립암센터가 참여합니다."]
)
def test_invented_institutions_are_noticed(invented: str) -> None:
    assert not set(_INSTITUTION.findall(invented)) <= set(_facts()["korean_institutions"])
