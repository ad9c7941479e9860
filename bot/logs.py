"""Sets the log up: one line an event on the standard error output, as text for people or JSON for machines.

Nothing that a citizen wrote is ever logged; tracebacks therefore show no values of variables.
"""

import logging
import sys
from typing import Literal

import structlog

# httpx logs addresses, and Telegram's hold the token; alembic tells of every start.
_TOO_TALKATIVE = ("httpx", "httpcore", "alembic")

LogFormat = Literal["text", "json"]


def set_up_logs(log_format: LogFormat | None = None, level: int = logging.INFO) -> None:
    """Sends every logger's events to the standard error output; without a format, text on a terminal, else JSON."""
    chosen = log_format or ("text" if sys.stderr.isatty() else "json")
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last_processors(chosen))
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    handler.setLevel(level)  # a library may set its own loggers lower
    for library in _TOO_TALKATIVE:
        logging.getLogger(library).setLevel(logging.WARNING)


def _last_processors(log_format: LogFormat) -> list[structlog.typing.Processor]:
    first = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if log_format == "text":
        plain = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        return [first, plain]
    return [first, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
