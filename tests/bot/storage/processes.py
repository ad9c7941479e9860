"""Processes of their own, to be killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[3]


@contextmanager
def a_process(program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs the Python program, killed at the end of the context. Its output is read line by line."""
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line that the process prints; empty when it has ended."""
    assert process.stdout
    return process.stdout.readline().strip()
