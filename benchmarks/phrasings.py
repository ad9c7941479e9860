"""How many phrasings an entry needs: the matcher on a base with 2, 4, 8 and 16 of each, and no practice."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.measures import OUTCOMES, outcomes_of
from benchmarks.tables import markdown, stop
from knowledge.base import Entry, KnowledgeBase
from knowledge.errors import KnowledgeError
from knowledge.evaluation.verdicts import Judge, scores
from knowledge.finding import Finder
from knowledge.loading.loader import load_knowledge
from knowledge.loading.question_files import Case, read_questions
from knowledge.matching import build_matcher

COUNTS = (2, 4, 8, 16)
HEADINGS = ("phrasings", *OUTCOMES)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line for each number of phrasings. Only what can be answered stays in the base: no known gaps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--knowledge", type=Path, metavar="DIR", required=True)
    parser.add_argument("--questions", type=Path, metavar="FILE", nargs="+", required=True)
    given = parser.parse_args(arguments)
    try:
        knowledge = load_knowledge(given.knowledge)
        cases = [case for file in given.questions for case in read_questions(file)]
    except (OSError, KnowledgeError) as error:
        stop(str(error))
    print(markdown(HEADINGS, [_row(knowledge, cases, count) for count in COUNTS]))


def _row(knowledge: KnowledgeBase, cases: Sequence[Case], count: int) -> list[str]:
    few = _with_phrasings(knowledge, count)
    met = scores(Judge(knowledge).judge(cases, Finder(build_matcher(few)).find))
    return [str(count), *outcomes_of(met)]


def _with_phrasings(knowledge: KnowledgeBase, count: int) -> KnowledgeBase:
    """The base without practice questions and known gaps, with so many phrasings of each entry, evenly from all."""
    topics = [
        replace(topic, entries=tuple(_few(entry, count) for entry in topic.answerable)) for topic in knowledge.topics
    ]
    return replace(knowledge, topics=tuple(topics), practice=())


def _few(entry: Entry, count: int) -> Entry:
    own = entry.phrasings.get("ko", ())
    step = max(1, len(own) // count)
    return replace(entry, phrasings={"ko": own[::step][:count]}, see_also=())


if __name__ == "__main__":
    main()
