import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.command_line.small_program import SmallRoot


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallRoot]:
    """A small program; neither the environment nor a `.env` file of the developer reaches it."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "KNOWLEDGE_DIR", "TIMEZONE", "LOG_FORMAT", "RETENTION_DAYS"):
        monkeypatch.delenv(name, raising=False)
    yield SmallRoot(folder)
    logging.disable(logging.NOTSET)  # some commands are silent but for their findings, and end with their process
