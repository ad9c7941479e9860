"""Builds this door: which address is answered by whom."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount

from handlers.web.headers import SECURITY_HEADERS, SecurityHeaders
from handlers.web.health import health_routes
from handlers.web.metrics import metrics_route
from handlers.web.pages.failures import failure
from handlers.web.webhook import BodyLimits, webhook_routes

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

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
        from handlers.web.chat.rate_limits import RateLimits

        routes += ChatPage(site, services.chat, RateLimits()).routes()
    if services.console:
        from handlers.web.console.console_routes import console_routes

        routes += console_routes(site, services.console, services)
    hosts = [site.services.public_host] if site.services.public_host else []
    guard = Middleware(Guard, hosts=hosts, is_local=site.services.is_local, larger={SPREADSHEET: LARGEST_BODY})
    return Mount("/", routes=routes, middleware=[guard])
