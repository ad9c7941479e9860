"""The shape of the knowledge base's files. All values arrive as text and are converted here."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, StringConstraints
from pydantic_core import PydanticCustomError

from knowledge.base import LANGUAGES, MAX_ANSWER_LENGTH, MAX_ID_LENGTH, MAX_QUESTION_LENGTH

MOST_SAMPLES = 6
"""More buttons than these push the greeting off a phone's screen."""

_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_DATE_SHAPES = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DAY_SHAPE = r"\d{4}-\d{2}-\d{2}"
_DATE_FORMS = "2020, 2020-06, 2020-06-30"
_DAY_FORM = "2024-12-31"


def is_slug(text: str) -> bool:
    """Whether it may be an id."""
    return bool(re.fullmatch(_SLUG, text)) and len(text) <= MAX_ID_LENGTH


def _korean_alone(value: Any) -> Any:
    """A plain string stands for Korean alone."""
    return {"ko": value} if isinstance(value, str) else value


def _korean_list_alone(value: Any) -> Any:
    return {"ko": value} if isinstance(value, list) else value


def _partial_date(value: Any) -> str:
    if not isinstance(value, str) or not _DATE_SHAPES.fullmatch(value):
        raise PydanticCustomError("bad-date", "{value}", {"value": str(value), "forms": _DATE_FORMS})
    parts = [int(part) for part in value.split("-")]
    _calendar_day(value, *[*parts, 1, 1][:3])
    return value


def _day(value: Any) -> date:
    if not isinstance(value, str) or not re.fullmatch(_DAY_SHAPE, value):
        told = {"value": str(value), "forms": _DAY_FORM, "day_alone": "yes"}
        raise PydanticCustomError("bad-date", "{value}", told)
    return _calendar_day(value, *[int(part) for part in value.split("-")])


def _calendar_day(written: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise PydanticCustomError("no-such-day", "{value}", {"value": written, "forms": ""}) from None


def _yes_or_no(value: Any) -> Any:
    if value not in ("true", "false"):
        raise PydanticCustomError("bad-yes-no", "{value}", {"value": str(value)})
    return value == "true"


def _markup_closed(value: str) -> str:
    if value.count("**") % 2:
        raise PydanticCustomError("open-bold", "{value}", {"value": value})
    return value


def _printable(value: str) -> str:
    if found := _UNPRINTABLE.search(value):
        raise PydanticCustomError("control-character", "{name}", {"name": f"U+{ord(found[0]):04X}"})
    return value


def _telephone(value: str) -> str:
    if not re.fullmatch(r"[\d\s()+.~-]*\d[\d\s()+.~-]*", value):
        raise PydanticCustomError("bad-telephone", "{value}", {"value": value})
    return value


def _page(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise PydanticCustomError("bad-page", "{value}", {"value": value})
    return value


_printable_text = AfterValidator(_printable)
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=MAX_ID_LENGTH)]
Phrase = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION_LENGTH), _printable_text
]
Answer = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ANSWER_LENGTH),
    _printable_text,
    AfterValidator(_markup_closed),
]


class Strict(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PhraseText(Strict):
    """A question or title in Korean, and English where there is one."""

    ko: Phrase
    en: Phrase | None = None


class AnswerText(Strict):
    """An answer in Korean, and English where there is one."""

    ko: Answer
    en: Answer | None = None


class Phrasings(Strict):
    """Other ways to ask, by language."""

    ko: list[Phrase] = Field(default_factory=list)
    en: list[Phrase] = Field(default_factory=list)


Title = Annotated[PhraseText, BeforeValidator(_korean_alone, json_schema_input_type=PhraseText | Phrase)]
AnswerIn = Annotated[AnswerText, BeforeValidator(_korean_alone, json_schema_input_type=AnswerText | Answer)]
PhrasingsIn = Annotated[Phrasings, BeforeValidator(_korean_list_alone, json_schema_input_type=Phrasings | list[Phrase])]
_WrittenDay = Annotated[str, Field(pattern=rf"^{_DAY_SHAPE}$")]
_WrittenDate = Annotated[str, Field(pattern=rf"^{_DATE_SHAPES.pattern}$")]
_WrittenYear = Annotated[int, Field(ge=1000, le=9999)]
"""A year alone is a number to a text editor."""
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=_WrittenDay)]
PartialDate = Annotated[str, BeforeValidator(_partial_date, json_schema_input_type=_WrittenDate | _WrittenYear)]


class EntryShape(Strict):
    """One entry as an editor writes it."""

    id: Slug
    question: Title
    answer: AnswerIn | None = None
    phrasings: PhrasingsIn = Phrasings()
    source: Slug | None = None
    as_of: PartialDate | None = None
    review_by: Day | None = None
    verified: Day | None = None
    owner: Phrase | None = None
    see_also: list[Slug] = Field(default_factory=list)
    known_gap: Annotated[bool, BeforeValidator(_yes_or_no, json_schema_input_type=bool)] = False
    subject: Title | None = None


class TopicShape(Strict):
    """One file of `entries/`."""

    topic: Slug
    title: Title | None = None
    owner: Phrase | None = None
    """Of the entries that name none themselves."""
    entries: list[EntryShape]


class SourceShape(Strict):
    """What a key of `sources.yaml` stands for."""

    name: Title


def _text_alone(value: Any) -> Any:
    """A plain figure belongs to whatever it stands beside."""
    return {"text": value} if isinstance(value, str) else value


class FigureShape(Strict):
    """A figure that a source holds, as answers write it, and the words of which one stands in the answer too."""

    text: Phrase
    beside: list[Phrase] = Field(default_factory=list)


Figure = Annotated[FigureShape, BeforeValidator(_text_alone, json_schema_input_type=FigureShape | Phrase)]


class FiguresShape(RootModel[list[Figure]]):
    """What stands behind a source's key in `figures.yaml`."""


class ContactShape(Strict):
    """Whom citizens can turn to."""

    office: Title | None = None
    telephone: Annotated[Phrase, AfterValidator(_telephone)] | None = None
    hours: Title | None = None
    page: Annotated[Phrase, AfterValidator(_page)] | None = None


class AboutShape(Strict):
    """`about.yaml`."""

    name: Title | None = None
    greeting: AnswerIn | None = None
    samples: list[Title] = Field(default_factory=list, max_length=MOST_SAMPLES)
    scope: AnswerIn | None = None
    basis: Title | None = None
    places: list[Title] = Field(default_factory=list)
    languages: list[Literal["ko", "en"]] = Field(default_factory=lambda: list(LANGUAGES), min_length=1)
    contact: ContactShape | None = None


class VocabularyShape(Strict):
    """`vocabulary.yaml`."""

    synonyms: list[list[Phrase]] = Field(default_factory=list)
    elsewhere: list[list[Phrase]] = Field(default_factory=list)
