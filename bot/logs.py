"""Sets the log up: one line an event on the standard error output, as text for people or JSON for machines.

Nothing that a citizen wrote is ever logged; tracebacks therefore show no values of variables. Whoever logs never waits:
a thread writes, so that a standard error output that nobody reads stops no one. What repeats is told once a minute.
"""

import json
import logging
import os
import re
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Literal

# httpx logs addresses, and Telegram's hold the token; alembic tells of every start.
_TOO_TALKATIVE = ("httpx", "httpcore", "alembic", "watchfiles")
_STANDARD_ERROR = 2
_MOST_LINES = 10_000
"""That wait to be written; what comes beyond is counted and left out."""
_LAST_SECONDS = 1.0
"""How long the end of the program waits for the last lines to be written."""
_KINDS_REMEMBERED = 1000
_PARTICULARS = re.compile(r"0x[0-9a-f]+|[0-9]+")
NEWS: Mapping[str, bool] = {"is_news": True}
"""The `extra` of what is told each time, such as that an edit is served: the second of two is not the first again."""

LogFormat = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]


def set_up_logs(log_format: LogFormat | None = None, level: LogLevel = "info") -> None:
    """Sends every logger's events to the standard error output; without a format, text on a terminal, else JSON."""
    chosen = log_format or ("text" if sys.stderr.isatty() else "json")
    number = logging.getLevelNamesMapping()[level.upper()]
    handler = LogLines(0.0 if level == "debug" else 60.0)
    handler.setFormatter(_text_formatter() if chosen == "text" else JsonFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(number)
    handler.setLevel(number)  # a library may set its own loggers lower
    logging.captureWarnings(capture=True)
    for library in _TOO_TALKATIVE:
        logging.getLogger(library).setLevel(max(number, logging.WARNING))
    _told_to_children.update(LOG_FORMAT=chosen, LOG_LEVEL=level)


_told_to_children: dict[str, str] = {}


def of_this_process() -> Mapping[str, str]:
    """The settings of the log, for the environment of a child process; empty before they are known."""
    return _told_to_children


def set_up_logs_of_child(environment: Mapping[str, str]) -> None:
    """Sets the log up as that of the process which started this one, given in the environment."""
    chosen: dict[str, LogFormat] = {"text": "text", "json": "json"}
    levels: dict[str, LogLevel] = {"debug": "debug", "info": "info", "warning": "warning", "error": "error"}
    set_up_logs(chosen.get(environment.get("LOG_FORMAT", "")), levels.get(environment.get("LOG_LEVEL", ""), "info"))


class JsonFormatter(logging.Formatter):
    """One object a line, as structlog makes it, which takes 60 ms of each start to import."""

    def format(self, record: logging.LogRecord) -> str:
        """The record in JSON, with the traceback of an error."""
        line = {
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _text_formatter() -> logging.Formatter:
    import structlog

    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    plain = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
    processors: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        plain,
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=processors)


class LogLines(logging.Handler):
    """Has lines written by a thread of its own; what repeats within so many `seconds` is counted, 0 for never."""

    def __init__(self, seconds: float, descriptor: int = _STANDARD_ERROR, most: int = _MOST_LINES) -> None:
        super().__init__()
        self.left_out = 0
        self._seconds = seconds
        self._descriptor = descriptor
        self._repetition = Repetition(seconds)
        self._lines: Queue[str] = Queue(most)
        Thread(target=self._write_all, name="log", daemon=True).start()

    def emit(self, record: logging.LogRecord) -> None:
        """Takes the record over, unless it is only to be counted."""
        try:
            if not self._seconds or self._repetition.is_new(record):
                self._put(record)
        except Exception:  # noqa: BLE001  # as all handlers do
            self.handleError(record)

    def flush(self) -> None:
        """Waits until all lines are written, for a second at most."""
        for record in self._repetition.rest():
            self._put(record)
        end = time.monotonic() + _LAST_SECONDS
        while self._lines.unfinished_tasks and time.monotonic() < end:
            time.sleep(0.005)

    def _put(self, record: logging.LogRecord) -> None:
        try:
            self._lines.put_nowait(self.format(record) + "\n")
        except Full:
            self.left_out += 1

    def _write_all(self) -> None:
        while True:
            with suppress(Empty):
                line = self._lines.get(timeout=1.0)
                self._write(line.encode(errors="backslashreplace"))
                self._lines.task_done()
            for record in self._repetition.over():
                self._put(record)
            self._tell_left_out()

    def _tell_left_out(self) -> None:
        left_out, self.left_out = self.left_out, 0
        if left_out:
            text = f"{left_out} lines were left out of the log, as nobody read the standard error output"
            self._put(logging.LogRecord(__name__, logging.WARNING, "", 0, text, None, None))

    def _write(self, line: bytes) -> None:
        """Writes past Python's own buffer: a thread that stands in it would keep the program from ending."""
        while line:
            try:
                line = line[os.write(self._descriptor, line) :]
            except BlockingIOError:
                time.sleep(0.05)
            except OSError:  # closed; there is no other place to tell it
                return


@dataclass(slots=True)
class _Kind:
    """Of records that are alike: when one was told, how many came since, and the last of them."""

    told_at: float
    last: logging.LogRecord
    more: int = 0


class Repetition:
    """Counts records that differ in nothing but numbers from one that was told less than `seconds` ago."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kinds: OrderedDict[tuple[str, int, str, object], _Kind] = OrderedDict()
        self._lock = Lock()

    def is_new(self, record: logging.LogRecord) -> bool:
        """Whether the record is to be told; else it is counted."""
        if getattr(record, "is_news", False):
            return True
        raised = record.exc_info[0] if record.exc_info else None
        key = (record.name, record.levelno, _PARTICULARS.sub("#", record.getMessage()), raised)
        with self._lock:
            known = self._kinds.get(key)
            if known:
                known.more += 1
                known.last = record
                return False
            self._kinds[key] = _Kind(self._clock(), record)
            if len(self._kinds) > _KINDS_REMEMBERED:
                self._kinds.popitem(last=False)
            return True

    def over(self) -> Iterator[logging.LogRecord]:
        """What is to be told of the kinds whose time is over."""
        now = self._clock()
        with self._lock:
            kinds = [(key, kind) for key, kind in self._kinds.items() if now - kind.told_at >= self._seconds]
            for key, kind in kinds:
                if kind.more:
                    self._kinds[key] = _Kind(now, kind.last)
                else:
                    del self._kinds[key]
        return (_summary(kind) for _, kind in kinds if kind.more)

    def rest(self) -> Iterator[logging.LogRecord]:
        """What is to be told at the end."""
        with self._lock:
            kinds = list(self._kinds.values())
            self._kinds.clear()
        return (_summary(kind) for kind in kinds if kind.more)


def _summary(kind: _Kind) -> logging.LogRecord:
    last = kind.last
    text = f"{last.getMessage()} (the last of {kind.more} more like it)"
    return logging.LogRecord(last.name, last.levelno, last.pathname, last.lineno, text, None, None)
