"""This project's matcher beside plain ones, in one run: on fresh bases, on one base's questions, and on ParaKQC."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import on_bases, on_parakqc, on_questions
from benchmarks.matchers import matchers
from benchmarks.parakqc import read_groups
from benchmarks.picture import draw
from benchmarks.tables import markdown, stop
from knowledge.errors import KnowledgeError
from knowledge.loading.loader import load_knowledge


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for each of the three that the arguments name."""
    given = _parser().parse_args(arguments)
    if not (given.bases or given.parakqc or (given.knowledge and given.questions)):
        stop(
            "Give --bases DIR..., or --knowledge DIR and --questions FILE..., or --parakqc FILE (warnikchow/paraKQC, "
            "CC BY-SA 4.0)."
        )
    try:
        if given.bases:
            _compare_on_bases(given.bases)
        if given.knowledge and given.questions:
            _compare_on_questions(given)
        if given.parakqc:
            _compare_on_parakqc(given)
    except (OSError, ValueError, KnowledgeError) as error:
        stop(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--bases", type=Path, metavar="DIR", nargs="+", help="bases with in_scope.jsonl and out_of_scope.jsonl"
    )
    parser.add_argument("--knowledge", type=Path, metavar="DIR", help="a knowledge base")
    parser.add_argument("--questions", type=Path, metavar="FILE", nargs="+", help="questions that it has never seen")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="where to draw answering against refusing")
    parser.add_argument("--parakqc", type=Path, metavar="FILE")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="shuffles of ParaKQC")
    return parser


def _compare_on_bases(folders: Sequence[Path]) -> None:
    rows = []
    for name, build in matchers().items():
        print(f"bases: {name} ...", file=sys.stderr, flush=True)
        rows.append([name, *on_bases.row(build, folders)])
    print(f"Means of {', '.join(folder.name for folder in folders)}:\n")
    print(markdown(on_bases.HEADINGS, rows), end="\n\n")
    print(markdown(on_bases.OUTCOMES, [on_bases.outcomes(folder) for folder in folders]), end="\n\n")


def _compare_on_questions(given: argparse.Namespace) -> None:
    knowledge = load_knowledge(given.knowledge)
    questions = on_questions.Questions(knowledge, given.questions)
    results = {name: questions.ask(build(knowledge)) for name, build in matchers().items()}
    print(f"{questions}; answered right and wrong where {on_questions.REFUSED:.0%} of the latter are refused:\n")
    print(markdown(on_questions.HEADINGS, [result.row(name) for name, result in results.items()]), end="\n\n")
    if given.picture:
        draw({name: result.curve for name, result in results.items()}, given.picture)


def _compare_on_parakqc(given: argparse.Namespace) -> None:
    groups = read_groups(given.parakqc)
    rows = []
    for name, build in matchers().items():
        print(f"ParaKQC: {name} ...", file=sys.stderr, flush=True)
        rows.append([name, *on_parakqc.row(build, groups, given.seeds)])
    print(
        f"{len(groups)} groups, means of {given.seeds} seeds; unknown rejected while {on_parakqc.KEPT:.0%} are kept:\n"
    )
    print(markdown(on_parakqc.HEADINGS, rows))


if __name__ == "__main__":
    main()
