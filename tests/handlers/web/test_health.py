"""Health: alive is not the same as ready, what fails while checking counts as not ready, and it is asked for once."""

import asyncio
from collections.abc import Mapping

import pytest

from handlers.web import health
from handlers.web.health import Shared
from handlers.web.services import Check, WebServices
from tests.handlers.web.small_web import served


class Checks:
    """The checks that a test sets, and how often they were asked for."""

    def __init__(self, **checks: Check) -> None:
        self.checks = checks
        self.asked = 0
        self.error: Exception | None = None

    async def ask(self) -> Mapping[str, Check]:
        self.asked += 1
        if self.error:
            raise self.error
        return self.checks


async def test_process_that_answers_is_alive() -> None:
    async with served(WebServices()) as client:
        response = await client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")


async def test_all_well_is_ready() -> None:
    checks = Checks(database=Check(ok=True), updates=Check(ok=True, detail="asked 2 seconds ago"))
    async with served(WebServices(readiness=checks.ask)) as client:
        response = await client.get("/readyz")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert response.json() == {
        "ready": True,
        "checks": {"database": {"ok": True, "detail": ""}, "updates": {"ok": True, "detail": "asked 2 seconds ago"}},
    }


async def test_one_failed_check_is_not_ready() -> None:
    checks = Checks(database=Check(ok=False, detail="cannot be used"), knowledge=Check(ok=True))
    async with served(WebServices(readiness=checks.ask)) as client:
        response = await client.get("/readyz")
        assert (await client.get("/healthz")).status_code == 200
    assert (response.status_code, response.json()["ready"]) == (503, False)
    assert response.json()["checks"]["database"] == {"ok": False, "detail": "cannot be used"}


async def test_check_that_raises_is_not_ready(caplog: pytest.LogCaptureFixture) -> None:
    checks = Checks()
    checks.error = RuntimeError("postgresql://city:hunter2@database")
    async with served(WebServices(readiness=checks.ask)) as client:
        response = await client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["checking"]["ok"]) == (503, False)
    assert "hunter2" not in response.text
    assert "could not be checked" in caplog.text


async def test_check_that_hangs_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_CHECKING_SECONDS", 0.2)

    async def hang() -> Mapping[str, Check]:
        await asyncio.Event().wait()
        return {}

    async with served(WebServices(readiness=hang)) as client:
        response = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"checking": {"ok": False, "detail": "no answer within 0.2 seconds"}}


async def test_many_who_ask_at_once_cost_one_check() -> None:
    checks = Checks(database=Check(ok=True))
    async with served(WebServices(readiness=checks.ask)) as client:
        statuses = [each.status_code for each in await asyncio.gather(*(client.get("/readyz") for _ in range(20)))]
    assert statuses == [200] * 20
    assert checks.asked < 20


async def test_readiness_comes_back() -> None:
    checks = Checks(database=Check(ok=False))
    async with served(WebServices(readiness=checks.ask)) as client:
        assert (await client.get("/readyz")).status_code == 503
        checks.checks = {"database": Check(ok=True)}
        await asyncio.sleep(1.1)  # what was known for a second no longer counts
        assert (await client.get("/readyz")).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_head_is_answered_without_a_body(path: str) -> None:
    async with served(WebServices()) as client:
        response = await client.head(path)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_nothing_can_be_posted(path: str) -> None:
    async with served(WebServices()) as client:
        assert (await client.post(path, content=b"{}")).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nowhere"])
async def test_every_response_guards_browsers_and_names_no_server(path: str) -> None:
    async with served(WebServices()) as client:
        headers = (await client.get(path)).headers
    assert "server" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/", "/metrics/", "/nowhere/"])
async def test_nobody_is_sent_to_the_host_that_a_request_names(path: str) -> None:
    async with served(WebServices()) as client:
        response = await client.get(path, headers={"Host": "elsewhere.example"})
    assert (response.status_code, "location" in response.headers) == (404, False)


class Source:
    """Something that is asked for, and counts how often."""

    def __init__(self) -> None:
        self.asked = 0

    async def ask(self) -> int:
        self.asked += 1
        await asyncio.sleep(0)
        return self.asked


async def test_all_who_ask_at_once_get_the_same() -> None:
    shared = Shared(Source().ask, seconds=60)
    assert await asyncio.gather(*(shared.get() for _ in range(10))) == [1] * 10


async def test_what_is_known_too_long_is_asked_for_again() -> None:
    shared = Shared(Source().ask, seconds=0)
    assert [await shared.get(), await shared.get()] == [1, 2]


async def test_who_leaves_while_it_is_asked_for_takes_nothing_along() -> None:
    source = Source()
    shared = Shared(source.ask, seconds=60)
    first = asyncio.create_task(shared.get())
    await asyncio.sleep(0)
    first.cancel()
    assert await shared.get() == 2
