"""The child's side: it loads, says so, and answers request by request."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bot.errors import FindingError
from bot.matcher_process.async_finder import Opened, find
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.protocol import Answered, Codec, Failed, Loaded, NotLoaded, Request, read_body_now
from bot.matcher_process.worker import work
from knowledge.base import PracticeQuestion
from knowledge.errors import Fault, FittedModelError, KnowledgeFaultsError
from knowledge.finding import Finder, Limits
from tests.bot.dialogue.small_assistant import BUDGET, KNOWLEDGE, KNOWN
from tests.bot.matcher_process.small_opening import practised
from tests.doubles import FixedMatcher
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

OPENED = Opened(
    replace(KNOWLEDGE, practice=(PracticeQuestion("예산?", ("budget",), "first"),)),
    Finder(FixedMatcher(KNOWLEDGE, KNOWN)),
)


def _worked(load: Callable[[], Opened], *requests: Request) -> list[Any]:
    """What a worker says that gets these requests."""
    codec, answers = Codec(KNOWLEDGE), BytesIO()
    work(load, BytesIO(b"".join(map(codec.frame, requests))), answers)
    answers.seek(0)
    bodies = iter(lambda: read_body_now(answers), None)
    return [codec.message(body) for body in bodies if body]


def test_knowledge_is_told_first_without_practice_questions() -> None:
    assert _worked(lambda: OPENED) == [Loaded(KNOWLEDGE)]


def test_requests_are_answered_in_their_order() -> None:
    requests = [Request(7, find, ("예산?",), {}), Request(3, find, (), {"question": "그럼 어디?", "previous": "예산?"})]
    _, first, second = _worked(lambda: OPENED, *requests)
    assert (first.number, first.answer.entry) == (7, BUDGET)
    assert (second.number, second.answer.entry.id) == (3, "place")


def test_request_that_fails_ends_no_other() -> None:
    requests = [Request(1, find, (), {"no": 1}), Request(2, practised, (), {})]
    _, failed, answered = _worked(lambda: OPENED, *requests)
    assert isinstance(failed, Failed)
    assert failed.problem.startswith("TypeError at worker.py:")
    assert answered == Answered(2, 3)


@pytest.mark.parametrize(
    "error",
    [
        KnowledgeFaultsError([Fault("entries/b.yaml", 2, 3, "merge-key"), Fault("entries/a.yaml", 1, 1, "empty-file")]),
        FittedModelError(Path("fitted.json"), "is missing"),
        FindingError("no"),
    ],
)
def test_error_of_the_rooms_travels_as_it_is(error: Exception) -> None:
    def load() -> Opened:
        raise error

    (said,) = _worked(load)
    assert isinstance(said, NotLoaded)
    built = said.error()
    assert (type(built), str(built), vars(built)) == (type(error), str(error), vars(error))


def test_of_any_other_error_only_kind_and_place_travel() -> None:
    def load() -> Opened:
        raise ValueError("010-1234-5678")

    (said,) = _worked(load)
    assert str(said.error()).endswith(f"loaded: ValueError at test_worker.py:{load.__code__.co_firstlineno + 1}")


def test_usual_opening_is_that_of_the_program(tmp_path: Path) -> None:
    write_folder(tmp_path, money=ENTRY)
    opened = Opening.usual(Limits(wrong_answers=0.03), tmp_path / "cache").open(tmp_path)
    assert opened.knowledge.entries["budget"].answer.ko == "4116억원입니다."
    assert opened.finder.limits == Limits(wrong_answers=0.03)
