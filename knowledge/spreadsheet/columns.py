"""The columns of a topic's sheet, and an entry as the texts of its cells."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.base import Language
from knowledge.yaml_format.schema import EntryShape

YES: Final = "예"
_YES_WORDS = frozenset({YES, "y", "yes", "true", "o", "1", "네", "○"})
_NO_WORDS = frozenset({"", "n", "no", "false", "x", "0", "아니오", "아니요"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key of an entry, in a language where it has one, and what stands above it."""

    key: str
    language: Language | None
    heading: str
    width: int

    @property
    def name(self) -> str:
        """What tells the column from the others."""
        return f"{self.key}.{self.language}" if self.language else self.key


COLUMNS: Final = (
    Column("id", None, "id", 24),
    Column("question", "ko", "물음", 36),
    Column("phrasings", "ko", "다른 물음 (한 줄에 하나)", 40),
    Column("answer", "ko", "답", 60),
    Column("source", None, "출처", 16),
    Column("as_of", None, "기준 시점", 12),
    Column("review_by", None, "확인할 날", 12),
    Column("owner", None, "담당", 16),
    Column("verified", None, "다시 확인한 날", 12),
    Column("known_gap", None, "모르는 것 (예)", 10),
    Column("subject", "ko", "모르는 것의 이름", 24),
    Column("see_also", None, "함께 볼 것", 24),
    Column("question", "en", "물음 (영어)", 36),
    Column("phrasings", "en", "다른 물음 (영어)", 40),
    Column("answer", "en", "답 (영어)", 60),
    Column("subject", "en", "모르는 것의 이름 (영어)", 24),
)
BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in COLUMNS}
REQUIRED: Final = ("id", "question.ko", "answer.ko")
"""Without these a sheet is none of ours."""


def cells_of(entry: EntryShape) -> dict[str, str]:
    """The texts of an entry's cells, by the columns' names."""
    by_language = {"question": entry.question, "answer": entry.answer, "subject": entry.subject}
    cells = {
        f"{key}.{language}": (text and getattr(text, language)) or ""
        for key, text in by_language.items()
        for language in ("ko", "en")
    }
    cells |= {f"phrasings.{language}": "\n".join(getattr(entry.phrasings, language)) for language in ("ko", "en")}
    return cells | {
        "id": entry.id,
        "source": entry.source or "",
        "as_of": entry.as_of or "",
        "review_by": entry.review_by.isoformat() if entry.review_by else "",
        "owner": entry.owner or "",
        "verified": entry.verified.isoformat() if entry.verified else "",
        "known_gap": YES if entry.known_gap else "",
        "see_also": ", ".join(entry.see_also),
    }


def yes_or_no(text: str) -> str | None:
    """`true` or nothing for what somebody wrote in a column of yes and no; None when it is neither."""
    word = text.strip().casefold()
    return "true" if word in _YES_WORDS else "" if word in _NO_WORDS else None


def mark_of(text: str) -> str:
    """A short mark of a text, by which a later change is noticed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
