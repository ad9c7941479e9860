"""Whether what entries refer to exists, and whether what must be unique is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.base import Source
from knowledge.errors import Fault, details
from knowledge.loading.fault_messages import nearest
from knowledge.yaml_format.schema import EntryShape, TopicShape
from knowledge.yaml_format.yaml_reader import DataPath, Document


@dataclass(frozen=True, slots=True)
class TopicFile:
    """A file of `entries/`; `name` is how faults call it."""

    name: str
    document: Document
    shape: TopicShape
    positions: tuple[int, ...]
    """Where in the document's list each entry of the shape stands; those with faults are left out."""

    def path(self, number: int) -> DataPath:
        """The place in the document of the shape's entry of that number, from 0."""
        return ("entries", self.positions[number])

    def fault(self, path: DataPath, kind: str, **values: object) -> Fault:
        """A fault of what stands at the path."""
        place = self.document.place(path)
        return Fault(self.name, place.line, place.column, kind, details(**values))


@dataclass(frozen=True, slots=True)
class References:
    """What the readable entries refer to.

    `sources` is None when nobody knows which there are. `lost` are ids of entries that have faults of their own; None
    when even those are not all known. What cannot be known is not told.
    """

    files: Sequence[TopicFile]
    sources: Mapping[str, Source] | None
    lost: Collection[str] | None

    def faults(self) -> Iterator[Fault]:
        """Every fault, in the order of the files."""
        ids = {entry.id for file in self.files for entry in file.shape.entries}
        first: dict[str, str] = {}
        for file in self.files:
            yield from _twice(first, "topic-twice", file.shape.topic, file, ("topic",))
            for number, entry in enumerate(file.shape.entries):
                at = file.path(number)
                yield from _twice(first, "id-twice", entry.id, file, (*at, "id"))
                yield from self._of_entry(entry, file, at, ids)

    def _of_entry(self, entry: EntryShape, file: TopicFile, at: DataPath, ids: set[str]) -> Iterator[Fault]:
        if entry.source is not None and self.sources is not None and entry.source not in self.sources:
            near = nearest(entry.source, list(self.sources))
            yield file.fault((*at, "source"), "unknown-source", value=entry.source, near=near)
        if entry.answer is None and not entry.subject:
            yield file.fault(at, "missing-key", key="answer", example="answer: …")
        if entry.subject and not entry.known_gap:
            yield file.fault((*at, "subject"), "subject-without-gap")
        for number, other in enumerate(entry.see_also):
            place = (*at, "see_also", number)
            if other == entry.id:
                yield file.fault(place, "self-reference", value=other)
            elif other not in ids and self.lost is not None and other not in self.lost:
                yield file.fault(place, "unknown-entry", value=other, near=nearest(other, sorted(ids - {entry.id})))


def _twice(first: dict[str, str], kind: str, value: str, file: TopicFile, path: DataPath) -> Iterator[Fault]:
    what = f"{kind} {value}"
    if what in first:
        yield file.fault(path, kind, value=value, first=first[what])
    first.setdefault(what, f"{file.name}:{file.document.place(path).line}")
