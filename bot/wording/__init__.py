"""Every sentence that citizens and staff read, one module a language."""

from bot.wording.english import ENGLISH
from bot.wording.korean import KOREAN
from bot.wording.sentences import Sentences
from knowledge.base import Language

_BY_LANGUAGE: dict[Language, Sentences] = {"ko": KOREAN, "en": ENGLISH}


def sentences(language: Language) -> Sentences:
    """The sentences of that language."""
    return _BY_LANGUAGE[language]


__all__ = ["Sentences", "sentences"]
