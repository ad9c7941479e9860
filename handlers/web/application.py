"""Builds this door: which address is answered by whom."""

from collections import Counter
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from handlers.web.chat.chat_page import ChatPage
from handlers.web.chat.rate_limits import RateLimits
from handlers.web.console.console_routes import console_routes
from handlers.web.console.spreadsheet_page import LARGEST_BODY, SPREADSHEET
from handlers.web.headers import SECURITY_HEADERS, SecurityHeaders
from handlers.web.health import health_routes
from handlers.web.metrics import metrics_route
from handlers.web.pages.failures import failure
from handlers.web.pages.guard import Guard
from handlers.web.pages.site import Site
from handlers.web.services import WebServices
from handlers.web.webhook import BodyLimits, webhook_routes

_LIMITS = BodyLimits()


def build_web(services: WebServices, limits: BodyLimits = _LIMITS) -> Starlette:
    """The web application over those services."""
    responses: Counter[int] = Counter()
    site = Site(services.pages) if services.pages else None

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
        hosts = [site.services.public_host] if site.services.public_host else []
        guard = Middleware(Guard, hosts=hosts, is_local=site.services.is_local, larger={SPREADSHEET: LARGEST_BODY})
        routes.append(Mount("/", routes=_pages(site, services), middleware=[guard]))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders, responses=responses)],
        exception_handlers={HTTPException: tell_refusal, Exception: tell_failure},
    )
    app.router.redirect_slashes = False  # a redirect would lead to whatever host the request names
    return app


def _pages(site: Site, services: WebServices) -> Sequence[BaseRoute]:
    """Where the pages are. A room of pages adds its routes here when `services` has what it needs."""
    routes: list[BaseRoute] = [site.assets.route()]
    if services.chat:
        routes += ChatPage(site, services.chat, RateLimits()).routes()
    if services.console:
        routes += console_routes(site, services.console, services)
    return routes
