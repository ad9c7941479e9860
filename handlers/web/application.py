"""Builds this door: which address is answered by whom, and what every response has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from handlers.web.health import health_routes
from handlers.web.metrics import metrics_route
from handlers.web.pages.reader_language import reader_language
from handlers.web.webhook import BodyLimits, webhook_routes

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from handlers.web.pages.site import Site
    from handlers.web.services import PageServices, WebServices

_LIMITS = BodyLimits()


def build_web(services: WebServices, limits: BodyLimits = _LIMITS) -> Starlette:
    """The web application over those services."""
    responses: Counter[int] = Counter()
    site = _site(services.pages) if services.pages else None

    async def tell_failure(request: Request, _: Exception) -> Response:
        responses[500] += 1  # this response passes by the headers' counting
        response = failure(site, request, HTTPException(500))
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    async def tell_refusal(request: Request, error: Exception) -> Response:
        return failure(site, request, error if isinstance(error, HTTPException) else HTTPException(500))

    routes: list[BaseRoute] = [*health_routes(services.readiness), metrics_route(services, responses)]
    if services.webhook:
        routes += webhook_routes(services.webhook, limits)
    if site:
        routes.append(_pages(site, services))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders, responses=responses)],
        exception_handlers={HTTPException: tell_refusal, Exception: tell_failure},
    )
    app.router.redirect_slashes = False  # a redirect would lead to whatever host the request names
    return app


# What only pages need is imported with them: most assistants serve none, and all start with their health alone.


def _site(services: PageServices) -> Site:
    from handlers.web.pages.site import Site

    return Site(services)


def _pages(site: Site, services: WebServices) -> Mount:
    """Where the pages are. A room of pages adds its routes here when `services` has what it needs."""
    from handlers.web.console.spreadsheet_page import LARGEST_BODY, SPREADSHEET
    from handlers.web.pages.guard import Guard

    routes: list[BaseRoute] = [site.assets.route()]
    if services.chat:
        from handlers.web.chat.chat_page import ChatPage
        from handlers.web.chat.visitor import RateLimits

        routes += ChatPage(site, services.chat, RateLimits()).routes()
    if services.console:
        from handlers.web.console.console_routes import console_routes

        routes += console_routes(site, services.console, services)
    hosts = [site.services.public_host] if site.services.public_host else []
    guard = Middleware(Guard, hosts=hosts, is_local=site.services.is_local, larger={SPREADSHEET: LARGEST_BODY})
    return Mount("/", routes=routes, middleware=[guard])


def failure(site: Site | None, request: Request, error: HTTPException) -> Response:
    """The response to a request that failed so: a page to people, a word to programs."""
    if site is None or "text/html" not in request.headers.get("Accept", ""):
        return PlainTextResponse(error.detail, error.status_code, error.headers)
    from bot.wording.web import page_sentences  # with the pages alone

    words = page_sentences(reader_language(request))
    said = words.failures.get(error.status_code, words.other_failure)
    home = "/console" if request.url.path.startswith("/console") else "/"
    response = site.render(request, "pages/failure.html", {"failure": said, "home": home}, error.status_code)
    response.headers.update(error.headers or {})
    return response


SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""A page that needs more than nothing sets its own, which then stands."""


class SecurityHeaders:
    """Adds the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp, responses: Counter[int]) -> None:
        self._app = app
        self._responses = responses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and its response back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._responses[message["status"]] += 1
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
