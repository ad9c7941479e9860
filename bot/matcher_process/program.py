"""The child's program, and how it is started: also ahead, before it is known what it is to load."""

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_USUAL_MODULES = ("knowledge.opening", "knowledge.matching.evidence_matcher", "bot.logs")

Program = subprocess.Popen[bytes]


def start_ahead() -> None:
    """Starts one that imports what the usual opening needs, at the first moment of a program that will need it soon.

    Raises OSError when there can be no process.
    """
    _ahead.append(_started(*_USUAL_MODULES))


_ahead: list[Program] = []


def started_program() -> Program:
    """The one that was started ahead, or another. Raises OSError when there can be none."""
    while _ahead:
        program = _ahead.pop()
        if program.poll() is None:
            return program
        with program:  # closes its pipes
            pass
    return _started()


def _started(*imported: str) -> Program:
    paths = filter(None, (str(_ROOT), os.environ.get("PYTHONPATH")))
    return subprocess.Popen(  # noqa: S603  # our own program, under names from this module
        # -P: a file of the working folder must never stand in for a module of the program.
        [sys.executable, "-P", "-m", "bot.matcher_process.worker", *imported],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        # In a session of its own, Ctrl-C on the terminal does not reach it: whoever started it ends it.
        start_new_session=True,
    )
