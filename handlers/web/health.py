"""Tells whoever watches over the machine whether the process lives, and whether it can do its work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from handlers.web.services import Check
from handlers.web.sharing import Shared

_CHECKING_SECONDS = 4.0

logger = logging.getLogger(__name__)


def health_routes(readiness: Callable[[], Awaitable[Mapping[str, Check]]]) -> list[Route]:
    """`/healthz`: the process lives. `/readyz`: every check is well, else 503."""
    checks = Shared(lambda: _checked(readiness))

    async def tell_readiness(_: Request) -> Response:
        return _readiness(await checks.get())

    return [Route("/healthz", _tell_alive), Route("/readyz", tell_readiness)]


async def _tell_alive(_: Request) -> Response:
    return PlainTextResponse("ok")


def _readiness(checks: Mapping[str, Check]) -> Response:
    ready = all(check.ok for check in checks.values())
    shown = {name: {"ok": check.ok, "detail": check.detail} for name, check in checks.items()}
    return JSONResponse({"ready": ready, "checks": shown}, 200 if ready else 503)


async def _checked(readiness: Callable[[], Awaitable[Mapping[str, Check]]]) -> Mapping[str, Check]:
    """The checks; a check that hangs or fails is itself the answer."""
    try:
        async with asyncio.timeout(_CHECKING_SECONDS):
            return await readiness()
    except TimeoutError:
        return {"checking": Check(ok=False, detail=f"no answer within {_CHECKING_SECONDS:g} seconds")}
    except Exception:
        logger.exception("The readiness could not be checked")
        return {"checking": Check(ok=False, detail="failed; the log says why")}
