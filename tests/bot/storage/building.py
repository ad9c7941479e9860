"""What the tests of the storage are built from."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiosqlite

from bot.records.questions import Nearest, NewQuestion, QuestionState
from knowledge.finding import Outcome

if TYPE_CHECKING:  # processes that the tests start import this module too
    import pytest

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def a_question(
    origin: str = "telegram:1:1",
    text: str = "예산이 얼마예요?",
    state: QuestionState = QuestionState.OPEN,
    asked_at: datetime = NOON,
) -> NewQuestion:
    """A question that could not be answered."""
    outcome = Outcome.SUGGESTIONS if state is QuestionState.OFFERED else Outcome.FALLBACK
    return NewQuestion(origin, text, "ko", outcome, state, (Nearest("cluster-budget", 0.25),), asked_at)


def content(file: Path) -> bytes:
    """What is in the file."""
    return file.read_bytes()


def overwrite(file: Path, new: bytes) -> None:
    """Puts something else into the file."""
    file.write_bytes(new)


def permit(path: Path, mode: int) -> None:
    """Changes who may do what with the path."""
    path.chmod(mode)


def move(file: Path, name: str) -> Path:
    """Gives the file another name in its folder; the new path."""
    return file.rename(file.with_name(name))


def noted_passes(
    monkeypatch: "pytest.MonkeyPatch", connections: type[aiosqlite.Connection] = aiosqlite.Connection
) -> list[object]:
    """Every pass to the thread of such a connection from now on."""
    passes: list[object] = []
    execute: Any = connections._execute

    async def noted(self: aiosqlite.Connection, *given: object) -> object:
        passes.append(given)
        return await execute(self, *given)

    monkeypatch.setattr(connections, "_execute", noted)
    return passes
