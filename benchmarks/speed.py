"""How soon the assistant answers: from the start of a process to its first answer, and question after question."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.tables import markdown, stop
from knowledge.errors import KnowledgeError
from knowledge.finding import Finder, Limits
from knowledge.opening import open_finder

WARMING_UP = 100
_FIRST_QUESTION = "집적단지 예산이 얼마예요?"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table of starts and one of questions."""
    given = _parser().parse_args(arguments)
    try:
        if given.start:
            print(json.dumps(_start(given.knowledge, given.cache)))
        else:
            with tempfile.TemporaryDirectory() as folder:
                _report(given.knowledge, Path(folder) / "cache", given.starts)
    except (OSError, KnowledgeError) as error:
        stop(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--knowledge", type=Path, metavar="DIR", required=True, help="with practice questions to ask")
    parser.add_argument("--starts", type=int, default=5, metavar="N", help="from the cache; the median is told")
    parser.add_argument("--start", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    return parser


def _report(knowledge: Path, cache: Path, starts: int) -> None:
    from knowledge.loading.practice import read_practice  # a start from the cache does without

    plain, written = _in_own_process(knowledge), _in_own_process(knowledge, cache)
    kept = sorted(_in_own_process(knowledge, cache) for _ in range(starts))
    rows = (("without a cache", plain), ("writing one", written), ("from the cache", kept[starts // 2]))
    print("From the start of the process to its first answer:\n")
    print(markdown(("start", "s", "s of processor", "MB"), [[name, *start.cells] for name, start in rows]))
    finder = open_finder(knowledge, Limits(), cache)[1]
    asked = [question.text for question in read_practice(knowledge)[0] if not question.before]
    print(f"\n{len(asked)} questions, ms of processor time each:\n")
    headings = ("questions", "mean", "p50", "p99", "most")
    _times(finder, reversed(asked[:WARMING_UP]))
    new = ["each for the first time", *_figures(_times(finder, asked[WARMING_UP:]))]
    again = ["the last 500 again", *_figures(_times(finder, asked[-500:]))]
    print(markdown(headings, [new, again]))


class _Start(tuple[float, float, float]):
    """Seconds, seconds of processor time and megabytes at most, in this order."""

    __slots__ = ()

    @property
    def cells(self) -> list[str]:
        seconds, busy, megabytes = self
        return [f"{seconds:.2f}", f"{busy:.2f}", f"{megabytes:.0f}"]


def _in_own_process(knowledge: Path, cache: Path | None = None) -> _Start:
    """A start in a process of its own, the start of Python included."""
    command = [sys.executable, "-m", "benchmarks.speed", "--start", "--knowledge", str(knowledge)]
    command += ["--cache", str(cache)] if cache else []
    started = time.perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)  # noqa: S603  # this very program
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.returncode)  # it has said why
    busy, megabytes = json.loads(done.stdout)
    return _Start((seconds, busy, megabytes))


def _start(knowledge: Path, cache: Path | None) -> tuple[float, float]:
    open_finder(knowledge, Limits(), cache)[1].find(_FIRST_QUESTION)
    return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _times(finder: Finder, questions: Iterable[str]) -> list[float]:
    times = []
    for question in questions:
        started = time.thread_time()
        finder.find(question)
        times.append((time.thread_time() - started) * 1000)
    return times


def _figures(times: Sequence[float]) -> list[str]:
    return [f"{value:.2f}" for value in (np.mean(times), *np.percentile(times, [50, 99, 100]))]


if __name__ == "__main__":
    main()
