"""Every sentence that people read: here what citizens do, one module a language; in `staff/` and `web/` the others'."""

from dataclasses import replace
from typing import Any

from bot.wording.english import ENGLISH
from bot.wording.korean import KOREAN
from bot.wording.sentences import Sentences
from knowledge.base import Language

_BY_LANGUAGE: dict[Language, Sentences] = {"ko": KOREAN, "en": ENGLISH}
_UNSTAFFED = {language: replace(words, **dict[str, Any](words.unstaffed)) for language, words in _BY_LANGUAGE.items()}


def sentences(language: Language, *, staffed: bool = True) -> Sentences:
    """The sentences of that language; where nobody looks at what is recorded, those that promise nothing."""
    return (_BY_LANGUAGE if staffed else _UNSTAFFED)[language]


__all__ = ["Sentences", "sentences"]
