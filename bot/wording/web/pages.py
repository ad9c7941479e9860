"""What every web page says, as fields that each language fills. `{names}` in them are filled in by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FailureSentences:
    """What is said where a request failed: what happened, and what to do."""

    heading: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSentences:
    """One language's sentences of the frame around every page."""

    name_unknown: str
    """The name of an assistant whose editors gave it none."""
    to_content: str
    pages: str
    """Names the list of pages to screen readers."""
    chat: str
    console: str
    other_language: str
    """The name of the other language, written in it."""
    local_notice: str
    back_to_start: str
    failures: Mapping[int, FailureSentences]
    """By the status of the response."""
    other_failure: FailureSentences
