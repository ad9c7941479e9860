"""What staff read at the terminal, in Korean and English."""

from collections.abc import Mapping

from bot.wording.staff_english import ENGLISH
from bot.wording.staff_korean import KOREAN
from bot.wording.staff_sentences import StaffSentences
from knowledge.base import Language

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which terminals obey them."""
_BY_LANGUAGE: dict[Language, StaffSentences] = {"ko": KOREAN, "en": ENGLISH}


def staff_sentences(language: Language) -> StaffSentences:
    """The sentences of that language."""
    return _BY_LANGUAGE[language]


def terminal_language(environment: Mapping[str, str]) -> Language:
    """The language a terminal is set to: English where it says so, else Korean."""
    locale = next((value for name in _LOCALE_VARIABLES if (value := environment.get(name))), "")
    return "en" if locale.startswith("en") else "ko"
