"""Tells whoever watches over the machine whether the process lives, and whether it can do its work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from handlers.web.services import Check

logger = logging.getLogger(__name__)

Value = TypeVar("Value")
_CHECKING_SECONDS = 4.0


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


class Shared(Generic[Value]):
    """A value that is asked for at most once in `seconds`; whoever comes meanwhile gets the same one.

    What is asked must end soon and raise nothing, as everybody waits for it.
    """

    def __init__(self, ask: Callable[[], Awaitable[Value]], seconds: float = 1.0) -> None:
        self._ask = ask
        self._seconds = seconds
        self._asking = asyncio.Lock()
        self._known: tuple[float, Value] | None = None

    async def get(self) -> Value:
        """The value, not older than `seconds`."""
        async with self._asking:
            clock = asyncio.get_running_loop().time
            if self._known is None or clock() - self._known[0] >= self._seconds:
                value = await self._ask()
                self._known = (clock(), value)
            return self._known[1]
