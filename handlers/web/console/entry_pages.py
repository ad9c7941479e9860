"""The entries of the knowledge base: what they say, how often they were the answer and helped, and how old they are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.records.questions import Tally
from handlers.web.console.visit import Visit, number_in
from knowledge.base import Entry

DAYS = 90
"""Figures are of so many days."""
_A_PAGE = 50
_MOST_OF_A_SEARCH = 200


@dataclass(frozen=True, slots=True)
class EntryUse:
    """How an entry has served."""

    answered: int = 0
    helpful: int = 0
    unhelpful: int = 0

    @property
    def share(self) -> float | None:
        """The share of votes that say it helped; None without votes."""
        votes = self.helpful + self.unhelpful
        return self.helpful / votes if votes else None


async def entry_uses(visit: Visit) -> Mapping[str, EntryUse]:
    """How the entries have served in the last days, by their ids."""
    last = visit.follow_up.workspace.today()
    counted = await visit.follow_up.workspace.store.tallies.between(last - timedelta(days=DAYS - 1), last)
    sums: Counter[tuple[str, str]] = Counter()
    for each in counted:
        sums[each.entry_id, each.kind.value] += each.count
    ids = {entry_id for entry_id, _ in sums if entry_id}
    return {
        entry_id: EntryUse(
            sums[entry_id, Tally.ANSWERED], sums[entry_id, Tally.HELPFUL], sums[entry_id, Tally.UNHELPFUL]
        )
        for entry_id in ids
    }


async def entries_page(visit: Visit) -> Response:
    """The entries that the address asks for, those of a topic after each other."""
    wanted = visit.request.query_params
    text = wanted.get("text", "").strip()[:_MOST_OF_A_SEARCH]
    knowledge = visit.follow_up.workspace.knowledge()
    found = [entry for entry in knowledge.entries.values() if _has(entry, text.lower().split())]
    last = max(1, ceil(len(found) / _A_PAGE))
    number = min(max(1, number_in(wanted.get("page", "")) or 1), last)
    context = {
        "text": text,
        "entries": found[(number - 1) * _A_PAGE : number * _A_PAGE],
        "total": len(found),
        "number": number,
        "last": last,
        "topics": {topic.id: topic.title.in_language(visit.language) for topic in knowledge.topics},
        "uses": await entry_uses(visit),
        "unused": EntryUse(),
        "today": visit.follow_up.workspace.today(),
        "news_of_files": visit.news_of_files,
    }
    return visit.page("console/entries.html", context, section="entries")


async def entry_page(visit: Visit) -> Response:
    """One entry with everything that it holds."""
    knowledge = visit.follow_up.workspace.knowledge()
    entry = knowledge.entries.get(visit.request.path_params["entry"])
    if entry is None:
        raise HTTPException(404)
    topic = next(topic for topic in knowledge.topics if topic.id == entry.topic_id)
    context = {
        "entry": entry,
        "topic": topic.title.in_language(visit.language),
        "related": [knowledge.entries[other] for other in entry.see_also if other in knowledge.entries],
        "use": (await entry_uses(visit)).get(entry.id, EntryUse()),
        "days": DAYS,
        "is_due": entry.review_is_due(visit.follow_up.workspace.today()),
    }
    return visit.page("console/entry.html", context, section="entries")


async def unhelpful_page(visit: Visit) -> Response:
    """The answers that did not help, those of the most such votes first."""
    uses, entries = await entry_uses(visit), visit.follow_up.workspace.knowledge().entries
    voted = sorted(
        ((entry_id, use) for entry_id, use in uses.items() if use.unhelpful),
        key=lambda each: (-each[1].unhelpful, each[0]),
    )
    context = {"voted": [(entry_id, entries.get(entry_id), use) for entry_id, use in voted], "days": DAYS}
    return visit.page("console/unhelpful.html", context, section="unhelpful")


def _has(entry: Entry, words: list[str]) -> bool:
    """Whether each of the words is somewhere in the entry."""
    if not words:
        return True
    ways = " ".join(text for _, text in entry.ways_to_ask())
    said = f"{entry.id} {ways} {entry.answer.ko} {entry.answer.en or ''}".lower()
    return all(word in said for word in words)
