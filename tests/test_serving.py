"""The whole program against a Bot API: it answers, records, keeps words out of the log, and stops in good order."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bot_api import BotApi
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

MAIN = Path(__file__).parents[1] / "main.py"
TOKEN = "1:" + "a" * 35


def _run(folder: Path, api: BotApi, stop: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Runs the program until it has replied to everything, then stops it."""
    settings = {"PATH": os.environ["PATH"], "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": api.base_url}
    with subprocess.Popen(
        [sys.executable, str(MAIN), "run"], cwd=folder, env=settings, stderr=subprocess.PIPE, text=True
    ) as process:
        answered = api.answered.wait(timeout=30)
        asked_to_stop = time.perf_counter()
        process.send_signal(stop)
        _, errors = process.communicate(timeout=15)
        assert answered, errors
        assert time.perf_counter() - asked_to_stop < 10
        return subprocess.CompletedProcess([], process.returncode, "", errors)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_questions_are_answered_until_it_is_told_to_stop(tmp_path: Path, stop: signal.Signals) -> None:
    write_folder(tmp_path / "knowledge", money=ENTRY)
    with BotApi("예산이 얼마예요?", "zzz 010-1234-5678") as api:
        result = _run(tmp_path, api, stop)
    assert result.returncode == 0
    texts = {json.loads(sent["reply_parameters"])["message_id"]: sent["text"] for sent in api.sent}
    assert "4116억원입니다." in texts[1]
    assert set(texts) == {1, 2}
    assert (tmp_path / "data/assistant.db").exists()
    assert "Traceback" not in result.stderr
    assert not any(word in result.stderr for word in ("예산", "zzz", "1234", TOKEN))


def test_log_is_json_where_there_is_no_terminal(tmp_path: Path) -> None:
    write_folder(tmp_path / "knowledge", money=ENTRY)
    with BotApi("예산이 얼마예요?") as api:
        events = [json.loads(line) for line in _run(tmp_path, api, signal.SIGTERM).stderr.splitlines()]
    assert any(event["event"].endswith("@hub_bot") for event in events)
