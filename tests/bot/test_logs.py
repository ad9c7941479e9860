"""The log is one line an event, without values of variables and without addresses that hold the token."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up_logs


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    yield
    root.handlers, root.level = before


def _fail_over(words: str) -> float:
    return len(words) / 0


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    logging.getLogger("rooms").info("Update %d", 5)
    data = json.loads(capsys.readouterr().err)
    assert (data["event"], data["level"], data["logger"]) == ("Update 5", "info", "rooms")


def test_json_is_the_default_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    logging.getLogger("rooms").info("광주")
    assert "광주" in json.loads(capsys.readouterr().err)["event"]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_tracebacks_show_no_values(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(log_format)  # type: ignore[arg-type]
    try:
        _fail_over("citizen's " + "words")
    except ZeroDivisionError:
        logging.getLogger("rooms").exception("Could not do it")
    shown = capsys.readouterr().err
    assert "ZeroDivisionError" in shown
    assert "citizen's words" not in shown


def test_lower_events_and_talkative_libraries_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text", logging.INFO)
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot123:secret/getMe")
    logging.getLogger("rooms").debug("detail")
    assert capsys.readouterr().err == ""
