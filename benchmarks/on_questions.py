"""Matchers on a knowledge base and files of questions to it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.matchers import NOTHING, Ranker
from benchmarks.measures import Curve, Reply, curve, reply, share
from knowledge.base import KnowledgeBase
from knowledge.evaluation.verdicts import Judge, answers
from knowledge.finding import Finding, Outcome
from knowledge.loading.question_files import AskedTurn, Expected, read_questions
from knowledge.matching.evidence_matcher import language_of

REFUSED = 0.95
HEADINGS = ("matcher", "right first", "right in three", "answered right", "answered wrong", "ms a question, p50")


@dataclass(frozen=True, slots=True)
class Result:
    """The replies of one matcher, in scope and out of scope."""

    in_scope: Sequence[Reply]
    out_of_scope: Sequence[Reply]

    @property
    def curve(self) -> Curve:
        return curve(self.in_scope, self.out_of_scope)

    def row(self, name: str) -> list[str]:
        """The line of the table."""
        right, wrong = self.curve.at_refused(REFUSED)
        first = share(each.right for each in self.in_scope)
        three = share(each.right_in_three for each in self.in_scope)
        milliseconds = float(np.median([each.milliseconds for each in (*self.in_scope, *self.out_of_scope)]))
        return [name, *(f"{value:.3f}" for value in (first, three, right, wrong)), f"{milliseconds:.1f}"]


class Questions:
    """The questions of files, which are judged by one knowledge base.

    Of conversations only the first question is asked: the plain matchers have no memory.
    """

    def __init__(self, knowledge: KnowledgeBase, files: Sequence[Path]) -> None:
        self._knowledge = knowledge
        self._judge = Judge(knowledge)
        turns = [case.turns[0] for file in files for case in read_questions(file)]
        self._out_of_scope = [turn for turn in turns if self._judge.is_unanswerable(turn.expected)]
        self._in_scope = [turn for turn in turns if not self._judge.is_unanswerable(turn.expected)]

    def __str__(self) -> str:
        return f"{len(self._in_scope)} questions in scope, {len(self._out_of_scope)} out of scope"

    def ask(self, matcher: Ranker) -> Result:
        """What the matcher replies to them."""
        asked = [[self._reply(matcher, turn) for turn in turns] for turns in (self._in_scope, self._out_of_scope)]
        return Result(*asked)

    def _reply(self, matcher: Ranker, turn: AskedTurn) -> Reply:
        started = time.process_time()
        ranking = matcher.ranked(turn.question)
        taken = (time.process_time() - started) * 1000
        shown = Finding(Outcome.ANSWER, language_of(turn.question), 1.0)
        return reply(ranking, lambda found: self._is_right(found, turn.expected, shown), self._is_gap, taken)

    def _is_right(self, entry_id: str, expected: Expected, shown: Finding) -> bool:
        return answers(self._knowledge.entries[entry_id], expected, shown)

    def _is_gap(self, entry_id: str) -> bool:
        return entry_id == NOTHING or self._knowledge.entries[entry_id].known_gap
