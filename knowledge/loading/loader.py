"""Reads a knowledge folder into a `KnowledgeBase`, or reports every fault of all its files at once."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.base import Bilingual, Entry, KnowledgeBase, Language, Source, Topic, Vocabulary
from knowledge.errors import Fault, KnowledgeFaultsError
from knowledge.loading.fault_messages import faults_of
from knowledge.loading.schema import (
    AnswerText,
    EntryShape,
    PhraseText,
    SourceShape,
    Strict,
    TopicShape,
    VocabularyShape,
)
from knowledge.loading.yaml_reader import Document, read_yaml

Shape = TypeVar("Shape", bound=Strict)


def load_knowledge(folder: Path) -> KnowledgeBase:
    """The knowledge base in `folder`: `entries/*.yaml`, and `sources.yaml` and `vocabulary.yaml` where they exist.

    Raises:
        KnowledgeFaultsError: with every fault of every file.
    """
    reading = _Reading(folder)
    sources = reading.sources()
    vocabulary = reading.vocabulary()
    topics = reading.topics(sources)
    if reading.faults:
        raise KnowledgeFaultsError(reading.faults)
    return KnowledgeBase(tuple(topics), vocabulary)


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
        return Vocabulary(tuple(map(tuple, shape.synonyms)), tuple(shape.elsewhere), tuple(shape.courtesies))

    def topics(self, sources: Mapping[str, Source]) -> list[Topic]:
        files = sorted((self.folder / "entries").glob("*.yaml"))
        if not files:
            place = f"{self.folder}/entries"
            self.faults.append(Fault(place, 1, 1, "no *.yaml file here; name the folder that has entries/"))
        read = [(f"entries/{file.name}", self._read(file)) for file in files]
        shaped = [
            (name, document, shape)
            for name, document in read
            if document and (shape := self._shape(TopicShape, document, name))
        ]
        self._check_references(shaped, sources)
        return [_topic(shape, sources) for _, _, shape in shaped]

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

    def _check_references(
        self, shaped: Iterable[tuple[str, Document, TopicShape]], sources: Mapping[str, Source]
    ) -> None:
        shaped = list(shaped)
        ids = {entry.id for _, _, topic in shaped for entry in topic.entries}
        first: dict[str, str] = {}
        for name, document, topic in shaped:
            self._once(first, f"topic {topic.topic!r}", name, document, ("topic",))
            for index, entry in enumerate(topic.entries):
                at = ("entries", index)
                self._once(first, f"id {entry.id!r}", name, document, (*at, "id"))
                if entry.source is not None and entry.source not in sources:
                    self._fault(name, document, (*at, "source"), f"{entry.source!r} is no key of sources.yaml")
                for number, other in enumerate(entry.see_also):
                    if other not in ids:
                        self._fault(name, document, (*at, "see_also", number), f"no entry has the id {other!r}")

    def _once(
        self, first: dict[str, str], what: str, name: str, document: Document, path: tuple[str | int, ...]
    ) -> None:
        place = document.place(path)
        if what in first:
            self._fault(name, document, path, f"{what} stands already at {first[what]}")
        first.setdefault(what, f"{name}:{place.line}")

    def _fault(self, name: str, document: Document, path: tuple[str | int, ...], message: str) -> None:
        place = document.place(path)
        self.faults.append(Fault(name, place.line, place.column, message))


def _topic(shape: TopicShape, sources: Mapping[str, Source]) -> Topic:
    title = _bilingual(shape.title) if shape.title else Bilingual(shape.topic)
    return Topic(shape.topic, title, tuple(_entry(entry, shape.topic, sources) for entry in shape.entries))


def _entry(shape: EntryShape, topic_id: str, sources: Mapping[str, Source]) -> Entry:
    phrasings: dict[Language, tuple[str, ...]] = {"ko": tuple(shape.phrasings.ko), "en": tuple(shape.phrasings.en)}
    return Entry(
        id=shape.id,
        topic_id=topic_id,
        question=_bilingual(shape.question),
        answer=_bilingual(shape.answer),
        phrasings=phrasings,
        source=sources.get(shape.source or ""),
        as_of=shape.as_of,
        review_by=shape.review_by,
        see_also=tuple(shape.see_also),
        known_gap=shape.known_gap,
    )


def _bilingual(shape: PhraseText | AnswerText) -> Bilingual:
    return Bilingual(shape.ko, shape.en)
