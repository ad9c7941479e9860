import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from handlers.telegram.outbox.client import AiohttpRequest, never_arrived

TOKEN = "123456:token-that-nobody-may-see"  # noqa: S105 - opens nothing
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """A Bot API on this machine that answers as the test wants."""

    def __init__(self) -> None:
        self.answer: Answer = _ok
        self.seen: list[dict[str, object]] = []
        self._app = web.Application()
        self._app.router.add_post("/{bot}/{method}", self._handle)
        self._runner = web.AppRunner(self._app, access_log=None)
        self.address = ""

    async def start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        arguments = await request.post()
        self.seen.append({name: _kept(value) for name, value in arguments.items()})
        return await self.answer(request)


def _kept(value: object) -> object:
    """The argument; of a file what there is to see, as it is closed after the request."""
    return (value.filename, value.content_type, value.file.read()) if isinstance(value, web.FileField) else value


async def _ok(_: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": True, "result": {"message_id": 5}})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def _send(request: AiohttpRequest | HTTPXRequest, address: str, **arguments: object) -> object:
    bot = Bot(TOKEN, f"{address}/bot", request=request, get_updates_request=request)
    async with request:
        return await bot.do_api_request("send_Message", {"chat_id": 7, **arguments})


async def _error(request: AiohttpRequest | HTTPXRequest, address: str) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await _send(request, address, text="x")
    return caught.value


async def test_what_was_not_sent_yet_is_not_sent_after_its_call_was_given_up() -> None:
    ends: asyncio.Queue[BaseException | None] = asyncio.Queue()

    async def takes_it_and_says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.wait([asyncio.ensure_future(reader.read())])
        ends.put_nowait(reader.exception())
        writer.close()

    async with await asyncio.start_server(takes_it_and_says_nothing, "127.0.0.1", 0) as silent:
        port = silent.sockets[0].getsockname()[1]
        error = await _error(AiohttpRequest(read_timeout=1), f"http://127.0.0.1:{port}")
        assert isinstance(error, TimedOut)
        assert isinstance(await ends.get(), ConnectionResetError), "the system would go on sending what it has"


async def test_carries_arguments_and_the_answer(server: Server) -> None:
    keyboard = {"inline_keyboard": [[{"text": "네", "callback_data": "1"}]]}
    result = await _send(AiohttpRequest(), server.address, text="안녕 & <b>?", reply_markup=keyboard)
    assert result == {"message_id": 5}
    assert server.seen == [{"chat_id": "7", "text": "안녕 & <b>?", "reply_markup": json.dumps(keyboard)}]


async def test_writes_what_the_librarys_own_client_writes(server: Server) -> None:
    arguments = {"text": "가나다 +%&=\n😀", "reply_parameters": {"message_id": 3}, "disable_notification": True}
    await _send(AiohttpRequest(), server.address, **arguments)
    await _send(HTTPXRequest(), server.address, **arguments)
    assert server.seen[0] == server.seen[1]


async def test_uploads_files(server: Server) -> None:
    picture = InputFile(b"\x89PNG", filename="statistics.png")
    await _send(AiohttpRequest(), server.address, photo=picture, caption="통계")
    [seen] = server.seen
    assert seen["photo"] == ("statistics.png", "image/png", b"\x89PNG")
    assert seen["caption"] == "통계"


async def test_an_answer_that_does_not_come_times_out_in_doubt(server: Server) -> None:
    server.answer = _never
    for request in (AiohttpRequest(read_timeout=0.1), HTTPXRequest(read_timeout=0.1)):
        error = await _error(request, server.address)
        assert isinstance(error, TimedOut)
        assert not never_arrived(error)


async def test_a_connection_that_is_cut_is_a_doubtful_network_error(server: Server) -> None:
    server.answer = _cut
    for request in (AiohttpRequest(), HTTPXRequest()):
        error = await _error(request, server.address)
        assert type(error) is NetworkError
        assert not never_arrived(error)


async def test_a_server_that_is_not_there_certainly_got_nothing(server: Server) -> None:
    await server.stop()
    error = await _error(AiohttpRequest(), server.address)
    assert isinstance(error, NetworkError)
    assert never_arrived(error)
    assert "Cannot connect to host 127.0.0.1" in error.message


async def test_waiting_in_vain_for_a_free_connection_certainly_had_no_effect(server: Server) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def hold(request: web.Request) -> web.StreamResponse:
        begun.set()
        await may_end.wait()
        return await _ok(request)

    server.answer = hold
    request = AiohttpRequest(1, read_timeout=60, connect_timeout=0.5, pool_timeout=0.5)
    bot = Bot(TOKEN, f"{server.address}/bot", request=request, get_updates_request=request)
    async with request:
        first = asyncio.create_task(bot.do_api_request("send_Message", {}))
        await begun.wait()
        with pytest.raises(TimedOut) as caught:
            await bot.do_api_request("send_Message", {})
        may_end.set()
        await first
    assert never_arrived(caught.value)


async def test_errors_of_telegram_are_the_librarys(server: Server) -> None:
    server.answer = _flooded
    assert isinstance(await _error(AiohttpRequest(), server.address), RetryAfter)


async def test_a_text_that_no_encoding_holds_is_refused_before_it_is_sent(server: Server) -> None:
    with pytest.raises(BadRequest, match=r"(?i)utf-8"):
        await _send(AiohttpRequest(), server.address, text="\ud800")
    assert server.seen == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"<html>"])
