"""What a workbook changes in the files: edits, new entries, and what cannot be done because both were changed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge.base import LANGUAGES, Entry
from knowledge.errors import Fault, KnowledgeFaultsError, NotWrittenError, details
from knowledge.loading.entry_check import faults_of_entry, plain
from knowledge.loading.lint import asked_of_two, dates_to_come, entries_asked, without_title
from knowledge.loading.loader import KnowledgeFiles, read_knowledge
from knowledge.loading.references import TopicFile, unfitting
from knowledge.spreadsheet.columns import BY_NAME, cells_of, mark_of, yes_or_no
from knowledge.spreadsheet.sheet_rows import SheetBook, SheetRow, read_book
from knowledge.writing.additions import new_id
from knowledge.writing.changes import Change, with_new_entries
from knowledge.writing.edits import Edited, EntryEdit
from knowledge.writing.publication import tried_out
from knowledge.yaml_format.schema import EntryShape

_BILINGUAL = ("question", "answer", "subject", "phrasings")
_STAND_IN = "topic"
"""The topic of a sheet whose name can be none, so that its rows are looked at all the same."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What would be written, and what is to be said of it."""

    changes: tuple[Change, ...]
    notes: tuple[Fault, ...]
    """Conflicts and rows that are missing, of which nothing is written or lost, and new topics without a title."""
    edited: int
    """Cells."""
    added: int
    """Entries."""


def planned(folder: Path, content: bytes, name: str, today: date) -> ImportPlan:
    """What the workbook of that content and name makes of the folder; nothing that `check` calls an error.

    Raises:
        KnowledgeFaultsError: with every fault of the workbook, of the folder, or of what would come of both.
    """
    files = read_knowledge(folder)
    book = read_book(content, name)
    planning = _Planning(files, book, today, [*book.faults])
    planning.look()
    if planning.faults:
        raise KnowledgeFaultsError(planning.faults)
    changes = tuple(with_new_entries(folder, files, planning.added, planning.edits))
    with tried_out(folder, changes) as copy:
        after = read_knowledge(copy)
        _check(after, planning)
    faults = list(planning.asked_of_two(after))
    if faults:
        raise KnowledgeFaultsError(faults)
    there = {file.name for file in files.files}
    planning.notes += [fault for fault in without_title(after) if fault.file not in there]
    return ImportPlan(changes, tuple(planning.notes), planning.edited, len(planning.added))


