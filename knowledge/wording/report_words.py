"""The words around faults, where several of them are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """One language's words. `{names}` in them are filled in by the caller."""

    error: str
    warning: str
    summary: str
    """With {entries}, {errors} and {warnings}."""


REPORT_WORDS: Final[Mapping[str, ReportWords]] = {
    "ko": ReportWords(error="오류", warning="경고", summary="항목 {entries}개, 오류 {errors}개, 경고 {warnings}개"),
    "en": ReportWords(
        error="error", warning="warning", summary="{entries} entries, {errors} errors, {warnings} warnings"
    ),
}
