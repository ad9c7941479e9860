"""The Bot API over HTTP."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.bot_api.arguments import Arguments, from_json
from tests.bot_api.control import Control
from tests.bot_api.faults import Fault
from tests.bot_api.journal import Call
from tests.bot_api.refusals import Refusal, not_found
from tests.bot_api.service import TOKEN, BotApi

_PAGES = {
    "500": (500, "Internal Server Error"),
    "502": (502, "<html><head><title>502 Bad Gateway</title></head></html>"),
    "503": (503, "Service Unavailable"),
}
_LARGEST_BODY = 64 << 20


@asynccontextmanager
async def served(api: BotApi, port: int = 0) -> AsyncIterator[str]:
    """Serves while the block lasts, on a free port by default; gives the address without a path."""
    # The low-level server: routing and middlewares would cost more than the calls.
    runner = web.ServerRunner(web.Server(_Handler(api), access_log=None), shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await api.webhook.close()
        await runner.cleanup()


class _Handler:
    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._control = Control(api)

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        parts = request.path.split("/")
        if parts[1] == "control":
            return await self._control.answer(parts[-1], json.loads(await request.read() or b"{}"))
        if parts[1] != f"bot{TOKEN}" or len(parts) != 3:
            return _refused(Refusal(401, "Unauthorized") if parts[1].startswith("bot") else not_found())
        self._api.in_flight += parts[2] != "getUpdates"
        try:
            return await self._called(request, parts[2])
        finally:
            self._api.in_flight -= parts[2] != "getUpdates"

    async def _called(self, request: web.BaseRequest, method: str) -> web.StreamResponse:
        api, arguments = self._api, await _arguments(request)
        call = Call(method, arguments.number("chat_id"), time.time())
        if method == "getUpdates":
            api.polls.append(call.begun)
        else:
            api.calls.append(call)
        fault = api.faults.befalling(method, call.chat)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.hold)
        elif fault and not fault.after_effect:
            return await self._failed(request, fault, call)
        response = await self._made(request, call, arguments)
        await asyncio.sleep(api.settings.latency / 2 if method != "getUpdates" else 0)
        if fault and fault.after_effect:
            return await self._failed(request, fault, call)
        return response

    async def _made(self, request: web.BaseRequest, call: Call, arguments: Arguments) -> web.Response:
        try:
            if call.method == "getUpdates":
                result = await self._api.call("getUpdates", arguments, lambda: _alive(request))
            else:
                result = await self._api.recorded(call, arguments)
        except Refusal as refusal:
            return _refused(refusal)
        return _json({"ok": True, "result": result}, 200)

    async def _failed(self, request: web.BaseRequest, fault: Fault, call: Call) -> web.StreamResponse:
        """Plays the fault instead of the answer."""
        call.lost = True
        if not fault.after_effect:
            call.at, call.error, call.description = time.time(), -1, fault.kind
        if fault.kind == "429":
            call.error, call.retry_after = 429, self._api.faults.retry_after(fault)
            return _refused(Refusal(429, f"Too Many Requests: retry after {call.retry_after}", call.retry_after))
        if fault.kind in ("400", "401", "403"):
            call.error = int(fault.kind)
            return _refused(Refusal(call.error, "Unauthorized" if call.error == 401 else fault.description))
        if fault.kind in _PAGES:
            status, page = _PAGES[fault.kind]
            return web.Response(status=status, text=page, content_type="text/html")
        if fault.kind == "garbage":
            return web.Response(body=b'{"ok":true,"resu', content_type="application/json")
        if fault.kind == "timeout":
            await asyncio.sleep(fault.hold)
        _reset(request)
        return web.Response(status=500)


async def _arguments(request: web.BaseRequest) -> Arguments:
    if request.content_type == "application/x-www-form-urlencoded":
        return Arguments(dict(parse_qsl((await request.read()).decode(), keep_blank_values=True)))
    if request.content_type == "application/json":
        return from_json(json.loads(await request.read() or b"{}"))
    if not request.content_type.startswith("multipart/"):
        return Arguments(dict(request.query))
    values, files = {}, {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read(_LARGEST_BODY))
        else:
            values[name] = str(value)
    return Arguments(values, files)


def _json(body: Any, status: int) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


def _refused(refusal: Refusal) -> web.Response:
    response = _json(refusal.body(), refusal.code)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _alive(request: web.BaseRequest) -> bool:
    return request.transport is not None and not request.transport.is_closing()


def _reset(request: web.BaseRequest) -> None:
    """Ends the connection as a broken network does: with a reset, in the middle of the exchange."""
    if request.transport is None:
        return
    connection = request.transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