@dataclass(slots=True)
class _Planning:
    files: KnowledgeFiles
    book: SheetBook
    today: date
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    edits: dict[str, list[EntryEdit]] = field(default_factory=dict)
    """By the file's name."""
    added: list[tuple[str, dict[str, Edited]]] = field(default_factory=list)
    """The topic and the values of each new entry."""
    rows: dict[str, SheetRow] = field(default_factory=dict)
    """By the entries' ids."""
    wanted: dict[str, dict[str, str]] = field(default_factory=dict)
    """The texts that cells of an entry are to hold in the end."""
    shapes: dict[str, EntryShape] = field(default_factory=dict)
    """What those entries are to be."""
    edited: int = 0
    refused: set[str] = field(default_factory=set)
    """Sheets whose names can be no topic's."""

    def look(self) -> None:
        """Compares every row with the files."""
        here = {entry.id: (file, entry) for file in self.files.files for entry in file.shape.entries}
        taken, seen = set(here), self.rows
        asked = entries_asked(self.files)
        unread = {(fault.file, fault.line) for fault in self.book.faults}
        for row in self.book.rows:
            entry_id = row.texts.get("id", "") or self._brought_before(row, asked(row.texts.get("question.ko", "")))
            if entry_id in seen:
                told = {"value": entry_id, "first": f"{seen[entry_id].sheet}:{seen[entry_id].number}"}
                self.faults.append(row.fault(self.book.name, "id", "id-twice", **told))
            elif (f"{self.book.name}[{row.sheet}]", row.number) in unread:
                pass  # what cells of it say is not known
            elif entry_id in here:
                self._compare(row, *here[entry_id])
            else:
                entry_id = self._add(row, taken)
            seen[entry_id] = row
            taken.add(entry_id)
        self._check_references(set(here) | set(seen))
        for entry_id in here:
            if entry_id not in seen and (entry_id, "id") in self.book.marks:
                self.notes.append(Fault(self.book.name, 1, 1, "sheet-row-missing", details(value=entry_id)))

    def _check_references(self, ids: set[str]) -> None:
        """Tells at the cells what fits neither the day nor the entries and sources there are; of a source once."""
        told: set[object] = set()
        for entry_id, shape in self.shapes.items():
            for key, value in dates_to_come(shape.as_of, shape.verified, self.today):
                self._tell(
                    self.rows[entry_id], (key,), "future-date", {"key": key, "value": value, "today": self.today}
                )
            for path, kind, values in unfitting(shape, self.files.sources, ids, ()):
                if kind == "unknown-source":
                    if values["value"] in told:
                        continue
                    told.add(values["value"])
                self._tell(self.rows[entry_id], path, kind, values)

    def _tell(self, row: SheetRow, path: tuple[int | str, ...], kind: str, told: Mapping[str, object]) -> None:
        """Notes what is wrong at a cell; a key that is missing in a file is an empty cell in a workbook."""
        column = _column_of(path)
        if kind == "missing-key":
            self.faults.append(row.fault(self.book.name, column, "sheet-empty", heading=BY_NAME[column].heading))
        else:
            self.faults.append(row.fault(self.book.name, column, kind, **told))

    def _brought_before(self, row: SheetRow, entry: Entry | None) -> str:
        """The id of the entry that the row became when the same workbook was brought in before; else empty."""
        topic = self.book.topics.get(row.sheet, row.sheet)
        is_same = (
            entry and entry.topic_id == topic and _same("question.ko", row.texts["question.ko"], entry.question.ko)
        )
        return entry.id if entry and is_same else ""

    def asked_of_two(self, after: KnowledgeFiles) -> Iterator[Fault]:
        """A fault for each way to ask that only the workbook gives to two entries, at its cell."""
        before = {(each.entry_id, each.other_id) for each in asked_of_two(self.files)}
        for each in asked_of_two(after):
            one, other = each.entry_id, each.other_id
            if (one, other) in before:
                continue
            if one not in self.wanted:
                one, other = other, one
            row = self.rows[one]
            lines = {name: text.split("\n") for name, text in row.texts.items()}
            column = next((name for name, said in lines.items() if each.text in said), "question.ko")
            if other in self.wanted:
                there = self.rows[other]
                told = {"text": each.text, "other": other, "where": f"{there.sheet}:{there.number}"}
                yield row.fault(self.book.name, column, "asked-twice", **told)
            else:
                yield row.fault(self.book.name, column, "sheet-asked", text=each.text, other=other)

    def _compare(self, row: SheetRow, file: TopicFile, entry: EntryShape) -> None:
        now = cells_of(entry)
        changed: dict[str, str] = {}
        for name, text in row.texts.items():
            if name == "id" or _same(name, text, now[name]):
                continue
            if not text and not row.texts.get("id"):
                continue  # nothing was taken out of a cell that was always empty
            mark = self.book.marks.get((entry.id, name))
            if mark is not None and mark == mark_of(text):
                continue  # changed in the files alone
            if mark is not None and mark != mark_of(now[name]):
                told = {"heading": BY_NAME[name].heading, "value": entry.id, "here": now[name][:60], "there": text[:60]}
                self.notes.append(row.fault(self.book.name, name, "sheet-conflict", **told))
                continue
            changed[name] = text
        if changed:
            values = self._values(row, now | changed)
            if self._is_valid(row, values):
                keys = {BY_NAME[name].key for name in changed}
                edits = [EntryEdit(entry.id, key, values[key]) for key in sorted(keys)]
                self.edits.setdefault(file.name, []).extend(edits)
                self.wanted[entry.id] = changed
                self.edited += len(changed)

    def _add(self, row: SheetRow, taken: set[str]) -> str:
        topic = self._topic_of(row)
        entry_id = row.texts.get("id") or new_id(topic, row.texts.get("question.en", ""), taken)
        values = self._values(row, {**row.texts, "id": entry_id})
        if self._is_valid(row, values):
            self.added.append((topic, values))
            self.wanted[entry_id] = {**row.texts, "id": entry_id}
        return entry_id

    def _topic_of(self, row: SheetRow) -> str:
        """The topic of a new entry; that a sheet's name can be none is told at the first row."""
        topic = self.book.topics.get(row.sheet, row.sheet)
        if _SLUG.fullmatch(topic):
            return topic
        if row.sheet not in self.refused:
            self.refused.add(row.sheet)
            self.faults.append(row.fault(self.book.name, "id", "sheet-bad-topic", name=row.sheet))
        return _STAND_IN

    def _values(self, row: SheetRow, texts: Mapping[str, str]) -> dict[str, Edited]:
        """The values of the entry's keys, as the cells have them; None for a key without one."""
        values: dict[str, Edited] = {"id": texts["id"]}
        for key in _BILINGUAL:
            said = {each: text for each in LANGUAGES if (text := texts.get(f"{key}.{each}", ""))}
            lists = {each: tuple(line for line in text.split("\n") if line.strip()) for each, text in said.items()}
            values[key] = (lists if key == "phrasings" else said) or None
        for key in ("source", "as_of", "review_by", "owner", "verified"):
            values[key] = texts.get(key) or None
        gap = yes_or_no(texts.get("known_gap", ""))
        if gap is None:
            self.faults.append(row.fault(self.book.name, "known_gap", "sheet-yes", value=texts["known_gap"][:40]))
        values["known_gap"] = gap or None
        values["see_also"] = (
            tuple(re.split(r"[\s,，]+", see)) if (see := texts.get("see_also", "").strip(" ,")) else None
        )
        return values

    def _is_valid(self, row: SheetRow, values: Mapping[str, Edited]) -> bool:
        """Whether an entry may say this; what is wrong is told at its cell."""
        faults = faults_of_entry(values)
        for path, kind, told in faults:
            self._tell(row, path, kind, told)
        if not faults:
            self.shapes[str(values["id"])] = EntryShape.model_validate(plain(values))
        return not faults


