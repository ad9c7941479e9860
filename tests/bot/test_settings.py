"""Settings come from the environment, are checked at the start, and are wrong in one plain line."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the developer's environment nor a `.env` file counts."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_everything_has_a_default() -> None:
    settings = Settings.read()
    assert settings.telegram_bot_token is None
    assert (settings.knowledge_dir, settings.retention_days) == (Path("knowledge"), 180)
    assert settings.database_url == "sqlite+aiosqlite:///data/assistant.db"


def test_environment_counts_before_the_file_and_what_is_given_before_both(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("RETENTION_DAYS=10\nTIMEZONE=UTC\nKNOWLEDGE_DIR=file\n", encoding="utf-8")
    monkeypatch.setenv("RETENTION_DAYS", "20")
    monkeypatch.setenv("KNOWLEDGE_DIR", "environment")
    settings = Settings.read(knowledge_dir=Path("given"), database_url=None)
    assert (settings.timezone, settings.retention_days, settings.knowledge_dir) == ("UTC", 20, Path("given"))


def test_empty_variables_count_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    monkeypatch.setenv("RETENTION_DAYS", "")
    assert (Settings.read().telegram_bot_token, Settings.read().retention_days) == (None, 180)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DATABASE_URL", "mysql://x", r"DATABASE_URL \('mysql://x'\) is wrong: write sqlite\+aiosqlite:///FILE or"),
        ("TELEGRAM_API_BASE_URL", "ftp://x", r"write an address that begins with https:// or http://"),
        ("TIMEZONE", "Mars/Olympus", r"TIMEZONE \('Mars/Olympus'\) is wrong: write a time zone such as Asia/Seoul"),
        ("TIMEZONE", "../etc", r"write a time zone"),
        ("RETENTION_DAYS", "0", r"RETENTION_DAYS \('0'\) is wrong: input should be greater than or equal to 1"),
        (
            "CONVERSATION_MINUTES",
            "31",
            r"CONVERSATION_MINUTES \('31'\) is wrong: input should be less than or equal to 30",
        ),
        ("RETENTION_DAYS", "soon", r"RETENTION_DAYS \('soon'\) is wrong"),
        ("LOG_FORMAT", "xml", r"LOG_FORMAT \('xml'\) is wrong: input should be 'text' or 'json'"),
        ("WRONG_ANSWERS_ACCEPTED", "1", r"WRONG_ANSWERS_ACCEPTED \('1'\) is wrong"),
    ],
)
def test_wrong_setting_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=message):
        Settings.read()


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "soon")
    monkeypatch.setenv("TIMEZONE", "Mars")
    with pytest.raises(SettingsError, match=r"RETENTION_DAYS.*; .*TIMEZONE"):
        Settings.read()


def test_token_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    assert "secret" not in repr(Settings.read())
