"""Puts entries of any kind into the files of their topics, and makes the files of new topics."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.loading.loader import KnowledgeFiles
from knowledge.writing.changes import Change
from knowledge.writing.edits import Edited, EntryEdit, edited
from knowledge.writing.entries import with_entry_of
from knowledge.writing.text import YamlText

_MARK = b"\xef\xbb\xbf"
"""A byte order mark, which some editors put before UTF-8."""


def with_new_entries(
    folder: Path,
    files: KnowledgeFiles,
    added: Sequence[tuple[str, Mapping[str, Edited]]],
    edits: Mapping[str, Sequence[EntryEdit]] | None = None,
) -> Iterator[Change]:
    """The files as they become with the new entries, each with its topic, and with edits by the names of the files."""
    names = {file.shape.topic: file.name for file in files.files}
    by_file: dict[str, list[Mapping[str, Edited]]] = {}
    for topic, values in added:
        by_file.setdefault(names.get(topic) or f"entries/{topic}.yaml", []).append(values)
    for name in dict.fromkeys([*(edits or {}), *by_file]):
        before = (folder / name).read_bytes() if (folder / name).exists() else None
        text = before.decode("utf-8-sig") if before is not None else f"topic: {Path(name).stem}\nentries: []\n"
        file = edited(YamlText.of(text), (edits or {}).get(name, []))
        for values in by_file.get(name, []):
            file = with_entry_of(file, values)
        after = (_MARK if before and before.startswith(_MARK) else b"") + file.text.encode()
        if after != before:
            yield Change(name, before, after)
