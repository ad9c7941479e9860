"""Asks each author's practice questions of a matcher that never saw that author: fitted to the others' alone."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.tables import markdown, stop
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError
from knowledge.evaluation.verdicts import InScope, Judge, Judged, OutOfScope, Scores, scores
from knowledge.finding import Finder
from knowledge.loading.loader import load_knowledge
from knowledge.loading.question_files import read_questions
from knowledge.matching.evidence_matcher import EvidenceMatcher
from knowledge.matching.fitting import fit

HEADINGS = (
    "author",
    "asked",
    *(f"in scope: {verdict}" for verdict in InScope),
    *(f"out: {each}" for each in OutOfScope),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line an author, and one of all their questions together. Takes minutes an author."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--knowledge", type=Path, metavar="DIR", required=True)
    given = parser.parse_args(arguments)
    try:
        judged = dict(_judged_by_author(given.knowledge))
    except (OSError, KnowledgeError) as error:
        stop(str(error))
    everything = [each for group in judged.values() for each in group]
    rows = [_row(name, scores(group)) for name, group in (*judged.items(), ("all", everything))]
    print(markdown([heading.replace("_", " ") for heading in HEADINGS], rows))


def _judged_by_author(folder: Path) -> Iterator[tuple[str, list[Judged]]]:
    knowledge = load_knowledge(folder)
    for author in sorted(Counter(question.author for question in knowledge.practice)):
        print(f"{author}: fitting to the other authors' questions ...", file=sys.stderr, flush=True)
        yield author, _judged(folder, author, knowledge)


def _judged(folder: Path, author: str, knowledge: KnowledgeBase) -> list[Judged]:
    others = replace(knowledge, practice=tuple(each for each in knowledge.practice if each.author != author))
    finder = Finder(EvidenceMatcher(others, fit(others)))
    files = sorted((folder / "questions" / author).glob("*.jsonl"))
    cases = (case for file in files for case in read_questions(file))
    return list(Judge(others).judge(cases, finder.find))


def _row(author: str, met: Scores) -> list[str]:
    shares = [*(met.share(each) for each in InScope), *(met.out_of_scope_share(each) for each in OutOfScope)]
    asked = f"{met.in_scope_asked} + {met.out_of_scope_asked}"
    return [author, asked, *("-" if share is None else f"{share:.3f}" for share in shares)]


if __name__ == "__main__":
    main()
