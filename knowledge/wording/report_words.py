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
    served: str
    """Of changed files, with {entries}."""
    not_served: str


REPORT_WORDS: Final[Mapping[str, ReportWords]] = {
    "ko": ReportWords(
        error="오류",
        warning="경고",
        summary="항목 {entries}개, 오류 {errors}개, 경고 {warnings}개",
        served="바뀐 자료로 답합니다(항목 {entries}개).",
        not_served="바뀐 자료에 오류가 있어 바뀌기 전의 자료로 답합니다. 고쳐서 저장하면 바로 적용됩니다.",
    ),
    "en": ReportWords(
        error="error",
        warning="warning",
        summary="{entries} entries, {errors} errors, {warnings} warnings",
        served="The changed knowledge base is served now ({entries} entries).",
        not_served="The changed knowledge base cannot be served, the one before is still served; mend it and save.",
    ),
}
