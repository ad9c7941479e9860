"""Reads a knowledge folder into a `KnowledgeBase`, or reports every fault of all its files at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.base import (
    About,
    Bilingual,
    Contact,
    Entry,
    KnowledgeBase,
    Language,
    PracticeQuestion,
    Source,
    Topic,
    Vocabulary,
)
from knowledge.errors import Fault, KnowledgeFaultsError, details
from knowledge.loading.base_files import is_special, is_there, misnamed, special, topics_in
from knowledge.loading.fault_messages import faults_of, nearest, not_an_id, wrong_top
from knowledge.loading.practice import practice_files, read_asked, read_practice
from knowledge.loading.references import References, TopicFile
from knowledge.yaml_format.schema import (
    AboutShape,
    AnswerText,
    ContactShape,
    EntryShape,
    FigureShape,
    FiguresShape,
    PhraseText,
    SourceShape,
    TopicShape,
    VocabularyShape,
    is_slug,
)
from knowledge.yaml_format.yaml_reader import DataPath, Document, read_yaml

ABOUT = "about.yaml"
FIGURES = "figures.yaml"
VOCABULARY = "vocabulary.yaml"
Shape = TypeVar("Shape", bound=BaseModel)
Said = TypeVar("Said", Topic, tuple[PracticeQuestion, ...])


@dataclass(frozen=True, slots=True)
class KnowledgeFiles:
    """A knowledge base with the files it was read from, one a topic and in the same order."""

    knowledge: KnowledgeBase
    files: tuple[TopicFile, ...]
    texts: Mapping[str, Sequence[str]]
    """The lines of every file that could be read, by its name."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    figures: Mapping[str, Sequence[FigureShape]] = field(default_factory=dict)
    """What `figures.yaml` lists, by the sources' keys."""
    vocabulary_file: Document | None = None


def load_knowledge(folder: Path) -> KnowledgeBase:
    """The knowledge base in `folder`: `entries/*.yaml`, and what else an editor may give.

    That is `about.yaml`, `sources.yaml`, `vocabulary.yaml` and `figures.yaml`.

    Raises:
        KnowledgeFaultsError: with every fault of every file.
    """
    return read_knowledge(folder).knowledge


Part = Topic | tuple[PracticeQuestion, ...]
"""What one file of a folder says."""


def load_changed(folder: Path, known: Mapping[str, Part]) -> tuple[KnowledgeBase, Mapping[str, Part]]:
    """The same as `load_knowledge`, and what each file says by a digest of it; what is known is not read again.

    Raises KnowledgeFaultsError.
    """
    reading = _Reading(folder)
    sources, vocabulary, about = reading.sources(), reading.vocabulary(), reading.about()
    reading.figures(sources)
    parts: dict[str, Part] = {}
    topics: list[Topic] = []
    practice: list[PracticeQuestion] = []
    for file in topics_in(folder):
        topic = _part(file, known, parts, lambda file: reading.sound_topic(file, sources), repr(sources))
        if topic is None:
            return load_knowledge(folder), {}  # which tells every fault
        topics.append(topic)
    for file in practice_files(folder):
        asked = _part(file, known, parts, read_asked)
        if asked is None:
            return load_knowledge(folder), {}
        practice += asked
    if reading.faults or not topics or any(special(folder)) or any(misnamed(folder)) or not _fit_together(topics):
        return load_knowledge(folder), {}
    return KnowledgeBase(tuple(topics), vocabulary, tuple(practice), about), parts


def _part(
    file: Path, known: Mapping[str, Any], parts: dict[str, Part], read: Callable[[Path], Said | None], beside: str = ""
) -> Said | None:
    """What a file says, with `beside`; None where it has faults, or is not there any more."""
    with suppress(OSError):
        content = file.read_bytes()
        name = f"{file.parent.name}\0{file.name}\0{beside}\0"
        digest = sha256(name.encode(errors="surrogateescape") + content).hexdigest()
        said: Said | None = known.get(digest) or read(file)
        if said and file.read_bytes() == content:
            parts[digest] = said
        return said
    return None


def _fit_together(topics: Sequence[Topic]) -> bool:
    """Whether ids are unique, and what entries refer to exists."""
    ids = [entry.id for topic in topics for entry in topic.entries]
    unique = frozenset(ids)
    return (
        len(unique) == len(ids)
        and len({topic.id for topic in topics}) == len(topics)
        and all(unique.issuperset(entry.see_also) for topic in topics for entry in topic.entries)
    )


