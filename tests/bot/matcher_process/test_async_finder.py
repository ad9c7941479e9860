"""Without a child process, questions are looked up in a thread."""

import threading

from bot.matcher_process.async_finder import InThread, Opened
from knowledge.finding import Finder
from tests.bot.dialogue.small_assistant import BUDGET, KNOWLEDGE, KNOWN
from tests.bot.matcher_process.small_opening import practised
from tests.doubles import FixedMatcher

FINDER = Finder(FixedMatcher(KNOWLEDGE, KNOWN))


async def test_finding_is_the_finders() -> None:
    finder = InThread(KNOWLEDGE, FINDER)
    assert await finder.find("그럼 어디?", "예산?") == FINDER.find("그럼 어디?", "예산?")
    assert (await finder.find("예산?")).entry is BUDGET
    assert finder.knowledge is KNOWLEDGE


async def test_methods_run_in_a_thread() -> None:
    def thread(_: Opened) -> int:
        return threading.get_ident()

    finder = InThread(KNOWLEDGE, FINDER)
    assert await finder.ask(practised, plus=2) == 5
    assert await finder.ask(thread) != threading.get_ident()
