"""What editors are told about their files: one module a language, each with every kind of fault."""

from collections.abc import Mapping
from typing import Literal

from knowledge.wording.faults_english import ENGLISH
from knowledge.wording.faults_korean import KOREAN
from knowledge.wording.report_words import REPORT_WORDS, FaultWords, ReportWords

EditorLanguage = Literal["ko", "en"]
_BY_LANGUAGE: dict[EditorLanguage, Mapping[str, FaultWords]] = {"ko": KOREAN, "en": ENGLISH}

KINDS = tuple(ENGLISH)
"""Every kind of fault that there are words for."""


def words_for(kind: str, language: EditorLanguage) -> FaultWords:
    """What is said of that kind of fault."""
    return _BY_LANGUAGE[language][kind]


def report_words(language: EditorLanguage) -> ReportWords:
    """The words around faults."""
    return REPORT_WORDS[language]


__all__ = ["KINDS", "EditorLanguage", "FaultWords", "ReportWords", "report_words", "words_for"]
