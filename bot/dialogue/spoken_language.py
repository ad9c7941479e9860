"""Which language a citizen writes in: Korean, English, or one that is not spoken here."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.base import KnowledgeBase, Language
from knowledge.text.keyboard import to_hangul

_HANGUL = re.compile("[가-힣ㄱ-ㅣ]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_OTHER_SCRIPT = re.compile(
    "[\u0370-\u05ff\u0600-\u06ff\u0900-\u0e7f\u10a0-\u10ff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)
_LATIN_WORD = re.compile("[A-Za-z]+(?:'[A-Za-z]+)?")
_ENGLISH = frozenset(
    """
    a about abt after all also am an and any anyone anything are area as ask at away back be because been
    before being best big both budget build building built but by bye call can cannot cant center centre
    change cheap children citizen citizens city close come companies company complete completed cost could
    cover data date day days did different do does done dont during each end english even ever every
    everything far few find first for foreigner foreigners free from full get getting give go going gonna good
    got great had happen has have he hello help her here hey hi his hold hour hours how hows i if ill im in
    info information into is it its job jobs join just know korea korean language last late later learn left
    lemme less let like list little live local lol long look lot made make many may me mean meet menu money
    month more most much must my name near need new next no not nothing now of off ok okay old on once one
    only open opening or other our out over own part people phone place plan plans please pls plz possible ppl
    price project question read ready really right same say school see she should show since so some someone
    something sorry speak start started still stop street student students study such sure take tell than
    thank thanks that the their them then there these they thing things this those thx time to today together
    too town train try two u under understand university until up ur us use used very visit wanna want was way
    we week were what whats when where wheres whether which while who whom whose why will with without work
    working would year years yes yet you your
    """.split()  # noqa: SIM905 - as a list it would take 200 lines
)
"""Common words of English; who writes some of them writes English."""
_ROMANISED = re.compile(
    r"\b(?:an+y(?:e)?ong|[kg]am+sa|gomaw|e?ol+ma|[eo]odi|odi[ye]e?|e?onje|mw[oy]|muo|nugu|waeyo|eott?eo[hk]|ot+o[hk]e|juse?y)\w*"
    r"|\b\w+(?:m?nida|eyo|aeyo|nayo|ingayo|inkayo|imnikka|haeyo|isseoyo|isseo)\b",
    re.IGNORECASE,
)
"""Korean in Latin letters: its question words and polite endings."""
_LEAST_KNOWN = 0.4
"""The share of known words from which a text in Latin letters is taken for English."""


@dataclass(frozen=True, slots=True)
class LatinWords:
    """Words in Latin letters that a knowledge base knows, in small letters."""

    names: frozenset[str] = frozenset()
    """Those that Koreans write in Latin letters too: AI, GIST. They tell nothing of the language."""
    english: frozenset[str] = frozenset()

    @classmethod
    def of(cls, knowledge: KnowledgeBase) -> "LatinWords":
        """Those of a knowledge base."""
        asked = [way for entry in knowledge.entries.values() for way in entry.ways_to_ask()]
        korean = [text for language, text in asked if language == "ko"]
        korean += [word for group in knowledge.vocabulary.synonyms for word in group]
        korean += [entry.answer.ko for entry in knowledge.entries.values()]
        english = [text for language, text in asked if language == "en"]
        return cls(_words_in(korean), _words_in(english))


def _words_in(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for text in texts for word in _LATIN_WORD.findall(text))


def spoken_language(text: str, usual: Language = "ko", known: LatinWords = LatinWords()) -> Language | None:
    """The language of a message, or None for one that is neither Korean nor English.

    `usual` is what the citizen's program is set to; it decides where a name alone ('GIST') says nothing.
    """
    text = unicodedata.normalize("NFC", text)
    words = [word.lower() for word in _WORD.findall(text)]
    if _HANGUL.search(text) or _typed_on_the_other_layout(words):
        return "ko"
    telling = [word for word in words if word not in known.names]
    if not telling:
        return usual
    english = [word for word in telling if word in _ENGLISH or word in known.english]
    if _in_another_script("".join(words)) or (_ROMANISED.search(text) and len(english) < len(words) / 2):
        return None
    if len(english) >= _LEAST_KNOWN * len(telling):
        return "en"
    return usual if len(words) == 1 and text.isascii() else None


def _in_another_script(letters: str) -> bool:
    return sum(map(bool, map(_OTHER_SCRIPT.match, letters))) > len(letters) / 3


def _typed_on_the_other_layout(words: list[str]) -> bool:
    """Whether every word becomes whole syllables on the Korean layout (dPtks djfak), and none is English."""
    if not words or any(word in _ENGLISH for word in words if len(word) > len("go")):
        return False
    typed = [to_hangul(word) for word in words]
    return all(word.isascii() for word in words) and all(re.fullmatch("[가-힣]+", each) for each in typed)
