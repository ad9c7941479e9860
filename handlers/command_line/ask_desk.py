"""Replies to the questions of the command `ask`, as a person reads them and as JSON for programs."""

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any, BinaryIO
from uuid import uuid4
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.dialogue.assistant import Assistant, Reply
from bot.dialogue.messages import ChooseSuggestion, Message, ShowEntry
from bot.dialogue.presenter import Presenter
from bot.errors import StorageError
from handlers.command_line.explanation import show_explanation, show_features
from handlers.command_line.root import CompositionRoot
from knowledge.base import LANGUAGES, Entry, Language
from knowledge.finding import Outcome

MAX_LINE_BYTES = 100_000
_SURROGATES = re.compile("[\ud800-\udfff]")


class InputLineError(ValueError):
    """The line can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question of one line; lines of one session share a conversation."""

    question: str
    session: str | None = None
    language: Language | None = None
    """The language to reply in; None for the question's own."""


def raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of the stream, of an over-long one only the beginning (one byte more than is allowed)."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        rest = line
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE_BYTES + 1)
        yield line


def parse_line(raw: bytes) -> AskedLine:
    """The question that the line asks. Raises InputLineError."""
    if len(raw) > MAX_LINE_BYTES:
        raise InputLineError(f"the line is over {MAX_LINE_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8").strip("\ufeff \t\r\n")
    except UnicodeDecodeError:
        raise InputLineError("the line is not UTF-8 text") from None
    return _from_object(text) if text.startswith("{") else AskedLine(_question(text))


def _from_object(text: str) -> AskedLine:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise InputLineError("the line begins with { and is not a JSON object") from None
    session, language = data.get("session"), data.get("language")
    if not isinstance(session, str | None):
        raise InputLineError("'session' must be a string")
    if language is not None and language not in LANGUAGES:
        raise InputLineError("'language' must be one of: " + ", ".join(LANGUAGES))
    return AskedLine(_question(data.get("question")), session, language)


def _question(value: object) -> str:
    if not isinstance(value, str):
        raise InputLineError("'question' is missing or not a string")
    if not value.strip():
        raise InputLineError("the question is empty")
    if _SURROGATES.search(value):
        raise InputLineError("the question holds half a surrogate pair, which is not a character")
    return value


# JSON leaves these as they are, and many programs split lines at them.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def in_language(reply: Reply, language: Language | None) -> Reply:
    """The reply in another language than the question's, where one is given."""
    return replace(reply, finding=replace(reply.finding, language=language)) if language else reply


def reply_data(question: str, reply: Reply, shown: Message) -> dict[str, Any]:
    """What `ask --json` says of a reply; `shown` is the message that the citizen reads."""
    finding = reply.finding
    answered = finding.entry if finding.outcome is Outcome.ANSWER and not reply.service else None
    answers = [entry.answer.in_language(finding.language) for entry in (answered, *finding.further) if entry]
    return {
        "question": question,
        "outcome": "service" if reply.service else finding.outcome.value,
        "service": reply.service.value if reply.service else None,
        "entry_id": answered.id if answered else None,
        "confidence": round(finding.confidence, 4),
        "answer": "\n\n".join(answers) if answered else None,
        "language": finding.language,
        "text": "\n".join((shown.text.replace("**", ""), *(f"- {button.label}" for button in shown.buttons))),
        "suggestions": [_suggestion(entry, finding.language) for entry in finding.suggestions],
        "candidates": [
            {"entry_id": candidate.entry.id, "confidence": round(candidate.confidence, 4)}
            for candidate in (() if reply.service else finding.candidates)
        ],
        "recorded": reply.is_for_staff,
    }


def _suggestion(entry: Entry, language: Language) -> dict[str, str]:
    return {
        "entry_id": entry.id,
        "question": entry.question.in_language(language),
        "answer": entry.answer.in_language(language),
    }


def as_line(data: dict[str, Any]) -> bytes:
    """One line of JSON, with its end."""
    text = json.dumps(data, ensure_ascii=False)
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", text).encode() + b"\n"


def show_reply(message: Message) -> None:
    """Prints a message, and the questions that its buttons lead to."""
    console = Console(highlight=False)
    console.print(styled(message.text), soft_wrap=True)
    for button in message.buttons:
        if isinstance(button.action, ChooseSuggestion | ShowEntry):
            console.print(Text.assemble("- ", button.label, (f"  ({button.action.entry_id})", "dim")), soft_wrap=True)


def styled(text: str) -> Text:
    """The text with `**bold**` shown as bold."""
    parts = text.split("**")
    return Text.assemble(*((part, "bold" if index % 2 else "") for index, part in enumerate(parts)))


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

    def reply_once(self, question: str, *, as_json: bool, explain: bool, features: bool) -> None:
        """Shows the reply to one question, and why it is that; with `features`, what the confidences are made of."""
        # A terminal may hand over bytes that are not text; they are shown as unreadable rather than refused.
        text = question.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        reply = self._runner.run(self._ask(AskedLine(text)))
        if as_json:
            _write(reply_data(text, reply, self._presenter.reply(reply)))
            return
        show_reply(self._presenter.reply(reply))
        if explain or features:
            show_explanation(reply)
        if features:
            show_features(reply.finding)

    async def _line_data(self, raw: bytes) -> dict[str, Any]:
        try:
            line = parse_line(raw)
            reply = await self._ask(line)
            return reply_data(line.question, reply, self._presenter.reply(reply))
        except (InputLineError, StorageError) as error:
            return {"error": str(error)}

    async def _ask(self, line: AskedLine) -> Reply:
        origin = f"ask:{uuid4()}" if self._record else None
        conversation = None if line.session is None else f"ask:{line.session}"
        reply = await self._assistant.reply(line.question, origin, conversation, line.language or "ko")
        return in_language(reply, line.language)


def _write(data: dict[str, Any]) -> None:
    sys.stdout.buffer.write(as_line(data))
    sys.stdout.buffer.flush()
