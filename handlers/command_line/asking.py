"""Asks the assistant for the command `ask`."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.dialogue.assistant import Assistant, Reply
from bot.dialogue.presenter import Presenter
from bot.errors import StorageError
from handlers.command_line.input_lines import AskedLine, InputLineError, parse_line, raw_lines
from handlers.command_line.reply_data import as_line, in_language, reply_data
from handlers.command_line.reply_view import show_explanation, show_reply
from handlers.command_line.root import CompositionRoot


@contextmanager
def open_desk(root: CompositionRoot, *, record: bool) -> Iterator["Desk"]:
    """A place to ask; with `record`, the database is open meanwhile."""
    # The runner is left whenever a line is waited for, so that Ctrl-C ends the waiting at once.
    with asyncio.Runner() as runner:
        resources = AsyncExitStack()
        try:
            storage = runner.run(resources.enter_async_context(root.storage())) if record else None
            assistant = root.assistant(storage)
            yield Desk(runner, assistant, Presenter(assistant, ZoneInfo(root.settings().timezone)), record=record)
        finally:
            runner.run(resources.aclose())


class Desk:
    """Asks the assistant and writes its replies to the standard output."""

    def __init__(self, runner: asyncio.Runner, assistant: Assistant, presenter: Presenter, *, record: bool) -> None:
        self._runner = runner
        self._assistant = assistant
        self._presenter = presenter
        self._record = record

    def reply_to_lines(self) -> None:
        """Replies to each line of the standard input by a line of JSON, at once."""
        for raw in raw_lines(sys.stdin.buffer):
            _write(self._runner.run(self._line_data(raw)))

    def reply_once(self, question: str, *, as_json: bool, explain: bool) -> None:
        """Shows the reply to one question."""
        # A terminal may hand over bytes that are not text; they are shown as unreadable rather than refused.
        text = question.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        reply = self._runner.run(self._ask(AskedLine(text)))
        if as_json:
            _write(reply_data(text, reply))
            return
        show_reply(self._presenter.reply(reply))
        if explain:
            show_explanation(reply.finding)

    async def _line_data(self, raw: bytes) -> dict[str, Any]:
        try:
            line = parse_line(raw)
            return reply_data(line.question, await self._ask(line))
        except (InputLineError, StorageError) as error:
            return {"error": str(error)}

    async def _ask(self, line: AskedLine) -> Reply:
        origin = f"ask:{uuid4()}" if self._record else None
        conversation = None if line.session is None else f"ask:{line.session}"
        reply = await self._assistant.reply(line.question, origin, conversation)
        return in_language(reply, line.language)


def _write(data: dict[str, Any]) -> None:
    sys.stdout.buffer.write(as_line(data))
    sys.stdout.buffer.flush()
