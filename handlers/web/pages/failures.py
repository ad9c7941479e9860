"""What is shown where a request cannot be served: a page to people, a word to programs."""

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from handlers.web.pages.reader_language import reader_language

if TYPE_CHECKING:
    from handlers.web.pages.site import Site


def failure(site: "Site | None", request: Request, error: HTTPException) -> Response:
    """The response to a request that failed so."""
    if site is None or "text/html" not in request.headers.get("Accept", ""):
        return PlainTextResponse(error.detail, error.status_code, error.headers)
    from bot.wording.web import page_sentences  # with the pages alone

    words = page_sentences(reader_language(request))
    said = words.failures.get(error.status_code, words.other_failure)
    home = "/console" if request.url.path.startswith("/console") else "/"
    response = site.render(request, "pages/failure.html", {"failure": said, "home": home}, error.status_code)
    response.headers.update(error.headers or {})
    return response
