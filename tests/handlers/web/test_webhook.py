"""The webhook: only whoever knows the secret is heard, and 200 means that the update is stored."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from handlers.web.services import WebhookIntake, WebServices
from handlers.web.webhook import SECRET_HEADER, WEBHOOK_PATH, BodyLimits, webhook_address, webhook_prefix
from tests.handlers.web.small_web import (
    HEADERS,
    SECRET,
    UPDATE,
    Kept,
    connection,
    is_closed,
    request_head,
    served,
    served_webhook,
    status_of,
)

TYPE = {"Content-Type": "application/json"}
_LIMIT = BodyLimits().size


async def test_update_is_stored_as_it_came() -> None:
    kept = Kept()
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)
    assert (response.status_code, response.content, kept.bodies) == (200, b"", [UPDATE])


async def test_nothing_is_acknowledged_before_it_is_stored() -> None:
    kept = Kept()
    kept.open.clear()
    async with served_webhook(kept) as client:
        request = asyncio.create_task(client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS))
        await kept.begun.wait()
        assert await asyncio.wait([request], timeout=0.3) == (set(), {request})
        kept.open.set()
        assert (await request).status_code == 200


@pytest.mark.parametrize(
    "secret",
    [None, b"", b"wrong", SECRET[:-1].encode(), SECRET.encode() + b"x", SECRET.upper().encode(), b"x" * 10_000,
     "열쇠".encode(), b"\xff\xfe\x80"],
)  # fmt: skip
async def test_without_the_secret_nobody_is_heard(secret: bytes | None) -> None:
    kept = Kept()
    shown = {} if secret is None else {SECRET_HEADER.encode(): secret}
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=UPDATE, headers=httpx.Headers(shown | _bytes(TYPE)))
    assert (response.status_code, kept.bodies) == (403, [])
    assert SECRET not in response.text


async def test_wrong_secret_is_refused_before_the_body_is_there() -> None:
    async with served_webhook(Kept()) as client, connection(client) as (reader, writer):
        writer.write(request_head("Content-Length: 1000", secret="wrong"))  # noqa: S106  # a wrong one
        assert await status_of(reader) == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_other_methods_are_refused(method: str) -> None:
    kept = Kept()
    async with served_webhook(kept) as client:
        response = await client.request(method, WEBHOOK_PATH, headers=HEADERS)
    assert (response.status_code, response.headers["Allow"], kept.bodies) == (405, "POST", [])


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
async def test_other_types_are_refused(kind: str | None) -> None:
    kept = Kept()
    headers = {SECRET_HEADER: SECRET} | ({} if kind is None else {"Content-Type": kind})
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=UPDATE, headers=headers)
    assert (response.status_code, kept.bodies) == (415, [])


async def test_type_may_name_its_encoding() -> None:
    headers = HEADERS | {"Content-Type": "Application/JSON; charset=utf-8"}
    async with served_webhook(Kept()) as client:
        assert (await client.post(WEBHOOK_PATH, content=UPDATE, headers=headers)).status_code == 200


@pytest.mark.parametrize("body", [b'{"a": ' + b"[" * 1000 + b"]" * 1000 + b"}", b'{"a": ' + b"9" * 10_000 + b"}"])
async def test_an_object_that_is_too_much_for_python_is_passed_on(body: bytes) -> None:
    """Refused, it would be brought again for a day."""
    kept = Kept()
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=body, headers=HEADERS)
    assert (response.status_code, kept.bodies) == (200, [body])


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"update", b"\xff\xfe", b"[1]", b"12", b"null", b'{"a": 1} {', b"[" * 100_000],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
async def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    kept = Kept()
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=body, headers=HEADERS)
    assert (response.status_code, kept.bodies) == (400, [])


@pytest.mark.parametrize("body", [b"{}", b'{"a": "\\ud800"}', b'{"a": 1' + b"0" * 400 + b"}", '{"새것": 1}'.encode()])
async def test_any_json_object_is_left_to_whoever_handles_it(body: bytes) -> None:
    kept = Kept()
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=body, headers=HEADERS)
    assert (response.status_code, kept.bodies) == (200, [body])


@pytest.mark.parametrize(("size", "status"), [(_LIMIT, 200), (_LIMIT + 1, 413), (10_000_000, 413)])
async def test_body_may_be_as_large_as_the_limit(size: int, status: int) -> None:
    kept = Kept()
    body = b'{"a": "%s"}' % (b"x" * (size - 9))
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=body, headers=HEADERS)
    assert (len(body), response.status_code, len(kept.bodies)) == (size, status, int(status == 200))


async def test_body_without_a_length_is_counted_as_it_comes() -> None:
    kept = Kept()
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 10_000_000:
            sent += 50_000
            yield b" " * 50_000

    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=endless(), headers=HEADERS)
    assert (response.status_code, kept.bodies) == (413, [])


async def test_small_body_without_a_length_is_stored() -> None:
    kept = Kept()

    async def parts() -> AsyncIterator[bytes]:
        yield UPDATE[:10]
        yield UPDATE[10:]

    async with served_webhook(kept) as client:
        assert (await client.post(WEBHOOK_PATH, content=parts(), headers=HEADERS)).status_code == 200
    assert kept.bodies == [UPDATE]


async def test_body_that_drips_is_given_up() -> None:
    kept = Kept()
    async with served_webhook(kept, BodyLimits(seconds=0.3)) as client, connection(client) as (reader, writer):
        writer.write(request_head("Content-Length: 1000"))
        dripping = asyncio.create_task(_drip(writer))
        assert await status_of(reader) == 408
        assert await is_closed(reader)
        dripping.cancel()
    assert kept.bodies == []


async def test_sender_that_leaves_in_the_middle_leaves_nothing(caplog: pytest.LogCaptureFixture) -> None:
    kept = Kept()
    async with served_webhook(kept) as client:
        async with connection(client) as (_, writer):
            writer.write(request_head(f"Content-Length: {len(UPDATE)}") + UPDATE[:10])
            await writer.drain()
        assert (await client.post(WEBHOOK_PATH, content=b"{}", headers=HEADERS)).status_code == 200
    assert kept.bodies == [b"{}"]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_hundred_at_once_are_all_stored() -> None:
    kept = Kept()
    bodies = [b'{"update_id": %d}' % number for number in range(100)]
    async with served_webhook(kept) as client:
        posts = [client.post(WEBHOOK_PATH, content=body, headers=HEADERS) for body in bodies]
        statuses = {response.status_code for response in await asyncio.gather(*posts)}
    assert (statuses, sorted(kept.bodies)) == ({200}, sorted(bodies))


async def test_slow_senders_delay_nobody() -> None:
    kept = Kept()
    begun = asyncio.Barrier(101)
    async with served_webhook(kept) as client, asyncio.TaskGroup() as group:
        slow = [group.create_task(_hold(client, begun)) for _ in range(100)]
        await begun.wait()
        response = await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)
        for each in slow:
            each.cancel()
    assert (response.status_code, kept.bodies) == (200, [UPDATE])


async def test_what_cannot_be_stored_stays_with_telegram(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    kept = Kept()
    kept.fail()
    async with served_webhook(kept) as client:
        refused = [await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS) for _ in range(3)]
        kept.error = None
        stored = await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)
    assert [(each.status_code, each.headers["Retry-After"]) for each in refused] == [(503, "2")] * 3
    assert (stored.status_code, kept.bodies) == (200, [UPDATE])
    told = [record.message for record in caplog.records if record.name == "handlers.web.webhook"]
    assert told == [
        "The webhook cannot store updates, Telegram keeps them: the disk is full; free some space",
        "The webhook stores updates again",
    ]


async def test_defect_is_never_an_acknowledgement(caplog: pytest.LogCaptureFixture) -> None:
    kept = Kept()
    kept.error = ValueError("a defect")
    async with served_webhook(kept) as client:
        response = await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)
        kept.error = None
        assert (await client.post(WEBHOOK_PATH, content=UPDATE, headers=HEADERS)).status_code == 200
    assert (response.status_code, response.text) == (500, "Internal Server Error")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "a defect" in caplog.text
    assert "예산" not in caplog.text


@pytest.mark.parametrize("path", ["/city/telegram/webhook", "/telegram/webhook"])
async def test_server_in_front_may_leave_the_prefix(path: str) -> None:
    kept = Kept()
    async with served(WebServices(WebhookIntake(kept.receive, SECRET, prefix="/city"))) as client:
        assert (await client.post(path, content=UPDATE, headers=HEADERS)).status_code == 200
        assert (await client.post(f"/town{path}", content=UPDATE, headers=HEADERS)).status_code == 404


@pytest.mark.parametrize("path", [WEBHOOK_PATH, "/", "/docs", "/openapi.json"])
async def test_without_a_webhook_nothing_can_be_brought(path: str) -> None:
    async with served(WebServices()) as client:
        assert (await client.post(path, content=UPDATE, headers=HEADERS)).status_code == 404


@pytest.mark.parametrize(
    ("public", "address", "prefix"),
    [
        ("https://example.org", "https://example.org/telegram/webhook", ""),
        ("https://example.org:8443/city/", "https://example.org:8443/city/telegram/webhook", "/city"),
    ],
)
def test_webhook_is_under_the_public_address(public: str, address: str, prefix: str) -> None:
    assert (webhook_address(public), webhook_prefix(public)) == (address, prefix)


def _bytes(headers: dict[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in headers.items()}


async def _drip(writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b" ")
        await asyncio.sleep(0.02)


async def _hold(client: httpx.AsyncClient, begun: asyncio.Barrier) -> None:
    async with connection(client) as (_, writer):
        writer.write(request_head("Content-Length: 1000"))
        await begun.wait()
        await _drip(writer)
