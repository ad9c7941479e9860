"""Advice that an editor has read and does not want: a note in the files takes it away, with the reason.

A note `# check off RULE: reason` stands behind the line that the advice is about or right above it; before the first
key of a file it counts for the whole file, and in `about.yaml` for the whole knowledge base.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.errors import Fault, details
from knowledge.loading.fault_messages import nearest

ADVICE: Final = frozenset(
    {
        *("few-phrasings", "no-english", "asked-again", "review-due", "figure-without-source", "figure-not-in-source"),
        *("figure-of-another", "one-voiced", "answer-not-first", "long-answer", "unused-words", "synonym-joins"),
        *("won-by-another", "missed-question", "question-taken", "gap-is-answered", "no-contact", "no-title"),
        *("lost-character", "not-read", "not-in-entries", "question-file-not-read"),
    }
)
"""The rules whose advice a note can turn off."""
_NOTE = re.compile(r"#\s*check off\s+(?P<rule>[a-z-]+)\s*(?::\s*(?P<reason>.*))?$")


@dataclass(frozen=True, slots=True)
class _Note:
    """What a note takes away, from which line on, and whether in the whole file."""

    rule: str
    line: int
    in_all: bool


class Silence:
    """The notes of all files; `everywhere` names the file whose head counts for all of them."""

    def __init__(self, texts: Mapping[str, Sequence[str]], everywhere: str) -> None:
        self._everywhere = everywhere
        self.faults: list[Fault] = []
        """Notes that give no reason, or name no rule; they take nothing away."""
        self._notes = {name: list(self._in_file(name, lines)) for name, lines in texts.items()}

    def _in_file(self, name: str, lines: Sequence[str]) -> Iterator[_Note]:
        in_head = True
        for number, line in enumerate(lines, start=1):
            in_head = in_head and (not line.strip() or line.lstrip().startswith("#"))
            match = _NOTE.search(line.rstrip()) if "check off" in line else None
            rule = match["rule"] if match else ""
            if match and rule not in ADVICE:
                told = details(rule=rule, near=nearest(rule, sorted(ADVICE)))
                self.faults.append(Fault(name, number, match.start("rule") + 1, "unknown-rule", told, line.rstrip()))
            elif match and not (match["reason"] or "").strip():
                self.faults.append(
                    Fault(name, number, match.start() + 1, "no-reason", details(rule=rule), line.rstrip())
                )
            elif match:
                yield _Note(rule, number, in_head)

    def heard(self, faults: Iterable[Fault]) -> list[Fault]:
        """The advice that is left."""
        return [fault for fault in faults if not self._is_off(fault)]

    def _is_off(self, fault: Fault) -> bool:
        everywhere = (note for note in self._notes.get(self._everywhere, ()) if note.in_all)
        if any(note.rule == fault.kind for note in everywhere):
            return True
        here = (note for note in self._notes.get(fault.file, ()) if note.rule == fault.kind)
        return any(note.in_all or note.line in (fault.line, fault.line - 1) for note in here)
