"""Finds what a base that can be read is still better off without, such as figures that its source does not hold."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from knowledge.base import LANGUAGES, Entry, KnowledgeBase, Language, Vocabulary
from knowledge.errors import Fault, details
from knowledge.loading.loader import ABOUT, VOCABULARY, KnowledgeFiles
from knowledge.loading.references import TopicFile
from knowledge.loading.silence import Silence
from knowledge.text.cleaning import letters_of
from knowledge.yaml_format.schema import FigureShape
from knowledge.yaml_format.signs import lost_in, name_of
from knowledge.yaml_format.yaml_reader import DataPath

ENOUGH_PHRASINGS: dict[Language, int] = {"ko": 8, "en": 3}
"""With fewer, the matcher often misses what citizens write."""

FEWEST_VOICES = 4
"""Ways to ask; fewer may well be alike."""
LONGEST_ON_A_PHONE = 600
"""Characters of an answer that a telephone shows without much scrolling."""
_END = 2
_BEGINNING = 2
"""Letters at the end, and words at the beginning, that are looked at."""
_REPEATED = 80
_SHOWN = 40
_NO_ANSWER = re.compile(
    r"안녕하|반갑|문의하신|문의\s?주신|문의해\s?주|질문하신|질문\s?주신|고객님|궁금하신|(?:hello|dear)\b", re.IGNORECASE
)
_FIGURE = re.compile(r"(?<![^\W\d_])\d(?:\S*[\w%])?")
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

    def fault_of_phrasings(self, kind: str, **values: object) -> Fault:
        """A fault of the phrasings as a whole, at their key."""
        document = self.file.document
        place = document.key_place((*self.path, "phrasings"))
        return Fault(self.file.name, place.line, place.column, kind, details(**values), document.line(place.line))

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


def lint(files: KnowledgeFiles, today: date, more: Iterable[Fault] = ()) -> Remarks:
    """Every remark on the knowledge base, and those of `more` that no note in the files turns off."""
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
    for each in placed:
        warnings += [*_one_voiced(each), *_begins_with_no_answer(each), *_long(each)]
    warnings += _strange_figures(placed, files)
    warnings += [*_unused_words(files), *_joined(placed, files.knowledge.vocabulary)]
    warnings += _missing_english(placed, spoken)
    warnings += [fault for is_error, fault in twice if not is_error]
    warnings += _reviews_due(placed, today)
    warnings += [*without_title(files), *_lost_letters(files)]
    if not files.knowledge.about.contact:
        warnings.append(Fault(ABOUT, 1, 1, "no-contact"))
    errors = [fault for is_error, fault in twice if is_error]
    errors += [fault for each in placed for fault in _in_the_future(each, today)]
    silence = Silence(files.texts, ABOUT)
    return Remarks(sorted(errors), sorted([*silence.faults, *silence.heard([*warnings, *more])]))


def _spoken(knowledge: KnowledgeBase) -> tuple[Language, ...]:
    """The languages that the base speaks: as it says, but for English where not one entry has any."""
    entries = knowledge.entries.values()
    has_english = any(entry.question.en or entry.answer.en for entry in entries)
    return tuple(each for each in knowledge.about.languages if each == "ko" or has_english)


def _in_the_future(each: _Placed, today: date) -> Iterator[Fault]:
    for key, value in dates_to_come(each.entry.as_of, each.entry.verified, today):
        yield each.fault((key,), "future-date", key=key, value=value, today=today)


def dates_to_come(as_of: str | None, verified: date | None, today: date) -> Iterator[tuple[str, object]]:
    """Those of an entry's dates that nobody can write yet, by their keys: of a fact, and of when it was verified."""
    if as_of and as_of > today.isoformat()[: len(as_of)]:
        yield "as_of", as_of
    if verified and verified > today:
        yield "verified", verified


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


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """A way to ask for two entries: no matcher can tell them apart."""

    text: str
    entry_id: str
    other_id: str


def asked_of_two(files: KnowledgeFiles) -> list[AskedTwice]:
    """Every way to ask that the files have under two entries."""
    first: dict[str, Entry] = {}
    found = []
    for entry in files.knowledge.entries.values():
        for text in _texts_of(entry):
            other = first.setdefault(letters_of(text) or text, entry)
            if other is not entry:
                found.append(AskedTwice(text, entry.id, other.id))
    return found


def entries_asked(files: KnowledgeFiles) -> Callable[[str], Entry | None]:
    """Gives the entry that a text is a way to ask for already, letter by letter."""
    asked = {letters_of(text) or text: entry for entry in files.knowledge.entries.values() for text in _texts_of(entry)}
    return lambda text: asked.get(letters_of(text) or text)


