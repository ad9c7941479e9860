"""Every sentence that people read: here what citizens do, one module a language; in `staff/` and `web/` the others'.

Beside: the lines on what an answer rests on and as of when, and on whom to ask beyond it.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.wording.english import ENGLISH
from bot.wording.korean import KOREAN
from bot.wording.sentences import Sentences
from knowledge.base import About, Entry, Language

_BY_LANGUAGE: dict[Language, Sentences] = {"ko": KOREAN, "en": ENGLISH}
_UNSTAFFED = {language: replace(words, **dict[str, Any](words.unstaffed)) for language, words in _BY_LANGUAGE.items()}


def sentences(language: Language, *, staffed: bool = True) -> Sentences:
    """The sentences of that language; where nobody looks at what is recorded, those that promise nothing."""
    return (_BY_LANGUAGE if staffed else _UNSTAFFED)[language]


def written_date(iso: str, words: Sentences) -> str:
    """A year, month or day (`2020`, `2020-06`, `2020-06-30`) as people write it."""
    parts = dict(zip(("year", "month", "day"), map(int, iso.split("-")), strict=False))
    template = {1: words.year, 2: words.month, 3: words.day}[len(parts)]
    return template.format(**parts)


def basis_line(entry: Entry, language: Language, today: date) -> str:
    """Where an entry's fact comes from and as of when, and that it may have changed; empty where neither is known."""
    words, basis = sentences(language), _basis(entry, language)
    return f"{basis}{words.may_have_changed}" if basis and entry.review_is_due(today) else basis


def _basis(entry: Entry, language: Language) -> str:
    words = sentences(language)
    source = entry.source.name.in_language(language) if entry.source else None
    as_of = written_date(entry.as_of, words) if entry.as_of else None
    if source and as_of:
        return words.source.format(source=source, as_of=as_of)
    if source:
        return words.source_only.format(source=source)
    return words.as_of_only.format(as_of=as_of) if as_of else ""


def contact_lines(about: About, language: Language) -> str:
    """Whom citizens can turn to, or that nobody is set."""
    words, contact = sentences(language), about.contact
    if not contact:
        return words.contact_unknown
    office = contact.office.in_language(language) if contact.office else None
    hours = contact.hours.in_language(language) if contact.hours else None
    lines = filter(None, (" ".join(filter(None, (office, contact.telephone))), hours, contact.page))
    return "\n".join((f"**{words.contact_heading}**", *lines))


__all__ = ["Sentences", "basis_line", "contact_lines", "sentences", "written_date"]