async def test_an_answer_that_is_none_is_an_error_and_not_logged(
    server: Server, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def garbage(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body)

    server.answer = garbage
    with caplog.at_level(logging.DEBUG):
        error = await _error(AiohttpRequest(), server.address)
    assert error.message == "Invalid server response"
    assert body.decode() not in [record.getMessage() for record in caplog.records]


async def test_the_token_is_in_no_error_and_no_log(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    errors = []
    with caplog.at_level(logging.DEBUG):
        for answer in (_cut, _never, _broken, _redirect):
            server.answer = answer
            errors.append(await _error(AiohttpRequest(read_timeout=0.1), server.address))
        errors.append(await _error(AiohttpRequest(), "http://not an address"))
        await server.stop()
        errors.append(await _error(AiohttpRequest(), server.address))
    # The library's own log names the address at this level, so the program keeps it above.
    assert not any(TOKEN in record.getMessage() for record in caplog.records if record.name != "telegram.Bot")
    for error in errors:
        assert TOKEN not in f"{error!r} {error.message}"
        assert error.__cause__ is None or TOKEN not in repr(error.__cause__)


async def test_a_redirect_is_not_followed(server: Server) -> None:
    server.answer = _redirect
    assert isinstance(await _error(AiohttpRequest(), server.address), NetworkError)
    assert len(server.seen) == 1


async def test_uses_the_proxy_of_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.address)
    assert await _send(AiohttpRequest(), "http://telegram.invalid", text="x") == {"message_id": 5}
    monkeypatch.setenv("no_proxy", "telegram.invalid")
    assert never_arrived(await _error(AiohttpRequest(connect_timeout=2), "http://telegram.invalid"))


async def test_a_proxy_of_a_kind_that_it_cannot_use_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://user:secret@127.0.0.1:1")
    error = await _error(AiohttpRequest(), server.address)
    assert never_arrived(error)
    assert "'socks5'" in error.message
    assert "secret" not in error.message


async def test_a_proxy_that_is_away_certainly_passed_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://user:secret@127.0.0.1:1")
    error = await _error(AiohttpRequest(), "http://telegram.invalid")
    assert never_arrived(error)
    assert "secret" not in error.message


async def test_can_be_opened_again_after_it_was_closed(server: Server) -> None:
    request = AiohttpRequest()
    await _send(request, server.address, text="1")
    await _send(request, server.address, text="2")
    assert len(server.seen) == 2


async def test_is_of_no_use_before_it_is_opened(server: Server) -> None:
    bot = Bot(TOKEN, f"{server.address}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    with pytest.raises(NetworkError, match="not initialized"):
        await bot.do_api_request("send_Message", {})


def test_timeouts_are_known() -> None:
    assert AiohttpRequest(read_timeout=3).read_timeout == 3


async def _never(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(1)
    return web.Response()


async def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.close()
    return web.Response()


async def _broken(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.write(b"HTTP/1.1 two hundred\r\n\r\n")
    request.transport.close()
    return web.Response()


async def _redirect(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(f"{request.path}/again")


async def _flooded(_: web.Request) -> web.StreamResponse:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3}}
    return web.json_response(body, status=429)