def _asked_twice(placed: list[_Placed]) -> Iterator[tuple[bool, Fault]]:
    """Equal phrasings: under two entries an error, as no matcher can tell them apart; in one entry a warning."""
    first: dict[str, _Asked] = {}
    for asked in (asked for each in placed for asked in _ways_to_ask(each)):
        other = first.setdefault(letters_of(asked.text) or asked.text, asked)
        if other is asked:
            continue
        elsewhere = other.placed is not asked.placed
        if elsewhere and other.placed.entry.id == asked.placed.entry.id:
            continue  # that the id is there twice is told, and why
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


def _one_voiced(each: _Placed) -> Iterator[Fault]:
    """All ways to ask in Korean end alike, or begin alike: those of whoever asks otherwise are not covered."""
    asked = [each.entry.question.ko, *each.entry.phrasings.get("ko", ())]
    if len(asked) < FEWEST_VOICES:
        return
    ends = {letters_of(text)[-_END:] for text in asked}
    begins = {tuple(text.split()[:_BEGINNING]) for text in asked}
    if len(ends) == 1 or (len(begins) == 1 and all(len(text.split()) > _BEGINNING for text in asked)):
        alike = f"…{min(ends)}" if len(ends) == 1 else f"{' '.join(min(begins))}…"
        told = {"entry": each.entry.id, "alike": alike, "count": len(asked)}
        yield each.fault_of_phrasings("one-voiced", **told)


def _begins_with_no_answer(each: _Placed) -> Iterator[Fault]:
    """The first line greets, asks, or says the question once more, where citizens look for the answer."""
    entry = each.entry
    first = entry.answer.ko.strip().split("\n", 1)[0].strip()
    said, asked = letters_of(first), letters_of(entry.question.ko)
    repeats = bool(asked) and fuzz.ratio(said, asked) > _REPEATED
    if first and (first.endswith("?") or _NO_ANSWER.match(first) or repeats):
        yield each.fault(("answer", "ko"), "answer-not-first", entry=entry.id, first=first[:_SHOWN])


def _long(each: _Placed) -> Iterator[Fault]:
    length = len(each.entry.answer.ko)
    if length > LONGEST_ON_A_PHONE:
        told = {"entry": each.entry.id, "length": length, "limit": LONGEST_ON_A_PHONE}
        yield each.fault(("answer", "ko"), "long-answer", **told)


def _strange_figures(placed: Iterable[_Placed], files: KnowledgeFiles) -> Iterator[Fault]:
    """Figures that the source does not hold, where `figures.yaml` says which it holds.

    An entry without a source is held against all of them; one of a source that the file does not name, against none.
    """
    every = [figure for figures in files.figures.values() for figure in figures]
    for each in placed if every else ():
        entry = each.entry
        known = files.figures.get(entry.source.key) if entry.source else every
        if known is None:
            continue
        named = entry.source.key if entry.source else ", ".join(files.figures)
        for path, text, around in _said(entry):
            for strange in strange_figures(text, known, around):
                kind = "figure-of-another" if strange.beside else "figure-not-in-source"
                told = {"figure": strange.text, "beside": ", ".join(strange.beside), "source": named}
                yield each.fault(path, kind, entry=entry.id, **told)


def _said(entry: Entry) -> Iterator[tuple[DataPath, str, str]]:
    """What an entry says in each language: where, the text, and what it is about."""
    for language in LANGUAGES:
        about = " ".join(text.in_language(language) for text in (entry.question, entry.subject, entry.answer) if text)
        for key, said in (("answer", entry.answer), ("subject", entry.subject)):
            text = said and (said.ko if language == "ko" else said.en)
            if text:
                yield (key, language), text, about


def _unused_words(files: KnowledgeFiles) -> Iterator[Fault]:
    """Groups of synonyms of which no entry says a single word."""
    knowledge = files.knowledge
    entries = knowledge.entries.values()
    said = letters_of(
        " ".join(text for entry in entries for text in (*_texts_of(entry), entry.answer.ko, entry.answer.en or ""))
    )
    document = files.vocabulary_file
    for number, group in enumerate(knowledge.vocabulary.synonyms):
        if document and not any(letters_of(word) in said for word in group):
            place = document.place(("synonyms", number, 0))
            fault = Fault(VOCABULARY, place.line, place.column, "unused-words", details(words=", ".join(group)))
            yield replace(fault, text=document.line(place.line))


