"""Entries, questions and findings for tests of the scoring."""

import re

from knowledge.base import Bilingual, Entry, KnowledgeBase, Language, Topic
from knowledge.evaluation.verdicts import Judged, OutOfScope
from knowledge.finding import Finding, Outcome
from knowledge.loading.question_files import AskedTurn, Case, Expected
from knowledge.matching import Candidate

BUDGET = Entry("budget", "t", Bilingual("예산?", "Budget?"), Bilingual("4116억원", "411.6 billion won"))
PLACE = Entry("place", "t", Bilingual("어디?"), Bilingual("첨단3지구"))
GAP = Entry("gap-parking", "t", Bilingual("주차?"), Bilingual("알려진 것이 없습니다"), known_gap=True)
KNOWLEDGE = KnowledgeBase((Topic("t", Bilingual("t"), (BUDGET, PLACE, GAP)),))

OUT_OF_SCOPE = Expected(unanswerable=True)


def must(*patterns: str) -> Expected:
    return Expected(must=tuple(map(re.compile, patterns)))


def case(*expected: Expected, name: str = "c", **labels: str) -> Case:
    """A case with a turn for each expectation."""
    return Case(name, tuple(AskedTurn(f"question {number}", each) for number, each in enumerate(expected)), labels, 1)


def answered(entry: Entry, confidence: float = 0.9, language: Language = "ko") -> Finding:
    return Finding(Outcome.ANSWER, language, confidence, entry, candidates=(Candidate(entry, confidence),))


def suggested(*entries: Entry, confidence: float = 0.5) -> Finding:
    candidates = tuple(Candidate(entry, confidence) for entry in entries)
    return Finding(Outcome.SUGGESTIONS, "ko", confidence, None, entries, candidates)


def refused(best: Entry | None = None, confidence: float = 0.0) -> Finding:
    candidates = (Candidate(best, confidence),) if best else ()
    return Finding(Outcome.FALLBACK, "ko", confidence, candidates=candidates)


def judged(expected: Expected, finding: Finding) -> Judged:
    """A judged question, its verdict left aside."""
    each = case(expected)
    return Judged(each, each.turns[0], 0, finding, OutOfScope.REFUSED, satisfiable=True)
