"""Serving: inside the running loop, on the address of the settings, until what was begun is done."""

import asyncio
import logging
import re
import signal
import socket

import httpx
import pytest
from starlette.types import ASGIApp

from handlers.web.application import build_web
from handlers.web.server import WebStartError, serve_web
from handlers.web.services import WebhookIntake, WebServices
from handlers.web.webhook import WEBHOOK_PATH
from tests.handlers.web.small_web import (
    HEADERS,
    SECRET,
    UPDATE,
    Kept,
    connection,
    is_closed,
    request_head,
    served_webhook,
)


def _app(kept: Kept | None = None) -> ASGIApp:
    return build_web(WebServices(WebhookIntake((kept or Kept()).receive, SECRET)))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])  # noqa: S104  # a test of all addresses
async def test_address_is_served_while_the_block_lasts(host: str) -> None:
    async with serve_web(_app(), host, 0) as address, httpx.AsyncClient(timeout=60) as client:
        assert (await client.get(f"{address}/healthz")).text == "ok"
        port = int(address.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_every_address_of_a_name_is_served() -> None:
    async with serve_web(_app(), "localhost", 0) as address, httpx.AsyncClient(timeout=60) as client:
        port = address.rpartition(":")[2]
        assert (await client.get(f"http://127.0.0.1:{port}/healthz")).text == "ok"


async def test_port_in_use_is_one_plain_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(WebStartError) as caught:
            async with serve_web(_app(), "127.0.0.1", port):
                pytest.fail("it served")
    said = f"another program already uses port {port} of 127.0.0.1; set HTTP_PORT to a free port, such as "
    assert re.fullmatch(re.escape(said) + r"\d+", str(caught.value))


@pytest.mark.parametrize("host", ["203.0.113.1", "no-such-host.invalid", "a..b", "::1::2", "2001:db8::1"])
async def test_host_that_is_not_this_machine_is_one_plain_line(host: str) -> None:
    with pytest.raises(
        WebStartError, match=r"^nothing can be served at .+, port 0 \([^\n]+\); check HTTP_HOST and HTTP_PORT$"
    ):
        async with serve_web(_app(), host, 0):
            pytest.fail("it served")


async def test_port_is_free_again_after_a_stop() -> None:
    async with serve_web(_app(), "127.0.0.1", 0) as address, httpx.AsyncClient(timeout=60) as client:
        await client.get(f"{address}/healthz")
    async with serve_web(_app(), "127.0.0.1", int(address.rpartition(":")[2])) as again:
        assert again == address


async def test_stop_waits_for_requests_that_were_begun() -> None:
    kept = Kept()
    kept.open.clear()
    async with httpx.AsyncClient(timeout=60) as client:
        async with serve_web(_app(kept), "127.0.0.1", 0) as address:
            request = asyncio.create_task(client.post(address + WEBHOOK_PATH, content=UPDATE, headers=HEADERS))
            await kept.begun.wait()
            asyncio.get_running_loop().call_later(0.3, kept.open.set)
        assert ((await request).status_code, kept.bodies) == (200, [UPDATE])


async def test_stop_breaks_off_what_takes_too_long(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("handlers.web.server._STOPPING_SECONDS", 1)
    kept = Kept()
    kept.open.clear()
    async with httpx.AsyncClient(timeout=60) as client:
        async with serve_web(_app(kept), "127.0.0.1", 0) as address:
            request = asyncio.create_task(client.post(address + WEBHOOK_PATH, content=UPDATE, headers=HEADERS))
            await kept.begun.wait()
        response = await request
    assert (response.status_code, response.headers["Retry-After"], kept.bodies) == (503, "2", [])
    assert "Traceback" not in caplog.text


async def test_stop_does_not_wait_for_senders_that_drip() -> None:
    async with served_webhook(Kept()) as client, connection(client) as (reader, writer):
        writer.write(request_head()[:40])
        await client.get("/healthz")
    assert await is_closed(reader)


async def test_cancelled_block_stops_serving() -> None:
    began = asyncio.Event()

    async def serve() -> None:
        async with serve_web(_app(), "127.0.0.1", 0):
            began.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(serve())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert {each for each in asyncio.all_tasks() if not each.done()} == {asyncio.current_task()}


async def test_signals_are_left_alone() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    async with serve_web(_app(), "127.0.0.1", 0):
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


async def test_log_tells_no_request(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with served_webhook(Kept()) as client:
        await client.post(f"{WEBHOOK_PATH}?who=010-1234-5678", content=UPDATE, headers=HEADERS)
    logged = [record for record in caplog.records if record.name.startswith(("uvicorn", "handlers", "starlette"))]
    assert [record.getMessage() for record in logged] == []
