"""Looks at an instance's `/readyz` all the time."""

import asyncio
import time
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

_EVERY_SECONDS = 0.2
_PATIENCE = ClientTimeout(total=6)


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen at a moment: whether it is ready, and of the parts that are not, what they say."""

    at: float
    is_ready: bool
    problems: str


class ReadinessWatch:
    """What was seen so far. An instance that does not answer is not ready."""

    def __init__(self, port: int) -> None:
        self.sights: list[Sight] = []
        self._address = f"http://127.0.0.1:{port}/readyz"

    async def run(self) -> None:
        """Looks until it is cancelled."""
        async with ClientSession(timeout=_PATIENCE) as session:
            while True:
                self.sights.append(await self._look(session))
                await asyncio.sleep(_EVERY_SECONDS)

    async def until_ready(self, seconds: float) -> None:
        """Waits until it is ready. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not (self.sights and self.sights[-1].is_ready):  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(_EVERY_SECONDS)

    def told_after(self, begin: float, end: float) -> float | None:
        """How many seconds after `begin` it first said that it is not ready; None where it did not before `end`."""
        return next((each.at - begin for each in self.sights if begin <= each.at <= end and not each.is_ready), None)

    def well_after(self, end: float) -> float | None:
        """How many seconds after `end` it said for good that it is ready; None where it does not yet."""
        after = [each for each in self.sights if each.at >= end]
        bad = [place for place, each in enumerate(after) if not each.is_ready]
        if not bad:
            return 0.0
        return after[bad[-1] + 1].at - end if bad[-1] + 1 < len(after) else None

    def problems(self, begin: float) -> set[str]:
        """What it said since then that is wrong."""
        return {each.problems for each in self.sights if each.at >= begin and not each.is_ready}

    async def _look(self, session: ClientSession) -> Sight:
        try:
            async with session.get(self._address) as answer:
                checks = (await answer.json())["checks"]
                wrong = "; ".join(f"{name}: {each['detail']}" for name, each in checks.items() if not each["ok"])
                return Sight(time.monotonic(), answer.status == 200, wrong)
        except (ClientError, TimeoutError, OSError, ValueError, KeyError) as error:
            return Sight(time.monotonic(), is_ready=False, problems=f"no answer ({type(error).__name__})")
