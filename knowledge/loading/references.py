"""Whether what entries refer to exists, and whether what must be unique is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

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

    def where(self, path: DataPath) -> str:
        """The file and line of what stands at the path."""
        return f"{self.name}:{self.document.place(path).line}"

    def fault(self, path: DataPath, kind: str, **values: object) -> Fault:
        """A fault of what stands at the path."""
        place = self.document.place(path)
        return Fault(self.name, place.line, place.column, kind, details(**values))


@dataclass(frozen=True)
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
        yield from self._without_sources()
        ids = {entry.id for file in self.files for entry in file.shape.entries}
        topics: dict[str, TopicFile] = {}
        first: dict[str, tuple[TopicFile, DataPath]] = {}
        # A file that is called as its topic was there before a copy of it.
        for file in sorted(self.files, key=lambda file: PurePath(file.name).stem != file.shape.topic):
            same = topics.setdefault(file.shape.topic, file)
            if same is not file:
                yield file.fault(("topic",), "topic-twice", value=file.shape.topic, first=same.where(("topic",)))
            for number, entry in enumerate(file.shape.entries):
                at = (*file.path(number), "id")
                other, place = first.setdefault(entry.id, (file, at))
                is_copy = same is not file and other is same
                if (other, place) != (file, at) and not is_copy:  # of a file that was copied one fault is told
                    yield file.fault(at, "id-twice", value=entry.id, first=other.where(place))
                yield from self._of_entry(entry, file, file.path(number), ids)

    @cached_property
    def _named(self) -> list[tuple[TopicFile, DataPath, str]]:
        """The sources that entries name, each with its place."""
        return [
            (file, (*file.path(number), "source"), entry.source)
            for file in self.files
            for number, entry in enumerate(file.shape.entries)
            if entry.source is not None
        ]

    @property
    def _lacks_sources(self) -> bool:
        """Whether several entries name a source and the base has none at all: one fault and not as many."""
        return self.sources is not None and not self.sources and len(self._named) > 1

    def _without_sources(self) -> Iterator[Fault]:
        if self._lacks_sources:
            (file, path, first), keys = self._named[0], sorted({key for _, _, key in self._named})
            yield file.fault(path, "no-sources", names=", ".join(keys), count=len(self._named), value=first)

    def _of_entry(self, entry: EntryShape, file: TopicFile, at: DataPath, ids: set[str]) -> Iterator[Fault]:
        known = None if self._lacks_sources else self.sources
        for path, kind, told in unfitting(entry, known, ids, self.lost):
            yield file.fault(at if kind == "missing-key" else (*at, *path), kind, **told)


def unfitting(
    entry: EntryShape, sources: Collection[str] | None, ids: set[str], lost: Collection[str] | None
) -> Iterator[tuple[DataPath, str, dict[str, object]]]:
    """Where in an entry something does not fit the rest of the base or of itself: the path, the kind, and its details.

    `ids` are those of the entries there are; `sources` and `lost` are None where they are not known, as above.
    """
    if entry.source is not None and sources is not None and entry.source not in sources:
        yield ("source",), "unknown-source", {"value": entry.source, "near": nearest(entry.source, list(sources))}
    if entry.answer is None and not entry.subject:
        key = "subject" if entry.known_gap else "answer"
        yield (key,), "missing-key", {"key": key, "example": f"{key}: …"}
    if entry.subject and not entry.known_gap:
        yield ("subject",), "subject-without-gap", {}
    for number, other in enumerate(entry.see_also):
        path = ("see_also", number)
        if other == entry.id:
            yield path, "self-reference", {"value": other}
        elif other not in ids and lost is not None and other not in lost:
            yield path, "unknown-entry", {"value": other, "near": nearest(other, sorted(ids - {entry.id}))}
