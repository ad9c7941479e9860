"""Finds what a knowledge base that can be read is still better off without."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.base import LANGUAGES, Entry, KnowledgeBase, Language
from knowledge.errors import Fault
from knowledge.loading.loader import ABOUT, KnowledgeFiles
from knowledge.loading.references import TopicFile
from knowledge.loading.silencing import Silence
from knowledge.text.cleaning import letters_of
from knowledge.yaml_format.yaml_reader import DataPath

ENOUGH_PHRASINGS: dict[Language, int] = {"ko": 8, "en": 3}
"""With fewer, the matcher often misses what citizens write."""

_FIGURE = re.compile(r"(?<![^\W\d_])\d\S*")
"""Digits behind a letter belong to a name, as in 첨단3지구."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the linter says, in the order of files and lines. Errors must be mended, warnings should be."""

    errors: list[Fault]
    warnings: list[Fault]


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry with the place it stands at."""

    entry: Entry
    file: TopicFile
    path: DataPath

    def fault(self, path: DataPath, kind: str, **values: object) -> Fault:
        fault = self.file.fault((*self.path, *path), kind, **values)
        return replace(fault, text=self.file.document.line(fault.line))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One way to ask an entry's question, and where it stands under the entry."""

    text: str
    placed: _Placed
    path: DataPath

    @property
    def where(self) -> str:
        place = self.placed.file.document.place((*self.placed.path, *self.path))
        return f"{self.placed.file.name}:{place.line}:{place.column}"


def lint(files: KnowledgeFiles, today: date) -> Remarks:
    """Every remark on the knowledge base."""
    placed = [
        _Placed(entry, file, file.path(number))
        for file, topic in zip(files.files, files.knowledge.topics, strict=True)
        for number, entry in enumerate(topic.entries)
    ]
    twice = list(_asked_twice(placed))
    spoken, sourced = _spoken(files.knowledge), files.knowledge.names_sources
    warnings = [
        fault for each in placed for fault in (*_few_phrasings(each, spoken), *_unsourced(each, sourced=sourced))
    ]
    warnings += _missing_english(placed, spoken)
    warnings += [fault for is_error, fault in twice if not is_error]
    warnings += _reviews_due(placed, today)
    if not files.knowledge.about.contact:
        warnings.append(Fault(ABOUT, 1, 1, "no-contact"))
    errors = [fault for is_error, fault in twice if is_error]
    errors += [fault for each in placed for fault in _in_the_future(each, today)]
    silence = Silence(files.texts, ABOUT)
    return Remarks(sorted(errors), sorted([*silence.faults, *silence.heard(warnings)]))


def _spoken(knowledge: KnowledgeBase) -> tuple[Language, ...]:
    """The languages that the base speaks: as it says, but for English where not one entry has any."""
    entries = knowledge.entries.values()
    has_english = any(entry.question.en or entry.answer.en for entry in entries)
    return tuple(each for each in knowledge.about.languages if each == "ko" or has_english)


def _in_the_future(each: _Placed, today: date) -> Iterator[Fault]:
    """Nobody can know a fact of a time to come, or have verified one then."""
    entry = each.entry
    if entry.as_of and entry.as_of > today.isoformat()[: len(entry.as_of)]:
        yield each.fault(("as_of",), "future-date", key="as_of", value=entry.as_of, today=today)
    if entry.verified and entry.verified > today:
        yield each.fault(("verified",), "future-date", key="verified", value=entry.verified, today=today)


def _unsourced(each: _Placed, *, sourced: bool) -> Iterator[Fault]:
    """Figures that come from nowhere, in a base that names where its facts come from."""
    entry = each.entry
    figure = _FIGURE.search(entry.answer.ko)
    if sourced and figure and not entry.source and not entry.known_gap:
        yield each.fault(("answer",), "figure-without-source", entry=entry.id, figure=figure[0])


def fault_of_entry(files: KnowledgeFiles, entry_id: str, kind: str, **values: object) -> Fault:
    """A fault of the entry with that id, at the way to ask that is the `text` among the values, or at its beginning."""
    placed = (
        _Placed(entry, file, file.path(number))
        for file, topic in zip(files.files, files.knowledge.topics, strict=True)
        for number, entry in enumerate(topic.entries)
    )
    each = next(each for each in placed if each.entry.id == entry_id)
    path = next((asked.path for asked in _ways_to_ask(each) if asked.text == values.get("text")), ("id",))
    return each.fault(path, kind, entry=entry_id, **values)


def _asked_twice(placed: list[_Placed]) -> Iterator[tuple[bool, Fault]]:
    """Equal phrasings: under two entries an error, as no matcher can tell them apart; in one entry a warning."""
    first: dict[str, _Asked] = {}
    for asked in (asked for each in placed for asked in _ways_to_ask(each)):
        other = first.setdefault(letters_of(asked.text) or asked.text, asked)
        if other is asked:
            continue
        elsewhere = other.placed is not asked.placed
        kind = "asked-twice" if elsewhere else "asked-again"
        told = {"text": asked.text, "other": other.placed.entry.id, "where": other.where}
        yield elsewhere, asked.placed.fault(asked.path, kind, **told)


def _ways_to_ask(each: _Placed) -> Iterator[_Asked]:
    for language in LANGUAGES:
        title = each.entry.question.ko if language == "ko" else each.entry.question.en
        if title:
            yield _Asked(title, each, ("question", language))
        for index, phrasing in enumerate(each.entry.phrasings.get(language, ())):
            yield _Asked(phrasing, each, _phrasing_path(each, language, index))


def _phrasing_path(each: _Placed, language: Language, index: int) -> DataPath:
    """A plain list stands for Korean alone, so its items have no language above them."""
    plain: DataPath = ("phrasings", index)
    return plain if (*each.path, *plain) in each.file.document.places else ("phrasings", language, index)


def _few_phrasings(each: _Placed, spoken: Sequence[Language]) -> Iterator[Fault]:
    for language in spoken:
        enough = ENOUGH_PHRASINGS[language]
        count = len(each.entry.phrasings.get(language, ()))
        if count < enough and (language == "ko" or each.entry.question.en):
            told = {"entry": each.entry.id, "count": count, "language": language, "enough": enough}
            yield each.fault(("phrasings", language), "few-phrasings", **told)


def _missing_english(placed: list[_Placed], spoken: Sequence[Language]) -> Iterator[Fault]:
    for each in placed if "en" in spoken else ():
        entry = each.entry
        for key, sentence in (("question", entry.question), ("answer", entry.answer), ("subject", entry.subject)):
            if sentence and sentence.ko and not sentence.en:
                yield each.fault((key,), "no-english", entry=entry.id, key=key)


def _reviews_due(placed: list[_Placed], today: date) -> list[Fault]:
    """One fault for each file and day, at the first of its entries, as editors review a topic at a time."""
    due = [each for each in placed if each.entry.review_is_due(today)]
    counts = Counter((each.file.name, each.entry.review_by) for each in due)
    first = {(each.file.name, each.entry.review_by): each for each in reversed(due)}
    return [first[key].fault(("review_by",), "review-due", day=key[1], count=count) for key, count in counts.items()]
