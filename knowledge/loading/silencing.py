"""Advice that an editor has read and does not want: a note in the files takes it away, with the reason.

A note `# check off RULE: reason` stands behind the line that the advice is about or right above it; before the first
key of a file it counts for the whole file, and in `about.yaml` for the whole knowledge base.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.errors import Fault, details

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
        """Notes that give no reason; they take nothing away."""
        self._notes = {name: list(self._in_file(name, lines)) for name, lines in texts.items()}

    def _in_file(self, name: str, lines: Sequence[str]) -> Iterator[_Note]:
        in_head = True
        for number, line in enumerate(lines, start=1):
            in_head = in_head and (not line.strip() or line.lstrip().startswith("#"))
            match = _NOTE.search(line.rstrip()) if "check off" in line else None
            if match and not (match["reason"] or "").strip():
                told = details(rule=match["rule"])
                self.faults.append(Fault(name, number, match.start() + 1, "no-reason", told, line.rstrip()))
            elif match:
                yield _Note(match["rule"], number, in_head)

    def heard(self, faults: Iterable[Fault]) -> list[Fault]:
        """The advice that is left."""
        return [fault for fault in faults if not self._is_off(fault)]

    def _is_off(self, fault: Fault) -> bool:
        everywhere = (note for note in self._notes.get(self._everywhere, ()) if note.in_all)
        if any(note.rule == fault.kind for note in everywhere):
            return True
        here = (note for note in self._notes.get(fault.file, ()) if note.rule == fault.kind)
        return any(note.in_all or note.line in (fault.line, fault.line - 1) for note in here)
