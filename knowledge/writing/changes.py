"""Which files of a knowledge base new entries, phrasings and edits change, and how; line by line, as pages show it."""

import codecs
import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from knowledge.loading.json_schema import first_line
from knowledge.loading.loader import KnowledgeFiles, read_knowledge
from knowledge.writing.additions import Additions, NewEntry
from knowledge.writing.edits import Edited, EntryEdit, edited
from knowledge.writing.insertions import with_entry, with_entry_of, with_phrasings, with_source
from knowledge.writing.yaml_text import YamlText, plain_or_quoted

STAFF = "staff"
"""The source of answers by staff, their own topic, and the folder of their regression questions."""
_STAFF_TITLE = {"ko": "담당자 답변", "en": "Answers by staff"}
_STAFF_SOURCE = {"ko": "담당자 답변", "en": "Staff"}
_ORDER = ("sources.yaml", "entries", "questions")
_REGRESSION_FILE = f"questions/{STAFF}/{STAFF}.jsonl"
_CONTEXT = 2
_HEADER = 2
"""Lines of a difference that name the files."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a file holds before (None: it is not there) and after; `file` is its path inside the folder."""

    file: str
    before: bytes | None
    after: bytes


def changes(folder: Path, additions: Additions) -> list[Change]:
    """What the additions make of the folder's files; raises KnowledgeFaultsError when they cannot be read.

    What is referred to comes before what refers to it, so that who reads between two files finds no fault.
    """
    changing = _Changing(folder, read_knowledge(folder))
    for entry in additions.entries:
        changing.add_entry(entry)
    for more in additions.phrasings:
        for language, texts in more.phrasings.items():
            if texts:
                file = changing.file_of_entry(more.entry_id)
                changing.put(file, with_phrasings(changing.yaml(file), more.entry_id, language, texts))
    if any(entry.source == STAFF for entry in additions.entries):
        changing.add_source()
    changing.add_regression([(each.id, each.question, each.entry_id) for each in additions.regression])
    return sorted(changing.changes(), key=lambda change: _ORDER.index(change.file.partition("/")[0]))


class _Changing:
    """The texts of the files as they become."""

    def __init__(self, folder: Path, files: KnowledgeFiles) -> None:
        self._folder = folder
        self._topics = {file.shape.topic: file.name for file in files.files}
        self._entries = {entry.id: file.name for file in files.files for entry in file.shape.entries}
        self._before: dict[str, bytes | None] = {}
        self._texts: dict[str, str] = {}

    def add_entry(self, entry: NewEntry) -> None:
        file = self._topics.get(entry.topic or "") or self._topics.get(STAFF) or self._new_topic()
        self._entries[entry.id] = file
        self.put(file, with_entry(self.yaml(file), entry))

    def file_of_entry(self, entry_id: str) -> str:
        return self._entries[entry_id]

    def add_source(self) -> None:
        text = self._text("sources.yaml")
        if not text.strip():
            named = ", ".join(f"{language}: {plain_or_quoted(name)}" for language, name in _STAFF_SOURCE.items())
            self._texts["sources.yaml"] = f"# What entries name as their `source`.\n{STAFF}:\n  name: {{{named}}}\n"
            return
        file = YamlText.of(text)
        if STAFF not in {key.value for key, _ in file.root.value}:
            self.put("sources.yaml", with_source(file, STAFF, dict(_STAFF_SOURCE)))  # type: ignore[arg-type]

    def add_regression(self, questions: list[tuple[str, str, str]]) -> None:
        if not questions:
            return
        text = self._text(_REGRESSION_FILE)
        known = {str(json.loads(line).get("id")) for line in text.splitlines() if line.strip()}
        lines = [
            json.dumps({"id": number, "question": question, "entry": [entry_id]}, ensure_ascii=False)
            for number, question, entry_id in questions
            if number not in known
        ]
        if text and not text.endswith("\n"):
            text += "\n"
        self._texts[_REGRESSION_FILE] = text + "".join(f"{line}\n" for line in lines)

    def yaml(self, file: str) -> YamlText:
        return YamlText.of(self._text(file))

    def put(self, file: str, changed: YamlText) -> None:
        self._texts[file] = changed.text

    def changes(self) -> Iterator[Change]:
        for file, text in self._texts.items():
            before = self._before[file]
            after = _mark_of(before) + text.encode()
            if after != before:
                yield Change(file, before, after)

    def _text(self, file: str) -> str:
        if file not in self._texts:
            path = self._folder / file
            before = path.read_bytes() if path.exists() else None
            self._before[file] = before
            self._texts[file] = (before or b"").decode("utf-8-sig")
        return self._texts[file]

    def _new_topic(self) -> str:
        """A file for the answers of staff that belong to no topic."""
        number, name = 1, f"entries/{STAFF}.yaml"
        while (self._folder / name).exists():
            number += 1
            name = f"entries/{STAFF}-{number}.yaml"
        self._before[name] = None
        titles = ", ".join(f"{language}: {plain_or_quoted(title)}" for language, title in _STAFF_TITLE.items())
        self._texts[name] = f"topic: {STAFF}\ntitle: {{{titles}}}\nentries: []\n"
        self._topics[STAFF] = name
        return name


def with_new_entries(
    folder: Path,
    files: KnowledgeFiles,
    added: Sequence[tuple[str, Mapping[str, Edited]]],
    edits: Mapping[str, Sequence[EntryEdit]] | None = None,
    titles: Mapping[str, str] | None = None,
) -> Iterator[Change]:
    """The files as they become with the new entries, each with its topic, and with edits by the names of the files.

    `titles` are those of topics that are not there yet.
    """
    names = {file.shape.topic: file.name for file in files.files}
    by_file: dict[str, list[Mapping[str, Edited]]] = {}
    for topic, values in added:
        by_file.setdefault(names.get(topic) or f"entries/{topic}.yaml", []).append(values)
    for name in dict.fromkeys([*(edits or {}), *by_file]):
        before = (folder / name).read_bytes() if (folder / name).exists() else None
        text = before.decode("utf-8-sig") if before is not None else _new_file(folder, name, titles or {})
        file = edited(YamlText.of(text), (edits or {}).get(name, []))
        for values in by_file.get(name, []):
            file = with_entry_of(file, values)
        after = _mark_of(before) + file.text.encode()
        if after != before:
            yield Change(name, before, after)


def _new_file(folder: Path, name: str, titles: Mapping[str, str]) -> str:
    topic = Path(name).stem
    schema = f"{first_line(folder / name, folder)}\n" if (folder / "schemas/topic.json").exists() else ""
    title = f"title: {plain_or_quoted(titles[topic])}\n" if topic in titles else ""
    return f"{schema}topic: {topic}\n{title}entries: []\n"


def _mark_of(before: bytes | None) -> bytes:
    """The byte order mark that some editors put before UTF-8, if there is one."""
    return codecs.BOM_UTF8 if before and before.startswith(codecs.BOM_UTF8) else b""


def changed_lines(change: Change) -> Iterator[tuple[str, str]]:
    """The lines that change and those around them, each with its sign: +, - or a blank."""
    before, after = (_split(content) for content in (change.before or b"", change.after))
    for line in islice(difflib.unified_diff(before, after, lineterm="", n=_CONTEXT), _HEADER, None):
        yield (line[:1], line[1:]) if line[:1] in {"+", "-"} else (" ", line.removeprefix(" "))


def _split(content: bytes) -> Sequence[str]:
    return content.decode(errors="replace").splitlines()
