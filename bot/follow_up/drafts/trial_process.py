"""Tries a draft in a process of its own: a matcher is built twice for it, which must not slow citizens' replies."""

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import AssistantError

_PATIENCE = 600.0
"""Seconds."""


class TrialFailedError(AssistantError):
    """The trial came to no end; the message says what was said against it."""


@dataclass(frozen=True, slots=True)
class TriedQuestion:
    """What citizens get for a question before and after: an outcome, and the entry's id where there is one."""

    question: str
    before: tuple[str, str | None]
    after: tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a draft changes: for its own questions, and for the earlier ones of staff, of which `asked` were asked."""

    own: tuple[TriedQuestion, ...]
    others: tuple[TriedQuestion, ...]
    asked: int


class TrialProcess:
    """Runs `command`, followed by the number of a draft, and reads what it writes: the trial as JSON.

    One trial runs at a time; whoever asks meanwhile waits.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._environment = environment
        self._one_at_a_time = asyncio.Lock()

    async def run(self, draft: int) -> Tried:
        """What the draft changes; raises TrialFailedError."""
        async with self._one_at_a_time:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                str(draft),
                env={**os.environ, **self._environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                written, said = await asyncio.wait_for(process.communicate(), _PATIENCE)
            except TimeoutError:
                raise TrialFailedError(f"the trial took longer than {_PATIENCE:.0f} seconds") from None
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode:
            raise TrialFailedError(said.decode(errors="replace").strip() or f"it ended with {process.returncode}")
        return _read(json.loads(written))


def _read(trial: Mapping[str, Any]) -> Tried:
    own, others = ([_question(each) for each in trial[name]] for name in ("questions", "differences"))
    return Tried(tuple(own), tuple(others), int(trial["asked"]))


def _question(each: Mapping[str, Any]) -> TriedQuestion:
    before, after = ((each[side]["outcome"], each[side]["entry_id"]) for side in ("before", "after"))
    return TriedQuestion(each["question"], before, after)
