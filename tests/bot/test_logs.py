"""The log is one line an event, without values of variables and without addresses that hold the token."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot.logs import NEWS, LogLines, Repetition, set_up_logs


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    yield
    root.handlers, root.level = before


def _written(capfd: pytest.CaptureFixture[str]) -> str:
    logging.getLogger().handlers[0].flush()
    return capfd.readouterr().err


def _record(text: str, *arguments: object, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("rooms", level, "", 0, text, arguments, None)


def _fail_over(words: str) -> float:
    return len(words) / 0


def test_json_is_one_object_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    logging.getLogger("rooms").info("Update %d", 5)
    data = json.loads(_written(capfd))
    assert (data["event"], data["level"], data["logger"]) == ("Update 5", "info", "rooms")


def test_json_is_the_default_where_there_is_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    logging.getLogger("rooms").info("광주")
    assert "광주" in json.loads(_written(capfd))["event"]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_tracebacks_show_no_values(log_format: str, capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs(log_format)  # type: ignore[arg-type]
    try:
        _fail_over("citizen's " + "words")
    except ZeroDivisionError:
        logging.getLogger("rooms").exception("Could not do it")
    shown = _written(capfd)
    assert "ZeroDivisionError" in shown
    assert "citizen's words" not in shown


def test_lower_events_and_talkative_libraries_are_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text")
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot123:secret/getMe")
    logging.getLogger("rooms").debug("detail")
    assert _written(capfd) == ""


def test_what_repeats_is_told_once_a_minute_with_a_count() -> None:
    now = 0.0
    repetition = Repetition(60, lambda: now)
    told = [repetition.is_new(_record("Update %d waits: %s", number, "full")) for number in range(1000)]
    assert told == [True] + [False] * 999
    assert list(repetition.over()) == []
    now = 60.0
    (summary,) = repetition.over()
    assert summary.getMessage() == "Update 999 waits: full (the last of 999 more like it)"
    assert not repetition.is_new(_record("Update %d waits: %s", 1000, "full"))
    now = 120.0
    assert [record.getMessage() for record in repetition.over()] == [
        "Update 1000 waits: full (the last of 1 more like it)"
    ]
    now = 180.0
    assert list(repetition.over()) == []
    assert repetition.is_new(_record("Update %d waits: %s", 1001, "full"))


def test_what_differs_in_words_or_level_is_told() -> None:
    repetition = Repetition(60)
    records = [_record("full"), _record("away"), _record("full", level=logging.ERROR)]
    assert all(map(repetition.is_new, records))


def test_what_was_counted_is_told_at_the_end(capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    for number in range(3):
        logging.getLogger("rooms").warning("Call %d is given up", number)
    lines = [json.loads(line)["event"] for line in _written(capfd).splitlines()]
    assert lines == ["Call 0 is given up", "Call 2 is given up (the last of 2 more like it)"]


def test_news_is_told_each_time(capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text")
    for _ in range(2):
        logging.getLogger("rooms").info("305 entries are served now", extra=NEWS)
    assert _written(capfd).count("305 entries are served now") == 2


def test_details_are_told_each_time(capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json", "debug")
    for number in range(3):
        logging.getLogger("rooms").debug("Call %d", number)
    assert len(_written(capfd).splitlines()) == 3


def test_who_logs_does_not_wait_for_a_reader() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):  # once nothing more fits into the pipe, the writing thread stands at its first line
        while True:
            os.write(writing, b"x" * 1000)
    os.set_blocking(writing, True)
    lines = LogLines(0.0, writing, most=10)
    for number in range(100):
        lines.emit(_record("%s %d", "x" * 5000, number))
    assert lines.left_out
    os.close(reading)  # lets the writing thread go on
    lines.flush()
    os.close(writing)


def test_a_program_ends_although_nobody_reads_its_log() -> None:
    program = (
        "import logging; from bot.logs import set_up_logs; set_up_logs('json')\n"
        "for number in range(5000): logging.warning('%s', 'x' * 90 + chr(97 + number % 26) * (number // 26))"
    )
    reading, writing = os.pipe()
    result = subprocess.run([sys.executable, "-c", program], stderr=writing, timeout=60, check=False)
    os.close(reading)
    os.close(writing)
    assert result.returncode == 0


def test_warnings_of_libraries_are_lines_of_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    logging.getLogger("py.warnings").warning("deprecated")
    assert json.loads(_written(capfd))["event"] == "deprecated"
