"""Starts the server that forks the matcher's children.

A program that needs it soon does so first of all, before its own imports; therefore hardly anything is imported here.
"""

import os
import subprocess
import sys
from pathlib import Path
from socket import socket, socketpair

_ROOT = Path(__file__).parents[2]
_USUAL_MODULES = ("knowledge.opening", "knowledge.matching.evidence_matcher", "bot.logs")

Started = tuple["subprocess.Popen[bytes]", socket]
"""The process, and the line to it."""


def start_process(*imported: str) -> Started:
    """Starts a server that imports these modules. Raises OSError when there can be none."""
    paths = filter(None, (str(_ROOT), os.environ.get("PYTHONPATH")))
    ours, theirs = socketpair()
    with theirs:
        try:
            process = subprocess.Popen(  # noqa: S603  # our own program, under names from this module
                # -P: a file of the working folder must never stand in for a module of the program.
                [sys.executable, "-P", "-m", "bot.matcher_process.worker", *imported],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
                # In a session of its own, Ctrl-C on the terminal does not reach it: whoever started it ends it.
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
    return process, ours


def start_ahead() -> None:
    """Starts a server that imports what the usual opening needs, at the first moment of a program that needs it soon.

    Raises OSError when there can be no process.
    """
    _ahead.append(start_process(*_USUAL_MODULES))


_ahead: list[Started] = []


def started_ahead() -> Started | None:
    """One that was started ahead and is not taken yet; None where there is none."""
    return _ahead.pop() if _ahead else None