def vocabulary_of(folder: Path) -> Vocabulary:
    """The words that are declared in the folder, as far as they can be read."""
    return _Reading(folder).vocabulary()


def read_knowledge(folder: Path) -> KnowledgeFiles:
    """The same with the files, for who must name places in them. Raises KnowledgeFaultsError."""
    files, faults = read_leniently(folder)
    if faults:
        raise KnowledgeFaultsError(faults)
    return files


def read_leniently(
    folder: Path, counted: Callable[[Iterable[Path]], Iterable[Path]] = iter
) -> tuple[KnowledgeFiles, list[Fault]]:
    """What can be read of the folder, and every fault of every file; nothing is faulty when there is none.

    `counted` passes the topics' files on, one after the other, for who shows how far it is.
    """
    reading = _Reading(folder)
    sources = reading.sources()
    vocabulary = reading.vocabulary()
    about = reading.about()
    figures = reading.figures(sources)
    files = reading.topic_files(counted)
    references = References(files, sources, reading.lost_ids if reading.all_entries else None)
    practice, in_practice = read_practice(folder)
    topics = tuple(_topic(file.shape, sources or {}) for file in files)
    found = [*special(folder), *misnamed(folder), *reading.faults, *references.faults(), *in_practice]
    knowledge = KnowledgeBase(topics, vocabulary, practice, about)
    read = KnowledgeFiles(
        knowledge, tuple(files), reading.texts(), sources or {}, figures, reading.document(VOCABULARY)
    )
    return read, reading.with_lines(found)


