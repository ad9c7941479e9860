"""Builds this door: which address is answered by whom."""

from collections import Counter

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from handlers.web.headers import SECURITY_HEADERS, SecurityHeaders
from handlers.web.health import health_routes
from handlers.web.metrics import metrics_route
from handlers.web.services import WebServices
from handlers.web.webhook import BodyLimits, webhook_routes

_LIMITS = BodyLimits()


def build_web(services: WebServices, limits: BodyLimits = _LIMITS) -> Starlette:
    """The web application over those services."""
    responses: Counter[int] = Counter()

    async def tell_failure(_: Request, __: Exception) -> Response:
        responses[500] += 1  # this response passes by the headers' counting
        return PlainTextResponse("Internal Server Error", 500, SECURITY_HEADERS)

    routes = [*health_routes(services.readiness), metrics_route(services, responses)]
    if services.webhook:
        routes += webhook_routes(services.webhook, limits)
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders, responses=responses)],
        exception_handlers={Exception: tell_failure},
    )
