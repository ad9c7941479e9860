"""Whatever is wrong at the start: one plain line that says what to do, without secrets, and an exit code."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

_MAIN = Path(__file__).parent.parent / "main.py"
_TOKEN = "123456789:AAHsecretsecretsecretsecretsecretsecre"  # noqa: S105  # made up
_POSTGRESQL = "postgresql+asyncpg://"


def _run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HTTP_PORT": "0", **settings}
    return subprocess.run(
        [sys.executable, str(_MAIN), *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "settings", "says"),
    [
        ("run", {"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}, "up to /bot"),
        ("run", {"TELEGRAM_API_BASE_URL": f"http://127.0.0.1:9/bot{_TOKEN}"}, "without the token"),
        ("run", {"TELEGRAM_BOT_TOKEN": "HUNTER2 no token"}, "TELEGRAM_BOT_TOKEN"),
        ("run", {"WEBHOOK_URL": "https://u:HUNTER2@example.org/?a=HUNTER2"}, "WEBHOOK_URL"),
        ("list", {"DATABASE_URL": f"{_POSTGRESQL}u:HUNTER2@127.0.0.1:9/n?password=HUNTER2"}, "cannot be reached"),
    ],
)
def test_fault_is_one_line_without_secrets(tmp_path: Path, arguments: str, settings: dict[str, str], says: str) -> None:
    """Others of the database: tests/handlers/command_line/test_wrong_databases.py."""
    command = ["run"] if arguments == "run" else ["questions", "list"]
    given = {"TELEGRAM_BOT_TOKEN": _TOKEN} | settings if arguments == "run" else settings
    result = _run(tmp_path, *command, **given)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1), result.stderr
    assert says in result.stderr
    for secret in ("HUNTER2", "PW@", "AAHsecret"):
        assert secret not in result.stderr


def test_database_and_exports_are_their_owners_alone_and_two_revisions_are_one_line(tmp_path: Path) -> None:
    address, file, out = "sqlite+aiosqlite:///a.db", tmp_path / "a.db", tmp_path / "out.csv"
    assert _run(tmp_path, "database", "upgrade", DATABASE_URL=address).returncode == 0
    file.chmod(0o644)  # as others could read it
    result = _run(tmp_path, "questions", "export", "--format", "csv", "--output", "out.csv", DATABASE_URL=address)
    assert result.returncode == 0, result.stderr
    assert [stat.S_IMODE(each.stat().st_mode) for each in (file, out)] == [0o600, 0o600]
    with sqlite3.connect(file) as database:
        database.execute("INSERT INTO alembic_version VALUES ('0001')")
    result = _run(tmp_path, "database", "upgrade", DATABASE_URL=address)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert "alembic_version" in result.stderr


class _Strange(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = b'{"ok": true, "result": {"id": 1}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def strange_server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Strange) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/bot"
        server.shutdown()


def test_server_that_is_no_bot_api_is_one_line(tmp_path: Path, strange_server: str) -> None:
    result = _run(
        tmp_path, "run", TELEGRAM_BOT_TOKEN=_TOKEN, TELEGRAM_API_BASE_URL=strange_server,
        KNOWLEDGE_DIR=str(_MAIN.parent / "knowledge"), LOG_FORMAT="json",
    )  # fmt: skip
    lines = [line for line in result.stderr.splitlines() if not line.startswith("{")]
    assert (result.returncode, len(lines)) == (1, 1), result.stderr
    assert "TELEGRAM_API_BASE_URL" in lines[0]
    assert "AAHsecret" not in result.stderr
