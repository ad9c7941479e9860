"""The program as its user starts it: failures end in plain lines, and a stop leaves no traceback."""

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from knowledge.wording import report_words
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

ROOT = Path(__file__).parents[1]
TOKEN = "1:" + "a" * 35
PATIENCE = 180
"""Seconds: how long a start or a stop may take is a matter for tests/delivery, which a busy machine must not decide."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with a small knowledge base at the default place, and no settings."""
    write_folder(tmp_path / "knowledge", money=ENTRY)
    return tmp_path


_ONLY_WHEN_NEEDED = ("jinja2", "kiwipiepy", "numpy", "openpyxl", "rapidfuzz", "structlog", "yaml")


def _environment(**settings: str) -> dict[str, str]:
    inherited = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in inherited if name in os.environ} | {"HTTP_PORT": "0"} | settings


def _run(folder: Path, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=_environment(**settings), input=given, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


def _start(folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.Popen(
        command, cwd=folder, env=_environment(**settings), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_help_is_there_at_once(folder: Path) -> None:
    heavy = ("aiohttp", "aiosqlite", "alembic", "httpx", "pydantic", "sqlalchemy", "telegram", *_ONLY_WHEN_NEEDED)
    command = [sys.executable, "-X", "importtime", str(ROOT / "main.py"), "--help"]
    done = subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "typer" in imported
    assert imported.isdisjoint(heavy)


def test_without_a_token_the_pages_are_served_and_addresses_and_faults_told_in_the_terminals_language(
    folder: Path,
) -> None:
    with _start(folder, "run", HTTP_PORT="0", LANG="ko_KR.UTF-8", LOG_FORMAT="text") as process:
        assert process.stdout
        assert process.stderr
        addresses = ""
        while "console" not in addresses:
            addresses += process.stdout.readline()
        address = re.findall(r"http://127\.0\.0\.1:\d+", addresses)[0]
        page = httpx.get(address, headers={"Accept": "text/html"}, timeout=PATIENCE).text
        console = httpx.get(f"{address}/console", headers={"Accept": "text/html"}, timeout=PATIENCE).text
        write_folder(folder / "knowledge", money=ENTRY.replace("topic:", "topic："))
        told = ""
        while "\n" not in told.partition("money.yaml")[2]:
            told += process.stderr.readline()
        process.terminate()
        assert process.wait(timeout=PATIENCE) == 0
        assert "Traceback" not in told + process.stderr.read()
    assert "궁금한 것을 적어 주세요" in page
    assert "이 컴퓨터에서만 열리는" in page
    assert "할 일이 없습니다" in console
    assert "이 컴퓨터에서만 열리는" in console
    assert report_words("ko").not_served in told
    assert "전각" in told


def test_port_that_is_taken_is_one_plain_line_with_another_port(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = _run(folder, HTTP_PORT=str(port), LOG_LEVEL="error")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert f"port {port}" in line
    assert re.search(r"set HTTP_PORT to a free port, such as \d+$", line)


def test_without_a_token_nobody_else_is_let_in(folder: Path) -> None:
    result = _run(folder, HTTP_HOST="0.0.0.0")  # noqa: S104  # what is refused
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "leave HTTP_HOST at 127.0.0.1, or set the token" in line


def test_broken_knowledge_prints_every_fault(folder: Path) -> None:
    write_folder(folder / "knowledge", money=ENTRY + "  - {id: b}\n", more="topic: [\n")
    result = _run(folder, "run", TELEGRAM_BOT_TOKEN=TOKEN, LOG_FORMAT="text")
    assert result.returncode == 1
    faults = re.findall(r"^entries/\S+(?=: )", result.stderr, re.MULTILINE)
    assert faults == ["entries/money.yaml:4:5", "entries/more.yaml:1:8"]


@pytest.mark.parametrize("command", [["ask", "예산?"], ["check"]])
def test_missing_knowledge_folder_is_named(folder: Path, command: list[str]) -> None:
    result = _run(folder, *command, "--knowledge", "nowhere")
    assert result.returncode == 1
    assert "nowhere/entries:1:1: " in result.stderr + result.stdout
    assert "Traceback" not in result.stderr


def test_knowledge_folder_that_the_system_refuses_to_look_into_is_no_traceback(folder: Path) -> None:
    result = _run(folder, "check", "--knowledge", "a" * 300)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_wrong_setting_is_one_plain_line(folder: Path) -> None:
    result = _run(folder, "ask", "예산?", DATABASE_URL="mysql://x")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("the setting DATABASE_URL ('mysql://x') is wrong")


def test_unwritable_database_is_one_plain_line(folder: Path) -> None:
    (folder / "file").touch()
    url = f"sqlite+aiosqlite:///{folder}/file/test.db"
    for command in (["run"], ["ask", "--record", "예산?"], ["questions", "list"], ["chat"]):
        result = _run(folder, *command, TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=url)
        assert result.returncode == 1, command
        (line,) = result.stderr.splitlines()
        assert f"{folder}/file/test.db" in line


def test_lines_are_answered_at_once_and_ctrl_c_ends_quietly(folder: Path) -> None:
    with _start(folder, "ask", "--json", "-") as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write("예산이 얼마예요?\n")
        process.stdin.flush()
        assert "candidates" in json.loads(process.stdout.readline())  # while the input is still open
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 130
        assert process.stderr.read() == ""


def test_conversation_in_a_terminal(folder: Path) -> None:
    controller, terminal = pty.openpty()
    try:
        os.write(controller, "예산이 얼마예요?\n/끝\n".encode())
        command = [sys.executable, str(ROOT / "main.py"), "chat"]
        result = subprocess.run(
            command, cwd=folder, env=_environment(), stdin=terminal, capture_output=True, text=True, timeout=PATIENCE,
            check=False,
        )  # fmt: skip
    finally:
        os.close(controller)
        os.close(terminal)
    assert result.returncode == 0, result.stderr
    assert "궁금한 것을 평소 말투로" in result.stdout
    assert "4116억원입니다." in result.stdout


def test_prepare_makes_a_start_fast_and_changes_no_answer(folder: Path) -> None:
    assert _run(folder, "prepare").returncode == 0
    prepared = list((folder / "data" / "cache").iterdir())
    assert prepared
    assert all(file.stat().st_mode & 0o077 == 0 for file in prepared)
    result = _run(folder, "ask", "예산이 얼마예요?")
    assert result.stdout.startswith("4116억원입니다.")


def _imported_of(folder: Path, names: tuple[str, ...], imports: str) -> str:
    looking = f"import sys, {imports}; print(sorted(set({names}) & set(sys.modules)))"
    environment = _environment() | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", looking]
    seen = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=True)
    return seen.stdout.strip()


def test_the_assistant_starts_without_what_only_some_need_later(folder: Path) -> None:
    parts = (
        "main, bot.matcher_process.supervisor, bot.transcript.kept_chats, handlers.web.application, "
        "handlers.web.server, handlers.telegram.lifecycle, handlers.telegram.staff.background_jobs, "
        "handlers.telegram.staff.staff_handlers"
    )
    assert _imported_of(folder, _ONLY_WHEN_NEEDED, parts) == "[]"


def test_pages_are_there_before_what_only_workbooks_need(folder: Path) -> None:
    parts = "handlers.web.console.console_routes, handlers.web.chat.chat_page"
    assert _imported_of(folder, ("numpy", "openpyxl"), parts) == "[]"


def test_the_matchers_process_starts_without_the_loop(folder: Path) -> None:
    assert _imported_of(folder, ("asyncio", *_ONLY_WHEN_NEEDED), "bot.matcher_process.worker") == "[]"


def test_garbage_is_looked_for_as_soon_as_the_doors_open_and_not_among_what_was_imported(folder: Path) -> None:
    program = (
        "import asyncio, gc, main\n"
        "from bot.matcher_process.supervisor import Listener\n"
        "async def look():\n"
        "    async with main.LocalService(main.Root())._loading(Listener()):\n"
        "        print(gc.isenabled(), gc.get_freeze_count() > 10_000)\n"
        "gc.disable()\n"
        "asyncio.run(look())"
    )
    environment = _environment() | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    seen = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=True)
    assert seen.stdout.split() == ["True", "True"]
