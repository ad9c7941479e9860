"""A Bot API server of one chat, on this machine: enough of Telegram for the whole program to run against."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

_BOT = {"id": 1, "is_bot": True, "first_name": "안내", "username": "hub_bot"}
_CITIZEN = {"id": 7, "is_bot": False, "first_name": "시민"}
_CHAT = {"id": 7, "type": "private", "first_name": "시민"}
_RESULTS: dict[str, Any] = {
    "getMe": _BOT,
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}


class BotApi:
    """The server; `asked` are given to the bot one after another, and what it sends is in `sent`."""

    def __init__(self, *asked: str) -> None:
        self.asked = asked
        self.sent: list[dict[str, str]] = []
        self.answered = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/bot"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def result(self, method: str, given: dict[str, str]) -> Any:
        """What Telegram would return."""
        if method == "getUpdates":
            return self._updates(int(given.get("offset", 0)))
        if method == "sendMessage":
            self.sent.append(given)
            if len(self.sent) >= len(self.asked):
                self.answered.set()
            return _message(1000 + len(self.sent), given["text"], _BOT)
        return _RESULTS.get(method, True)

    def _updates(self, offset: int) -> list[dict[str, Any]]:
        waiting = [
            {"update_id": number, "message": _message(number, text, _CITIZEN)}
            for number, text in enumerate(self.asked, start=1)
            if number >= offset
        ]
        if not waiting:
            time.sleep(0.2)
        return waiting


def _message(number: int, text: str, sender: dict[str, Any]) -> dict[str, Any]:
    return {"message_id": number, "date": 0, "chat": _CHAT, "from": sender, "text": text}


def _handler_of(api: BotApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            result = api.result(urlsplit(self.path).path.rsplit("/", 1)[-1], given)
            reply = json.dumps({"ok": True, "result": result}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler
