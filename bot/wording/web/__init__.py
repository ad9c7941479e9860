"""Every sentence of the web pages."""

from bot.wording.web.chat_texts import CHAT_ENGLISH, CHAT_KOREAN, ChatSentences
from bot.wording.web.console import ConsoleSentences
from bot.wording.web.console_english import CONSOLE_ENGLISH
from bot.wording.web.console_korean import CONSOLE_KOREAN
from bot.wording.web.console_reports import ConsoleReportSentences
from bot.wording.web.console_reports_english import CONSOLE_REPORTS_ENGLISH
from bot.wording.web.console_reports_korean import CONSOLE_REPORTS_KOREAN
from bot.wording.web.pages import PAGES_ENGLISH, PAGES_KOREAN, FailureSentences, PageSentences
from knowledge.base import Language

_CHAT: dict[Language, ChatSentences] = {"ko": CHAT_KOREAN, "en": CHAT_ENGLISH}
_PAGES: dict[Language, PageSentences] = {"ko": PAGES_KOREAN, "en": PAGES_ENGLISH}
_CONSOLE: dict[Language, ConsoleSentences] = {"ko": CONSOLE_KOREAN, "en": CONSOLE_ENGLISH}
_REPORTS: dict[Language, ConsoleReportSentences] = {"ko": CONSOLE_REPORTS_KOREAN, "en": CONSOLE_REPORTS_ENGLISH}


def console_report_sentences(language: Language) -> ConsoleReportSentences:
    """The sentences of the console's pages of drafts, entries, trials, figures and records, in that language."""
    return _REPORTS[language]


def console_sentences(language: Language) -> ConsoleSentences:
    """The sentences of the console where questions are answered, in that language."""
    return _CONSOLE[language]


def chat_sentences(language: Language) -> ChatSentences:
    """The sentences of the chat page, in that language."""
    return _CHAT[language]


def page_sentences(language: Language) -> PageSentences:
    """The sentences of the frame around every page, in that language."""
    return _PAGES[language]


__all__ = [
    "ChatSentences",
    "ConsoleReportSentences",
    "ConsoleSentences",
    "FailureSentences",
    "PageSentences",
    "chat_sentences",
    "console_report_sentences",
    "console_sentences",
    "page_sentences",
]