class _Reading:
    """One pass over a knowledge folder, collecting faults on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.lost_ids: set[str] = set()
        self.all_entries = True
        """Whether the ids of all entries are known, the lost ones too."""
        self._documents: dict[str, Document] = {}

    def sources(self) -> Mapping[str, Source] | None:
        """The sources by their keys; None where the file has faults, so that nobody knows which there are."""
        document = self._optional("sources.yaml")
        if document is None:
            return {}
        told = len(self.faults)
        if not isinstance(document.data, dict):
            if document.data is not None:
                self.faults.append(wrong_top("sources.yaml"))
            return None
        self.faults += _not_slugs(document, "sources.yaml")
        shapes = {key: self._shape(SourceShape, document, "sources.yaml", (key,)) for key in document.data}
        found = {key: Source(key, _bilingual(shape.name)) for key, shape in shapes.items() if shape}
        return found if len(self.faults) == told and not document.mended else None

    def vocabulary(self) -> Vocabulary:
        document = self._optional(VOCABULARY)
        shape = document and self._shape(VocabularyShape, document, VOCABULARY)
        if not shape:
            return Vocabulary()
        return Vocabulary(
            tuple(map(tuple, shape.synonyms)),
            tuple(word for group in shape.elsewhere for word in group),
        )

    def about(self) -> About:
        document = self._optional(ABOUT)
        shape = document and self._shape(AboutShape, document, ABOUT)
        return _about(shape) if shape else About()

    def figures(self, sources: Mapping[str, Source] | None) -> Mapping[str, Sequence[FigureShape]]:
        document = self._optional(FIGURES)
        if document is None or document.data is None:
            return {}
        if not isinstance(document.data, dict):
            self.faults.append(wrong_top(FIGURES))
            return {}
        for key in document.data:
            if sources is not None and key not in sources:
                place, near = document.key_place((key,)), nearest(key, list(sources))
                told = details(value=key, near=near)
                self.faults.append(Fault(FIGURES, place.line, place.column, "unknown-source", told))
        shapes = {key: self._shape(FiguresShape, document, FIGURES, (key,)) for key in document.data}
        return {key: shape.root for key, shape in shapes.items() if shape}

    def topic_files(self, counted: Callable[[Iterable[Path]], Iterable[Path]]) -> list[TopicFile]:
        files = topics_in(self.folder)
        if not files:
            self.faults.append(Fault(f"{self.folder.resolve()}/entries", 1, 1, "no-topics"))
        read = [self._topic_file(file, f"entries/{file.name}") for file in counted(files)]
        return [file for file in read if file]

    def sound_topic(self, file: Path, sources: Mapping[str, Source] | None) -> Topic | None:
        """What one file says; None where it has faults, but for those of what it refers to in other files."""
        told = len(self.faults)
        read = self._topic_file(file, f"entries/{file.name}")
        if read is None or len(self.faults) > told or any(References([read], sources, None).faults()):
            return None
        return _topic(read.shape, sources or {})

    def _topic_file(self, file: Path, name: str) -> TopicFile | None:
        document = self._read(file, name)
        self.lost_ids |= document.lost_ids
        self.all_entries = self.all_entries and (document.is_whole or bool(document.lost_ids))
        data = document.data
        entries = data.get("entries") if isinstance(data, dict) else None
        if not entries and document.lost_ids:
            return None  # they are told, one by one
        if not isinstance(entries, list):
            self._validated(TopicShape, data, document, name)
            return None
        head = self._validated(TopicShape, {**data, "entries": []}, document, name)
        shapes = [self._entry(entry, document, name, index) for index, entry in enumerate(entries)]
        good = [(index, shape) for index, shape in enumerate(shapes) if shape]
        if head is None:
            self.lost_ids |= {shape.id for _, shape in good}
            return None
        topic = head.model_copy(update={"entries": [shape for _, shape in good]})
        return TopicFile(name, document, topic, tuple(index for index, _ in good))

    def _entry(self, data: Any, document: Document, name: str, index: int) -> EntryShape | None:
        shape = self._validated(EntryShape, data, document, name, ("entries", index))
        if shape is None:
            written = data.get("id") if isinstance(data, dict) else None
            if isinstance(written, str) and is_slug(written):
                self.lost_ids.add(written)
            else:  # nobody knows what others mean it by
                self.all_entries = False
        return shape

    def _optional(self, name: str) -> Document | None:
        file = self.folder / name
        return self._read(file, name) if is_there(file) and not is_special(file) else None

    def _read(self, file: Path, name: str) -> Document:
        document, faults = read_yaml(file, name)
        self.faults += faults
        self._documents[name] = document
        return document

    def _shape(self, model: type[Shape], document: Document, name: str, at: tuple[str, ...] = ()) -> Shape | None:
        data: Any = document.data
        for key in at:
            data = data[key]
        return self._validated(model, data, document, name, at)

    def _validated(
        self, model: type[Shape], data: Any, document: Document, name: str, at: DataPath = ()
    ) -> Shape | None:
        if document.data is None:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            faults = faults_of(error, document, name, at)
            end = document.end_of(at)
            faulty = document.mended.union(fault.line for fault in self.faults if fault.file == name)
            self.faults += [
                fault
                for fault in faults
                if fault.line not in document.mended
                # What a faulty line would have said is not missing.
                and not (fault.kind == "missing-key" and any(fault.line < line <= end for line in faulty))
            ]
            return None

    def document(self, name: str) -> Document | None:
        """The file of that name as it was read; None where it is not there."""
        return self._documents.get(name)

    def texts(self) -> dict[str, Sequence[str]]:
        """The lines of the files by their names."""
        return {name: document.lines for name, document in self._documents.items()}

    def with_lines(self, faults: Iterable[Fault]) -> list[Fault]:
        """The faults in order, each with the line that it stands on."""
        return [replace(fault, text=self._line(fault)) for fault in sorted(set(faults))]

    def _line(self, fault: Fault) -> str:
        document = self._documents.get(fault.file)
        return document.line(fault.line) if document else fault.text


def _not_slugs(document: Document, name: str) -> Iterator[Fault]:
    """The keys that no entry could name as its source."""
    for key in document.data:
        if not is_slug(key):
            place, (kind, told) = document.key_place((key,)), not_an_id(key, ())
            yield Fault(name, place.line, place.column, kind, details(**told))


def _topic(shape: TopicShape, sources: Mapping[str, Source]) -> Topic:
    title = _bilingual(shape.title) if shape.title else Bilingual(shape.topic)
    return Topic(shape.topic, title, tuple(_entry(entry, shape, sources) for entry in shape.entries))


def _entry(shape: EntryShape, topic: TopicShape, sources: Mapping[str, Source]) -> Entry:
    phrasings: dict[Language, tuple[str, ...]] = {"ko": tuple(shape.phrasings.ko), "en": tuple(shape.phrasings.en)}
    return Entry(
        id=shape.id,
        topic_id=topic.topic,
        question=_bilingual(shape.question),
        answer=_bilingual(shape.answer) if shape.answer else Bilingual(""),
        phrasings=phrasings,
        source=sources.get(shape.source or ""),
        as_of=shape.as_of,
        review_by=shape.review_by,
        verified=shape.verified,
        owner=shape.owner or topic.owner,
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
