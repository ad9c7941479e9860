"""What is found for the questions of a message: for each where there are several, and without what they exclude."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.interpreter import Interpretation
from bot.dialogue.query import Query, normalised, on_the_rest
from bot.matcher_process.async_finder import AsyncFinder
from knowledge.base import Entry
from knowledge.finding import MOST_SUGGESTIONS, Finding, Outcome
from knowledge.matching.pointing_back import names_something, without_pointing_back
from knowledge.text.particles import attached

Found = tuple[Finding, tuple[str, ...]]
"""What was found, and those of several questions that were not answered."""
_SEVERAL = 2
_CLEARLY = 0.1
"""By how much surer what is found on a subject must be than what is found without it."""
_PARTICLE = re.compile(r"(?<=[가-힣A-Za-z0-9]{2})(?:은|는|이|가|을|를|의|이랑|랑|에서|에|도|란|이란)?[?,.]*$")


async def look_up(finder: AsyncFinder, said: Interpretation, previous: str | None) -> Found:
    """What answers the questions of a message, read with the `previous` one. Raises FindingError."""
    return await _Lookup(finder, previous).of(said)


class _Lookup:
    def __init__(self, finder: AsyncFinder, previous: str | None) -> None:
        self._finder = finder
        self._previous = previous

    async def of(self, said: Interpretation) -> Found:
        several = await self._each(said.queries) if len(said.queries) > 1 else None
        if several:
            return several
        whole = said.queries[0] if len(said.queries) == 1 else Query(normalised(said.question))
        finding = await self._find(whole, self._previous)
        each = await self._each_thing(said, finding) if said.things else None
        return each or (finding, ())

    async def _each_thing(self, said: Interpretation, whole: Finding) -> Found | None:
        """The same question on each of several things; None where the whole question is better answered.

        One answer to all of them is better, unless it is but the answer to one of them.
        """
        each = await self._each(said.things)
        if not each:
            return None
        finding, lacking = each
        answers = {entry.id for entry in (finding.entry, *finding.further) if entry}
        if whole.outcome is Outcome.ANSWER and whole.entry:
            return each if not lacking and (said.lists or whole.entry.id in answers) else None
        return each if not lacking or said.lists else None

    async def _each(self, queries: Sequence[Query]) -> Found | None:
        """The answers to several questions as one finding; None where they are rather one question."""
        found: list[Finding] = []
        previous = self._previous
        for query in queries:
            finding = await self._find(query, previous)
            if found and finding.outcome is not Outcome.ANSWER:  # the subject often stands in the first question alone
                subject = queries[0].text.split(maxsplit=1)[0]
                with_subject = await self._find(replace(query, text=f"{subject} {query.text}"), None)
                finding = with_subject if with_subject.outcome is Outcome.ANSWER else finding
            found.append(finding)
            previous = f"{previous} {query.text}" if previous and found[1:] else query.text
        answers = {each.entry.id: each for each in found if each.outcome is Outcome.ANSWER and each.entry}
        lacking = tuple(
            query.text for query, each in zip(queries, found, strict=True) if each.outcome is not Outcome.ANSWER
        )
        if not answers or len(answers) < _SEVERAL - bool(lacking):
            return None
        first, *others = answers.values()
        further = tuple(other.entry for other in others if other.entry)
        return replace(first, further=further, understood=None, remembered=found[-1].remembered), lacking

    async def _find(self, query: Query, previous: str | None) -> Finding:
        """What is found for a question; what it excludes is not offered, and the others of its kind are."""
        finding = await self._finder.find(query.text, previous)
        if not query.excluded:
            return await self._on_the_subject(query.text, previous, finding) if previous else finding
        plain = on_the_rest(query.text)
        findings = [finding] if plain == query.text else [finding, await self._finder.find(plain, previous)]
        for each in findings:
            if each.outcome is Outcome.ANSWER and each.entry and not _is_on(each.entry, query.excluded):
                return each
        offered = await self._others(query, findings)
        if not offered:
            return finding
        return replace(finding, outcome=Outcome.SUGGESTIONS, entry=None, further=(), suggestions=offered, likely=False)

    async def _on_the_subject(self, question: str, previous: str, finding: Finding) -> Finding:
        """What is found for a question that names nothing ('where is it?') on the subject of the one before it."""
        if names_something(finding.morphemes):
            return finding
        subject = _PARTICLE.sub("", previous.split(maxsplit=1)[0])
        on_it = await self._finder.find(f"{attached(subject, '은')} {without_pointing_back(question)}")
        if on_it.outcome is Outcome.SUGGESTIONS or on_it.confidence <= finding.confidence + _CLEARLY:
            return finding
        return replace(on_it, remembered=finding.remembered)

    async def _others(self, query: Query, findings: Sequence[Finding]) -> tuple[Entry, ...]:
        """The entries to offer in place of what is excluded: first those that ask the same of its like."""
        named = [await self._finder.find(name) for name in query.excluded]
        on_it = [entry for each in named for entry in _entries(each) if _is_on(entry, query.excluded)][:1]
        alike = [
            entry
            for entry in self._finder.knowledge.entries.values()
            if any(_frame(entry) == _frame(other) for other in on_it)
        ]
        entries = {entry.id: entry for entry in (*alike, *(entry for each in findings for entry in _entries(each)))}
        others = (entry for entry in entries.values() if not entry.known_gap and not _is_on(entry, query.excluded))
        return tuple(others)[:MOST_SUGGESTIONS]


def _entries(finding: Finding) -> tuple[Entry, ...]:
    return tuple(candidate.entry for candidate in finding.candidates)


def _frame(entry: Entry) -> tuple[str, str]:
    """The topic of an entry, and its question without the first word, which names what it is on."""
    return entry.topic_id, entry.question.ko.partition(" ")[2] or entry.id


def _is_on(entry: Entry, names: Sequence[str]) -> bool:
    """Whether an entry's question is on one of the things."""
    asked = f"{entry.question.ko} {entry.question.en or ''}".lower()
    return any(re.sub(r"\s", "", name.lower()) in asked.replace(" ", "") for name in names)
