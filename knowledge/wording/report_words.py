"""The words around faults, where several of them are told, and the form in which each language speaks of one kind."""

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
    more: str
    """Of advice that repeats, with {count}, {rule} and {files}."""
    served: str
    """Of changed files, with {entries}."""
    not_served: str
    nobody: str
    """In the place of an owner."""
    stale: str
    """With {count}."""
    reading: str
    """Beside a bar, like the next."""
    asking: str


REPORT_WORDS: Final[Mapping[str, ReportWords]] = {
    "ko": ReportWords(
        error="오류",
        warning="경고",
        summary="항목 {entries}개, 오류 {errors}개, 경고 {warnings}개",
        more="같은 경고({rule})가 파일 {files}개에 {count}개 더 있습니다. 모두 보기: check --all",
        nobody="담당 없음",
        stale="확인할 날이 지난 항목 {count}개. 확인했으면 verified 에 오늘 날짜를 적으세요.",
        reading="파일을 읽는 중",
        asking="물어보는 중",
        served="바뀐 자료로 답합니다(항목 {entries}개).",
        not_served="바뀐 자료에 오류가 있어 바뀌기 전의 자료로 답합니다. 고쳐서 저장하면 바로 적용됩니다.",
    ),
    "en": ReportWords(
        error="error",
        warning="warning",
        summary="{entries} entries, {errors} errors, {warnings} warnings",
        more="{count} more of this ({rule}) in {files} files; all of them with: check --all",
        nobody="nobody's",
        stale="{count} entries are past their day of review. Once one is right, write today's date as verified.",
        reading="reading files",
        asking="asking",
        served="The changed knowledge base is served now ({entries} entries).",
        not_served="The changed knowledge base cannot be served, the one before is still served; mend it and save.",
    ),
}


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What is wrong, and what to type instead; `{names}` in them are filled in from the details of a fault.

    `nearer` takes the place of the advice where the details tell a `near` value that was probably meant.
    """

    wrong: str
    advice: str
    nearer: str | None = None

    def what_is_wrong(self, details: Mapping[str, str]) -> str:
        """The first of the two, with its details."""
        return self.wrong.format_map(details)

    def what_to_do(self, details: Mapping[str, str]) -> str:
        """The second, with its details."""
        template = self.nearer if self.nearer and details.get("near") else self.advice
        return template.format_map(details)
