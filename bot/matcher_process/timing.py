"""How long things may take in the life of a child process."""

import time
from dataclasses import dataclass

_CALM = 60.0
"""After so many seconds without a crash, the next one is the first again."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, all of them.

    `patience`: how long a question waits for its answer, restarts and all. `longest_answer`: a child that works on one
    question for longer hangs, and is ended; `longest_work` is the same for what staff have tried out. `held_up`: after
    so long at one of them a child counts as away, for whoever can have others answered elsewhere. `behind`: how long a
    question over which a child ended stands back, so that the others are answered first. `pauses` come before
    the children that replace those that ended, as long as that goes on; the last one stays. `goodbye`: how long a child
    may take to end by itself. The folder is looked at when it changes, and every `look`; its files are loaded when they
    have not changed for `settled`.
    """

    patience: float = 60.0
    longest_answer: float = 5.0
    longest_work: float = 20.0
    held_up: float = 1.0
    behind: float = 1.0
    pauses: tuple[float, ...] = (0.0, 1.0, 2.0, 5.0, 10.0)
    goodbye: float = 0.5
    look: float = 1.0
    settled: float = 0.2


class Pauses:
    """The pauses before starting something anew that keeps failing."""

    def __init__(self, pauses: tuple[float, ...]) -> None:
        self._pauses = pauses
        self._failures = 0
        self._again_at = -_CALM
        """When it was started anew last."""

    def next(self) -> float:
        """How many seconds to wait after a failure that has just happened."""
        now = time.monotonic()
        self._failures = self._failures + 1 if now - self._again_at < _CALM else 0
        pause = self._pauses[min(self._failures, len(self._pauses) - 1)]
        self._again_at = now + pause
        return pause
