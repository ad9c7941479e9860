"""In which language a page is read: the one chosen on a page, else the first that the browser asks for, else Korean."""

import re

from starlette.requests import Request

from knowledge.base import LANGUAGES, Language

LANGUAGE_COOKIE = "language"
CHOICE = "language"
"""The parameter of an address that chooses the language."""

_WANTED = re.compile(
    r"\s*(?P<name>[a-z]{2,3})(?:-[a-z0-9-]+)?\s*(?:;\s*q=(?P<weight>[01](?:\.\d{0,3})?)\s*)?", re.ASCII
)


def reader_language(request: Request) -> Language:
    """The language to write the page in."""
    return chosen_language(request) or _known(request.cookies.get(LANGUAGE_COOKIE)) or _of_browser(request)


def chosen_language(request: Request) -> Language | None:
    """The language that this very request chooses."""
    return _known(request.query_params.get(CHOICE))


def _known(name: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == name), None)


def _of_browser(request: Request) -> Language:
    wanted: list[tuple[float, Language]] = []
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        read = _WANTED.fullmatch(part)
        language = _known(read["name"]) if read else None
        if read and language:
            wanted.append((-float(read["weight"] or 1), language))
    return min(wanted, key=lambda each: each[0], default=(0.0, LANGUAGES[0]))[1]
