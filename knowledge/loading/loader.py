"""Reads a knowledge folder into a `KnowledgeBase`, or reports every fault of all its files at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.base import About, Bilingual, Contact, Entry, KnowledgeBase, Language, Source, Topic, Vocabulary
from knowledge.errors import Fault, KnowledgeFaultsError
from knowledge.loading.fault_messages import faults_of
from knowledge.loading.practice import read_practice
from knowledge.loading.schema import (
    AboutShape,
    AnswerText,
    ContactShape,
    EntryShape,
    PhraseText,
    SourceShape,
    Strict,
    TopicShape,
    VocabularyShape,
)
from knowledge.loading.yaml_reader import DataPath, Document, read_yaml

ABOUT = "about.yaml"
Shape = TypeVar("Shape", bound=Strict)


@dataclass(frozen=True, slots=True)
class TopicFile:
    """A file of `entries/`; `name` is how faults call it."""

    name: str
    document: Document
    shape: TopicShape


@dataclass(frozen=True, slots=True)
class KnowledgeFiles:
    """A knowledge base with the files it was read from, one a topic and in the same order."""

    knowledge: KnowledgeBase
    files: tuple[TopicFile, ...]


def load_knowledge(folder: Path) -> KnowledgeBase:
    """The knowledge base in `folder`: `entries/*.yaml`, and what else an editor may give.

    That is `about.yaml`, `sources.yaml` and `vocabulary.yaml`.

    Raises:
        KnowledgeFaultsError: with every fault of every file.
    """
    return read_knowledge(folder).knowledge


def read_knowledge(folder: Path) -> KnowledgeFiles:
    """The same with the files, for who must name places in them. Raises KnowledgeFaultsError."""
    reading = _Reading(folder)
    sources = reading.sources()
    vocabulary = reading.vocabulary()
    about = reading.about()
    files = reading.topic_files()
    reading.check_references(files, sources)
    practice, faults = read_practice(folder)
    reading.faults += faults
    if reading.faults:
        raise KnowledgeFaultsError(reading.faults)
    topics = tuple(_topic(file.shape, sources) for file in files)
    return KnowledgeFiles(KnowledgeBase(topics, vocabulary, practice, about), tuple(files))


class _Reading:
    """One pass over a knowledge folder, collecting faults on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []

    def sources(self) -> Mapping[str, Source]:
        file = self.folder / "sources.yaml"
        document = self._read(file) if file.exists() else None
        if document is None:
            return {}
        if not isinstance(document.data, dict):
            self.faults.append(Fault(file.name, 1, 1, "must be a mapping of keys to sources"))
            return {}
        shapes = {key: self._shape(SourceShape, document, file.name, (key,)) for key in document.data}
        return {key: Source(key, _bilingual(shape.name)) for key, shape in shapes.items() if shape}

    def vocabulary(self) -> Vocabulary:
        file = self.folder / "vocabulary.yaml"
        document = self._read(file) if file.exists() else None
        shape = document and self._shape(VocabularyShape, document, file.name)
        if not shape:
            return Vocabulary()
        return Vocabulary(
            tuple(map(tuple, shape.synonyms)),
            tuple(word for group in shape.elsewhere for word in group),
        )

    def about(self) -> About:
        file = self.folder / ABOUT
        document = self._read(file) if file.exists() else None
        shape = document and self._shape(AboutShape, document, file.name)
        return _about(shape) if shape else About()

    def topic_files(self) -> list[TopicFile]:
        files = sorted((self.folder / "entries").glob("*.yaml"))
        if not files:
            place = f"{self.folder}/entries"
            self.faults.append(Fault(place, 1, 1, "no *.yaml file here; name the folder that has entries/"))
        read = [(f"entries/{file.name}", self._read(file)) for file in files]
        return [
            TopicFile(name, document, shape)
            for name, document in read
            if document and (shape := self._shape(TopicShape, document, name))
        ]

    def _read(self, file: Path) -> Document | None:
        document, faults = read_yaml(file, str(file.relative_to(self.folder)))
        self.faults += faults
        return None if document.data is None else document

    def _shape(self, model: type[Shape], document: Document, name: str, at: tuple[str, ...] = ()) -> Shape | None:
        data: Any = document.data
        for key in at:
            data = data[key]
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.faults += faults_of(error, document, name, at)
            return None

    def check_references(self, files: Sequence[TopicFile], sources: Mapping[str, Source]) -> None:
        ids = {entry.id for file in files for entry in file.shape.entries}
        first: dict[str, str] = {}
        for file in files:
            self._once(first, f"topic {file.shape.topic!r}", file, ("topic",))
            for index, entry in enumerate(file.shape.entries):
                at = ("entries", index)
                self._once(first, f"id {entry.id!r}", file, (*at, "id"))
                if entry.source is not None and entry.source not in sources:
                    self._fault(file, (*at, "source"), f"{entry.source!r} is no key of sources.yaml")
                if entry.answer is None and not entry.subject:
                    self._fault(file, at, "'answer' is missing; a known gap alone may give its 'subject' in its place")
                if entry.subject and not entry.known_gap:
                    self._fault(file, (*at, "subject"), "'subject' goes with 'known_gap: true' alone; remove it")
                for number, other in enumerate(entry.see_also):
                    if other not in ids:
                        self._fault(file, (*at, "see_also", number), f"no entry has the id {other!r}")

    def _once(self, first: dict[str, str], what: str, file: TopicFile, path: DataPath) -> None:
        if what in first:
            self._fault(file, path, f"{what} stands already at {first[what]}")
        first.setdefault(what, f"{file.name}:{file.document.place(path).line}")

    def _fault(self, file: TopicFile, path: DataPath, message: str) -> None:
        place = file.document.place(path)
        self.faults.append(Fault(file.name, place.line, place.column, message))


def _topic(shape: TopicShape, sources: Mapping[str, Source]) -> Topic:
    title = _bilingual(shape.title) if shape.title else Bilingual(shape.topic)
    return Topic(shape.topic, title, tuple(_entry(entry, shape.topic, sources) for entry in shape.entries))


def _entry(shape: EntryShape, topic_id: str, sources: Mapping[str, Source]) -> Entry:
    phrasings: dict[Language, tuple[str, ...]] = {"ko": tuple(shape.phrasings.ko), "en": tuple(shape.phrasings.en)}
    return Entry(
        id=shape.id,
        topic_id=topic_id,
        question=_bilingual(shape.question),
        answer=_bilingual(shape.answer) if shape.answer else Bilingual(""),
        phrasings=phrasings,
        source=sources.get(shape.source or ""),
        as_of=shape.as_of,
        review_by=shape.review_by,
        see_also=tuple(shape.see_also),
        known_gap=shape.known_gap,
        subject=_optional(shape.subject),
    )


def _about(shape: AboutShape) -> About:
    return About(
        name=_optional(shape.name),
        greeting=_optional(shape.greeting),
        samples=tuple(map(_bilingual, shape.samples)),
        scope=_optional(shape.scope),
        basis=_optional(shape.basis),
        places=tuple(map(_bilingual, shape.places)),
        languages=tuple(dict.fromkeys(shape.languages)),
        contact=_contact(shape.contact) if shape.contact else None,
    )


def _contact(shape: ContactShape) -> Contact:
    return Contact(_optional(shape.office), shape.telephone, _optional(shape.hours), shape.page)


def _optional(shape: PhraseText | AnswerText | None) -> Bilingual | None:
    return _bilingual(shape) if shape else None


def _bilingual(shape: PhraseText | AnswerText) -> Bilingual:
    return Bilingual(shape.ko, shape.en)
