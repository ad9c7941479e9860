"""What a child loads in these tests: a folder read as always, and a matcher that does as the question says."""

import ctypes
import os
import signal
import time
from pathlib import Path

from bot.matcher_process.async_finder import Opened
from bot.matcher_process.child import Timing
from bot.matcher_process.knowledge_opener import Opening
from knowledge.base import KnowledgeBase
from knowledge.finding import Finder
from knowledge.loading.loader import load_knowledge
from knowledge.matching import Candidate, Match

SMALL = Opening(f"{__name__}:open_small")
QUICK = Timing(pauses=(0.0, 0.05), look=0.05, settled=0.1)
ENTRIES = 30


def write_version(folder: Path, version: int) -> Path:
    """Writes a knowledge base whose every answer names its version, so that a mixture of two would be seen."""
    lines = [
        f"  - {{id: e{n}, question: 질문 {n}, answer: {version}판 {n}, see_also: [e{(n + 1) % ENTRIES}]}}"
        for n in range(ENTRIES)
    ]
    (folder / "entries").mkdir(parents=True, exist_ok=True)
    (folder / "entries/all.yaml").write_text("topic: all\nentries:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def break_files(folder: Path, entry: str = "{id: x}") -> None:
    """Makes the knowledge base faulty, by an entry that has no question."""
    (folder / "entries/more.yaml").write_text(f"topic: more\nentries:\n  - {entry}\n", encoding="utf-8")


def mend_files(folder: Path) -> None:
    """Undoes what `break_files` did."""
    (folder / "entries/more.yaml").unlink()


def version_of(knowledge: KnowledgeBase) -> int:
    """The version that the entries of a knowledge base name."""
    (version,) = {int(entry.answer.ko.split("판")[0]) for entry in knowledge.entries.values()}
    return version


class ObedientMatcher:
    """Finds `질문 3` with a confidence that tells the version, and does what other questions tell it to do."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._confidence = 0.9 + version_of(knowledge) / 10_000

    def match(self, question: str, previous: str | None = None) -> Match:
        if question == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if question == "crash":
            ctypes.string_at(0)
        if question == "hang":
            time.sleep(3600)
        if question.startswith("wait "):
            time.sleep(float(question.removeprefix("wait ")))
        if question.startswith("until "):
            while not Path(question.removeprefix("until ")).exists():
                time.sleep(0.01)
        if question == "print":
            print("something", flush=True)  # noqa: T201  # as a careless library would
        if question == "raise":
            raise ValueError("010-1234-5678 is no number")
        asked = [entry for entry in self._knowledge.entries.values() if entry.question.ko == question]
        found = [*asked, *[entry for entry in self._knowledge.entries.values() if entry not in asked]]
        shares = [self._confidence, *[0.1] * len(found)] if asked else [0.0] * len(found)
        candidates = tuple(
            Candidate(entry, share, {"length": float(len(question))})
            for entry, share in zip(found, shares, strict=False)
        )
        return Match(candidates, remembered=f"{previous} > {question}")

    def least_confidence(self, wrong_answers: float, *, practised: bool = True) -> float:  # noqa: ARG002
        return 0.5


def open_small(
    folder: Path, wait: float = 0.0, log: str = "", trap: str = "", *, die: bool = False, fail: bool = False
) -> tuple[KnowledgeBase, Finder]:
    """Loads after `wait` seconds, or fails, or dies, as it does while there is a file `trap`.

    It writes a line into the file `log` each time.
    """
    if log:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write("loading\n")
    time.sleep(wait)
    if die or (trap and Path(trap).exists()):
        os.kill(os.getpid(), signal.SIGKILL)
    if fail:
        raise RuntimeError("010-1234-5678")
    knowledge = load_knowledge(folder)
    return knowledge, Finder(ObedientMatcher(knowledge))


def pid(_: Opened) -> int:
    """The number of the process that answers."""
    return os.getpid()


def parent(_: Opened) -> int:
    """The number of the process that has forked the one that answers."""
    return os.getppid()


def practised(opened: Opened, plus: int = 0) -> int:
    """How many entries the child has, and some more."""
    return len(opened.knowledge.entries) + plus


def unpicklable(_: Opened) -> object:
    """An answer that cannot travel."""
    return lambda: None
