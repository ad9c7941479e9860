"""A reply as data for programs: the output of `ask --json`."""

import json
import re
from dataclasses import replace
from typing import Any

from bot.dialogue.assistant import Reply
from knowledge.base import Entry, Language
from knowledge.finding import Outcome

# JSON leaves these as they are, and many programs split lines at them.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def in_language(reply: Reply, language: Language | None) -> Reply:
    """The reply in another language than the question's, where one is given."""
    return replace(reply, finding=replace(reply.finding, language=language)) if language else reply


def reply_data(question: str, reply: Reply) -> dict[str, Any]:
    """What `ask --json` says of a reply."""
    finding = reply.finding
    answered = finding.entry if finding.outcome is Outcome.ANSWER else None
    answers = [entry.answer.in_language(finding.language) for entry in (answered, *finding.further) if entry]
    return {
        "question": question,
        "outcome": finding.outcome.value,
        "entry_id": answered.id if answered else None,
        "confidence": round(finding.confidence, 4),
        "answer": "\n\n".join(answers) if answered else None,
        "language": finding.language,
        "suggestions": [_suggestion(entry, finding.language) for entry in finding.suggestions],
        "candidates": [
            {"entry_id": candidate.entry.id, "confidence": round(candidate.confidence, 4)}
            for candidate in finding.candidates
        ],
    }


def _suggestion(entry: Entry, language: Language) -> dict[str, str]:
    return {
        "entry_id": entry.id,
        "question": entry.question.in_language(language),
        "answer": entry.answer.in_language(language),
    }


def as_line(data: dict[str, Any]) -> bytes:
    """One line of JSON, with its end."""
    text = json.dumps(data, ensure_ascii=False)
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", text).encode() + b"\n"
