"""Connections: nobody holds one for nothing, and nobody who behaves loses one."""

import asyncio

import pytest

from handlers.web.connections import GuardedProtocol
from handlers.web.webhook import WEBHOOK_PATH, BodyLimits
from tests.handlers.web.small_web import (
    HEADERS,
    UPDATE,
    Kept,
    connection,
    is_closed,
    request_head,
    served_webhook,
    status_of,
)


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuardedProtocol, "request_seconds", 0.3)


@pytest.mark.usefixtures("_short")
@pytest.mark.parametrize("begun", [b"", b"POST /telegram", request_head()[:-2]], ids=["nothing", "line", "head"])
async def test_request_without_an_end_is_closed(begun: bytes) -> None:
    async with served_webhook(Kept()) as client, connection(client) as (reader, writer):
        writer.write(begun)
        assert await is_closed(reader)


@pytest.mark.usefixtures("_short")
async def test_head_that_drips_is_closed() -> None:
    async with served_webhook(Kept()) as client, connection(client) as (reader, writer):
        writer.write(request_head()[:-2])
        dripping = asyncio.create_task(_drip(writer, b"X-More: x\r\n"))
        assert await is_closed(reader)
        dripping.cancel()


@pytest.mark.usefixtures("_short")
async def test_body_that_drips_after_a_refusal_is_closed() -> None:
    async with served_webhook(Kept()) as client, connection(client) as (reader, writer):
        writer.write(request_head("Content-Length: 1000000", secret="wrong"))  # noqa: S106  # a wrong one
        dripping = asyncio.create_task(_drip(writer, b" "))
        assert await status_of(reader) == 403
        assert await is_closed(reader)
        dripping.cancel()


@pytest.mark.usefixtures("_short")
async def test_request_that_came_whole_may_take_longer_to_answer() -> None:
    kept = Kept()
    kept.open.clear()
    async with served_webhook(kept) as client:
        asyncio.get_running_loop().call_later(1.0, kept.open.set)
        assert (await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)).status_code == 200


async def test_one_connection_brings_many_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuardedProtocol, "request_seconds", 2.0)
    kept = Kept()
    request = request_head("Content-Length: 2") + b"{}"
    async with served_webhook(kept) as client, connection(client) as (reader, writer):
        for _ in range(8):  # longer in all than one request may take
            writer.write(request)
            assert (await _whole_response(reader)).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.3)
    assert kept.bodies == [b"{}"] * 8


async def test_requests_may_be_sent_ahead() -> None:
    kept = Kept()
    request = request_head("Content-Length: 2") + b"{}"
    async with served_webhook(kept) as client, connection(client) as (reader, writer):
        writer.write(request * 3)
        for _ in range(3):
            assert (await _whole_response(reader)).startswith(b"HTTP/1.1 200")


async def test_connection_serves_on_after_a_body_that_was_too_large() -> None:
    kept = Kept()
    async with served_webhook(kept, BodyLimits(size=10)) as client, connection(client) as (reader, writer):
        writer.write(request_head("Content-Length: 100000") + b" " * 100_000)
        assert (await _whole_response(reader)).startswith(b"HTTP/1.1 413")
        writer.write(request_head("Content-Length: 2") + b"{}")
        assert (await _whole_response(reader)).startswith(b"HTTP/1.1 200")
    assert kept.bodies == [b"{}"]


async def test_one_too_many_ends_the_request_that_has_been_coming_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuardedProtocol, "most_connections", 2)
    async with served_webhook(Kept()) as client, connection(client) as (oldest, first):
        first.write(b"POST")
        async with connection(client) as (second, _), connection(client) as (reader, writer):
            assert await is_closed(oldest)
            writer.write(request_head("Content-Length: 2") + b"{}")
            assert await status_of(reader) == 200
            assert not second.at_eof()


async def test_request_that_is_being_done_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuardedProtocol, "most_connections", 1)
    kept = Kept()
    kept.open.clear()
    async with served_webhook(kept) as client:
        request = asyncio.create_task(client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS))
        await kept.begun.wait()
        async with connection(client) as (reader, _):
            assert await is_closed(reader)
        kept.open.set()
        assert (await request).status_code == 200


async def test_idle_connection_gives_its_place_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuardedProtocol, "most_connections", 2)
    async with served_webhook(Kept()) as client, connection(client) as (idle, used), connection(client) as (_, busy):
        busy.write(b"POST")
        used.write(request_head("Content-Length: 2") + b"{}")
        await _whole_response(idle)
        async with connection(client) as (reader, writer):
            writer.write(request_head("Content-Length: 2") + b"{}")
            assert await status_of(reader) == 200
            assert await is_closed(idle)


@pytest.mark.parametrize("nonsense", [b"\x16\x03\x01\x02\x00\x01\n\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n" * 50_000])
async def test_nonsense_is_refused_without_a_word_in_the_log(nonsense: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async with served_webhook(Kept()) as client:
        async with connection(client) as (reader, writer):
            writer.write(nonsense)
            writer.write_eof()
            assert await is_closed(reader)
        assert (await client.get("/healthz")).status_code == 200
    assert caplog.records == []


async def _whole_response(reader: asyncio.StreamReader) -> bytes:
    """The head and the body of one response."""
    async with asyncio.timeout(60):
        head = await reader.readuntil(b"\r\n\r\n")
        length = [line.split(b":")[1] for line in head.lower().splitlines() if line.startswith(b"content-length")]
        return head + await reader.readexactly(int(length[0]))


async def _drip(writer: asyncio.StreamWriter, drop: bytes) -> None:
    while not writer.is_closing():
        writer.write(drop)
        await asyncio.sleep(0.02)
