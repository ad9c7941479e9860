"""Reads question files: JSON Lines or YAML, single questions and conversations."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from knowledge.errors import Fault, QuestionFileError, details
from knowledge.loading.question_keys import column_in_json, misspelt_keys
from knowledge.yaml_format.contexts import CASE_KEYS, LABELS, TURN_KEYS
from knowledge.yaml_format.signs import shortened
from knowledge.yaml_format.yaml_reader import MAX_BYTES, DataPath, read_yaml

_YAML_ENDINGS = (".yaml", ".yml")
_MOST_MISSPELT = 50
"""Of one question; whoever has more has pasted something else."""
_KeyPlace = Callable[[DataPath], tuple[int, int]]
"""The line and column of the key that a path in a record ends with."""
_Records = list[tuple[int, Any, _KeyPlace]]
"""What a file holds, with the lines where it stands."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reply must be. Exactly one of the three is filled."""

    must: tuple[re.Pattern[str], ...] = ()
    """All of them match the text of a right answer."""
    entries: tuple[str, ...] = ()
    """The ids of the entries that answer the question; any one of them will do."""
    also: tuple[str, ...] = ()
    """More entries whose answer happens to hold what is asked: right, though nobody would look there first."""
    unanswerable: bool = False


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """One question, and what is expected of the reply."""

    question: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class Case:
    """A question, or a conversation of several; `line` is where it stands in its file."""

    id: str
    turns: tuple[AskedTurn, ...]
    labels: Mapping[str, str]
    line: int


def read_questions(file: Path) -> list[Case]:
    """The cases of a question file.

    Raises:
        QuestionFileError: with the fault of every line that is not a question, and the line.
    """
    try:
        return _cases(file)
    except QuestionFileError as error:
        raise QuestionFileError(_with_lines(file, error.faults)) from None


def lines_of(file: Path) -> list[str]:
    """The lines of the file as its faults and cases count them; none where it cannot be read."""
    with suppress(OSError, UnicodeDecodeError), file.open(encoding="utf-8-sig", newline="\n") as stream:
        return stream.read(MAX_BYTES).split("\n")
    return []


def line_at(number: int, lines: Sequence[str]) -> str:
    """The line of that number, counted from 1; empty where there is none."""
    return lines[number - 1] if number <= len(lines) else ""


def _with_lines(file: Path, faults: Sequence[Fault]) -> list[Fault]:
    """The faults, each with the line that it stands on, as far as the file can be read."""
    lines = lines_of(file)
    return [replace(each, text=line_at(each.line, lines).rstrip()) for each in faults]


def _cases(file: Path) -> list[Case]:
    records, faults = _yaml_records(file) if file.suffix in _YAML_ENDINGS else _json_records(file)
    cases: list[Case] = []
    for line, data, key_place in records:
        try:
            cases.append(_case(_Record(file, line, data, key_place)))
        except QuestionFileError as error:
            faults += error.faults
    if faults:
        raise QuestionFileError(sorted(faults))
    return cases


def _json_records(file: Path) -> tuple[_Records, list[Fault]]:
    records: _Records = []
    faults: list[Fault] = []
    for number, line in enumerate(_read_text(file).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            records.append((number, data, partial(_key_place_in_json, number, line, data)))
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            faults.append(Fault(str(file), number, column, "question-not-json"))
    return records, faults


def _key_place_in_json(number: int, line: str, data: Any, path: DataPath) -> tuple[int, int]:
    turns = data["turns"][: path[1]] if len(path) > 1 else []
    key = str(path[-1])
    return number, column_in_json(line, key, sum(key in turn for turn in turns if isinstance(turn, dict)))


def _read_text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _error(file, line, "question-encoding") from None
    except OSError as error:
        raise _error(file, 1, "question-unreadable", reason=error.strerror) from None


def _error(file: Path, line: int, kind: str, **values: object) -> QuestionFileError:
    return QuestionFileError([Fault(str(file), line, 1, kind, details(**values))])


def _yaml_records(file: Path) -> tuple[_Records, list[Fault]]:
    document, faults = read_yaml(file, str(file))
    if faults:
        return [], list(faults)
    if not isinstance(document.data, list):
        raise _error(file, 1, "question-list")

    def key_place(index: int, path: DataPath) -> tuple[int, int]:
        place = document.key_place((index, *path))
        return place.line, place.column

    return [
        (document.place((index,)).line, data, partial(key_place, index)) for index, data in enumerate(document.data)
    ], []


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of a file, with the place to name when something in it is wrong."""

    file: Path
    line: int
    data: Any
    key_place: _KeyPlace

    def fault(self, kind: str, **values: object) -> QuestionFileError:
        return _error(self.file, self.line, kind, **values)

    def check_keys(self) -> None:
        """Raises QuestionFileError with a fault for each key that was probably meant for another."""
        faults = list(self._misspelt(self.data, (), of_turn=False))
        turns = self.data.get("turns")
        for index, turn in enumerate(turns if isinstance(turns, list) else []):
            if isinstance(turn, dict):
                faults += self._misspelt(turn, ("turns", index), of_turn=True)
        if faults:
            raise QuestionFileError(faults)

    def _misspelt(self, data: Mapping[str, Any], path: DataPath, *, of_turn: bool) -> Iterator[Fault]:
        known = ", ".join(TURN_KEYS if of_turn else CASE_KEYS)
        for key, near in islice(misspelt_keys(data, of_turn=of_turn), _MOST_MISSPELT):
            line, column = self.key_place((*path, key))
            told = details(key=shortened(key), near=near, known=known)
            yield Fault(str(self.file), line, column, "unknown-key", told)

    def texts(self, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """The value as a list of texts; one text stands for a list of one."""
        value = data[key]
        items = value if isinstance(value, list) else [value]
        if not items or not all(isinstance(item, str) and item for item in items):
            raise self.fault("question-texts", key=key)
        return tuple(items)


def _case(record: _Record) -> Case:
    data = record.data
    if not isinstance(data, dict):
        raise record.fault("question-form")
    record.check_keys()
    turns = data.get("turns", [data])
    if not isinstance(turns, list) or not turns or ("question" in data and "turns" in data):
        raise record.fault("question-turns")
    labels = {name: str(data[name]) for name in LABELS if data.get(name)}
    return Case(_id(record), tuple(_turn(record, turn) for turn in turns), labels, record.line)


def _id(record: _Record) -> str:
    case_id = record.data.get("id", f"line {record.line}")
    if not isinstance(case_id, str | int):
        raise record.fault("question-id")
    return str(case_id)


def _turn(record: _Record, data: Any) -> AskedTurn:
    question = data.get("question") if isinstance(data, dict) else None
    if not isinstance(question, str) or not question.strip():
        raise record.fault("question-missing")
    return AskedTurn(question, _expected(record, data))


def _expected(record: _Record, data: Mapping[str, Any]) -> Expected:
    unanswerable = data.get("unanswerable") in (True, "true")  # YAML is read as text
    given = [key for key in ("must", "entry") if key in data] + ["unanswerable"] * unanswerable
    if len(given) != 1:
        raise record.fault("question-outcome")
    if "entry" in data:
        also = record.texts(data, "also") if "also" in data else ()
        return Expected(entries=record.texts(data, "entry"), also=also)
    if "must" in data:
        return Expected(must=tuple(_pattern(record, text) for text in record.texts(data, "must")))
    return Expected(unanswerable=True)


def _pattern(record: _Record, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise record.fault("question-pattern", pattern=text, reason=error) from None
