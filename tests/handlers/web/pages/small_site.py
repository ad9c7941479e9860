"""A served web door with pages, for requests that no browser would send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx

from handlers.web.services import PageServices, WebServices
from tests.handlers.web.small_web import served

PAGES = PageServices("of these tests alone", lambda language: "광주 안내" if language == "ko" else "Gwangju assistant")


@asynccontextmanager
async def served_pages(services: WebServices | None = None, **changes: object) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the door with pages; it asks for pages as people do. `changes` are of the pages' services."""
    given = services or WebServices()
    async with served(replace(given, pages=replace(given.pages or PAGES, **changes))) as client:  # type: ignore[arg-type]  # as the caller has them
        client.headers["Accept"] = "text/html"
        yield client
