"""Every sentence of the web pages, one module a language."""

from bot.wording.web.pages import FailureSentences, PageSentences
from bot.wording.web.pages_english import PAGES_ENGLISH
from bot.wording.web.pages_korean import PAGES_KOREAN
from knowledge.base import Language

_PAGES: dict[Language, PageSentences] = {"ko": PAGES_KOREAN, "en": PAGES_ENGLISH}


def page_sentences(language: Language) -> PageSentences:
    """The sentences of the frame around every page, in that language."""
    return _PAGES[language]


__all__ = ["FailureSentences", "PageSentences", "page_sentences"]
