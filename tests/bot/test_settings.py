"""Settings come from the environment, are checked at the start, and are wrong in one plain line."""

import os
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
    assert (settings.webhook_url, settings.webhook_secret, settings.staff_chat_id) == (None, None, None)
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert (settings.approval_required, settings.cache_dir) == (False, Path("data/cache"))


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
        ("STAFF_CHAT_ID", "1001234567890", r"write the number of the staff group, which is below zero"),
        ("STAFF_CHAT_ID", "@staff", r"STAFF_CHAT_ID \('@staff'\) is wrong: input should be a valid integer"),
        ("APPROVAL_REQUIRED", "perhaps", r"APPROVAL_REQUIRED \('perhaps'\) is wrong: input should be a valid boolean"),
        ("HTTP_HOST", "http://0.0.0.0:80/", r"without http:// and port"),
        ("HTTP_PORT", "65536", r"HTTP_PORT \('65536'\) is wrong: input should be less than or equal to 65535"),
        ("CACHE_DIR", __file__, r"write the name of a folder, this is a file"),
    ],
)
def test_wrong_setting_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=message):
        Settings.read()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://assistant.example.org/", "https://assistant.example.org"),
        ("https://example.org:8443/city/", "https://example.org:8443/city"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_webhook_address_is_safe_or_on_this_machine(monkeypatch: pytest.MonkeyPatch, address: str, kept: str) -> None:
    monkeypatch.setenv("WEBHOOK_URL", address)
    assert Settings.read().webhook_url == kept


@pytest.mark.parametrize(
    "address",
    [
        "http://assistant.example.org",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "ftp://127.0.0.1",
        "assistant.example.org",
        "https://",
        "https://example.org:port",
        "https://[::1",
        "https://example.org?secret=1",
        "https://example.org#here",
        "https://exam ple.org",
        "https://user:password@example.org",
        "http://example.org\\@127.0.0.1",
    ],
)
def test_webhook_address_that_anybody_could_read_along_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", address)
    with pytest.raises(SettingsError, match=r"^the setting WEBHOOK_URL \('.*'\) is wrong: write "):
        Settings.read()


def test_webhook_secret_may_use_all_that_telegram_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", "aZ09_-" + "x" * 250)
    secret = Settings.read().webhook_secret
    assert secret is not None
    assert secret.get_secret_value() == "aZ09_-" + "x" * 250


@pytest.mark.parametrize("secret", ["x" * 257, "열쇠", "se cret", "secret\n", "secret!"])
def test_wrong_webhook_secret_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    with pytest.raises(SettingsError) as caught:
        Settings.read()
    assert str(caught.value) == "the setting WEBHOOK_SECRET is wrong: write 1 to 256 of the characters A-Z a-z 0-9 _ -"


@pytest.mark.parametrize("name", ["DATABASE_URL", "WEBHOOK_URL", "TELEGRAM_API_BASE_URL"])
@pytest.mark.parametrize("password", ["hunter2", "hunter/2", "hunter@2", "hunter\n2"])
def test_no_message_shows_a_password(monkeypatch: pytest.MonkeyPatch, name: str, password: str) -> None:
    monkeypatch.setenv(name, f"mysql://city:{password}@database/assistant")
    with pytest.raises(SettingsError, match=r"//\*\*\*@database/assistant") as caught:
        Settings.read()
    assert "hunter" not in str(caught.value)


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "soon")
    monkeypatch.setenv("TIMEZONE", "Mars")
    with pytest.raises(SettingsError, match=r"RETENTION_DAYS.*; .*TIMEZONE"):
        Settings.read()


def test_token_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    monkeypatch.setenv("WEBHOOK_SECRET", "another-secret")
    assert "secret'" not in repr(Settings.read())


def test_staff_group_has_a_number_below_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFF_CHAT_ID", "-1001234567890")
    assert Settings.read().staff_chat_id == -1001234567890


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PUBLIC_URL", "http://city.example", r"begins with https://"),
        ("PUBLIC_URL", "https://city.example/assistant", r"write the address alone"),
        ("PUBLIC_URL", "http://localhost:8080", r"write the address alone"),
        ("WEB_CHAT", "perhaps", r"WEB_CHAT \('perhaps'\) is wrong: input should be a valid boolean"),
        ("WEB_CHAT_FRAME_ANCESTORS", "*", r"write sites in the form"),
        ("WEB_CHAT_FRAME_ANCESTORS", "https://a.example; script-src *", r"write sites in the form"),
    ],
)
def test_wrong_setting_of_the_pages_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=message):
        Settings.read()


def test_chat_page_that_others_reach_needs_its_https_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TELEGRAM_BOT_TOKEN": "1:x", "WEB_CHAT": "on", "HTTP_HOST": "0.0.0.0"}.items():  # noqa: S104
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=r"^the setting PUBLIC_URL is missing: "):
        Settings.read()
    monkeypatch.setenv("PUBLIC_URL", "https://city.example/")
    settings = Settings.read()
    assert (settings.public_url, settings.public_host, settings.serves_chat) == (
        "https://city.example",
        "city.example",
        True,
    )


def test_chat_page_is_on_without_a_token_and_off_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.read().serves_chat
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:x")
    assert not Settings.read().serves_chat


def test_sites_that_embed_the_chat_page_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CHAT_FRAME_ANCESTORS", "https://www.city.example  https://*.city.example:8443")
    assert Settings.read().web_chat_frame_ancestors == "https://www.city.example https://*.city.example:8443"


def test_the_token_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("123456789:of-the-file\n", encoding="utf-8-sig")  # as some editors write
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / "token"))
    token = Settings.read().telegram_bot_token
    assert token
    assert token.get_secret_value() == "123456789:of-the-file"
    assert "of-the-file" not in Settings.read().shown()
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:of-the-environment")
    token = Settings.read().telegram_bot_token
    assert token
    assert token.get_secret_value() == "123456789:of-the-environment"


def test_a_file_without_a_token_that_can_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("nothing", "pipe"):
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / name))
        with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN_FILE"):
            Settings.read()


def test_a_pipe_in_the_place_of_the_file_of_settings_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(".env")
    with pytest.raises(SettingsError, match="is a pipe"):
        Settings.read()
