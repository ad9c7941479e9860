"""What signals do to the running program."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

_MAIN = Path(__file__).parent.parent / "main.py"
_TOKEN = "123456789:AAHsecretsecretsecretsecretsecretsecre"  # noqa: S105  # made up
_PATIENCE = 120  # seconds, as the machine may be busy


@contextmanager
def _program(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The assistant, whose Telegram cannot be reached."""
    environment = {"PATH": os.environ["PATH"], "HTTP_PORT": "0", "TELEGRAM_BOT_TOKEN": _TOKEN, "LOG_LEVEL": "debug"}
    address = {"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9/bot"}
    knowledge = write_folder(folder / "knowledge", money=ENTRY)
    command = [sys.executable, str(_MAIN), "run", "--knowledge", str(knowledge)]
    with subprocess.Popen(command, cwd=folder, env=environment | address, stderr=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            program.kill()


def _wait_for(program: "subprocess.Popen[str]", words: str) -> str:
    """What the program says until it says the words."""
    assert program.stderr
    said = ""
    for line in program.stderr:
        said += line
        if words in line:
            return said
    raise AssertionError(words)


def test_other_signals_are_ignored_and_sigterm_ends_it_in_good_order_with_a_line(tmp_path: Path) -> None:
    with _program(tmp_path) as program:
        _wait_for(program, "trying again")
        for ignored in (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2):
            program.send_signal(ignored)
            _wait_for(program, "trying again")
            assert program.poll() is None
        program.terminate()
        said = _wait_for(program, "Stopped")
        assert program.wait(_PATIENCE) == 0
        assert program.stderr
        assert "Traceback" not in said + program.stderr.read()


def _wait_until_caught(process: int) -> None:
    """Returns once the process has a handler for SIGTERM, where the system tells."""
    status = Path(f"/proc/{process}/status")
    while status.exists():
        (caught,) = re.findall(r"^SigCgt:\s*(\w+)", status.read_text(encoding="ascii"), re.MULTILINE)
        if int(caught, 16) & 1 << (signal.SIGTERM - 1):
            return
        time.sleep(0.005)


@pytest.mark.parametrize(
    "seconds", [0.0, 0.2, 0.8, *(pytest.param(each, marks=pytest.mark.soak) for each in (0.1, 0.4))]
)
def test_sigterm_soon_after_the_start_is_no_error(tmp_path: Path, seconds: float) -> None:
    with _program(tmp_path) as program:
        _wait_until_caught(program.pid)  # before, it is Python that starts, not the program
        time.sleep(seconds)  # the moment is the case, nothing is measured
        program.terminate()
        assert program.wait(_PATIENCE) == 0
