"""Carries calls to Telegram with aiohttp, which takes less of the processor than the library's own client does.

Its errors are the library's, TimedOut and NetworkError; those of a request that certainly did not reach Telegram are
of a kind of their own. None of them names the address, because the token is in it.
"""

import socket
import struct
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    AddrInfoType,
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from handlers.telegram.json_document import read_json

_FORM = "application/x-www-form-urlencoded"
_UNSET = BaseRequest.DEFAULT_NONE
_DISCARDING = struct.pack("ii", 1, 0)
"""To linger, for no second."""


class NotConnectedError(NetworkError):
    """There was no connection, so the request certainly had no effect."""


class NotConnectedInTimeError(TimedOut):
    """The connection took too long, so the request certainly had no effect."""


def never_arrived(error: TelegramError) -> bool:
    """Whether the request certainly did not reach Telegram."""
    return isinstance(error, NotConnectedError | NotConnectedInTimeError)


class AiohttpRequest(BaseRequest):
    """Makes requests over a pool of connections. Timeouts are in seconds; None waits for ever.

    A proxy is taken from HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, unless NO_PROXY names the host.
    """

    def __init__(
        self,
        connections: int = 64,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
    ) -> None:
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._session: ClientSession | None = None
        self._proxies: dict[tuple[str, str], str | None] = {}

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take."""
        return self._read

    async def initialize(self) -> None:
        """Opens the pool; the connections follow when they are needed."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections, socket_factory=_discarding_socket),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Closes every connection; what is still under way ends with an error."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = _UNSET,
        write_timeout: Any = _UNSET,
        connect_timeout: Any = _UNSET,
        pool_timeout: Any = _UNSET,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer. Raises TimedOut and NetworkError."""
        if self._session is None:
            raise RuntimeError("this AiohttpRequest is not initialized; await initialize() first")
        files = bool(request_data and request_data.contains_files)
        timeout = _timeout(
            _chosen(pool_timeout, self._pool),
            _chosen(connect_timeout, self._connect),
            _chosen(write_timeout, self._media_write if files else self._write),
            _chosen(read_timeout, self._read),
        )
        body = _body(request_data)
        headers = {"Content-Type": _FORM} if isinstance(body, bytes) else None
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                proxy=self._proxy_for(url),
            ) as response:
                return response.status, await response.read()
        except (ClientError, TimeoutError, OSError) as error:
            # The error is not kept as the cause: in some of them the address stands, with the token.
            raise _explained(error) from None

    def _proxy_for(self, url: str) -> str | None:
        """Looked up once for each host: aiohttp would do it for every call, in a thread."""
        address = urlsplit(url)
        host = (address.scheme, address.netloc)
        if host not in self._proxies:
            self._proxies[host] = _proxy(address)
        return self._proxies[host]

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON. Raises TelegramError. The library's own would write citizens' words into the log."""
        try:
            parsed = read_json(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(parsed, dict):
            raise TelegramError("Invalid server response")
        return parsed


def _discarding_socket(address: AddrInfoType) -> socket.socket:
    """A socket that forgets when it is closed what could not be sent yet.

    Others go on trying, so that a call that was given up while the network was away, and made again, arrives too.
    """
    family, kind, protocol, *_ = address
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DISCARDING)
    return made


def _chosen(given: Any, own: float | None) -> float | None:
    """The timeout of this call, or the one that holds for every call."""
    return own if given is _UNSET else given


def _timeout(pool: float | None, connect: float | None, write: float | None, read: float | None) -> ClientTimeout:
    """The four timeouts as aiohttp knows them: it has none for writing, so the sum of all bounds the whole."""
    connected = None if pool is None or connect is None else pool + connect
    total = None if connected is None or write is None or read is None else connected + write + read
    return ClientTimeout(total, connect=connected, sock_read=read, sock_connect=connect)


def _body(request_data: RequestData | None) -> bytes | FormData | None:
    """The arguments as the library writes them too. Raises BadRequest for a text that no encoding holds."""
    if request_data is None:
        return None
    if request_data.contains_files:
        return _form(request_data)
    try:
        return urlencode(request_data.json_parameters).encode()
    except UnicodeEncodeError:
        raise BadRequest("Bad Request: strings must be encoded in UTF-8") from None


def _form(request_data: RequestData) -> FormData:
    form = FormData()
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _explained(error: Exception) -> TelegramError:
    """The library's error for one of aiohttp's, with the words of the system where they name no address."""
    name = f"aiohttp.{type(error).__name__}"
    if isinstance(error, ConnectionTimeoutError):
        return NotConnectedInTimeError()
    if isinstance(error, TimeoutError):
        return TimedOut()
    if isinstance(error, ClientConnectorError):
        return NotConnectedError(f"{name}: {error}")
    if isinstance(error, ClientHttpProxyError):
        return NotConnectedError(f"{name}: the proxy answered {error.status}")
    words = error.strerror if isinstance(error, OSError) else None
    return NetworkError(f"{name}: {words}" if words else name)


def _proxy(address: SplitResult) -> str | None:
    """The proxy that the environment names for the host, if any."""
    proxies = getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(address.netloc):
        return None
    if not proxy.startswith(("http://", "https://")):
        kind = proxy.split("://", 1)[0]
        raise NotConnectedError(
            f"the environment names a proxy of the kind {kind!r}; write one that begins with http://"
        )
    return proxy