def _joined(placed: Iterable[_Placed], vocabulary: Vocabulary) -> Iterator[Fault]:
    """Ways to ask for two entries that only differ in words which the vocabulary says mean the same."""
    meanings = {word: group[0] for group in vocabulary.synonyms for word in group[1:]}
    if not meanings:
        return
    words = re.compile("|".join(map(re.escape, sorted(meanings, key=len, reverse=True))))
    first: dict[str, _Asked] = {}
    for asked in (asked for each in placed for asked in _ways_to_ask(each)):
        other = first.setdefault(letters_of(words.sub(lambda found: meanings[found[0]], asked.text)), asked)
        if other.placed is not asked.placed and letters_of(other.text) != letters_of(asked.text):
            told = {"text": asked.text, "other": other.placed.entry.id, "said": other.text, "where": other.where}
            yield asked.placed.fault(asked.path, "synonym-joins", **told)


def _texts_of(entry: Entry) -> Iterator[str]:
    return (text for _, text in entry.ways_to_ask())


def _few_phrasings(each: _Placed, spoken: Sequence[Language]) -> Iterator[Fault]:
    for language in spoken:
        enough = ENOUGH_PHRASINGS[language]
        count = len(each.entry.phrasings.get(language, ()))
        if count < enough and (language == "ko" or each.entry.question.en):
            told = {"entry": each.entry.id, "count": count, "language": language, "enough": enough}
            yield each.fault_of_phrasings("few-phrasings", **told)


def _missing_english(placed: list[_Placed], spoken: Sequence[Language]) -> Iterator[Fault]:
    for each in placed if "en" in spoken else ():
        entry = each.entry
        for key, sentence in (("question", entry.question), ("answer", entry.answer), ("subject", entry.subject)):
            if sentence and sentence.ko and not sentence.en:
                yield each.fault((key,), "no-english", entry=entry.id, key=key)


def without_title(files: KnowledgeFiles) -> Iterator[Fault]:
    """Topics that citizens see by their key."""
    for file in files.files:
        if not file.shape.title and file.shape.entries:
            fault = file.fault(("topic",), "no-title", topic=file.shape.topic)
            yield replace(fault, text=file.document.line(fault.line))


def _lost_letters(files: KnowledgeFiles) -> Iterator[Fault]:
    """One fault for each line with letters that citizens do not see as they were meant."""
    for name, lines in files.texts.items():
        for number, line in enumerate(lines, start=1):
            match = lost_in(line)
            if match and not line.lstrip().startswith("#"):
                told = details(name=name_of(match[0]))
                yield Fault(name, number, match.start() + 1, "lost-character", told, line.rstrip())


def _reviews_due(placed: list[_Placed], today: date) -> list[Fault]:
    """One fault for each file and day, at the first of its entries, as editors review a topic at a time."""
    due = [each for each in placed if each.entry.review_is_due(today)]
    counts = Counter((each.file.name, each.entry.review_by) for each in due)
    first = {(each.file.name, each.entry.review_by): each for each in reversed(due)}
    return [first[key].fault(("review_by",), "review-due", day=key[1], count=count) for key, count in counts.items()]


_NUMBERED = re.compile(r"(?m)^[ \t]*\d{1,2}[.)](?=\s)")
"""The number of a line in a list states nothing."""
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class StrangeFigure:
    """A figure that no source holds; or one that it holds of something else, with the words that belong to it."""

    text: str
    beside: tuple[str, ...] = ()


def strange_figures(text: str, known: Sequence[FigureShape], question: str = "") -> Iterator[StrangeFigure]:
    """The figures in the text that are none of the known, and known ones that stand beside nothing of theirs.

    A figure is whatever has a digit: a sum, a year, a count with its unit. Its words may stand in the question too.
    """
    rest = _NUMBERED.sub(" ", text)
    if not any(letter.isdigit() for letter in rest):
        return
    around = f"{text} {question}"
    words: dict[str, list[str]] = {}
    for figure in known:
        words.setdefault(figure.text, []).extend(figure.beside)
    for stated, beside in sorted(words.items(), key=lambda each: -len(each[0])):
        rest, found = re.subn(rf"(?<![\d.,]){re.escape(stated)}(?![\d%]|[.,]\d)", "_", rest)
        if found and beside and not any(word in around for word in beside):
            yield StrangeFigure(stated, tuple(beside))
    for strange in re.findall(r"\S*\d\S*", rest):
        yield StrangeFigure(strange.strip("_.,()[]'\"‘’“”*")[:_LONGEST_SHOWN])
