"""How time and memory grow with the knowledge base."""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.parakqc import Split, read_groups
from benchmarks.synthetic import Synthesis
from benchmarks.tables import markdown, stop
from knowledge.errors import KnowledgeError
from knowledge.matching import build_matcher

SIZES = (3_000, 100_000, 1_000_000)
ASKED = 500
WARMING_UP = 50
_COMPARISONS = 20_000_000
"""About how many strings the plain matcher compares, whatever the size: it asks fewer questions of more phrasings."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs what the arguments ask for; each size in a process of its own, so that memory is its own."""
    given = _parser().parse_args(arguments)
    if not given.parakqc:
        stop("Give --parakqc FILE with ParaKQC (warnikchow/paraKQC, CC BY-SA 4.0).")
    try:
        _run(given)
    except (OSError, ValueError, KnowledgeError) as error:
        stop(str(error))


def _run(given: argparse.Namespace) -> None:
    if given.one:
        print(json.dumps(_measure(given.parakqc, given.one)))
    else:
        rows = [_row(_in_own_process("--parakqc", given.parakqc, "--one", size)) for size in given.sizes]
        print(markdown(_HEADINGS, rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parakqc", type=Path, metavar="FILE")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="numbers of phrasings")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return parser


def _in_own_process(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.growth", *map(str, arguments)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)  # noqa: S603  # this very program
    if done.returncode:
        sys.exit(done.returncode)  # it has said why
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(parakqc: Path, size: int) -> dict[str, Any]:
    made = Synthesis(read_groups(parakqc)).split(size, ASKED + WARMING_UP)
    knowledge = made.knowledge()
    started = time.perf_counter()
    matcher = build_matcher(knowledge)
    built = time.perf_counter() - started
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    asked = [question.text for question in made.asked]
    candidates: list[Any] = []
    ours = _times(lambda text: candidates.append(matcher.match(text).candidates), asked)
    memory = _most_memory()
    groups = [question.group for question in made.asked][-len(ours) :]
    right = [found[0].entry.id == group for found, group in zip(candidates[-len(ours) :], groups, strict=True) if found]
    plain = _times(_extract_one(made), asked[: WARMING_UP + max(10, _COMPARISONS // size)])
    return {"size": size, "built": built, "memory": memory, "ours": ours, "right": right, "plain": plain}


def _extract_one(made: Split) -> Callable[[str], object]:
    texts = [utils.default_process(text) for phrasings in made.phrasings.values() for text in phrasings]
    return lambda text: process.extractOne(utils.default_process(text), texts, scorer=fuzz.token_sort_ratio)


def _times(ask: Callable[[str], object], questions: Iterable[str]) -> list[float]:
    """The milliseconds of each question after the first, which warm up."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1000)
    return times[WARMING_UP:]


def _most_memory() -> int:
    """The most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


_HEADINGS = (
    "phrasings",
    "p50 ms",
    "p99 ms",
    "extractOne p50 ms",
    "times faster",
    "built in s",
    "memory GB",
    "right first",
)


def _row(found: dict[str, Any]) -> list[str]:
    p50, p99 = np.percentile(found["ours"], [50, 99])
    plain = float(np.median(found["plain"]))
    return [
        f"{found['size']:,}", f"{p50:.1f}", f"{p99:.1f}", f"{plain:.1f}", f"{plain / p50:.1f}", f"{found['built']:.0f}",
        f"{found['memory'] / 1e9:.2f}", f"{np.mean(found['right']):.3f}",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