def _same(name: str, one: str, other: str) -> bool:
    """Whether two texts of a column say the same."""
    if name == "known_gap":
        return yes_or_no(one) == yes_or_no(other)
    if name == "see_also":
        return _words(one) == _words(other)
    return _trimmed(one) == _trimmed(other)


def _words(text: str) -> tuple[str, ...]:
    """Words with commas, spaces or line breaks between them."""
    return tuple(re.findall(r"[^\s,，]+", text))


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _column_of(path: tuple[int | str, ...]) -> str:
    key = str(path[0]) if path else "id"
    language = path[1] if len(path) > 1 and path[1] in ("ko", "en") else "ko"
    return f"{key}.{language}" if key in _BILINGUAL else key


def _check(after: KnowledgeFiles, planning: _Planning) -> None:
    """What was written on trial must be what the cells hold. Raises NotWrittenError."""
    said, before = _all_cells(after), _all_cells(planning.files)
    wrong = [
        entry_id
        for entry_id, texts in planning.wanted.items()
        if not all(_same(name, text, said.get(entry_id, {}).get(name, "\0")) for name, text in texts.items())
    ]
    others = before.keys() - planning.wanted.keys()
    wrong += [entry_id for entry_id in others if said.get(entry_id) != before[entry_id]]
    if wrong:
        raise NotWrittenError("not-as-wanted", entries=", ".join(sorted(wrong)))


def _all_cells(files: KnowledgeFiles) -> dict[str, dict[str, str]]:
    return {entry.id: cells_of(entry) for file in files.files for entry in file.shape.entries}
