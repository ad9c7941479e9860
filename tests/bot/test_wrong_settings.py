"""Every setting, wrong in three ways: one line that names it, and nothing secret in it."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings

_WRONG = {
    "TELEGRAM_BOT_TOKEN_FILE": ("/nowhere/token", "/", "/dev/null"),
    "TELEGRAM_API_BASE_URL": ("HUNTER2", "ftp://h/bot", "http://u:HUNTER2@h/bot?x"),
    "DATABASE_URL": ("h", "mysql://u:HUNTER2@h/n", "postgres://u:HUNTER2@h/n?password=HUNTER2"),
    "CACHE_DIR": (__file__, "/etc/passwd", "/dev/null"),
    "JOURNAL_DIR": (__file__, "/etc/passwd", "/dev/null"),
    "STAFF_CHAT_ID": ("@staff", "1.5", "1001234567890"),
    "STAFF_LANGUAGE": ("de", "KO", "korean"),
    "APPROVAL_REQUIRED": ("perhaps", "2", "-"),
    "WEBHOOK_URL": ("example.org", "http://example.org", "https://u:HUNTER2@h"),
    "WEBHOOK_SECRET": ("HUNTER2 x", "HUNTER2-ü", "HUNTER2" * 40),
    "HTTP_HOST": ("http://0.0.0.0", "a b", "ü"),
    "HTTP_PORT": ("web", "-1", "65536"),
    "PUBLIC_URL": ("example.org", "http://example.org", "https://u:HUNTER2@h/path"),
    "WEB_CHAT": ("perhaps", "2", "-"),
    "WEB_CHAT_FRAME_ANCESTORS": ("example.org", "*; script-src *", "https://x/ path"),
    "RETENTION_DAYS": ("0", "3651", "long"),
    "CONVERSATION_MINUTES": ("0", "31", "long"),
    "TIMEZONE": ("Mars", "/etc/passwd", "../../etc/passwd"),
    "LOG_FORMAT": ("xml", "JSON", "json text"),
    "LOG_LEVEL": ("trace", "5", "all"),
    "WRONG_ANSWERS_ACCEPTED": ("few", "1.5", "nan"),
    "LEAST_USEFUL_SUGGESTION": ("low", "-0.1", "inf"),
}
_JUDGED_LATER = {"TELEGRAM_BOT_TOKEN", "KNOWLEDGE_DIR", "DIGEST_KEY_FILE"}
"""By whoever uses them: tests/test_start_faults.py, tests/bot/storage/test_digests.py."""


def test_no_setting_is_left_out() -> None:
    assert _WRONG.keys() | _JUDGED_LATER == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in _WRONG.items() for value in values])
def test_wrong_value_is_one_line_that_names_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)  # no .env
    for each in Settings.model_fields:
        monkeypatch.delenv(each.upper(), raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as wrong:
        Settings.read()
    (line,) = str(wrong.value).splitlines()
    assert f"the setting {name}" in line
    assert "HUNTER2" not in line.replace("('HUNTER2')", "")  # a value that is no address has no password
